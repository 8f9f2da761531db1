// All that can be said about a scenario: the problems of its text and of a dry run, as `openRun` tells them, and where
// nothing is broken what would make it a better lesson. The one list behind `fourtuple lint` and the editor.
import { type Opened, type OpenOptions, openRun } from './run.js';
import { wordsOf } from './teaching/happened.js';
import { warnOfLesson } from './teaching/lesson.js';
import { warnOfNarration } from './teaching/narration.js';
import { type Problem, sortProblems } from './text/problems.js';

/** Warnings only if there is no error; the same codes and places as `openRun`, and more. Never throws for what an author can write. */
export function lintScenario(source: string, options: OpenOptions = {}): Opened {
  const opened = openRun(source, options);
  const { run, problems, positions } = opened;
  if (run === undefined || problems.some(({ severity }) => severity === 'error')) return opened;
  const { scenario, steps, asked, total } = run;
  const lines = run.lines.toSorted((one, other) => one.first - other.first); // moments among their lines
  const warnings = [
    ...warnOfLesson({ scenario, lines, asked, total }),
    ...warnOfNarration({ scenario, lines, steps, happened: wordsOf(run.recording) }),
  ].map(
    ({ path, atKey, code, message, hint }): Problem => ({
      ...positions.of(path, { key: atKey }),
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
      severity: 'warning',
    }),
  );
  return { ...opened, problems: sortProblems([...problems, ...warnings]) };
}
