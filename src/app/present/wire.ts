// The network between the cards: a wire from each door to one hub, and the way of a packet along it.
// Tickets of this step stand on the road; others that are on their way wait beside it.
// It refuses to know what is inside the cards: inside.ts.
import type { PacketView, Scene } from '../../trace/scene.js';
import { messages } from '../messages.js';
import { clamp, round } from './measure.js';
import { bent, type Point } from './path.js';
import type { Box, LineRow, TextRow, TicketRow } from './picture.js';
import type { Frame, Variant } from './places.js';
import { flat, folded, unfolded } from './ticket.js';

export interface Network {
  readonly lines: readonly LineRow[];
  /** The circle that says "the network", where there is room for it. */
  readonly hub: Point | undefined;
}

const ROOM_FOR_HUB = 150;
const HUB_CLEARANCE = 70;
const EDGE = 32;
/** Radius of the circle. */
const HUB = 26;

export function networkOf(frames: readonly Frame[], busX: number): Network {
  const levels = frames.map(({ door }) => door.y);
  const top = Math.min(...levels);
  const bottom = Math.max(...levels);
  const hubY = bottom - Math.min(100, (bottom - top) / 2);
  const lines = frames.map(({ host, door }): LineRow => {
    const d = bent([door, { x: busX, y: door.y }, { x: busX, y: hubY }]);
    return { key: `wire-${host.id}`, d, tone: 'wire' };
  });
  const hub = bottom - top > ROOM_FOR_HUB ? { x: round(busX), y: round(hubY) } : undefined;
  return { lines, hub };
}

/** The circle where no packet stands: as near to its place as the wire lets it, or nowhere. */
export function freeHub(
  hub: Point | undefined,
  tickets: readonly Box[],
  frames: readonly Frame[],
): Point | undefined {
  if (hub === undefined) return undefined;
  const levels = frames.map(({ door }) => door.y);
  const isFree = (y: number): boolean =>
    tickets.every(
      (box) =>
        hub.x + HUB < box.x || box.x + box.w < hub.x - HUB || y + HUB < box.y - 9 || box.y + box.h < y - HUB,
    );
  const places = tickets.flatMap((box) => [box.y - 9 - HUB - 1, box.y + box.h + HUB + 1]);
  const y = [hub.y, ...places.sort((one, other) => Math.abs(one - hub.y) - Math.abs(other - hub.y))].find(
    (each) => isFree(each) && each >= Math.min(...levels) && each <= Math.max(...levels),
  );
  return y === undefined ? undefined : { x: hub.x, y: round(y) };
}

/** From door to door, or only to the middle while the packet is still on its way. */
export function wireWay(from: Point, to: Point, busX: number, isHalf: boolean): Point[] {
  const middle = { x: busX, y: from.y };
  return isHalf ? [from, middle] : [from, middle, { x: busX, y: to.y }, to];
}

/** The ticket unfolded at the door of the opened host. */
export function doorTicket(frame: Frame, packet: PacketView, isLost: boolean): TicketRow {
  const shape = unfolded(packet, frame.w - 30);
  const isMirrored = frame.side === 'left' && frame.door.x > frame.x;
  return {
    ...shape,
    x: round(isMirrored ? frame.x + frame.w - shape.w - 16 : frame.x + (frame.w < 400 ? 10 : 16)),
    y: round(frame.door.y - shape.h / 2),
    tone: isLost ? 'lost' : 'now',
    heading: undefined,
  };
}

export interface OnWire {
  readonly now: PacketView | undefined;
  readonly isLost: boolean;
  /** Levels that the road of this step takes. */
  readonly taken: readonly number[];
  readonly isRoadThrough: boolean;
  /** How far the ticket of this step stands from the middle, towards where it arrived. */
  readonly shift: number;
  readonly hub: Point | undefined;
}

export function wireTickets(
  scene: Scene,
  frames: readonly Frame[],
  busX: number,
  height: number,
  on: OnWire,
  variant: Variant,
  gap: number,
): { readonly tickets: readonly TicketRow[]; readonly texts: readonly TextRow[] } {
  const { now } = on;
  const others = scene.inFlight.filter(({ id }) => id !== now?.id);
  const room = gap - 4;
  const make = (packet: PacketView) => {
    const wide = variant === 'hero' ? flat(packet) : undefined;
    return wide !== undefined && wide.w <= room ? wide : folded(packet);
  };
  const tickets: TicketRow[] = [];
  const put = (packet: PacketView, tone: TicketRow['tone'], y: number, wanted = 0): number => {
    const shape = make(packet);
    // Nearer to where it arrived, but never on the card.
    const shift = Math.sign(wanted) * Math.max(0, Math.min(Math.abs(wanted), (room - shape.w) / 2));
    const target = frames.find(({ host }) => host.id === packet.toHost);
    // A slim card at the edge has its door nearer to it than a ticket is high.
    const top = clamp(y - shape.h / 2, EDGE / 4 + 4, height - shape.h - EDGE / 4);
    const box = { x: round(busX + shift - shape.w / 2), y: round(top) };
    tickets.push({ ...shape, ...box, tone, heading: target?.side });
    return shape.h;
  };
  const first = on.taken[0] ?? height / 2;
  const apart = variant === 'hero' ? 60 : 76;
  if (now !== undefined) put(now, on.isLost ? 'lost' : 'now', first, on.shift);
  // Beside the road: above it, else below it, else on the wire between the two doors that it joins.
  const { hub } = on;
  const [top, bottom] = [Math.min(...on.taken, first), Math.max(...on.taken, first)];
  const isTaken = now !== undefined || on.isRoadThrough;
  const isAbove = !isTaken || top - apart > EDGE;
  const isBelow = bottom + apart < height - EDGE;
  const between = (top + (hub?.y ?? bottom)) / 2 - 8;
  let y = isTaken ? (isAbove ? top - apart : isBelow ? bottom + apart : between) : first;
  const step = isAbove ? -apart : apart;
  let shown = 0;
  for (const packet of others) {
    const isOnHub = hub !== undefined && Math.abs(y - hub.y) < HUB_CLEARANCE;
    if (isOnHub && (isAbove || isBelow)) y = hub.y + Math.sign(step) * HUB_CLEARANCE;
    if (shown === 3 || y < EDGE || y > height - EDGE) break;
    put(packet, 'plain', y);
    y += step;
    shown += 1;
  }
  const hidden = others.length - shown;
  if (hidden === 0) return { tickets, texts: [] };
  const text = messages.stage.moreInFlight(hidden);
  const row = {
    key: 'more-in-flight',
    x: round(busX),
    y: round(clamp(y + 18, 14, height - 8)),
    text,
  } as const;
  return { tickets, texts: [{ ...row, role: 'count', anchor: 'middle' }] };
}
