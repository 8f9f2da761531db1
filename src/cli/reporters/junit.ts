// JUnit's XML as CI systems read it (Jenkins' junit-10.xsd): a suite for each scenario, a case for each expectation and call.
// It has no times: the same files give the same bytes.
import { failureRows } from '../../check/failure-rows.js';
import type { Verdict } from '../../check/report.js';
import { formatProblem, type Problem } from '../../scenario/text/problems.js';
import { visible } from '../paint.js';
import { type Checked, type Flaw, flawsOf, rounded } from './checked.js';

export function junit(all: readonly Checked[]): string {
  const suites = all.map(suite);
  const sum = (what: 'tests' | 'failures' | 'errors') =>
    suites.reduce((count, each) => count + each[what], 0);
  const counts = attributes({ tests: sum('tests'), failures: sum('failures'), errors: sum('errors') });
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="fourtuple"${counts}>
${suites.map(({ xml }) => xml).join('')}</testsuites>
`;
}

interface Suite {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly xml: string;
}

function suite(checked: Checked): Suite {
  const { file, id, report } = checked;
  const flaws = flawsOf(checked);
  const verdicts = report?.verdicts ?? [];
  const cases = [
    ...(flaws.length === 0 ? [] : [flawedCase(file, id, flaws)]),
    ...verdicts.map((verdict) => verdictCase(file, id, verdict)),
  ];
  const counts = {
    tests: cases.length,
    failures: verdicts.filter(({ passed }) => !passed).length,
    errors: flaws.length === 0 ? 0 : 1,
  };
  const warnings = flaws.length === 0 ? (report?.problems ?? []) : [];
  const inside = [
    `    <properties>\n`,
    ...Object.entries({ earned: rounded(report?.earned ?? 0), total: rounded(report?.total ?? 0) }).map(
      ([name, value]) => `      <property${attributes({ name, value })}/>\n`,
    ),
    `    </properties>\n`,
    ...cases,
    ...(warnings.length === 0 ? [] : [element('system-err', warningText(file, warnings))]),
  ];
  const names = attributes({ name: report?.title || file, ...counts, id, file });
  return { ...counts, xml: `  <testsuite${names}>\n${inside.join('')}  </testsuite>\n` };
}

/** The one case of a file that was not judged. */
function flawedCase(file: string, id: string, flaws: readonly Flaw[]): string {
  const errors = flaws.map(({ file: own, code, line, column, message, hint }) => {
    const text = `${own ?? file}:${line}:${column} ${code} ${message}${hint === undefined ? '' : `; ${hint}`}`;
    return `      <error${attributes({ type: code, message })}>${escaped(text)}</error>\n`;
  });
  return `    <testcase${attributes({ name: 'can be judged', classname: id })}>\n${errors.join('')}    </testcase>\n`;
}

function verdictCase(
  file: string,
  id: string,
  { file: own, claim, line, column, about, failure }: Verdict,
): string {
  const names = attributes({ name: claim, classname: id });
  if (failure === undefined) return `    <testcase${names}/>\n`;
  const type = about === 'run' || about === 'line' ? 'expectation' : about;
  const message = attributes({ type, message: `expected ${failure.expected}; got ${failure.got}` });
  const rows = failureRows(failure).map(([row, words]) => `${row}: ${words}`);
  const text = [`${own ?? file}:${line}:${column}`, ...rows].map(escaped).join('\n');
  return `    <testcase${names}>\n      <failure${message}>${text}</failure>\n    </testcase>\n`;
}

function warningText(file: string, warnings: readonly Problem[]): string {
  return warnings.map((warning) => `${warning.file ?? file}:${formatProblem(warning)}`).join('\n');
}

function element(name: string, text: string): string {
  return `    <${name}>${text.split('\n').map(escaped).join('\n')}</${name}>\n`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** On one line, and without the characters that XML cannot hold at all. */
function escaped(text: string): string {
  return visible(text)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
