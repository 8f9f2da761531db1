// Over which steps an expectation is judged: the whole run, a line, or what `at`, `before` and `after` cut out of it.
// Events are counted over the stretch; a state is read at its end.
import { InvariantViolation } from '../base/invariant.js';
import { parseTime } from '../scenario/atoms/quantities.js';
import type { Expectation } from '../scenario/schema/expectations.js';
import { accepted } from '../scenario/text/parsed.js';
import { type Evidence, type Stretch, wholeOf } from './evidence.js';

/**
 * `own`: the stretch of the place where the expectation stands. `at` a line: all its steps. `at` a time: the steps of
 * that instant, and the world as it is then. `before` and `after` look at the whole run, whatever place they stand at.
 */
export function stretchOf(evidence: Evidence, expectation: Expectation, own: Stretch): Stretch {
  const { at, before, after } = expectation;
  const whole = wholeOf(evidence);
  if (at === undefined && before === undefined && after === undefined) return own;
  const base = at === undefined || at === 'end' ? whole : momentOf(evidence, at);
  const first = Math.max(base.first, after === undefined ? 0 : lineOf(evidence, after).last);
  const last = Math.min(base.last, before === undefined ? whole.last : lineOf(evidence, before).first);
  return { first: Math.min(first, last), last };
}

function momentOf(evidence: Evidence, at: string): Stretch {
  if (!/^\d/.test(at)) return lineOf(evidence, at);
  const time = accepted(parseTime(at));
  const nanos = time.kind === 'time' ? time.nanos : 0;
  const { steps } = evidence.recording;
  return {
    first: steps.filter((step) => step.at < nanos).length,
    last: steps.filter((step) => step.at <= nanos).length,
  };
}

/** All steps of the line with this id; of a line that was played several times, from its first step to its last. */
function lineOf({ lines }: Evidence, id: string): Stretch {
  const played = lines.filter((line) => line.step.id === id);
  if (played.length === 0) throw new InvariantViolation(`no line with the id ${id} was played`);
  return {
    first: Math.min(...played.map((line) => line.first)),
    last: Math.max(...played.map((line) => line.last)),
  };
}

/** ` at the end`, ` before line get`: as words behind the claim. */
export function stretchWords({ at, before, after }: Expectation): string {
  const words = [
    at === undefined ? '' : at === 'end' ? ', at the end' : /^\d/.test(at) ? `, at ${at}` : `, at line ${at}`,
    after === undefined ? '' : `, after line ${after}`,
    before === undefined ? '' : `, before line ${before}`,
  ];
  return words.join('');
}
