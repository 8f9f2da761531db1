// `fourtuple check PATHS…`: a line for each scenario, each failure with what was expected beside what the run did.
// Judging is ../check/; here it is only printed.
import { checkScenario } from '../check/check-scenario.js';
import type { Report, Verdict } from '../check/report.js';
import { guarded } from './defect.js';
import { findFiles, idOf, readScenario } from './files.js';
import { joined, type Machine, type Outcome, refuse } from './machine.js';
import { type Paint, paintFor } from './paint.js';
import { isBroken, problemLines } from './problem-lines.js';

/** Failures of one file beyond this are only counted. */
const MOST_FAILURES = 50;

export function checkCommand(machine: Machine, paths: readonly string[], link: string | undefined): Outcome {
  if (paths.length === 0) return refuse('check needs a file or a directory: fourtuple check scenarios');
  const paint = paintFor(machine.hasColours);
  const { files, troubles } = findFiles(machine, paths);
  const reports: Report[] = [];
  const outcomes = files.map((file) => {
    const read = readScenario(machine, file);
    if ('trouble' in read) return refuse(read.trouble);
    return guarded(machine, file, read.text, () => {
      const report = checkScenario(read.text, { id: idOf(file), ...(link === undefined ? {} : { link }) });
      reports.push(report);
      return {
        exitCode: report.exitCode,
        out: reportLines(file, report, paint),
        err: problemLines(file, report.problems),
      };
    });
  });
  const count = files.length + troubles.length;
  const summary = count > 1 ? summaryLine(count, reports, paint) : '';
  return joined([...troubles.map(refuse), ...outcomes, { exitCode: 0, out: summary, err: '' }]);
}

function reportLines(file: string, report: Report, paint: Paint): string {
  const { problems, verdicts, earned, total } = report;
  if (isBroken(problems))
    return `${paint.bad('✗')} ${file}: not checked, ${counted(problems.length, 'problem')}\n`;
  const failed = verdicts.filter((verdict) => !verdict.passed);
  const expectations = verdicts.filter(({ about }) => about !== 'call');
  const wrong = failed.filter(({ about }) => about !== 'call').length;
  const head = `${failed.length === 0 ? paint.good('✓') : paint.bad('✗')} ${paint.strong(report.title)}`;
  const score = `${pointsText(earned)} of ${counted(total, 'point')}`;
  const failures = wrong === 0 ? '' : `, ${wrong} failed`;
  const calls = wrong === failed.length ? '' : `, ${counted(failed.length - wrong, 'call')} failed`;
  const lines = [
    `${head}  ${counted(expectations.length, 'expectation')}${failures}${calls}, ${score}, ${counted(report.steps, 'step')}`,
    ...failed.slice(0, MOST_FAILURES).flatMap((verdict) => failureLines(file, verdict, paint)),
  ];
  if (failed.length > MOST_FAILURES) lines.push(`  and ${failed.length - MOST_FAILURES} more failures`);
  return `${lines.join('\n')}\n`;
}

function failureLines(
  file: string,
  { line, column, claim, failure }: Verdict,
  paint: Paint,
): readonly string[] {
  const rows: (readonly [string, string | undefined])[] = [
    ['expected', failure?.expected],
    ['got', failure?.got],
    ['nearest', failure?.nearest],
    ['feedback', failure?.feedback],
    ['open', failure?.link],
  ];
  return [
    `${file}:${line}:${column} ${paint.bad('✗')} ${paint.plain(claim)}`,
    ...rows.flatMap(([name, text]) =>
      text === undefined ? [] : [`  ${paint.faint(name.padEnd(9))}${paint.plain(text)}`],
    ),
  ];
}

function summaryLine(files: number, reports: readonly Report[], paint: Paint): string {
  const good = reports.filter((report) => report.exitCode === 0).length;
  const verdict = good === files ? paint.good('all hold') : paint.bad(`${files - good} of them do not hold`);
  return `${counted(files, 'scenario')}: ${verdict}\n`;
}

function counted(count: number, noun: string): string {
  return `${pointsText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** At most two decimals: points may be fractions, and sums of fractions are not exact. */
function pointsText(points: number): string {
  return String(Math.round(points * 100) / 100);
}
