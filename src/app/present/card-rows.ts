// The rows of a host's card: a program as a card, a socket as a box, each with its whole name for those who cannot see it.
// Where they stand is told by whoever asks: host-card.ts and slim-card.ts.
// It refuses to know which sockets get a box: slots.ts.
import { addressText, type HostView, type SocketView } from '../../trace/scene.js';
import { messages } from '../messages.js';
import { monoWidth, round, sansWidth, shorten } from './measure.js';
import { socketName } from './names.js';
import type { ProcessRow, SocketRow, Tone } from './picture.js';
import type { Frame, Variant } from './places.js';
import { portLine, shapeOf, stateLine } from './shape.js';
import type { Group, Slot } from './slots.js';

/** How a thing looks at this step. */
export interface Tones {
  socket(socket: SocketView): Tone;
  process(id: number | undefined, sockets: readonly SocketView[]): Tone;
}

const slotKey = (host: HostView, slot: Slot): string =>
  slot.kind === 'socket' ? `socket-${slot.socket.id}` : `${host.id}-${slot.key}`;

export function processRow(
  frame: Frame,
  group: Group,
  x: number,
  w: number,
  tones: Tones,
  variant: Variant,
): ProcessRow {
  const { host, layers } = frame;
  const sockets = group.slots.flatMap((slot) =>
    slot.kind === 'socket' ? [slot.socket] : slot.kind === 'more' ? slot.sockets : [],
  );
  const pid = group.process === undefined ? '' : messages.stage.pid(group.process.pid);
  const name = group.process?.name ?? messages.stage.groupTitle(group.title, sockets.length);
  const size = group.process === undefined ? 11.5 : 12.5;
  const isWide = w > sansWidth(name, size) + monoWidth(pid, 10.5) + 30;
  const detail = variant === 'hero' || !isWide ? '' : pid;
  const anchor = variant === 'hero' ? 'middle' : 'start';
  return {
    key: `${host.id}-${group.key}`,
    id: group.process?.id,
    host: host.id,
    name: group.process === undefined ? name : messages.stage.processName(name, group.process.pid, host.name),
    title: shorten(name, w - 14, (text) => sansWidth(text, size)),
    titleX: anchor === 'middle' ? round(w / 2) : 11,
    titleY: frame.mode === 'open' && variant === 'full' ? 19 : round(layers.processH / 2 + 4.5),
    anchor,
    detail,
    tone: tones.process(group.process?.id, sockets),
    isGhost: group.process === undefined,
    x: round(x),
    y: round(frame.y + layers.processY),
    w: round(w),
    h: layers.processH,
  };
}

export function socketRow(frame: Frame, slot: Slot, x: number, w: number, tones: Tones): SocketRow {
  const { host, layers } = frame;
  const box = { x: round(x), y: round(frame.y + layers.socketY), w: round(w), h: layers.socketH };
  const common = { key: slotKey(host, slot), host: host.id, hue: host.owner.hue, ...box };
  if (slot.kind === 'empty') {
    const text = w < 74 ? messages.stage.noSocketShort : messages.stage.noSocket;
    return {
      ...common,
      id: undefined,
      name: messages.stage.noSocket,
      shape: 'ghost',
      mark: undefined,
      port: '',
      state: text,
      ep: '',
      tone: 'quiet',
    };
  }
  if (slot.kind === 'more') {
    const text = messages.stage.more(slot.sockets.length);
    return {
      ...common,
      id: undefined,
      name: messages.stage.moreName(slot.sockets.length, host.name),
      shape: 'more',
      mark: undefined,
      port: text,
      state: messages.stage.others,
      ep: '',
      tone: 'quiet',
    };
  }
  const { socket } = slot;
  return {
    ...common,
    id: socket.id,
    name: socketName(socket, host),
    shape: shapeOf(socket),
    mark: socket.mark,
    port: portLine(socket),
    state: slot.isGone ? messages.stage.gone : stateLine(socket, w - 8),
    ep: `${addressText(socket.local.address)}:${socket.local.port}`,
    tone: slot.isGone ? 'gone' : tones.socket(socket),
  };
}
