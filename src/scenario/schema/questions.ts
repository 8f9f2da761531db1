// Questions: what the audience is asked before a line, or at a moment inside it. The run knows the answer, so a question
// cannot have a wrong key. Options and default texts are made elsewhere, from the run.
import { z } from 'zod';
import * as atoms from './atoms.js';
import { points } from './expectations.js';
import { factSchema } from './facts.js';
import { type MapFlaw, mapRule } from './shapes.js';

export const QUESTION_KINDS = [
  'socket',
  'process',
  'speaker',
  'reply',
  'outcome',
  'port',
  'state',
  'count',
  'claim',
] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

const option = z.union([z.string(), z.number(), z.boolean()]);
const questionSchema = z
  .strictObject({
    which: z.enum(QUESTION_KINDS).describe('What is asked; options and answer are computed from the run'),
    text: atoms.text.optional().describe('The question in your words; each kind has a default'),
    of: atoms.socketOrEndpoint.optional().describe('For port, state, count: of which socket'),
    in: atoms.actor.optional().describe('For count: in which host'),
    claim: factSchema.optional().describe('For claim: the fact to judge true or false'),
    options: z
      .array(option)
      .min(2)
      .max(9)
      .optional()
      .describe('Offer exactly these; one must be what the run does'),
    answer: option.optional().describe('What you believe; refused if the run disagrees'),
    because: atoms.text.optional().describe('The reason, shown after the answer'),
    wrong: z.record(z.string(), atoms.text).optional().describe('Feedback for a particular wrong option'),
    points: points.optional().describe('Weight in grading (default 1)'),
  })
  .superRefine(...mapRule(judgeQuestion))
  .meta({ id: 'Question' });
export type Question = z.infer<typeof questionSchema>;

export const askSchema = z
  .union([z.enum(QUESTION_KINDS), questionSchema])
  .meta({ id: 'Ask', description: 'Asked before this line is done; answered by what it does' });
/** A kind alone, or a question in full. */
export type Ask = z.infer<typeof askSchema>;

function* judgeQuestion(map: Readonly<Record<string, unknown>>): Generator<MapFlaw> {
  const { which, claim, of, options, answer } = map;
  if (which === 'claim' && claim === undefined)
    yield {
      code: 'question-incomplete',
      key: 'which',
      message: 'a claim question needs `claim` with a fact',
    };
  if ((which === 'port' || which === 'state') && of === undefined)
    yield {
      code: 'question-incomplete',
      key: 'which',
      message: `a ${which} question needs \`of\` with a socket`,
    };
  if (which !== 'claim' && claim !== undefined && typeof which === 'string')
    yield { code: 'arg-misplaced', key: 'claim', message: `\`claim\` does not go with \`which: ${which}\`` };
  if (Array.isArray(options) && answer !== undefined && !options.map(String).includes(String(answer)))
    yield { code: 'question-contradicts', key: 'answer', message: 'the answer is not among the options' };
}
