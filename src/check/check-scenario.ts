// A scenario's text to a report: plays it, judges every expectation and what every call gives, adds up the points.
// Pure: the same text gives the same report. It prints nothing and reads no file; the command is ../cli/.

import type { PlayedLine } from '../scenario/play/drive.js';
import { openRun } from '../scenario/run.js';
import type { Expectation } from '../scenario/schema/expectations.js';
import { listOf } from '../scenario/schema/shapes.js';
import { textIn } from '../scenario/schema/texts.js';
import type { Positions } from '../scenario/text/positions.js';
import { sortProblems } from '../scenario/text/problems.js';
import { callClaims } from './calls.js';
import { type Evidence, evidenceOf, type Stretch, wholeOf } from './evidence.js';
import { claimOf, notationOf } from './fact-words.js';
import { judge } from './judge.js';
import type { Finding, Report, Verdict } from './report.js';
import { stretchOf } from './stretch.js';
import { unjudgedFacts } from './unjudged.js';

/** Where `npm start` serves the app. */
export const DEFAULT_LINK = 'http://127.0.0.1:5173/';

export interface CheckOptions {
  /** The scenario's id in links, its file's name without ending; without it no failure has a link. */
  readonly id?: string;
  /** The address of the app, before the `#`. */
  readonly link?: string;
  /** Language of the author's texts; see `openRun`. */
  readonly language?: string;
}

/** Never throws for anything that an author can write. An InvariantViolation is a mistake of ours. */
export function checkScenario(source: string, options: CheckOptions = {}): Report {
  const { run, problems, positions } = openRun(source, options);
  const found = run === undefined ? problems : sortProblems([...problems, ...unjudgedFacts(run, positions)]);
  const isBroken = found.some((problem) => problem.severity === 'error');
  const verdicts = run === undefined || isBroken ? [] : judgeAll(evidenceOf(run), positions, options);
  const points = (of: readonly Verdict[]) => of.reduce((sum, verdict) => sum + verdict.points, 0);
  const passed = verdicts.filter((verdict) => verdict.passed);
  return {
    title: run?.title ?? '',
    steps: run?.total ?? 0,
    problems: found,
    verdicts,
    earned: points(passed),
    total: points(verdicts),
    exitCode: isBroken ? 2 : passed.length < verdicts.length ? 1 : 0,
  };
}

function judgeAll(evidence: Evidence, positions: Positions, options: CheckOptions): readonly Verdict[] {
  const { run, lines } = evidence;
  const whole = wholeOf(evidence);
  const verdicts = [
    ...lines.flatMap((line) => ofLine(evidence, line, positions, options)),
    ...listOf(run.scenario.expect).map((each, index) =>
      ofExpectation(evidence, each, ['expect', index], whole, 'run', positions, options),
    ),
  ];
  return verdicts.sort((one, other) => one.line - other.line || one.column - other.column);
}

function ofLine(
  evidence: Evidence,
  line: PlayedLine,
  positions: Positions,
  options: CheckOptions,
): readonly Verdict[] {
  const { expect } = line.step;
  const calls = [...callClaims(evidence, line)].map(
    ({ path, claim, expected, finding }): Verdict => ({
      about: 'call',
      path,
      ...positions.of(path),
      claim,
      points: 0,
      passed: finding === undefined,
      failure: finding && { expected, ...finding, feedback: undefined, link: linkTo(finding, options) },
    }),
  );
  const expectations = listOf(expect).map((each, index) => {
    const path = [...line.path, 'expect', ...(Array.isArray(expect) ? [index] : [])];
    return ofExpectation(evidence, each, path, line, 'line', positions, options);
  });
  return [...calls, ...expectations];
}

function ofExpectation(
  evidence: Evidence,
  expectation: Expectation,
  path: readonly (string | number)[],
  own: Stretch,
  about: 'run' | 'line',
  positions: Positions,
  options: CheckOptions,
): Verdict {
  const finding = judge(evidence, expectation, stretchOf(evidence, expectation, own));
  const language = options.language ?? 'en';
  const inLanguage = (text: Expectation['name']) => (text === undefined ? undefined : textIn(text, language));
  return {
    about,
    path,
    ...positions.of(path),
    claim: inLanguage(expectation.name) ?? claimOf(expectation),
    points: expectation.points ?? 1,
    passed: finding === undefined,
    failure: finding && {
      expected: notationOf(expectation),
      ...finding,
      feedback: inLanguage(expectation.else),
      link: linkTo(finding, options),
    },
  };
}

function linkTo({ step }: Finding, { id, link = DEFAULT_LINK }: CheckOptions): string | undefined {
  return id === undefined ? undefined : `${link}#/s/${encodeURIComponent(id)}?t=${step}`;
}
