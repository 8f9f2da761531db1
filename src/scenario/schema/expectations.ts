// Expectations: a fact, over a stretch of the run, with a grade. At the end of a file over the whole run, on a line over
// that line. Facts alone: facts.ts. Whether they hold, and the nearest miss: the checker.
import { z } from 'zod';
import * as atoms from './atoms.js';
import { factSchema, factShape, judgeFact } from './facts.js';
import { type MapFlaw, mapRule } from './shapes.js';
import { presentKeys } from './short-forms.js';

export const QUANTIFIERS = ['never', 'always', 'eventually', 'order'] as const;
const STRETCH = ['at', 'before', 'after'] as const;
const GRADE = ['name', 'points', 'else'] as const;
const AROUND: readonly string[] = [...STRETCH, ...GRADE];

export const points = z.number().positive();

export const expectationSchema = z
  .strictObject({
    ...factShape,
    never: factSchema.optional().describe('At no step of the stretch'),
    always: factSchema.optional().describe('At every step of the stretch (a state)'),
    eventually: factSchema.optional().describe('At some step of the stretch (a state)'),
    order: z
      .array(factSchema)
      .min(2)
      .optional()
      .describe('These happen in this order; others may come between'),
    at: atoms.moment.optional().describe('The id of a line, a time, or `end`'),
    before: atoms.name.optional().describe('Only the stretch before the line with this id'),
    after: atoms.name.optional().describe('Only the stretch after the line with this id'),
    name: atoms.text.optional().describe('Heading in reports'),
    points: points.optional().describe('Weight in grading (default 1)'),
    else: atoms.text.optional().describe('Feedback when it fails'),
  })
  .superRefine(...mapRule(judgeExpectation))
  .meta({ id: 'Expectation' });
/** One fact, or one quantifier around facts; beside it a stretch (`at`, `before`, `after`) and a grade. */
export type Expectation = z.infer<typeof expectationSchema>;

function* judgeExpectation(map: Readonly<Record<string, unknown>>): Generator<MapFlaw> {
  const keys = presentKeys(map);
  const [quantifier, second] = keys.filter((key) => (QUANTIFIERS as readonly string[]).includes(key));
  if (quantifier === undefined) {
    yield* judgeFact(map, AROUND);
    return;
  }
  if (second !== undefined) {
    yield { code: 'two-facts', key: second, message: `one of ${QUANTIFIERS.join(', ')}, not two` };
    return;
  }
  for (const key of keys) {
    if (key === quantifier || AROUND.includes(key) || !Object.hasOwn(factShape, key)) continue;
    yield { code: 'arg-misplaced', key, message: `put \`${key}\` inside \`${quantifier}\`` };
  }
}
