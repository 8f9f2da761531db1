// Does an expectation hold over its stretch? A fact, or a quantifier around facts; what the run did instead, if not.
// Whether one fact holds is ../scenario/holds/holds.ts; which stretch it is: stretch.ts; the miss that comes nearest: near-miss.ts.

import { type EventValue, fitsCount, holdsNow, isEvent, type StateValue } from '../scenario/holds/holds.js';
import type { Expectation } from '../scenario/schema/expectations.js';
import { readFact } from '../scenario/schema/fact-values.js';
import type { Fact } from '../scenario/schema/facts.js';
import {
  type Evidence,
  firstTime,
  type Occurrence,
  occurrencesOf,
  readAfter,
  readThere,
  type Stretch,
  wholeOf,
} from './evidence.js';
import { timesWords } from './fact-words.js';
import { logWords } from './log-words.js';
import { type Miss, nearestMiss } from './near-miss.js';
import { judgeOrder } from './order.js';
import type { Finding } from './report.js';
import { actualState, nearestRow } from './state-words.js';

/** How many happenings a failure lists. */
const MOST_LISTED = 3;

/** Undefined if it holds. */
export function judge(evidence: Evidence, expectation: Expectation, stretch: Stretch): Finding | undefined {
  const { never, always, eventually, order } = expectation;
  if (order !== undefined) return judgeOrder(evidence, order, stretch);
  const spelt = never ?? always ?? eventually ?? expectation;
  const fact = readFact(spelt);
  if (isEvent(fact)) {
    if (never !== undefined) return neverHappens(evidence, fact, stretch);
    if (always !== undefined) return happensAlways(evidence, fact, stretch);
    return happens(evidence, fact, spelt, stretch);
  }
  const holds = () => holdsNow(evidence.world, evidence.directory, fact);
  // A stretch without steps has one position all the same: the one at which it stands.
  const positions = stretch.first < stretch.last ? stretch : { first: stretch.first - 1, last: stretch.last };
  if (never !== undefined) {
    const found = firstTime(evidence, positions, holds);
    return found === undefined ? undefined : stateAt(evidence, fact, spelt, found);
  }
  if (always !== undefined) {
    const missing = firstTime(evidence, positions, () => !holds());
    return missing === undefined ? undefined : stateAt(evidence, fact, spelt, missing);
  }
  if (eventually !== undefined && firstTime(evidence, positions, holds) !== undefined) return undefined;
  if (eventually === undefined && readAfter(evidence, stretch.last, holds)) return undefined;
  return stateAt(evidence, fact, spelt, stretch.last);
}

/** At least once, or as often as `times` says. */
function happens(evidence: Evidence, fact: EventValue, spelt: Fact, stretch: Stretch): Finding | undefined {
  const found = occurrencesOf(evidence, stretch, fact);
  if (fitsCount(fact.times, found.length)) return undefined;
  const got = happenings(evidence, found);
  if (found.length > fact.times.least)
    return { got, nearest: undefined, step: found[fact.times.most ?? 0]?.step ?? stretch.last };
  const miss = elsewhere(evidence, fact, stretch) ?? nearestMiss(evidence, stretch, fact, spelt);
  return {
    got,
    nearest: miss && `step ${miss.step}: ${miss.words}`,
    step: miss?.step ?? found.at(-1)?.step ?? stretch.last,
  };
}

/** The first time that it happens in the run, but outside of the stretch. */
function elsewhere(evidence: Evidence, fact: EventValue, { first, last }: Stretch): Miss | undefined {
  const before = occurrencesOf(evidence, { first: 0, last: first }, fact)[0];
  const found = before ?? occurrencesOf(evidence, { first: last, last: wholeOf(evidence).last }, fact)[0];
  if (found === undefined) return undefined;
  const words = readThere(evidence, found, () => logWords(evidence, found.log));
  return { step: found.step, words: `${words}; but that is ${before === undefined ? 'later' : 'earlier'}` };
}

function neverHappens(evidence: Evidence, fact: EventValue, stretch: Stretch): Finding | undefined {
  const found = occurrencesOf(evidence, stretch, fact);
  if (!fitsCount(fact.times, found.length)) return undefined;
  return { got: happenings(evidence, found), nearest: undefined, step: found[0]?.step ?? stretch.last };
}

/** In each step of the stretch. */
function happensAlways(evidence: Evidence, fact: EventValue, stretch: Stretch): Finding | undefined {
  const steps = new Set(occurrencesOf(evidence, stretch, fact).map(({ step }) => step));
  for (let step = stretch.first + 1; step <= stretch.last; step++)
    if (!steps.has(step)) return { got: `nothing like it in step ${step}`, nearest: undefined, step };
  return undefined;
}

/** `twice: tcp laptop:51004 > web:80 SYN (step 5), …`. */
function happenings(evidence: Evidence, found: readonly Occurrence[]): string {
  if (found.length === 0) return 'nothing like it';
  const words = found
    .slice(0, MOST_LISTED)
    .map((each) => `${readThere(evidence, each, () => logWords(evidence, each.log))} (step ${each.step})`);
  const more = found.length > words.length ? `, and ${found.length - words.length} more` : '';
  return `${timesWords(found.length)}: ${words.join(', ')}${more}`;
}

/** What there is instead after `step` steps, and when it would have held. */
function stateAt(evidence: Evidence, fact: StateValue, spelt: Fact, step: number): Finding {
  const { world, directory } = evidence;
  const holds = () => holdsNow(world, directory, fact);
  const got = readAfter(evidence, step, () => actualState(evidence, fact, spelt));
  const row =
    fact.kind === 'row' ? readAfter(evidence, step, () => nearestRow(evidence, fact, spelt)) : undefined;
  const isThere = readAfter(evidence, step, holds);
  const other = isThere ? undefined : firstTime(evidence, wholeOf(evidence), holds);
  const held = other === undefined ? undefined : `it holds after step ${other}`;
  return { got: `${got} (after step ${step})`, nearest: isThere ? undefined : (held ?? row), step };
}
