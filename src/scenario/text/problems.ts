// What can be wrong with a scenario's text, and how it is told: place, code, plain words, a hint.
// It knows neither YAML nor the language; who finds what: yaml-text.ts (text), schema.ts (shape), lint.ts (meaning), ../play/
// and ../questions/ (a dry run), ../teaching/ (the lesson).
// A problem is a value for the author. Nothing here is ever thrown.

/** Codes found without a run. Each has a file in test/broken that provokes it. */
export const STATIC_CODES = [
  // text
  'yaml-syntax',
  'duplicate-key',
  'star-unquoted',
  'bracket-unquoted',
  'colon-in-text',
  'hash-in-text',
  'flow-comma',
  'complex-key',
  'too-large',
  // shape
  'version-missing',
  'version-newer',
  'unknown-key',
  'unknown-value',
  'missing-key',
  'wrong-type',
  'not-text',
  'two-verbs',
  'two-actors',
  'two-facts',
  'no-verb',
  'no-fact',
  'empty-step',
  'arg-misplaced',
  'question-incomplete',
  // atoms
  'bad-address',
  'bad-endpoint',
  'bad-packet',
  'bad-row',
  'bad-name',
  'bad-socket',
  'bad-label',
  'bad-range',
  'bad-percent',
  'bad-count',
  'bad-service',
  'bad-url',
  'bad-forward',
  'not-a-port',
  'not-a-param',
  'port-range',
  'missing-unit',
  // meaning
  'unknown-name',
  'unknown-label',
  'unknown-step',
  'ambiguous-name',
  'reserved-name',
  'wrong-actor',
  'net-missing',
  'clock-backwards',
  'label-twice',
  'fragment-loop',
  'include-missing',
  'include-loop',
  'unused-name',
] as const;

/** Codes that only a dry run decides: a static guess at who may bind, and who answers, would be wrong too often. */
export const RUN_CODES = [
  'nobody-listens',
  'port-clash',
  'not-privileged',
  'unreachable',
  'not-there',
  'already-there',
  'stuck',
  'question-contradicts',
  'question-no-event',
  'too-long',
] as const;

/** Warnings about a scenario that plays: what would make it a better lesson. Told by lint, not by a check. */
export const LESSON_CODES = [
  'no-question',
  'no-because',
  'no-reason-for-wrong',
  'no-expectation',
  'no-misconception',
  'over-40-steps',
  'missing-language',
  'narration-no-event',
] as const;

export type ProblemCode =
  | (typeof STATIC_CODES)[number]
  | (typeof RUN_CODES)[number]
  | (typeof LESSON_CODES)[number];

export interface Problem {
  /** The file where it stands, if that is not the scenario's. */
  readonly file?: string;
  /** 1-based; the column counts UTF-16 units, as editors do. */
  readonly line: number;
  readonly column: number;
  readonly code: ProblemCode;
  /** What is wrong, a clause without a full stop; names and text of the scenario stand in `backticks`. */
  readonly message: string;
  /** What to do about it, if we can guess. */
  readonly hint?: string;
  readonly severity: 'error' | 'warning';
}

/** A problem that has no place yet: what an atom's parser says about a text. */
export interface Flaw {
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint?: string;
}

/** In order of the text, each told once. Warnings are left out while there is an error: half would be echoes. */
export function sortProblems(problems: Iterable<Problem>): Problem[] {
  const byPlace = new Map<string, Problem>();
  for (const problem of problems) {
    const key = `${problem.line}:${problem.column}:${problem.code}:${problem.message}`;
    if (!byPlace.has(key)) byPlace.set(key, problem);
  }
  const all = [...byPlace.values()];
  const isBroken = all.some((problem) => problem.severity === 'error');
  return all
    .filter((problem) => !isBroken || problem.severity === 'error')
    .sort((one, other) => one.line - other.line || one.column - other.column);
}

/** `3:14 unknown-key `rnus` is not a key here; did you mean `runs`?`: what follows the file's name in a report. */
export function formatProblem(problem: Problem): string {
  const hint = problem.hint === undefined ? '' : `; ${problem.hint}`;
  return `${problem.line}:${problem.column} ${problem.code} ${problem.message}${hint}`;
}
