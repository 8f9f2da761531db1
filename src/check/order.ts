// `order`: these happen one after the other, whatever comes between. An event happens where it is logged; a state where
// it begins to hold. Each fact takes the first time that is later than that of the fact before it.

import { holdsNow, isEvent } from '../scenario/holds/holds.js';
import { readFact } from '../scenario/schema/fact-values.js';
import type { Fact } from '../scenario/schema/facts.js';
import { readAt } from '../trace/recording.js';
import { type Evidence, occurrencesOf, type Stretch } from './evidence.js';
import { factNotation } from './fact-words.js';
import { nearestMiss } from './near-miss.js';
import type { Finding } from './report.js';

/** `place`: which fact of its step; undefined for a state, which has none of its own. */
interface Moment {
  readonly step: number;
  readonly place: number | undefined;
}

/** Undefined if they happen in this order. */
export function judgeOrder(
  evidence: Evidence,
  facts: readonly Fact[],
  stretch: Stretch,
): Finding | undefined {
  let before: { readonly moment: Moment; readonly spelt: Fact } | undefined;
  for (const spelt of facts) {
    const fact = readFact(spelt);
    const moments = momentsOf(evidence, spelt, stretch);
    const later = moments.filter((moment) => before === undefined || isLater(moment, before.moment));
    const times = isEvent(fact) ? Math.max(1, fact.times.least) : 1;
    const moment = later[times - 1];
    if (moment !== undefined) {
      before = { moment, spelt };
      continue;
    }
    const what = factNotation(spelt);
    const after =
      before === undefined ? '' : `, after ${factNotation(before.spelt)} in step ${before.moment.step}`;
    const first = moments[0];
    if (first !== undefined)
      return {
        got: `${what} in step ${first.step} and not again${after}`,
        nearest: undefined,
        step: first.step,
      };
    const miss = isEvent(fact) ? nearestMiss(evidence, stretch, fact, spelt) : undefined;
    return {
      got: `no ${what}${after}`,
      nearest: miss && `step ${miss.step}: ${miss.words}`,
      step: miss?.step ?? stretch.last,
    };
  }
  return undefined;
}

function isLater(moment: Moment, before: Moment): boolean {
  if (moment.step !== before.step) return moment.step > before.step;
  if (moment.place === undefined) return before.place !== undefined;
  return before.place === undefined || moment.place > before.place;
}

function momentsOf(evidence: Evidence, spelt: Fact, stretch: Stretch): readonly Moment[] {
  const fact = readFact(spelt);
  if (isEvent(fact)) return occurrencesOf(evidence, stretch, fact);
  const { recording, world, directory } = evidence;
  const moments: Moment[] = [];
  readAt(world, recording.start, () => {
    let held = false;
    for (const step of recording.steps.slice(stretch.first, stretch.last)) {
      world.memory.seek(step.after);
      const holds = holdsNow(world, directory, fact);
      if (holds && !held) moments.push({ step: step.index + 1, place: undefined });
      held = holds;
    }
    world.memory.seek(recording.start);
  });
  return moments;
}
