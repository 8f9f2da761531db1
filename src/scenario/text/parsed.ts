// What reading an atom gives: its value, or the flaw that stops it. Flaws are for authors, so they are values.
// After a scenario was accepted its atoms cannot fail any more; `accepted` says so where one is read again.
import { InvariantViolation } from '../../base/invariant.js';
import { closestWord } from '../../base/spelling.js';
import type { Flaw, ProblemCode } from './problems.js';

export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly flaw: Flaw };

export function good<Value>(value: Value): Parsed<Value> {
  return { ok: true, value };
}

export function bad(
  code: ProblemCode,
  message: string,
  hint?: string,
): { readonly ok: false; readonly flaw: Flaw } {
  return { ok: false, flaw: { code, message, ...(hint === undefined ? {} : { hint }) } };
}

/** The value of an atom that validation has accepted. Throws an InvariantViolation for one that it has not. */
export function accepted<Value>(parsed: Parsed<Value>): Value {
  if (parsed.ok) return parsed.value;
  throw new InvariantViolation(`an atom that was never validated: ${parsed.flaw.message}`);
}

/** Enough for any scenario that is read by people; a file of a thousand misspelt names must not take minutes. */
const MOST_CANDIDATES = 200;

/** `did you mean `nginx`?`, or undefined if no candidate is near. `TIME_WAIT` is as near to `TIME-WAIT` as can be. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const spelt = word.replaceAll('_', '-');
  if (spelt.length < 2) return undefined;
  const shortest = word.length - Math.round(word.length / 3);
  const words = [...candidates].filter((each) => each.length >= shortest).slice(0, MOST_CANDIDATES);
  const closest = closestWord(spelt, words) ?? beginningWith(spelt, words);
  return closest === undefined || closest === word ? undefined : `did you mean \`${closest}\`?`;
}

/** The only candidate that begins with the word: ESTABLISHED for ESTAB. */
function beginningWith(word: string, candidates: readonly string[]): string | undefined {
  const start = word.toLowerCase();
  const [only, other] = candidates.filter((each) => each.toLowerCase().startsWith(start));
  return word.length < 3 || other !== undefined ? undefined : only;
}

/** How a value is shown in a message: text in backticks, a number as it is, the rest by kind; never longer than a line. */
export function show(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  const text = String(value);
  const short = text.length > 60 ? `${text.slice(0, 57)}…` : text;
  return `\`${short.replaceAll('\n', ' ')}\``;
}
