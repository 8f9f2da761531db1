// A recording rewritten in the language, judged by `check` as every scenario is.
import { checkScenario } from '../../src/check/check-scenario.js';
import { formatProblem } from '../../src/scenario/text/problems.js';
import { inLanguage } from './in-language.js';
import type { Recording } from './recording.js';

export interface LanguageVerdict {
  readonly name: string;
  /** Undefined if every call gives and every row is what the kernel had; else the first that does not. */
  readonly misses: string | undefined;
  readonly calls: number;
  readonly rows: number;
}

export function judgeInLanguage(recording: Recording): LanguageVerdict {
  const { name } = recording.scenario;
  const document = inLanguage(recording);
  if (typeof document === 'string') return { name, misses: `cannot be said: ${document}`, calls: 0, rows: 0 };
  const { exitCode, problems, verdicts } = checkScenario(JSON.stringify(document));
  const calls = verdicts.filter(({ about }) => about === 'call').length;
  const told = { name, calls, rows: verdicts.length - calls };
  if (exitCode === 0) return { ...told, misses: undefined };
  const failed = verdicts.find(({ passed }) => !passed);
  const problem = problems.find(({ severity }) => severity === 'error');
  return {
    ...told,
    misses: problem ? formatProblem(problem) : `${failed?.claim}; got ${failed?.failure?.got}`,
  };
}
