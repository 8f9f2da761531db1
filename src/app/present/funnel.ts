// Inside a compact host: the multiplexer as a funnel from the sockets to one exit, where the wire begins.
// When a packet is decided here (the small stage of the gallery, or another host is pinned) the funnel is the fork.
// It refuses to know other hosts: stage.ts joins exits to wires.
import type { DeliveryReason } from '../../trace/scene.js';
import type { Foot } from './host-card.js';
import { round } from './measure.js';
import { branch, joined, type Point } from './path.js';
import type { BadgeRow, LineRow, RoadRow } from './picture.js';
import type { Frame, Variant } from './places.js';

export interface Funnel {
  readonly lines: readonly LineRow[];
  readonly roads: readonly RoadRow[];
  readonly badges: readonly BadgeRow[];
  readonly exit: Point;
  /** From the door up to a socket. */
  way(socket: number): string;
  /** From the door to the exit only. */
  readonly mouth: string;
}

export function funnelOf(
  frame: Frame,
  feet: readonly Foot[],
  delivery: DeliveryReason | undefined,
  sender: number | undefined,
  variant: Variant,
): Funnel {
  const exitX =
    variant === 'hero' && feet.length > 0 ? feet.reduce((sum, { x }) => sum + x, 0) / feet.length : 0;
  const fallback = variant === 'hero' ? frame.x + frame.w / 2 : frame.x + 58;
  const exit = { x: round(exitX || fallback), y: round(frame.y + frame.layers.bandBottom) };
  const winners = new Set(
    (delivery?.candidates ?? []).filter(({ verdict }) => verdict === 'match').map(({ socket }) => socket.id),
  );
  const lines: LineRow[] = [];
  const roads: RoadRow[] = [];
  const badges: BadgeRow[] = [];
  const seen = new Set<string>();
  for (const foot of feet) {
    if (foot.socket.local.port === 0) continue;
    if (foot.isFolded && seen.has(foot.slot)) continue;
    seen.add(foot.slot);
    const { id } = foot.socket;
    const key = `funnel-${frame.host.id}-${id}`;
    const d = branch(exit, foot);
    const isRoad = winners.has(id) || sender === id;
    if (isRoad) roads.push({ key, d, layer: 'over' });
    else lines.push({ key, d, tone: delivery === undefined ? 'cold' : 'dotted' });
    if (delivery === undefined) continue;
    const candidate = delivery.candidates.find(({ socket }) => socket.id === id);
    if (candidate === undefined || candidate.verdict === 'fallback') continue;
    badges.push({
      key: `verdict-${frame.host.id}-${id}`,
      x: round(foot.x + 16),
      y: round(foot.y + 13),
      verdict: candidate.verdict,
    });
  }
  // The door is at the wire's level; in the small stage that is below the exit.
  const { door } = frame;
  const isLevel = Math.abs(door.y - exit.y) < 1;
  const turn = Math.sign(exit.x - door.x) * 12;
  const mouth = isLevel
    ? `M${door.x} ${door.y}H${exit.x}`
    : `M${door.x} ${door.y}H${round(exit.x - turn)}Q${exit.x} ${door.y} ${exit.x} ${round(door.y - 12)}V${exit.y}`;
  const way = (id: number): string => {
    const foot = feet.find(({ socket }) => socket.id === id);
    return foot === undefined ? mouth : joined([mouth, branch(exit, foot)]);
  };
  return { lines, roads, badges, exit, mouth, way };
}
