// A line of the script in its normal form: what is done in it. What is said, asked and expected stays on the step.
// It reads steps that were validated; how they are written is steps.ts.
// A fragment (`use`) takes no arguments: it sees the counter of the `repeat` around it and the parameters of the file, and what
// needs more is written out, since a reader of the script should not have to call a function in the head.
import { InvariantViolation } from '../../base/invariant.js';
import { type ActorRef, parseActor } from '../atoms/names.js';
import { isLineWord } from '../atoms/words.js';
import { accepted } from '../text/parsed.js';
import type { Act } from './calls.js';
import { presentKeys } from './short-forms.js';
import type { Step, Wait } from './steps.js';
import type { Verb } from './verb-names.js';
import { verbOf } from './verb-names.js';

/** `key` is the actor as it is written in the step, for paths into the text. */
export interface ActLine {
  readonly kind: 'act';
  readonly key: string;
  readonly actor: ActorRef;
  readonly verb: Verb;
  readonly act: Act;
}
/** `words`: only a heading, something said, asked or expected; no time passes. */
export type Line =
  | ActLine
  | { readonly kind: 'wait'; readonly wait: Wait }
  | { readonly kind: 'together'; readonly steps: readonly Step[] }
  | { readonly kind: 'repeat'; readonly times: number | string; readonly steps: readonly Step[] }
  | { readonly kind: 'use'; readonly fragment: string }
  | { readonly kind: 'words' };

export function readLine(step: Step): Line {
  const key = actorKeyOf(step);
  if (key !== undefined) {
    const act = step[key] as Act;
    const verb = verbOf(act);
    if (verb === undefined)
      throw new InvariantViolation(`a step of ${key} that was never validated: it has no verb`);
    return { kind: 'act', key, actor: accepted(parseActor(key)), verb, act };
  }
  if (step.wait !== undefined) return { kind: 'wait', wait: step.wait };
  if (step.together !== undefined) return { kind: 'together', steps: step.together };
  if (step.repeat !== undefined) return { kind: 'repeat', times: step.repeat, steps: step.steps ?? [] };
  if (step.use !== undefined) return { kind: 'use', fragment: step.use };
  return { kind: 'words' };
}

/** The key that is no word of the language: whoever acts. */
export function actorKeyOf(step: Readonly<Record<string, unknown>>): string | undefined {
  return presentKeys(step).find((key) => !isLineWord(key));
}
