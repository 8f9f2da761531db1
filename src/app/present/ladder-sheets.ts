// The ladder cut for paper: thirty steps a sheet of A4, each with the heads of its columns; what stands across a cut is
// drawn on both sides, but each label and each state once, whole, on the sheet of its step.
// The picture itself: ladder.ts. Who prints it: ../pages/print.ts.
import { HEAD, type LadderPicture, ladderPicture } from './ladder.js';
import type { LadderStory } from './ladder-story.js';

export interface LadderSheet {
  readonly picture: LadderPicture;
  /** The first step on it, and how many. */
  readonly first: number;
  readonly count: number;
  /** The part of the picture: from its upper edge, so tall. */
  readonly top: number;
  readonly height: number;
  /** The middle of each step's row. */
  readonly rows: readonly { readonly step: number; readonly y: number }[];
}

export const STEPS_A_SHEET = 30;
/** Left of the picture, for the numbers of the steps. */
export const GUTTER = 30;
const LEAST_WIDTH = 640;
const MOST_ROW = 46;
/** Below the last row, for its state. */
const TAIL = 14;
/** Height to width of what A4 has inside its margins, below a heading. */
const SHEET = 1.4;
const PACE = { pitch: 60, gap: 92, column: 132, inset: 24, isTight: false } as const;
/** A shorter line carries its label in the middle, clear of the states at its ends. */
const SHORT = 200;
/** Half a label with its edge. */
const LABEL = 11;

/** So many steps of a story, none where no packet travels; nothing of it is "now": which step one is at is marked beside it. */
export function ladderSheets(story: LadderStory, total: number): readonly LadderSheet[] {
  if (story.flights.length === 0) return [];
  const beyond = story.steps.length + 1;
  const { width } = ladderPicture(story, beyond, LEAST_WIDTH, { pace: PACE, row: MOST_ROW });
  const room = SHEET * (width + GUTTER) - HEAD - TAIL;
  const row = Math.min(MOST_ROW, Math.floor(room / STEPS_A_SHEET));
  const whole = ladderPicture(story, beyond, LEAST_WIDTH, { pace: PACE, row });
  return Array.from({ length: Math.ceil(total / STEPS_A_SHEET) }, (_, index) => {
    const before = index * STEPS_A_SHEET;
    const count = Math.min(STEPS_A_SHEET, total - before);
    const top = HEAD + before * row;
    const end = top + count * row;
    const isOn = (y: number): boolean => y >= top && y < end;
    const rows = Array.from({ length: count }, (_, at) => ({
      step: before + at + 1,
      y: top + (at + 0.5) * row,
    }));
    return {
      picture: {
        ...whole,
        pills: whole.pills.filter(({ step }) => step > before && step <= before + count),
        arrows: whole.arrows
          .filter(({ y1, y2 }) => Math.max(y1, y2) >= top && Math.min(y1, y2) < end)
          .map((arrow) => ({
            ...arrow,
            labelX: Math.abs(arrow.x2 - arrow.x1) < SHORT ? (arrow.x1 + arrow.x2) / 2 : arrow.labelX,
            hasLabel: isOn(arrow.labelY),
            labelY: Math.min(end + TAIL - LABEL, Math.max(top + LABEL, arrow.labelY)),
          })),
      },
      ...{ first: before + 1, count, top, height: count * row + TAIL, rows },
    };
  });
}
