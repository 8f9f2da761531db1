// The Test Anything Protocol, version 14: a subtest for each scenario, a test point for each expectation and call, and what
// is to be said of a failure as YAML below it.
import { failureRows } from '../../check/failure-rows.js';
import type { Verdict } from '../../check/report.js';
import { visible } from '../paint.js';
import { type Checked, flawsOf } from './checked.js';

export function tap(all: readonly Checked[]): string {
  const points = all.map((checked, index) => [
    ...subtest(checked),
    ...point(index + 1, checked.exitCode === 0, checked.report?.title || checked.file, remarkOf(checked)),
  ]);
  return `${['TAP version 14', `1..${all.length}`, ...points.flat()].join('\n')}\n`;
}

/** A file that was not judged has none: an empty plan would count as skipped. */
function subtest({ report, file }: Checked): readonly string[] {
  const verdicts = report?.verdicts ?? [];
  if (verdicts.length === 0) return [];
  return [
    `# Subtest: ${escaped(report?.title || file)}`,
    `    1..${verdicts.length}`,
    ...verdicts
      .flatMap((verdict, index) => point(index + 1, verdict.passed, verdict.claim, failureOf(file, verdict)))
      .map((line) => `    ${line}`),
  ];
}

type Remark = Readonly<Record<string, string | number | readonly string[] | undefined>>;

function point(number: number, passed: boolean, words: string, remark: Remark): readonly string[] {
  const rows = Object.entries(remark).flatMap(([key, value]) =>
    // JSON is YAML, and needs no second way of quoting.
    value === undefined ? [] : [`  ${key}: ${JSON.stringify(value)}`],
  );
  const head = `${passed ? 'ok' : 'not ok'} ${number} - ${escaped(words)}`;
  return rows.length === 0 ? [head] : [head, '  ---', ...rows, '  ...'];
}

function failureOf(file: string, { file: own, line, column, points, failure }: Verdict): Remark {
  if (failure === undefined) return {};
  return { at: `${own ?? file}:${line}:${column}`, ...Object.fromEntries(failureRows(failure)), points };
}

function remarkOf(checked: Checked): Remark {
  const { file, report } = checked;
  const flaws = flawsOf(checked).map(({ file: own, line, column, code, message, hint }) =>
    visible(`${own ?? file}:${line}:${column} ${code} ${message}${hint === undefined ? '' : `; ${hint}`}`),
  );
  if (flaws.length > 0) return { problems: flaws };
  return report === undefined || checked.exitCode === 0 ? {} : { earned: report.earned, total: report.total };
}

/** A `#` would begin a directive. */
function escaped(words: string): string {
  return visible(words).replace(/[\\#]/g, '\\$&');
}
