// Golden transcripts. Provoked: one that is right, a line that differs, too few and too many, none, one that cannot be read or
// written, a scenario that cannot be played. What would be seen if it were wrong: a changed run that passes, a lost file.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { command } from '../../src/cli/command.js';
import { nodeMachine } from '../../src/cli/node-machine.js';
import { memoryMachine } from './memory-machine.js';

const LESSON = `fourtuple: 1
title: One call
takeaway: Knock first.
hosts: { laptop: { ip: 10.0.0.7, runs: firefox, ephemeral: [51004] }, web: { ip: 10.0.0.80, runs: nginx } }
script:
  - phase: Door
  - nginx: { serve: http }
  - firefox: { connect: web:80, as: ● }
    say: Hello.
expect:
  - { delivered: SYN, to: nginx, times: 1 }
`;
const GOLDEN = 'in/lesson.transcript.txt';

/** What is written when the files are checked with `--update`. */
function updated(files: Readonly<Record<string, string>>) {
  const written = new Map<string, Uint8Array>();
  const outcome = command(['check', 'in', '--update'], memoryMachine(files, ['in'], written));
  const texts = new Map([...written].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]));
  return { exitCode: outcome.exitCode, texts, text: texts.get(GOLDEN) ?? '' };
}
const { exitCode: whenWritten, text: right } = updated({ 'in/lesson.yaml': LESSON });
const check = (golden: string, ...more: readonly string[]) =>
  command(
    ['check', 'in/lesson.yaml', ...more],
    memoryMachine({ 'in/lesson.yaml': LESSON, [GOLDEN]: golden }),
  );

it('keeps what run prints, without the digest', () => {
  const { out } = command(['run', 'in/lesson.yaml'], memoryMachine({ 'in/lesson.yaml': LESSON }));
  expect(right).toBe(out.replace(/, digest [0-9a-f]{16}\n$/, '\n'));
  expect(whenWritten).toBe(0);
  expect(right).toMatch(/^One call\n\n── Door\n1 .*\n(.*\n)+Knock first\.\n6 steps\n$/);
});

it('holds a run that reads the same, whatever ends the lines', () => {
  expect(check(right)).toMatchObject({ exitCode: 0, err: '' });
  expect(check(right.replaceAll('\n', '\r\n')).exitCode).toBe(0);
});

it('shows the first line that differs, expected beside actual, with its step and a link', () => {
  const lines = right.split('\n');
  const at = lines.findIndex((line) => line.startsWith('2 '));
  const golden = lines
    .with(at, '2 Something else.')
    .with(at + 3, 'and this')
    .join('\n');
  const { exitCode, out } = check(golden, '--link', 'https://course.test/');
  expect(exitCode).toBe(1);
  expect(out).toContain(`in/lesson.yaml:1:1 ✗ reads as ${GOLDEN}, line ${at + 1}\n`);
  expect(out).toContain('  expected 2 Something else.\n');
  expect(out).toContain(`  got      ${lines[at]}\n`);
  expect(out).toContain('  open     https://course.test/#/s/lesson?t=2\n');
  expect(out).toContain('1 expectation, reads otherwise than kept, 1 of 1 point');
  const { scenarios } = JSON.parse(check(golden, '--reporter', 'json').out);
  expect(scenarios[0].verdicts.at(-1)).toMatchObject({
    about: 'transcript',
    points: 0,
    failure: { step: 2 },
  });
});

it('misses lines at the end, and finds those that are too many', () => {
  expect(check(`${right}more\n`).out).toMatch(/expected more\n {2}got {6}nothing more/);
  expect(check(right.replace('\n\n', '\nHm.\n')).out).toMatch(/expected Hm\.\n {2}got {6}an empty line/);
  expect(check(right.replace('6 steps\n', '')).out).toMatch(/expected nothing more\n {2}got {6}6 steps/);
});

it('asks nothing where there is no transcript', () => {
  const { out } = command(
    ['check', 'in/lesson.yaml', '--reporter', 'json'],
    memoryMachine({ 'in/lesson.yaml': LESSON }),
  );
  expect(JSON.parse(out).scenarios[0].verdicts.map(({ about }: { about: string }) => about)).not.toContain(
    'transcript',
  );
});

it('writes none of a scenario that cannot be played, and one of a scenario whose expectations fail', () => {
  const { texts } = updated({
    'in/a.yaml': LESSON.replace('web:80', 'wbe:80'),
    'in/b.yaml': LESSON.replace('times: 1', 'times: 2'),
  });
  expect([...texts.keys()]).toEqual(['in/b.transcript.txt']);
});

const folder = mkdtempSync(join(tmpdir(), 'golden-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('writes whole files on a disk, over old ones too, and leaves nothing beside them', () => {
  const lesson = join(folder, 'lesson.yaml');
  const golden = join(folder, 'lesson.transcript.txt');
  writeFileSync(lesson, LESSON);
  writeFileSync(golden, 'old');
  const machine = nodeMachine();
  expect(command(['check', lesson], machine).exitCode).toBe(1);
  expect(readFileSync(golden, 'utf8')).toBe('old');
  expect(command(['check', lesson, '--update'], machine).exitCode).toBe(0);
  expect(readFileSync(golden, 'utf8')).toBe(right);
  expect(command(['check', folder], machine).exitCode).toBe(0);
  expect(readdirSync(folder).sort()).toEqual(['lesson.transcript.txt', 'lesson.yaml']);
});

it('says what cannot be read or written', () => {
  const machine = memoryMachine({ 'in/lesson.yaml': LESSON, [`${GOLDEN}/x`]: '' });
  expect(command(['check', 'in/lesson.yaml', '--update'], machine)).toMatchObject({
    exitCode: 2,
    err: `fourtuple: in/lesson.yaml: ${GOLDEN}: this is a directory; the name of a file is needed\n`,
  });
});
