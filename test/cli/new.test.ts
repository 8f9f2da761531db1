// `fourtuple new`: what it writes is a lesson without a warning, under a name that can stand in a link, and never in the
// place of anything.
import { describe, expect, it } from 'vitest';
import { checkScenario } from '../../src/check/check-scenario.js';
import { command } from '../../src/cli/command.js';
import { lintScenario } from '../../src/scenario/lint-scenario.js';
import { formatProblem } from '../../src/scenario/text/problems.js';
import { memoryMachine } from './memory-machine.js';

function make(...args: string[]) {
  const written = new Map<string, Uint8Array>();
  const files = { 'there.yaml': 'mine', 'lessons/one.yaml': 'mine' };
  const outcome = command(['new', ...args], memoryMachine(files, [], written));
  return {
    ...outcome,
    written: [...written].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)] as const),
  };
}

describe('fourtuple new', () => {
  it('writes a lesson that lints without a warning and whose expectations hold', () => {
    const { exitCode, out, err, written } = make('my-first-lesson');
    expect([exitCode, err]).toEqual([0, '']);
    expect(out).toMatch(/^my-first-lesson\.yaml: /);
    const [[path, text] = ['', '']] = written;
    expect(path).toBe('my-first-lesson.yaml');
    expect(lintScenario(text).problems.map(formatProblem)).toEqual([]);
    const report = checkScenario(text);
    expect([report.exitCode, report.title, report.earned]).toEqual([0, 'My first lesson', 5]);
    expect(text.match(/#/g)?.length).toBeGreaterThan(10);
  });

  it.each([
    ['lessons/two', 'lessons/two.yaml', 'Two'],
    ['three.yml', 'three.yml', 'Three'],
    ['80', '80.yaml', '80'],
  ])('%s is written to %s', (name, path, title) => {
    const [[at, text] = ['', '']] = make(name).written;
    expect([at, checkScenario(text).title]).toEqual([path, title]);
  });

  it.each([
    [[], /needs one name: fourtuple new my-first-lesson/],
    [['one', 'two'], /needs one name/],
    [['there'], /there\.yaml: it is there already, and nothing is written over/],
    [['lessons/one.yaml'], /it is there already/],
    [['my lesson'], /`my lesson` is no name for a scenario/],
    [['lesson.txt'], /`lesson\.txt` is no name/],
    [['lessons/'], /`` is no name/],
    [['../-x'], /`-x` is no name/],
    [['nowhere/lesson'], /there is no such directory/],
  ])('refuses %j and writes nothing', (args, words) => {
    const { exitCode, err, written } = make(...args);
    expect([exitCode, written]).toEqual([2, []]);
    expect(err).toMatch(words);
  });
});
