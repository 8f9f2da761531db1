// A mistake of ours met while a command runs: told with what is needed to see it again, and without a stack trace.
import { parseScenario } from '../scenario/parse.js';
import { RunDefect } from '../scenario/play/run-defect.js';
import type { Machine, Outcome } from './machine.js';

/** Runs `work` on one file. Whatever it throws becomes exit code 3 and a text to report. */
export function guarded(machine: Machine, file: string, text: string, work: () => Outcome): Outcome {
  const done = attempt(machine, file, text, work);
  return 'defect' in done ? { exitCode: 3, out: '', err: done.defect } : done.value;
}

/** The same for what is no outcome yet. */
export function attempt<Value>(
  machine: Machine,
  file: string,
  text: string,
  work: () => Value,
): { readonly value: Value } | { readonly defect: string } {
  try {
    return { value: work() };
  } catch (thrown) {
    return { defect: defectText(machine, file, text, thrown) };
  }
}

function defectText(machine: Machine, file: string, text: string, thrown: unknown): string {
  const isRun = thrown instanceof RunDefect;
  const cause = isRun ? thrown.cause : thrown;
  const what = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return [
    `${file}: fourtuple has made a mistake; the scenario is not to blame`,
    `  what      ${what.replace(/\s+/g, ' ')}`,
    `  scenario  ${file}`,
    `  seed      ${isRun ? thrown.seed : seedOf(text)}`,
    `  step      ${isRun ? thrown.step : 'after the run'}`,
    `  version   ${machine.version}`,
    '  Please report these lines together with the file, as an issue of the project.',
    '',
  ].join('\n');
}

function seedOf(text: string): string {
  try {
    return String(parseScenario(text).scenario?.seed ?? 1);
  } catch {
    return 'unknown';
  }
}
