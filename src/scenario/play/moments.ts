// Moments inside a line (`during`), found in the run that was played: just before or just after a fact first happens there.
// What is said and asked at a moment stands over the rest of its line, what is expected over the line up to the moment. Both
// are lines of their own, so that notes, questions and grades need not know of moments.
import { type Recording, readAt } from '../../trace/recording.js';
import type { Directory } from '../cast/directory.js';
import { holdsNow, isEvent, type StateValue } from '../holds/holds.js';
import { occurrencesOf } from '../holds/occurrences.js';
import { readFact } from '../schema/fact-values.js';
import type { Fact } from '../schema/facts.js';
import type { PlayedLine } from './drive.js';

export interface MomentFlaw {
  readonly path: PlayedLine['path'];
  readonly atKey: boolean;
  readonly code: 'question-no-event';
  readonly message: string;
  readonly hint: string;
}

/** The moments of all lines, in their order, and a flaw for each that never comes. */
export function momentsOf(
  recording: Recording,
  directory: Directory,
  lines: readonly PlayedLine[],
): { readonly moments: readonly PlayedLine[]; readonly flaws: readonly MomentFlaw[] } {
  const moments: PlayedLine[] = [];
  const flaws: MomentFlaw[] = [];
  for (const line of lines)
    for (const [index, { before, after, say, ask, expect }] of (line.step.during ?? []).entries()) {
      const path = [...line.path, 'during', index];
      const step = firstStepOf(recording, directory, line, before ?? after ?? {});
      if (step === undefined) {
        const key = before === undefined ? 'after' : 'before';
        const message = 'nothing like this happens in this line';
        const hint = 'see the steps of the line with `fourtuple run`';
        flaws.push({ path: [...path, key], atKey: false, code: 'question-no-event', message, hint });
        continue;
      }
      const place = before === undefined ? step : step - 1;
      const around = { path, act: undefined, isMoment: true } as const;
      const words = { ...(say === undefined ? {} : { say }), ...(ask === undefined ? {} : { ask }) };
      if (say !== undefined || ask !== undefined)
        moments.push({ ...around, step: words, first: place, last: line.last });
      if (expect !== undefined) moments.push({ ...around, step: { expect }, first: line.first, last: place });
    }
  return { moments, flaws };
}

/** Number of the step, 1 … total, in which the event happens first or the state holds first. */
function firstStepOf(
  recording: Recording,
  directory: Directory,
  stretch: PlayedLine,
  spelt: Fact,
): number | undefined {
  const fact = readFact(spelt);
  if (isEvent(fact)) return occurrencesOf(recording, directory, stretch, fact)[0]?.step;
  const there = recording.steps
    .slice(stretch.first, stretch.last)
    .find((step) => readAt(recording.world, step.after, () => holds(recording, directory, fact)));
  return there && there.index + 1;
}

function holds({ world }: Recording, directory: Directory, fact: StateValue): boolean {
  return holdsNow(world, directory, fact);
}
