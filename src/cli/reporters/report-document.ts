// The JSON report: its shape as a zod schema, from which `fourtuple schema --report` publishes the JSON Schema, and how it
// is made of a check. Part of the published surface: keys are added, never changed; `format` goes up if that cannot be kept.
import { z } from 'zod';
import type { Failure } from '../../check/report.js';
import type { Problem } from '../../scenario/text/problems.js';
import { type Checked, pointsOf } from './checked.js';

const place = {
  file: z.string().optional().describe('Where it stands, if that is not the scenario: the answer key'),
  line: z.int().positive().describe('Counted from 1'),
  column: z.int().positive().describe('Counted from 1, in UTF-16 units'),
};

const problemSchema = z.strictObject({
  ...place,
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  hint: z.string().optional().describe('What to do about it'),
});

const failureSchema = z.strictObject({
  expected: z.string().describe('In the notation of packets and rows, as is `got`'),
  got: z.string(),
  nearest: z.string().optional().describe('The nearest miss, and every field in which it differs'),
  step: z.int().nonnegative().describe('The step to look at; 0 is the start'),
  feedback: z.string().optional().describe('The words of the author for this failure'),
  link: z.string().optional().describe('Opens the stepper there'),
  order: z
    .strictObject({
      answers: z.array(z.int().nonnegative()).describe('The key `order` of a scenario: gives this run'),
      words: z.array(z.string()).describe('What is other than usual'),
    })
    .optional()
    .describe('The order in which it fails'),
});

const verdictSchema = z.strictObject({
  about: z
    .enum(['run', 'line', 'call', 'order', 'transcript'])
    .describe(
      'An expectation over the run, one on a line of the script, what a call gives, other orders, or the kept transcript',
    ),
  ...place,
  path: z.array(z.union([z.string(), z.int()])).describe('Keys and indices from the root of the scenario'),
  claim: z.string(),
  points: z.number().nonnegative(),
  passed: z.boolean(),
  failure: failureSchema.optional(),
});

const score = {
  exitCode: z
    .int()
    .min(0)
    .max(3)
    .describe('0 holds, 1 an expectation failed, 2 a problem, 3 a defect of ours'),
  earned: z.number().nonnegative().describe('Points of the expectations that hold'),
  total: z.number().nonnegative().describe('Points of all expectations'),
};

const scenarioSchema = z.strictObject({
  file: z.string(),
  id: z.string(),
  title: z.string(),
  steps: z.int().nonnegative(),
  ...score,
  trouble: z.string().optional().describe('Why it could not be read or judged at all'),
  problems: z.array(problemSchema),
  verdicts: z.array(verdictSchema),
});

export const reportSchema = z
  .strictObject({ format: z.literal(1), ...score, scenarios: z.array(scenarioSchema) })
  .meta({ id: 'Report', title: 'Fourtuple report: what `check --reporter json` prints' });
export type ReportDocument = z.infer<typeof reportSchema>;

/** For programs that read reports. */
export function reportJsonSchema(): object {
  return z.toJSONSchema(reportSchema, { target: 'draft-7' });
}

export function reportDocument(all: readonly Checked[]): ReportDocument {
  return {
    format: 1,
    exitCode: Math.max(0, ...all.map(({ exitCode }) => exitCode)),
    ...pointsOf(all),
    scenarios: all.map(scenarioDocument),
  };
}

function scenarioDocument(checked: Checked): ReportDocument['scenarios'][number] {
  const { file, id, exitCode, report, trouble } = checked;
  return {
    file,
    id,
    title: report?.title ?? '',
    steps: report?.steps ?? 0,
    exitCode,
    ...pointsOf([checked]),
    ...(trouble === undefined ? {} : { trouble }),
    problems: report?.problems.map(problemDocument) ?? [],
    verdicts:
      report?.verdicts.map(({ failure, path, ...verdict }) => ({
        ...verdict,
        path: [...path],
        ...(failure === undefined ? {} : { failure: failureDocument(failure) }),
      })) ?? [],
  };
}

export function problemDocument({ file, line, column, code, severity, message, hint }: Problem) {
  return {
    ...(file === undefined ? {} : { file }),
    line,
    column,
    code,
    severity,
    message,
    ...(hint === undefined ? {} : { hint }),
  };
}

function failureDocument({ expected, got, nearest, step, feedback, link, order }: Failure) {
  return {
    expected,
    got,
    ...(nearest === undefined ? {} : { nearest }),
    step,
    ...(feedback === undefined ? {} : { feedback }),
    ...(link === undefined ? {} : { link }),
    ...(order === undefined ? {} : { order: { answers: [...order.answers], words: [...order.words] } }),
  };
}
