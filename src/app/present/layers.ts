// The names of a host's layers, small, beside them: processes, sockets, transport, IP.
// They are hints for the eye; nothing is told only here.
// Where the layers are: places.ts. The three questions beside the tree: tree.ts.
import { messages } from '../messages.js';
import { monoWidth, round, sansWidth } from './measure.js';
import type { TextRow, TicketRow } from './picture.js';
import type { Frame, Variant } from './places.js';
import { isOnlyRouter } from './translation.js';

export function layerTexts(frame: Frame, ticket: TicketRow | undefined, variant: Variant): TextRow[] {
  if (variant !== 'full' || frame.mode === 'mini') return [];
  const { layers: at, host } = frame;
  const say = messages.stage.layers;
  const text = (key: string, x: number, y: number, words: string, anchor: TextRow['anchor']): TextRow => ({
    key: `layer-${key}-${host.id}`,
    x: round(x),
    y: round(frame.y + y),
    text: words,
    role: 'layer',
    anchor,
  });
  const left = frame.x + 14;
  const right = frame.x + frame.w - 12;
  if (frame.mode !== 'open') {
    const fits = (words: string): boolean => frame.w > 230 && sansWidth(words, 10.5) < frame.w - 26;
    const ip = fits(say.ipCompact) ? say.ipCompact : 'IP';
    const strip = text('ip', right, (at.bandBottom + frame.h) / 2 + 4, ip, 'end');
    const isRoomy = at.bandBottom - at.bandTop > 50;
    return isRoomy ? [strip, text('transport', right, at.bandBottom - 9, say.multiplexer, 'end')] : [strip];
  }
  if (frame.w < 380) return [];
  const words = say.ip(host.addresses[0] ?? '');
  const isLeft = frame.side === 'left';
  const room = isLeft
    ? (ticket?.x ?? right) - left
    : right - (ticket === undefined ? left : ticket.x + ticket.w);
  const isLow = at.bandBottom - at.bandTop < 170;
  const y = ticket === undefined ? frame.h - 10 : at.wireY + 4;
  const isFit = room > Math.max(sansWidth(words, 10.5), monoWidth(words, 5)) + 16;
  const ip = isFit ? [text('ip', isLeft ? left : right, y, words, isLeft ? 'start' : 'end')] : [];
  if (isOnlyRouter(host)) return ip;
  return [
    text('processes', left, at.processY + 18, say.processes, 'start'),
    text('sockets', left, at.bandTop - 4, say.sockets, 'start'),
    ...(isLow ? [] : [text('transport', left, at.bandTop + 15, say.transport, 'start')]),
    ...(isLow ? [] : [text('demux', left, at.bandTop + 28, say.demultiplexer, 'start')]),
    ...ip,
  ];
}
