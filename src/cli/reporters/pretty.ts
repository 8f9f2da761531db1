// For people: a line for each scenario, and each failure with what was expected beside what the run did.
import { failureRows } from '../../check/failure-rows.js';
import type { Report, Verdict } from '../../check/report.js';
import type { Paint } from '../paint.js';
import { isBroken } from '../problem-lines.js';
import { type Checked, counted, pointsOf, rounded } from './checked.js';

/** Failures of one file beyond this are only counted. */
const MOST_FAILURES = 50;

/** Problems of files are not in it: they are on the other output. */
export function pretty(all: readonly Checked[], paint: Paint): string {
  const lines = all.flatMap(({ file, report }) =>
    report === undefined ? [] : reportLines(file, report, paint),
  );
  if (all.length !== 1) lines.push(summaryLine(all, paint));
  return lines.map((line) => `${line}\n`).join('');
}

function reportLines(file: string, report: Report, paint: Paint): readonly string[] {
  const { problems, verdicts, earned, total } = report;
  if (isBroken(problems))
    return [`${paint.bad('✗')} ${file}: not checked, ${counted(problems.length, 'problem')}`];
  const failed = verdicts.filter((verdict) => !verdict.passed);
  const isGraded = ({ about }: Verdict) => about === 'run' || about === 'line';
  const expectations = verdicts.filter(isGraded);
  const wrong = failed.filter(isGraded).length;
  const head = `${failed.length === 0 ? paint.good('✓') : paint.bad('✗')} ${paint.strong(report.title)}`;
  const score = `${rounded(earned)} of ${counted(total, 'point')}`;
  const failures = wrong === 0 ? '' : `, ${wrong} failed`;
  const wrongCalls = failed.filter(({ about }) => about === 'call').length;
  const calls = wrongCalls === 0 ? '' : `, ${counted(wrongCalls, 'call')} failed`;
  const isOther = failed.some(({ about }) => about === 'transcript') ? ', reads otherwise than kept' : '';
  const orders = verdicts.flatMap(({ about, passed, claim }) =>
    about === 'order' && passed ? `, ${paint.plain(claim)}` : [],
  );
  const lines = [
    `${head}  ${counted(expectations.length, 'expectation')}${failures}${calls}${isOther}, ${score}, ${counted(report.steps, 'step')}${orders.join('')}`,
    ...failed.slice(0, MOST_FAILURES).flatMap((verdict) => failureLines(file, verdict, paint)),
  ];
  if (failed.length > MOST_FAILURES) lines.push(`  and ${failed.length - MOST_FAILURES} more failures`);
  return lines;
}

function failureLines(
  file: string,
  { file: own, line, column, claim, failure }: Verdict,
  paint: Paint,
): readonly string[] {
  return [
    `${own ?? file}:${line}:${column} ${paint.bad('✗')} ${paint.plain(claim)}`,
    ...failureRows(failure).map(([name, text]) => `  ${paint.faint(name.padEnd(9))}${paint.plain(text)}`),
  ];
}

function summaryLine(all: readonly Checked[], paint: Paint): string {
  const bad = all.filter(({ exitCode }) => exitCode !== 0).length;
  const verdict = bad === 0 ? paint.good('all hold') : paint.bad(`${bad} of them do not hold`);
  const { earned, total } = pointsOf(all);
  return `${counted(all.length, 'scenario')}: ${verdict}, ${earned} of ${counted(total, 'point')}`;
}
