// How the ladder fits its place: the widest pace that has room for every rail; at the narrowest, rails that this step
// does not need share the last rail of their host. Where even that has no room the picture is wider than its place.
// It refuses to know shapes. Who places them: ladder.ts.
import type { Mark } from '../../trace/scene.js';
import type { LadderStory, Rail } from './ladder-story.js';

/** In pixels, how far apart things stand: a rail from the next, a host from the next; the least width of a host. */
export interface LadderPace {
  readonly pitch: number;
  readonly gap: number;
  readonly column: number;
  /** Beside the rails of a host, both sides together. */
  readonly inset: number;
  /** Labels give way to the length of their line. */
  readonly isTight: boolean;
}
/** One rail of the picture, for one port or for all that are folded, the one nearest to this step first. */
export interface Slot {
  readonly rails: readonly Rail[];
  /** It is for those that have no slot of their own. */
  readonly isRest: boolean;
}
export interface LadderFit {
  readonly pace: LadderPace;
  /** By host, from left to right. */
  readonly slots: ReadonlyMap<number, readonly Slot[]>;
}

/** Left and right of the picture. */
export const MARGIN = 12;
const WIDE: LadderPace = { pitch: 74, gap: 118, column: 132, inset: 24, isTight: false };
const NARROWEST: LadderPace = { pitch: 56, gap: 24, column: 56, inset: 0, isTight: true };
const PACES: readonly LadderPace[] = [
  WIDE,
  { pitch: 64, gap: 96, column: 120, inset: 20, isTight: true },
  { pitch: 60, gap: 76, column: 96, inset: 12, isTight: true },
  { pitch: 58, gap: 50, column: 72, inset: 6, isTight: true },
  NARROWEST,
];

export function columnWidth({ column, pitch, inset }: LadderPace, rails: number): number {
  return Math.max(column, rails * pitch + inset);
}

function widthOf(pace: LadderPace, counts: readonly number[]): number {
  const columns = counts.reduce((sum, rails) => sum + columnWidth(pace, rails), 0);
  return 2 * MARGIN + columns + Math.max(0, counts.length - 1) * pace.gap;
}

/** `hosts`: those that are shown, by id. `forced`: a pace whose rails are never folded. `chosen`: a conversation to keep in sight. */
export function fitOf(
  story: LadderStory,
  hosts: readonly number[],
  t: number,
  width: number,
  chosen: Mark | undefined,
  forced: LadderPace | undefined,
): LadderFit {
  const own = hosts.map((host) => story.rails.filter((rail) => rail.host === host));
  const counts = own.map(({ length }) => length);
  const pace = forced ?? PACES.find((each) => widthOf(each, counts) <= width) ?? NARROWEST;
  const most = (): number => counts.indexOf(Math.max(...counts));
  if (forced === undefined)
    while (widthOf(pace, counts) > width && (counts[most()] ?? 0) > 1)
      counts[most()] = Math.max(...counts) - 1;
  const far = farOf(story, t, chosen);
  return {
    pace,
    slots: new Map(hosts.map((host, index) => [host, slotsOf(own[index] ?? [], counts[index] ?? 0, far)])),
  };
}

/** How many steps a rail's nearest packet is from here; a chosen conversation is nearer than every other. */
function farOf({ flights }: LadderStory, t: number, chosen: Mark | undefined): (rail: Rail) => number {
  const all = new Map<string, number>();
  for (const { packet, sent, landing, from, to } of flights) {
    const away = Math.min(Math.abs(sent - t), Math.abs((landing?.step ?? sent) - t));
    const rank = chosen !== undefined && packet.mark === chosen ? Math.min(away, 0.5) : away;
    for (const key of [from, to])
      if (key !== undefined) all.set(key, Math.min(rank, all.get(key) ?? Number.POSITIVE_INFINITY));
  }
  return ({ key }) => all.get(key) ?? Number.POSITIVE_INFINITY;
}

function slotsOf(rails: readonly Rail[], count: number, far: (rail: Rail) => number): readonly Slot[] {
  if (rails.length <= count) return rails.map((rail) => ({ rails: [rail], isRest: false }));
  const ranked = [...rails].sort((one, other) => far(one) - far(other));
  const kept = new Set(ranked.slice(0, count - 1));
  return [
    ...rails.filter((rail) => kept.has(rail)).map((rail) => ({ rails: [rail], isRest: false })),
    { rails: ranked.filter((rail) => !kept.has(rail)), isRest: true },
  ];
}
