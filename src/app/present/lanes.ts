// The timeline as numbers: one lane a conversation, a glyph for each of its steps, and the bar with the playhead.
// Steps are evenly spaced, because a reader counts steps; the time stands below. It refuses to know scenes.
// Who draws it: ../views/lanes.ts.
import { formatNanos } from '../../base/time.js';
import type { LaneView, Mark, StepView } from '../../trace/scene.js';
import { messages } from '../messages.js';
import type { Hue } from './chip.js';
import { clamp, monoWidth, round, sansWidth } from './measure.js';

export interface Glyph {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly kind: StepView['glyph'];
  readonly isPast: boolean;
  readonly scale: number;
}

export interface Lane {
  readonly key: string;
  readonly y: number;
  readonly mark: Mark | undefined;
  readonly label: string;
  readonly hue: Hue | undefined;
  readonly isChosen: boolean;
  readonly from: number;
  readonly to: number;
}

export interface Timeline {
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly Lane[];
  readonly glyphs: readonly Glyph[];
  readonly bar: { readonly y: number; readonly from: number; readonly to: number; readonly now: number };
  readonly times: readonly {
    readonly key: string;
    readonly x: number;
    readonly text: string;
    readonly isNow: boolean;
  }[];
  /** Where playing stops; `label` stands below the bar, '' where there is no room for it. */
  readonly breaks: readonly {
    readonly key: string;
    readonly x: number;
    readonly words: string;
    readonly label: string;
  }[];
  /** Where a question waits; on a phone there is no room to tell. */
  readonly asks: readonly { readonly key: string; readonly x: number }[];
}

/** What stands on the bar besides the playhead, by step. */
export interface BarSigns {
  readonly breaks: readonly { readonly step: number; readonly words: string }[];
  readonly asks: readonly number[];
}
const NO_SIGNS: BarSigns = { breaks: [], asks: [] };

/** Room for the lanes' names at the left; on a phone there are none. */
export const LANE_LABELS = 76;
export const SLIM_LABELS = 14;
const RIGHT = 14;
const MOST = 7;
/** Between two lanes, in pixels: closer their names would touch. */
const LEAST_PITCH = 9;

/** Where a step stands on the bar. */
export function stepX(step: number, total: number, width: number, labels: number): number {
  return round(labels + ((width - labels - RIGHT) * step) / Math.max(1, total));
}

/** The step nearest to a place on the bar. */
export function stepAt(x: number, total: number, width: number, labels: number): number {
  const share = (x - labels) / Math.max(1, width - labels - RIGHT);
  return clamp(Math.round(share * total), 0, total);
}

interface AnyLane {
  readonly mark: Mark | undefined;
  readonly label: string;
  readonly hue: Hue | undefined;
  readonly steps: LaneView['steps'];
}

/** The conversations, and one lane for the steps that belong to none: every step has its glyph. */
function allLanes(lanes: readonly LaneView[], steps: readonly StepView[]): AnyLane[] {
  const placed = new Set(lanes.flatMap((lane) => lane.steps.map(({ number }) => number)));
  const marks = new Set(lanes.flatMap(({ mark }) => mark ?? []));
  const rest = steps.filter(
    ({ number, mark }) => !placed.has(number) && (mark === undefined || !marks.has(mark)),
  );
  const rows = lanes.map(({ mark, endpoint, steps: own }) => ({
    mark,
    label: `:${endpoint.port}`,
    hue: endpoint.owner?.hue,
    steps: own,
  }));
  const others = { mark: undefined, label: messages.transport.otherLane, hue: undefined, steps: rest };
  return rest.length === 0 ? rows : [others, ...rows];
}

/** As many as there is room for, the chosen one among them; the steps of all others go to the lane of those that belong to none. */
function fitted(rows: readonly AnyLane[], room: number, chosen: Mark | undefined): readonly AnyLane[] {
  if (rows.length <= room) return rows;
  const name = messages.transport.otherLane;
  const own = rows.filter(({ label }) => label !== name);
  const isChosen = ({ mark }: AnyLane): boolean => mark !== undefined && mark === chosen;
  const kept = own.slice(0, room - 1);
  const pick = own.slice(room - 1).find(isChosen);
  if (pick !== undefined) kept.splice(-1, 1, pick);
  const steps = rows
    .filter((row) => !kept.includes(row))
    .flatMap((row) => row.steps)
    .sort((one, other) => one.number - other.number);
  return [{ mark: undefined, label: name, hue: undefined, steps }, ...kept];
}

/** What is worth a sign where there is room for one line only: calls that open, and everything that is refused or lost. */
function landmarks(steps: readonly StepView[]): AnyLane {
  const kinds = new Set<StepView['glyph']>(['rst', 'icmp', 'error', 'drop']);
  const kept = steps.filter(({ glyph, kind }) => kinds.has(glyph) || (glyph === 'syn' && kind === 'call'));
  return { mark: undefined, label: '', hue: undefined, steps: kept };
}

/** `total`: how many steps there are, though not all of them may be told. */
export function timelineOf(
  lanes: readonly LaneView[],
  steps: readonly StepView[],
  t: number,
  chosen: Mark | undefined,
  width: number,
  height: number,
  labels: number = LANE_LABELS,
  total: number = steps.length,
  { breaks, asks }: BarSigns = NO_SIGNS,
): Timeline {
  const isSlim = labels < LANE_LABELS;
  const rows = isSlim ? [landmarks(steps)] : allLanes(lanes, steps);
  const barY = height - (isSlim ? 12 : 18);
  const room = clamp(Math.floor((barY - 14) / LEAST_PITCH), 1, MOST);
  const shown = isSlim ? rows : fitted(rows, room, chosen);
  const pitch = Math.min(22, (barY - 14) / Math.max(1, shown.length));
  const scale = round(clamp(pitch / 18, 0.62, 1));
  const from = labels;
  const to = width - RIGHT;
  const top = isSlim ? barY - 9 : Math.max(pitch / 2 + 2, Math.min(14, barY - 8 - pitch * shown.length));
  const glyphs = shown.flatMap((lane, index) =>
    lane.steps.map(({ number, glyph }) => ({
      key: `${index}-${number}`,
      x: stepX(number, total, width, labels),
      y: round(top + index * pitch),
      kind: glyph,
      isPast: number <= t,
      scale,
    })),
  );
  const now = stepX(t, total, width, labels);
  const times = isSlim ? [] : timesOf(steps, t, from, to, now, steps.length === total);
  const signs = breaks.map(({ step, words }) => ({
    key: `break-${step}`,
    x: stepX(step, total, width, labels),
    words,
  }));
  return {
    width,
    height,
    lanes: (isSlim ? [] : shown).map((lane, index) => ({
      key: `lane-${index}`,
      y: round(top + index * pitch),
      mark: lane.mark,
      label: lane.label,
      hue: lane.hue,
      isChosen: lane.mark !== undefined && lane.mark === chosen,
      from,
      to,
    })),
    glyphs,
    bar: { y: barY, from, to, now },
    times,
    breaks: isSlim ? signs.map((sign) => ({ ...sign, label: '' })) : labelled(signs, times, to),
    asks: [...new Set(isSlim ? [] : asks)].map((step) => ({
      key: `ask-${step}`,
      x: stepX(step, total, width, labels),
    })),
  };
}

/** Labels from left to right, as long as none touches another or a time. */
function labelled(
  signs: readonly Omit<Timeline['breaks'][number], 'label'>[],
  times: Timeline['times'],
  to: number,
): Timeline['breaks'] {
  const taken = times.map(({ x, text }) => ({ x, half: monoWidth(text, 9.5) / 2 }));
  return signs.map((sign) => {
    const text = messages.breakpoints.label(sign.words);
    const half = sansWidth(text, 9.5) / 2;
    const isFree =
      sign.x + half <= to + RIGHT && taken.every((each) => Math.abs(each.x - sign.x) > each.half + half + 6);
    if (!isFree) return { ...sign, label: '' };
    taken.push({ x: sign.x, half });
    return { ...sign, label: text };
  });
}

/** The time at both ends and now; an end that would touch the middle is left out. */
function timesOf(
  steps: readonly StepView[],
  t: number,
  from: number,
  to: number,
  now: number,
  isWhole: boolean,
): Timeline['times'] {
  const at = (number: number): string => formatNanos(steps[number - 1]?.at ?? 0);
  /** Texts stand centred; none may leave the picture at the right. */
  const inside = (x: number, text: string): number => Math.min(x, to + RIGHT - 2 - monoWidth(text, 10) / 2);
  const [nowText, endText] = [t === 0 ? '0 s' : at(t), at(steps.length)];
  const all = [
    { key: 'start', x: from, text: '0', isNow: false },
    { key: 'now', x: inside(now, nowText), text: nowText, isNow: true },
    { key: 'end', x: inside(to - 8, endText), text: endText, isNow: false },
  ];
  return all.filter(({ key, x, isNow }) => isNow || ((key !== 'end' || isWhole) && Math.abs(x - now) > 54));
}
