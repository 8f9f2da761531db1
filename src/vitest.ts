// Matchers for vitest, so that a course asserts scenarios inside its own tests: `import 'fourtuple/vitest'` makes them known.
// A scenario is its text; what is judged, and how, is check/.
import { expect } from 'vitest';
import { type CheckOptions, checkScenario } from './check/check-scenario.js';
import { failureRows } from './check/failure-rows.js';
import type { Report } from './check/report.js';
import { formatProblem } from './scenario/text/problems.js';

interface ScenarioMatchers<R> {
  /**
   * The text is a scenario without errors, and every expectation in it holds; with `orders`, in so many other orders too.
   * A failure tells each expectation with its place, both sides, the nearest miss and, if `id` is given, a link.
   */
  toHold(options?: CheckOptions): R;
  /** The expectations that hold are worth at least so many points. */
  toEarn(points: number, options?: CheckOptions): R;
}

declare module 'vitest' {
  interface Matchers<T> extends ScenarioMatchers<T> {}
}

expect.extend({
  toHold(received: unknown, options?: CheckOptions) {
    const report = reportOf(received, options);
    const message = () =>
      report.exitCode === 0 ? `“${report.title}” holds, and was expected not to` : wordsOf(report);
    return { pass: report.exitCode === 0, message };
  },
  toEarn(received: unknown, points: number, options?: CheckOptions) {
    const report = reportOf(received, options);
    const { earned, total } = report;
    const words = `earned ${earned} of ${total} points, ${points} expected`;
    const pass = report.exitCode < 2 && earned >= points;
    return { pass, message: () => (pass ? words : `${words}\n${wordsOf(report)}`) };
  },
});

function reportOf(received: unknown, options: CheckOptions | undefined): Report {
  if (typeof received !== 'string')
    throw new TypeError(`the text of a scenario is expected, not ${typeof received}`);
  return checkScenario(received, options);
}

/** Its problems, or every expectation that failed. */
function wordsOf({ title, problems, verdicts }: Report): string {
  const failed = verdicts.filter(({ passed }) => !passed);
  const lines = failed.flatMap(({ line, column, claim, failure }) => [
    `${line}:${column} ✗ ${claim}`,
    ...failureRows(failure).map(([name, text]) => `  ${name.padEnd(9)}${text}`),
  ]);
  return [`“${title}” does not hold`, ...problems.map(formatProblem), ...lines].join('\n');
}
