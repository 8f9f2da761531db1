// Lines of a script: who does what, or a word of the language, with what is said, asked and expected around it.
// (A line of the script usually makes several steps of the run.) What one actor does: calls.ts. How a line is read: lines.ts.
import { z } from 'zod';
import { parseActor } from '../atoms/names.js';
import { isLineWord } from '../atoms/words.js';
import * as atoms from './atoms.js';
import { type Act, actSchema } from './calls.js';
import { type Expectation, expectationSchema } from './expectations.js';
import { factSchema } from './facts.js';
import { askSchema } from './questions.js';
import { type MapFlaw, mapRule, oneOrMany } from './shapes.js';
import { presentKeys } from './short-forms.js';

const momentSchema = z
  .strictObject({
    before: factSchema.optional().describe('Just before this event'),
    after: factSchema.optional().describe('Just after this event'),
    say: atoms.text.optional(),
    ask: askSchema.optional(),
    expect: oneOrMany(expectationSchema).optional(),
  })
  .superRefine(...mapRule(judgeMoment))
  .meta({ id: 'Moment', description: 'A point inside a dialogue: before or after an event' });
export type Moment = z.infer<typeof momentSchema>;

const waitSchema = z.union([atoms.time, z.strictObject({ until: factSchema, atMost: atoms.time })]);
/** A time, or until a fact holds, but no longer than `atMost`. */
export type Wait = z.infer<typeof waitSchema>;

/** How often `repeat` may run its steps. */
export const MOST_REPEATS = 1000;
const repeatSchema = z.union([atoms.whole(1, MOST_REPEATS, 'So many times; $n counts from 1'), atoms.param]);

const words = {
  say: atoms.text.optional().describe('Shown with this line'),
  ask: askSchema.optional().describe('Asked before this line'),
  expect: oneOrMany(expectationSchema).optional().describe('Checked when this line is done, over this line'),
  wait: waitSchema.optional().describe('Time passes: 60s, or until a fact holds'),
  at: atoms.time.optional().describe('Starts at this time, whatever is still going on'),
  after: atoms.time.optional().describe('Starts so long after the line before was done'),
  id: atoms.name.optional().describe('A name for this line, for expectations'),
  phase: atoms.text.optional().describe('Heading: a new part of the story'),
  use: atoms.name.optional().describe('Inserts a fragment'),
  repeat: repeatSchema.optional().describe('So many times; $n counts from 1'),
  during: z.array(momentSchema).min(1).optional().describe('Narration and questions inside this line'),
};
const wordsSchema = z.object(words);

export interface StepWords extends z.infer<typeof wordsSchema> {
  readonly together?: readonly Step[] | undefined;
  readonly steps?: readonly Step[] | undefined;
}
/** One entry of a script. A key that is no word of the language is whoever acts, and its value an `Act`: see `lines.ts`. */
export type Step = StepWords & { readonly [actor: string]: unknown };
export type { Act, Expectation };

export const stepSchema: z.ZodType<Step> = z
  .object({
    ...words,
    get together() {
      return z.array(stepSchema).min(2).optional().describe('These start at one instant');
    },
    get steps() {
      return z.array(stepSchema).min(1).optional().describe('What `repeat` repeats');
    },
  })
  .catchall(actSchema)
  .superRefine(...mapRule(judgeStep))
  .meta({ id: 'Step' }) as never;

/** Words that do something by themselves, instead of an actor. */
const DEEDS = ['wait', 'together', 'repeat', 'use'] as const;

function* judgeStep(step: Readonly<Record<string, unknown>>): Generator<MapFlaw> {
  const keys = presentKeys(step);
  const actors = keys.filter((key) => !isLineWord(key));
  for (const key of actors) {
    const parsed = parseActor(key);
    if (!parsed.ok) yield { ...parsed.flaw, key };
  }
  const [first, second] = keys.filter(
    (key) => !isLineWord(key) || (DEEDS as readonly string[]).includes(key),
  );
  if (second !== undefined) {
    const message = `one line, one thing done: \`${first}\` and \`${second}\``;
    yield {
      code: 'two-actors',
      key: second,
      message,
      hint: 'start a new line, or use `together` for one instant',
    };
  }
  if (first === undefined && !['say', 'ask', 'expect', 'phase', 'steps'].some((key) => keys.includes(key)))
    yield { code: 'empty-step', message: 'nobody does anything here' };
  if (keys.includes('repeat') && !keys.includes('steps'))
    yield { code: 'missing-key', message: '`repeat` needs `steps`: what is repeated?' };
  if (keys.includes('steps') && !keys.includes('repeat'))
    yield { code: 'missing-key', message: '`steps` needs `repeat`: how often?' };
}

function* judgeMoment(moment: Readonly<Record<string, unknown>>): Generator<MapFlaw> {
  const { before, after } = moment;
  if (before === undefined && after === undefined)
    yield { code: 'missing-key', message: 'a moment needs `before` or `after` with an event' };
  if (before !== undefined && after !== undefined)
    yield { code: 'two-facts', key: 'after', message: '`before` or `after`, not both' };
}
