// The ladder: time runs down, one row a step; each host is a column, each of its ports a rail, each packet a line from
// rail to rail that ends in the row where it arrives. Shapes without a DOM, the same for every position but for what is past
// and which rails are folded. What is told: ladder-story.ts. How it fits its place: ladder-fit.ts. Who draws it: ../panels/ladder.ts.
import type { HostView, Mark, Owner, PacketView } from '../../trace/scene.js';
import { messages } from '../messages.js';
import { columnWidth, fitOf, type LadderPace, MARGIN } from './ladder-fit.js';
import type { Holding, LadderStory } from './ladder-story.js';
import { clamp, monoWidth, round, sansWidth, shorten } from './measure.js';

export const ROW = 50;
export const HEAD = 74;
/** So much of a message stands on its arrow. */
const LABEL_LETTERS = 16;
/** What a label needs beside its letters: its edges, and its sign. */
const LABEL_EDGES = 18;
const SIGN = 14;
/** A short arrow's label still shows a flag. */
const LEAST_LABEL = 66;
/** Where on its arrow a label stands when an earlier one stands in its usual place; only so many before it can be near. */
const ELSEWHERE = [0.3, 0.7, 0.15, 0.85];
const NEAR = 24;

export type Moment = 'past' | 'now' | 'flying' | 'future';

export interface LadderColumn {
  readonly key: string;
  readonly name: string;
  /** The name, or its beginning. */
  readonly label: string;
  /** The name stands below the badge. */
  readonly isStacked: boolean;
  /** '' where there is no room for it. */
  readonly address: string;
  readonly addressX: number;
  readonly owner: Owner;
  readonly x: number;
  readonly w: number;
}
export interface LadderRail {
  readonly key: string;
  readonly x: number;
  readonly label: string;
  /** The ports of a rail that several share, else ''. */
  readonly name: string;
  readonly owner: Owner;
  /** Where it is held, down to now. */
  readonly pieces: readonly Holding[];
}
export interface LadderArrow {
  readonly key: string;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly label: string;
  /** The label with the whole of its message. */
  readonly name: string;
  readonly labelX: number;
  readonly labelY: number;
  readonly labelW: number;
  /** False where the label stands on another sheet. */
  readonly hasLabel: boolean;
  readonly mark: Mark | undefined;
  readonly moment: Moment;
  readonly isLost: boolean;
  readonly from: string | undefined;
  readonly to: string | undefined;
}
export interface LadderPill {
  readonly key: string;
  readonly step: number;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly label: string;
  readonly owner: Owner;
  readonly moment: Moment;
}
export interface LadderPicture {
  readonly width: number;
  readonly height: number;
  readonly columns: readonly LadderColumn[];
  readonly rails: readonly LadderRail[];
  readonly arrows: readonly LadderArrow[];
  readonly pills: readonly LadderPill[];
  readonly nowY: number;
}

export interface LadderOptions {
  /** The conversation that keeps its rails where there is no room for all. */
  readonly chosen?: Mark | undefined;
  /** From a step to the next. */
  readonly row?: number;
  /** How far apart things stand, all rails side by side; else as far as the width allows. */
  readonly pace?: LadderPace;
}

/** `width`: what there is room for; the picture is wider if its hosts need more. All in pixels. */
export function ladderPicture(
  story: LadderStory,
  t: number,
  width: number,
  { chosen, row = ROW, pace: forced }: LadderOptions = {},
): LadderPicture {
  /** The middle of a step's row; 0 is the row before the first. */
  const rowY = (step: number): number => HEAD + (step - 0.5) * row;
  const height = HEAD + story.steps.length * row + 24;
  const busy = new Set([
    ...story.flights.flatMap(({ packet, landing }) => [packet.from.host, landing?.host ?? packet.toHost]),
    ...story.rails.map(({ host }) => host),
  ]);
  const shown = story.hosts.filter(({ id }) => busy.has(id));
  const { pace, slots } = fitOf(
    story,
    shown.map(({ id }) => id),
    t,
    width,
    chosen,
    forced,
  );
  const widths = shown.map(({ id }) => columnWidth(pace, slots.get(id)?.length ?? 0));
  const wanted = widths.reduce((sum, each) => sum + each, 0);
  const gap = Math.max(pace.gap, (width - wanted - 2 * MARGIN) / Math.max(1, shown.length - 1));
  let x = MARGIN;
  const columns = shown.map((host, index): LadderColumn => {
    const column = { ...columnOf(host, widths[index] ?? pace.column), x: round(x) };
    x += column.w + gap;
    return column;
  });
  const railX = new Map<string, number>();
  const rails = columns.flatMap((column) => {
    const own = slots.get(Number(column.key)) ?? [];
    return own.map((slot, index): LadderRail => {
      const at = round(column.x + (column.w * (index + 0.5)) / own.length);
      for (const { key } of slot.rails) railX.set(key, at);
      const now = rowY(t) + row / 2;
      const pieces = slot.rails.flatMap(({ held }) =>
        held.map(({ from, to, isWaiting }, index) => {
          const isNext = held[index - 1]?.to === from - 1;
          const end = to === story.steps.length ? height - 12 : rowY(to) + row / 2;
          return { from: rowY(from) - (isNext ? row / 2 : 0), to: Math.min(end, now), isWaiting };
        }),
      );
      const ports = slot.rails.map(({ port }) => `:${port}`);
      const [first = ''] = ports;
      const isOnly = own.length === 1;
      return {
        key: slot.isRest ? `${column.key}:rest` : (slot.rails[0]?.key ?? ''),
        x: at,
        label: !slot.isRest
          ? first
          : isOnly
            ? `${first}+${ports.length - 1}`
            : messages.ladder.more(ports.length),
        name: slot.isRest ? messages.ladder.others(ports) : '',
        owner: column.owner,
        pieces: pieces.filter(({ from }) => from < now),
      };
    });
  });
  const edge = (host: number | undefined, other: number | undefined): number => {
    const column = columns.find(({ key }) => key === String(host));
    const there = columns.find(({ key }) => key === String(other));
    if (column === undefined) return there === undefined ? 0 : there.x - 40;
    return (there?.x ?? 0) > column.x ? column.x + column.w : column.x;
  };
  const placed: { readonly x: number; readonly y: number; readonly w: number }[] = [];
  const arrows = story.flights.map(({ packet, sent, landing, from, to }, index): LadderArrow => {
    const goal = landing?.host ?? packet.toHost;
    const x1 = railX.get(from ?? '') ?? edge(packet.from.host, goal);
    const end = railX.get(to ?? '') ?? edge(goal, packet.from.host);
    const isLost = landing === undefined || landing.isLost;
    const x2 = isLost ? round((x1 + end) / 2) : end;
    const y1 = rowY(sent) + 8;
    const y2 = landing === undefined ? y1 + 10 : rowY(landing.step) - (landing.step > sent ? 4 : -14);
    const edges = LABEL_EDGES + (packet.mark === undefined ? 0 : SIGN);
    const span = Math.abs(end - x1);
    const room = pace.isTight ? Math.max(LEAST_LABEL, span - 8) - edges : Number.POSITIVE_INFINITY;
    const label = shorten(labelOf(packet, LABEL_LETTERS), room, (text) => monoWidth(text, 11));
    const labelW = round(monoWidth(label, 11) + edges);
    const usual = isLost || (pace.isTight && span < 1.6 * labelW) ? 0.5 : 0.42;
    const most = Math.max(width, x - gap + MARGIN) - labelW / 2 - 2;
    const at = (share: number) => ({
      x: round(clamp(x1 + (x2 - x1) * share, labelW / 2 + 2, most)),
      y: round(y1 + (y2 - y1) * share),
      w: labelW,
    });
    const isFree = (spot: ReturnType<typeof at>): boolean =>
      placed
        .slice(-NEAR)
        .every(({ x, y, w }) => Math.abs(x - spot.x) * 2 >= w + labelW || Math.abs(y - spot.y) >= 20);
    const spot = pace.isTight ? ([usual, ...ELSEWHERE].map(at).find(isFree) ?? at(usual)) : at(usual);
    placed.push(spot);
    return {
      key: `${packet.id} ${index}`,
      ...{
        x1,
        y1,
        x2,
        y2,
        label,
        name: labelOf(packet, Number.POSITIVE_INFINITY),
        isLost,
        from,
        to,
        mark: packet.mark,
      },
      hasLabel: true,
      labelX: spot.x,
      labelY: spot.y,
      labelW,
      moment: momentOf(sent, landing?.step, t),
    };
  });
  const pills = story.changes.flatMap(({ step, host, port, state }): LadderPill[] => {
    const at = railX.get(`${host}:${port}`);
    const column = columns.find(({ key }) => key === String(host));
    if (at === undefined || column === undefined) return [];
    const moment = step === t ? 'now' : step < t ? 'past' : 'future';
    const w = round(monoWidth(state, 9) + 10);
    return [
      {
        key: `${step} ${host} ${port} ${state}`,
        step,
        x: at,
        y: rowY(step) + 10,
        w,
        label: state,
        owner: column.owner,
        moment,
      },
    ];
  });
  return {
    width: Math.max(width, round(x - gap + MARGIN)),
    height,
    columns,
    rails,
    arrows,
    pills,
    nowY: rowY(t) + row / 2,
  };
}

function columnOf(host: HostView, w: number): Omit<LadderColumn, 'x'> {
  const { name, owner } = host;
  const isStacked = 34 + sansWidth(name, 13.5) + 6 > w;
  const address = host.addresses[0] ?? '';
  const addressX = 34 + sansWidth(name, 13.5) + 8;
  return {
    key: String(host.id),
    name,
    label: isStacked ? shorten(name, w, (text) => sansWidth(text, 11)) : name,
    isStacked,
    address: addressX + monoWidth(address, 11) + 8 <= w ? address : '',
    addressX: round(addressX),
    owner,
    w,
  };
}

function momentOf(sent: number, landed: number | undefined, t: number): Moment {
  if (sent > t) return 'future';
  if (sent === t || landed === t) return 'now';
  return landed !== undefined && landed > t ? 'flying' : 'past';
}

/** Flags, then the beginning of the text; a datagram has its text alone. */
function labelOf({ flags, payload, protocol, length }: PacketView, letters: number): string {
  if (protocol === 'icmp') return `ICMP ${flags}`;
  const text = payload.length > letters ? `${payload.slice(0, letters - 1)}…` : payload;
  const words = /^[\x20-\x7e…]*$/.test(text) ? text : `${length} bytes`;
  const bare = length > 0 ? flags.replace(/PSH ACK|ACK/, '').trim() : flags;
  return [bare, words].filter(Boolean).join(' ') || `${protocol.toUpperCase()} ${length} bytes`;
}
