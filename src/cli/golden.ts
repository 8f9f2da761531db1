// Golden transcripts: beside `lesson.yaml` the file `lesson.transcript.txt` holds what `run` prints of it, without the digest.
// Where there is one, `check` compares; `check --update` writes them.
import type { Verdict } from '../check/report.js';
import { linkTo, type VerdictOptions } from '../check/verdicts.js';
import type { Run } from '../scenario/run.js';
import { readScenario, type Trouble, writeFile } from './files.js';
import type { Machine } from './machine.js';
import { type TranscriptLine, transcriptLines } from './transcript.js';

export function goldenOf(file: string): string {
  return `${file.replace(/\.(ya?ml|json)$/, '')}.transcript.txt`;
}

export function hasGolden(machine: Machine, file: string): boolean {
  return machine.stamp(goldenOf(file)) !== '';
}

/** Does the run read as its transcript? If not, the first line that differs, beside the one that is expected. */
export function judgeGolden(
  machine: Machine,
  file: string,
  run: Run,
  options: VerdictOptions,
): Verdict | { readonly trouble: Trouble } {
  const path = goldenOf(file);
  const read = readScenario(machine, path);
  if ('trouble' in read) return read;
  const expected = read.text.replaceAll('\r\n', '\n').replace(/\n$/, '').split('\n');
  const actual = transcriptLines(run);
  const at = firstDifference(expected, actual);
  const place = { about: 'transcript', path: [], line: 1, column: 1, points: 0 } as const;
  if (at === undefined) return { ...place, claim: `reads as ${path}`, passed: true, failure: undefined };
  const { text, step } = actual[at] ?? { text: 'nothing more', step: run.total };
  const finding = { got: shown(text), nearest: undefined, step };
  return {
    ...place,
    claim: `reads as ${path}, line ${at + 1}`,
    passed: false,
    failure: {
      expected: shown(expected[at] ?? 'nothing more'),
      ...finding,
      feedback: undefined,
      link: linkTo(finding, options),
    },
  };
}

function shown(line: string): string {
  return line === '' ? 'an empty line' : line;
}

/** Counted from 0; undefined if they are the same. */
function firstDifference(expected: readonly string[], actual: readonly TranscriptLine[]): number | undefined {
  const most = Math.max(expected.length, actual.length);
  for (let at = 0; at < most; at++) if (expected[at] !== actual[at]?.text) return at;
  return undefined;
}

/** Writes the transcript, whatever was there. What is wrong in plain words, undefined if nothing is. */
export function writeGolden(machine: Machine, file: string, run: Run): string | undefined {
  const text = transcriptLines(run)
    .map((line) => `${line.text}\n`)
    .join('');
  return writeFile(machine, goldenOf(file), new TextEncoder().encode(text));
}
