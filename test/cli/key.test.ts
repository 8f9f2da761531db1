// Answer keys. Provoked: a student's own expectations that are wrong, worthless or far too good, keys that fail, that are
// broken, empty, misspelt or not there. What would be seen if it were wrong: points that a student gave to himself, or a
// problem told at a line of the wrong file.
import { describe, expect, it } from 'vitest';
import { command } from '../../src/cli/command.js';
import { memoryMachine } from './memory-machine.js';

const STUDENT = `fourtuple: 1
title: My call
params: { door: { from: [8000] } }
hosts: { laptop: { ip: 10.0.0.7, runs: firefox, ephemeral: [51004] }, web: { ip: 10.0.0.80, runs: nginx } }
script:
  - nginx: { listen: $door }
  - firefox: { connect: web:$door, as: ● }
    expect: { delivered: SYN, to: nginx, points: 100 }
expect:
  - { delivered: SYN, points: 1000 }
  - { delivered: SYN, times: 9 }
`;
const check = (key: string, ...more: readonly string[]) =>
  command(
    ['check', 'in', '--key', 'in/key.yaml', ...more],
    memoryMachine({ 'in/student.yaml': STUDENT, 'in/key.yaml': key }),
  );

describe('an answer key', () => {
  it('alone gives points, with its own parameters', () => {
    const key = `params: { door: { from: [9000] } }
expect:
  - { delivered: SYN, to: nginx, points: 2 }
  - { row: tcp LISTEN *:9000 *:* nginx, points: 3 }
`;
    expect(check(key)).toEqual({
      exitCode: 0,
      out: '✓ My call  2 expectations, 5 of 5 points, 5 steps\n',
      err: '',
    });
    expect(check(key.replace(/^params.*\n/, '')).out).toContain('2 of 5 points');
  });

  it('may be a whole scenario, of which nothing else is used', () => {
    const key = STUDENT.replace('[8000]', '[9000]')
      .replace('times: 9', 'times: 1')
      .replace('My call', 'Model');
    expect(check(key).out).toMatch(/^✓ My call {2}2 expectations, 1001 of 1001 points/);
  });

  it('is named where it fails, by every reporter', () => {
    const key = '# what is to hold\nexpect:\n  - { delivered: SYN, times: 2 }\n';
    const { exitCode, out } = check(key);
    expect(exitCode).toBe(1);
    expect(out).toContain('\nin/key.yaml:3:5 ✗ delivered SYN, twice\n');
    expect(check(key, '--reporter', 'junit').out).toContain('in/key.yaml:3:5\n');
    expect(check(key, '--reporter', 'tap').out).toContain('"in/key.yaml:3:5"');
    const { scenarios } = JSON.parse(check(key, '--reporter', 'json').out);
    const [call, ...verdicts] = scenarios[0].verdicts
      .toReversed()
      .toSorted(
        (one: { file?: string }, other: { file?: string }) =>
          (one.file ?? '').length - (other.file ?? '').length,
      );
    expect(call).not.toHaveProperty('file');
    expect(verdicts.at(-1)).toMatchObject({ file: 'in/key.yaml', line: 3, column: 5, passed: false });
  });

  it.each([
    ['expect: [{ delivered: SYN, to: nginks }]\n', 'in/key.yaml:1:28 unknown-name'],
    ['\nexpect:\n  - { delivered: SYN\n', 'in/key.yaml:3:5 yaml-syntax'],
    [
      'expct: []\n',
      'in/key.yaml:1:1 missing-key an answer key needs `expect`: what is to hold; did you mean',
    ],
    ['', 'in/key.yaml:1:1 missing-key'],
    ['- 1\n', 'in/key.yaml:1:1 missing-key'],
    ['expect:\n  - { delivrd: SYN }\n', 'in/key.yaml:2:7 unknown-key'],
    ['expect: [{ error: ECONNREFUSED, at: nowhere }]\n', 'in/key.yaml:1:33 unknown-step'],
  ])('that is broken is told in its own lines: %j', (key, problem) => {
    const { exitCode, err, out } = check(key);
    expect(exitCode).toBe(2);
    expect(err).toContain(problem);
    expect(err).not.toContain('student.yaml:');
    expect(out).toContain('in/student.yaml: not checked');
  });

  it('does not let the scenario choose its order, nor excuse itself from others', () => {
    const race = `fourtuple: 1
title: A race
hosts:
  laptop: { ip: 10.0.0.7, runs: firefox }
  tablet: { ip: 10.0.0.9, runs: curl }
  web: { ip: 10.0.0.80, runs: nginx }
script:
  - nginx: { serve: http }
  - together:
      - firefox: { connect: web:80 }
      - curl: { connect: web:80 }
`;
    const first = (who: string) =>
      `expect: [{ order: [{ delivered: SYN, from: ${who} }, { delivered: SYN, from: ${who === 'laptop' ? 'tablet' : 'laptop'} }] }]\n`;
    const judged = (scenario: string, key: string, ...more: readonly string[]) =>
      command(
        ['check', 's.yaml', '--key', 'k.yaml', ...more],
        memoryMachine({ 's.yaml': scenario, 'k.yaml': key }),
      );
    const excused = `${race}pinned: mine is the only one\n`;
    expect(judged(excused, first('laptop')).exitCode).toBe(0);
    expect(judged(excused, first('laptop'), '--orders', '40').exitCode).toBe(1);
    expect(judged(race, `${first('laptop')}pinned: the course says so\n`, '--orders', '40').exitCode).toBe(0);
    const { out } = judged(race, first('laptop'), '--orders', '40', '--reporter', 'json');
    const [, answers] = /"answers":\s*\[([^\]]+)\]/.exec(out) ?? [];
    expect(answers).toBeDefined();
    const order = `order: [${answers}]\n`;
    expect(
      command(['check', 's.yaml'], memoryMachine({ 's.yaml': race + order + first('tablet') })).exitCode,
    ).toBe(0);
    expect(judged(race + order, first('tablet')).exitCode).toBe(1);
    expect(judged(race, first('tablet') + order).exitCode).toBe(0);
  });

  it('leaves what is wrong in the scenario at its place', () => {
    const machine = memoryMachine({
      's.yaml': STUDENT.replace('$door, as', '$dor, as'),
      'k.yaml': 'expect: []\n',
    });
    const { exitCode, err } = command(['check', 's.yaml', '--key', 'k.yaml'], machine);
    expect(exitCode).toBe(2);
    expect(err).toMatch(/^s\.yaml:7:\d+ /);
  });

  it('must be there, and keeps no transcripts', () => {
    expect(command(['check', 'in', '--key', 'no.yaml'], memoryMachine({ 'in/a.yaml': STUDENT }))).toEqual({
      exitCode: 2,
      out: '',
      err: 'fourtuple: no.yaml: there is no such file\n',
    });
    expect(check('expect: []\n', '--update').exitCode).toBe(2);
  });
});
