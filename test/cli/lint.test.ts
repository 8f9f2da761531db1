// `fourtuple lint`: problems and warnings at their places, for people and for programs; what check says, lint says too.
import { describe, expect, it } from 'vitest';
import { command } from '../../src/cli/command.js';
import { memoryMachine } from './memory-machine.js';

const GOOD = `fourtuple: 1
title: One call
breaks: M18
hosts:
  laptop: { ip: 10.0.0.7, runs: firefox }
  web: { ip: 10.0.0.80, runs: nginx }
script:
  - nginx: { listen: 80 }
  - firefox: { connect: web:80 }
    ask: { which: process, because: nginx listens on 80., wrong: { none: nginx listens. } }
expect:
  - { delivered: SYN, to: nginx }
`;
const FILES = {
  'all/good.yaml': GOOD,
  'all/poor.yaml': GOOD.replace('breaks: M18\n', ''),
  'all/bad.yaml': GOOD.replace('connect: web:80', 'connect: web:81'),
};
const lint = (...args: string[]) => command(['lint', ...args], memoryMachine(FILES));

describe('fourtuple lint', () => {
  it('has nothing to say about a good lesson', () => {
    expect(lint('all/good.yaml')).toEqual({ exitCode: 0, out: '1 scenario: nothing to say\n', err: '' });
  });

  it('warns with exit code 0, at the place', () => {
    expect(lint('all/poor.yaml')).toEqual({
      exitCode: 0,
      out:
        'all/poor.yaml:2:1 no-misconception no misconception is named; say which belief it breaks: `breaks: M1` (a warning)\n' +
        '1 scenario: 1 warning\n',
      err: '',
    });
  });

  it('tells errors as check does, with exit code 2, and all files of a directory', () => {
    const { exitCode, out, err } = lint('all');
    expect([exitCode, err]).toEqual([2, '']);
    expect(out).toMatch(/\n3 scenarios: 1 error, 1 warning\n$/);
    const checked = command(['check', 'all/bad.yaml'], memoryMachine(FILES));
    expect(checked.exitCode).toBe(2);
    expect(out).toContain(checked.err);
    expect(checked.err).toMatch(/^all\/bad.yaml:9:25 nobody-listens nothing listens on tcp 81 of web/);
  });

  it('gives programs the same', () => {
    const { out, exitCode } = lint('all', '--reporter', 'json');
    const report = JSON.parse(out);
    expect([report.format, report.exitCode]).toEqual([1, exitCode]);
    expect(report.files.map(({ file, problems }: never) => [file, problems])).toMatchObject([
      ['all/bad.yaml', [{ line: 9, column: 25, code: 'nobody-listens', severity: 'error' }]],
      ['all/good.yaml', []],
      ['all/poor.yaml', [{ line: 2, column: 1, code: 'no-misconception', severity: 'warning' }]],
    ]);
  });

  it.each([
    [[], /needs a file or a directory/],
    [['nowhere.yaml'], /nowhere\.yaml: there is no such file/],
    [['all', '--reporter', 'junit'], /no reporter `junit` of lint; there are pretty, json/],
    [['all', '--shard', '1/2'], /no option `--shard` of lint/],
  ])('refuses %j', (args, words) => {
    const { exitCode, err } = lint(...args);
    expect(exitCode).toBe(2);
    expect(err).toMatch(words);
  });
});
