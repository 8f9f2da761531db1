// Files that must be refused, each naming in its first lines which code it gives and where. A file gives what it names
// and nothing else: an echo of one mistake at another place fails here. What only a run decides, and what would make a
// better lesson, lint tells.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Library } from '../../src/scenario/include.js';
import { lintScenario } from '../../src/scenario/lint-scenario.js';
import { parseScenario } from '../../src/scenario/parse.js';
import { openRun } from '../../src/scenario/run.js';
import { formatProblem, LESSON_CODES, RUN_CODES, STATIC_CODES } from '../../src/scenario/text/problems.js';

const folder = new URL('../broken/', import.meta.url);
const files = readdirSync(folder)
  .sort()
  .map((file) => {
    const source = readFileSync(new URL(file, folder), 'utf8');
    const wanted = [...source.matchAll(/^# must give: (\S+) at (\d+:\d+)$/gm)].map(
      ([, code, place]) => `${place} ${code}`,
    );
    return { file, source, wanted };
  });
const library: Library = (named, from) => {
  const file = new URL(named, from ?? folder);
  return existsSync(file) ? { path: file.href, text: readFileSync(file, 'utf8') } : undefined;
};
const among = (codes: readonly string[]) => (wanted: string) =>
  codes.some((code) => wanted.endsWith(` ${code}`));
const staticFiles = files.filter(({ wanted }) => wanted.every(among(STATIC_CODES)));
const playedFiles = files.filter(({ wanted }) => wanted.every(among(RUN_CODES)));
const lessonFiles = files.filter(({ wanted }) => wanted.every(among(LESSON_CODES)));
type Told = ReturnType<typeof parseScenario>['problems'];
const places = (problems: Told) => problems.map(({ line, column, code }) => `${line}:${column} ${code}`);
const codesOf = (some: typeof files) =>
  new Set(some.flatMap(({ wanted }) => wanted.map((each) => each.split(' ')[1])));

describe('broken files', () => {
  it.each(files)('$file names what it gives', ({ wanted }) => {
    expect(wanted.length).toBeGreaterThan(0);
  });

  it.each(staticFiles)('$file gives it at its place, and nothing else', ({ source, wanted }) => {
    const { problems } = parseScenario(source, library);
    expect(places(problems), problems.map(formatProblem).join('\n')).toEqual(wanted);
    expect(lintScenario(source, { library }).problems).toEqual(expect.arrayContaining([...problems]));
  });

  it.each(playedFiles)('$file gives it when it is played, and lint says the same', ({ source, wanted }) => {
    const { problems } = openRun(source, { library });
    expect(places(problems), problems.map(formatProblem).join('\n')).toEqual(wanted);
    expect(lintScenario(source, { library }).problems).toEqual(problems);
  });

  it.each(lessonFiles)('$file plays without a problem, and lint warns', ({ source, wanted }) => {
    expect(openRun(source, { library }).problems).toEqual([]);
    const { problems } = lintScenario(source, { library });
    expect(places(problems), problems.map(formatProblem).join('\n')).toEqual(wanted);
    expect(problems.map(({ severity }) => severity)).not.toContain('error');
  });

  it('there is one for every code', () => {
    expect(STATIC_CODES.filter((code) => !codesOf(staticFiles).has(code))).toEqual([]);
    // 20,000 steps are too slow.
    expect(RUN_CODES.filter((code) => !codesOf(playedFiles).has(code))).toEqual(['too-long']);
    expect(LESSON_CODES.filter((code) => !codesOf(lessonFiles).has(code))).toEqual([]);
  });

  // Somebody who reads only the message must know what to do next.
  it.each(files)('$file is told in plain words', ({ source }) => {
    for (const { message, hint } of lintScenario(source, { library }).problems) {
      expect(message.length).toBeGreaterThan(10);
      expect(`${message} ${hint ?? ''}`).not.toMatch(/\bInvalid|Expected|undefined|NaN|\[object/);
    }
  });
});
