// What an opened router shows instead of a demultiplexer: its table, each row the inside end above the outside end, the
// newest last; the row of this step stands in a yellow box, and beside it the packet as it leaves.
// A router that has sockets of its own shows those: the table stands below the stage in any case.
// Who draws the rows: ../views/chips.ts. The whole table with states and times: ../panels/translations.ts.
import type { HostView, MappingView, PassageReason, Scene } from '../../trace/scene.js';
import { messages } from '../messages.js';
import { type ChipBox, fittedChip } from './chip.js';
import { clamp, round } from './measure.js';
import { bent } from './path.js';
import type { Box, BoxRow, ChipRow, RoadRow, TextRow, TicketRow } from './picture.js';
import type { Frame, Variant } from './places.js';
import { folded, stacked } from './ticket.js';

/** Does it only pass on what others send? */
export function isOnlyRouter({ router, sockets }: HostView): boolean {
  return router !== undefined && sockets.length === 0;
}

export interface Translation {
  readonly chips: readonly ChipRow[];
  readonly texts: readonly TextRow[];
  /** Behind the row of this step. */
  readonly boxes: readonly BoxRow[];
  /** From the packet at the door to its row, and on to the packet as it leaves. */
  readonly roads: readonly RoadRow[];
  /** The packet as it leaves; none where nothing was written anew. */
  readonly tickets: readonly TicketRow[];
}

const CHIP = 20;
/** The two ends one above the other, where there is room; else in one line. */
const STACKED = { pitch: 70, inner: 32, h: 52 };
const FLAT = { pitch: 40, h: 20 };
const ARROW = 34;
const SIGN = 24;
const BOX = 7;
/** Between the row of this step and the road that turns beside it. */
const TURN = 18;

/** `door`: the packet of this step as it came in. */
export function translationOf(
  scene: Scene,
  frame: Frame,
  door: TicketRow | undefined,
  variant: Variant,
): Translation {
  const { host, layers } = frame;
  const mappings = host.router?.mappings ?? [];
  const left = round(frame.x + 16);
  const top = frame.y + layers.processY + 8;
  const space = frame.y + layers.bandBottom - 26 - (top + 24);
  const isStacked = mappings.length * STACKED.pitch <= space + STACKED.pitch - STACKED.h;
  const { pitch, h } = isStacked ? STACKED : FLAT;
  const fits = Math.max(1, Math.floor((space + pitch - h) / pitch));
  const reason = passageAt(scene, host.id);
  const now = mappings.findLast(({ mark }) => mark !== undefined && mark === scene.step?.mark);
  const size = variant === 'phone' ? 10 : 11.5;
  const rows = mappings.slice(-fits).map((mapping, index) => {
    const at = { x: left, y: round(top + 24 + index * pitch) };
    const isNow = mapping === now;
    const isInward = isNow && reason?.rewrites[0]?.side === 'destination';
    const room = frame.x + frame.w - 12 - left;
    return { isNow, ...rowOf(mapping, at, { size, room, isStacked, isNow, isInward }) };
  });
  const title = rows.length === 0 ? messages.translations.stageNone : messages.translations.stage;
  const words = (
    key: string,
    x: number,
    y: number,
    text: string,
    role: TextRow['role'] = 'layer',
  ): TextRow => ({
    key: `${key}-${host.id}`,
    x: round(x),
    y: round(y),
    text,
    role,
    anchor: 'start',
  });
  const box = rows.find(({ isNow }) => isNow)?.box;
  const leaving = box && reason ? leavingOf(reason, frame, box, door, variant) : undefined;
  const labels = leaving?.labels(words) ?? [];
  return {
    chips: rows.flatMap(({ chips }) => chips),
    texts: [words('table', left, top + 8, title), ...rows.flatMap(({ texts }) => texts), ...labels],
    boxes: box === undefined ? [] : [{ key: `row-now-${host.id}`, ...box }],
    roads: leaving?.roads ?? [],
    tickets: leaving === undefined ? [] : [leaving.ticket],
  };
}

function passageAt({ reason }: Scene, host: number): PassageReason | undefined {
  return reason?.kind === 'passage' && reason.host === host && reason.rewrites.length > 0
    ? reason
    : undefined;
}

interface Style {
  readonly size: number;
  /** For the whole row, in pixels. */
  readonly room: number;
  readonly isStacked: boolean;
  readonly isNow: boolean;
  /** What comes in is turned to the inside end. */
  readonly isInward: boolean;
}

function rowOf(mapping: MappingView, at: { x: number; y: number }, style: Style) {
  const { isStacked, isNow, isInward } = style;
  const key = `mapping-${mapping.id}-${mapping.outside.port}`;
  const space = style.room - SIGN - BOX;
  const each = isStacked ? space : (space - ARROW) / 2;
  const box = (end: MappingView['inside']): ChipBox => fittedChip(end, style.size, CHIP, each);
  const [inside, outside] = [box(mapping.inside), box(mapping.outside)];
  const role = isNow ? 'descriptor now' : 'hint';
  const from = at.x + SIGN;
  const to = isStacked
    ? { x: from, y: at.y + STACKED.inner }
    : { x: round(from + inside.width + ARROW), y: at.y };
  const arrow = isStacked
    ? { x: from + CHIP + 26, y: at.y + CHIP + 10.5, text: isInward ? '▲' : '▼' }
    : { x: round(from + inside.width + ARROW / 2), y: at.y + 14, text: isInward ? '←' : '→' };
  const right = isStacked ? from + Math.max(inside.width, outside.width) : to.x + outside.width;
  const texts: TextRow[] = [
    { key: `${key}-sign`, x: at.x + 6, y: at.y + 14, text: mapping.mark ?? '', role, anchor: 'middle' },
    { key: `${key}-arrow`, ...arrow, role, anchor: 'middle' },
  ];
  return {
    chips: [
      { key: `${key}-inside`, x: from, y: at.y, chip: inside },
      { key: `${key}-outside`, ...to, chip: outside },
    ],
    texts: texts.filter(({ text }) => text !== ''),
    box: {
      x: round(at.x - BOX - 3),
      y: round(at.y - BOX),
      w: round(right - at.x + 2 * BOX + 3),
      h: (isStacked ? STACKED.h : FLAT.h) + 2 * BOX,
    },
  };
}

/** The packet as it leaves, beside the row that made it so, and the road there. Undefined where there is no room for it. */
function leavingOf(
  reason: PassageReason,
  frame: Frame,
  box: Box,
  door: TicketRow | undefined,
  variant: Variant,
) {
  const right = frame.x + frame.w - (variant === 'phone' ? 8 : 22);
  const edge = box.x + box.w;
  const room = right - edge - TURN - 12;
  const shape = variant === 'phone' ? folded(reason.packet) : stacked(reason.packet, room);
  const x = Math.min(right - shape.w, edge + 110);
  if (door === undefined || x < edge + TURN + 12) return undefined;
  const middle = box.y + box.h / 2;
  const y = clamp(middle - 9 - shape.h / 2, frame.y + frame.layers.processY + 30, door.y - shape.h - 34);
  const out = y + shape.h / 2;
  const ticket: TicketRow = {
    ...shape,
    key: `after-${shape.key}`,
    x: round(x),
    y: round(y),
    tone: 'now',
    heading: undefined,
  };
  const bend = clamp(edge + TURN, door.x + 20, door.x + door.w - 20);
  const entry = { x: bend, y: frame.door.y };
  const [low, high] = [box.y + box.h - 10, clamp(out, box.y + 10, middle)];
  // A phone has no wire: the road begins at the ticket.
  const from = variant === 'phone' ? [entry] : [frame.door, entry];
  const inward =
    bend > edge
      ? [...from, { x: bend, y: low }, { x: edge, y: low }]
      : [...from, { x: bend, y: box.y + box.h }];
  const outward = [
    { x: edge, y: high },
    { x: (edge + x) / 2, y: high },
    { x: (edge + x) / 2, y: out },
    { x, y: out },
  ];
  const sides = reason.rewrites.map(({ side }) => side);
  type Words = (key: string, x: number, y: number, text: string, role?: TextRow['role']) => TextRow;
  return {
    ticket,
    roads: [
      { key: 'road-row', d: bent(inward), layer: 'over' },
      { key: 'road-after', d: bent(outward), layer: 'over' },
    ] satisfies RoadRow[],
    labels: (words: Words): TextRow[] => [
      words('before', door.x + 2, door.y - 10, messages.translations.before),
      words('after', x + 2, y - 10, messages.translations.after),
      ...(variant === 'phone'
        ? []
        : [words('changed', x + 2, y + shape.h + 20, messages.translations.changed(sides), 'question')]),
    ],
  };
}
