// What zod complains of, in our words and at our places. Atoms and rules bring their own code and hint (`params`);
// here is what zod itself finds: a missing key, a wrong kind of value, a word that is not on the list.
// One place knows zod's issue codes. The schema: schema.ts.
import type { z } from 'zod';
import { didYouMean, show } from '../text/parsed.js';
import type { Flaw, ProblemCode } from '../text/problems.js';
import type { Report } from '../text/report.js';
import { field, itemsOf, type Path } from '../text/tree.js';
import { scenarioSchema } from './schema.js';

type Issue = z.core.$ZodIssue;

/** Tells every problem of shape in a tree whose keys were put right (spelling.ts). */
export function reportShape(tree: unknown, report: Report): void {
  const result = scenarioSchema.safeParse(tree);
  for (const issue of result.error?.issues ?? []) tell(issue, [], tree, report);
}

function tell(issue: Issue, base: Path, tree: unknown, report: Report): void {
  const path: Path = [...base, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  if (issue.code === 'invalid_union') {
    const [best, ...others] = issue.errors.toSorted((one, other) => nearness(other) - nearness(one));
    const isHopeless = best === undefined || (nearness(best) < 0 && others.length > 0);
    if (!isHopeless) for (const inner of best) tell(inner, path, tree, report);
    else report.atValue(path, wrongType(valueAt(tree, path), expectedOf(issue.errors)));
    return;
  }
  if (issue.code === 'invalid_key') {
    for (const inner of issue.issues) report.atKey(path, ownFlaw(inner));
    return;
  }
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys)
      report.atKey([...path, key], { code: 'unknown-key', message: `\`${key}\` is not a key here` });
    return;
  }
  const flaw = explain(issue, path, valueAt(tree, path));
  const isAtKey = issue.code === 'custom' && issue.params?.['atKey'] === true;
  if (isAtKey) report.atKey(path, flaw);
  else report.atValue(path, flaw);
}

function explain(issue: Issue, path: Path, value: unknown): Flaw {
  if (issue.code === 'custom') {
    const flaw = ownFlaw(issue);
    return flaw.code === 'missing-key' && value === undefined && issue.params?.['atKey'] === undefined
      ? missing(path)
      : flaw;
  }
  if (value === undefined) return missing(path);
  if (issue.code === 'invalid_value') return unknownValue(value, issue.values.map(String));
  if (issue.code === 'invalid_type') {
    const isStep =
      issue.expected === 'object' &&
      value === null &&
      /^(?:script|steps|together)$/.test(String(path.at(-2)));
    return isStep
      ? { code: 'empty-step', message: 'nobody does anything here' }
      : wrongType(value, [issue.expected]);
  }
  if (issue.code === 'too_small' && (issue.origin === 'array' || issue.origin === 'set'))
    return {
      code: 'wrong-type',
      message: `at least ${issue.minimum} ${issue.minimum === 1 ? 'entry belongs' : 'entries belong'} in this list`,
    };
  if (issue.code === 'too_small' || issue.code === 'too_big')
    return {
      code: 'bad-count',
      message: `${show(value)} is too ${issue.code === 'too_small' ? 'small' : 'large'}`,
    };
  return { code: 'wrong-type', message: issue.message };
}

/** What belongs under each key that a file must have. */
const HEAD_HINTS: Readonly<Record<string, string>> = {
  title: 'say in a few words what it is about',
  hosts: 'say who is there: `hosts: { web: { ip: 10.0.0.80, runs: nginx } }`',
  script: 'say what happens, a line each: `- nginx: { listen: 80 }`',
};

function missing(path: Path): Flaw {
  const hint = path.length === 1 ? HEAD_HINTS[String(path[0])] : undefined;
  const message = `\`${String(path.at(-1))}\` is missing`;
  return { code: 'missing-key', message, ...(hint === undefined ? {} : { hint }) };
}

function ownFlaw(issue: Issue): Flaw {
  const params = issue.code === 'custom' ? issue.params : undefined;
  const hint = params?.['hint'];
  const code = (params?.['code'] ?? 'wrong-type') as ProblemCode;
  return { code, message: issue.message, ...(typeof hint === 'string' ? { hint } : {}) };
}

function unknownValue(value: unknown, words: readonly string[]): Flaw {
  const list = words.length > 14 ? `${words.slice(0, 12).join(', ')} …` : words.join(', ');
  const hint = typeof value === 'string' ? didYouMean(value, words) : undefined;
  const message =
    words.length === 1 ? `${show(value)} is not \`${list}\`` : `${show(value)} is not one of ${list}`;
  return { code: 'unknown-value', message, ...(hint === undefined ? {} : { hint }) };
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ['object', 'a map: { key: value }'],
  ['record', 'a map: { name: value }'],
  ['array', 'a list: [ … ], or lines with a dash'],
  ['string', 'a text'],
  ['number', 'a number'],
  ['boolean', 'true or false'],
  ['null', 'nothing'],
]);

function wrongType(value: unknown, expected: readonly string[]): Flaw {
  if (expected.length === 1 && expected[0] === 'string' && ['number', 'boolean'].includes(typeof value))
    return {
      code: 'not-text',
      message: `text expected, not ${show(value)}; put numbers and true/false in quotes`,
      hint: `"${String(value)}"`,
    };
  const kinds = [...new Set(expected.map((kind) => KINDS.get(kind) ?? kind))];
  return {
    code: 'wrong-type',
    message: `${kinds.join(', or ') || 'something else'} belongs here, not ${show(value)}`,
  };
}

/** What a value might have been: the kinds of a union whose every member refused it outright. */
function expectedOf(members: readonly (readonly Issue[])[]): string[] {
  return members.flatMap((issues) =>
    issues.flatMap((issue) => (issue.code === 'invalid_type' ? [issue.expected] : [])),
  );
}

/** How near a member of a union came: problems inside beat a flaw of the whole value, that beats another kind of value. */
function nearness(issues: readonly Issue[]): number {
  const whole = issues.filter((issue) => issue.path.length === 0);
  if (whole.length === 0) return 3;
  if (whole.some((issue) => issue.code === 'invalid_type')) return -1;
  if (whole.some((issue) => issue.code === 'invalid_value')) return 1;
  return 2;
}

function valueAt(tree: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (part, step) => (typeof step === 'number' ? itemsOf(part)[step] : field(part, step)),
    tree,
  );
}
