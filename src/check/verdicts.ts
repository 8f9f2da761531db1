// A run to its verdicts: every expectation, and what every call gives, each with its place, its points and, if it does not
// hold, what the run did instead. Whether one holds: judge.ts and calls.ts.
import type { Library } from '../scenario/include.js';
import type { PlayedLine } from '../scenario/play/drive.js';
import type { Run } from '../scenario/run.js';
import type { Expectation } from '../scenario/schema/expectations.js';
import { listOf } from '../scenario/schema/short-forms.js';
import { textIn } from '../scenario/schema/texts.js';
import type { Positions } from '../scenario/text/positions.js';
import { callClaims } from './calls.js';
import { type Evidence, evidenceOf, type Stretch, wholeOf } from './evidence.js';
import { claimOf, notationOf } from './fact-words.js';
import { judge } from './judge.js';
import type { Finding, Verdict } from './report.js';
import { stretchOf } from './stretch.js';

/** Where `npm start` serves the app. */
export const DEFAULT_LINK = 'http://127.0.0.1:5173/';

export interface VerdictOptions {
  /** Where `include` finds its files; see `openRun`. */
  readonly library?: Library;
  /** The scenario's id in links, its file's name without ending; without it no failure has a link. */
  readonly id?: string;
  /** The address of the app, before the `#`. */
  readonly link?: string;
  /** Language of the author's texts; see `openRun`. */
  readonly language?: string;
}

/** In order of the text. */
export function verdictsOf(run: Run, positions: Positions, options: VerdictOptions): readonly Verdict[] {
  const evidence = evidenceOf(run);
  const whole = wholeOf(evidence);
  const verdicts = [
    ...evidence.lines.flatMap((line) => ofLine(evidence, line, positions, options)),
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
  options: VerdictOptions,
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
  options: VerdictOptions,
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

/** The stepper at the step of a finding. */
export function linkTo({ step }: Finding, { id, link = DEFAULT_LINK }: VerdictOptions): string | undefined {
  return id === undefined ? undefined : `${link}#/s/${encodeURIComponent(id)}?t=${step}`;
}
