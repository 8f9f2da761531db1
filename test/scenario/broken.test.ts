// Files that must be refused, each naming in its first lines which code it gives and where. A file gives what it names
// and nothing else: an echo of one mistake at another place fails here. Codes that only a run decides are not judged.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/scenario/parse.js';
import { formatProblem, STATIC_CODES } from '../../src/scenario/text/problems.js';

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
const isStatic = (wanted: string) => STATIC_CODES.some((code) => wanted.endsWith(` ${code}`));
const staticFiles = files.filter(({ wanted }) => wanted.every(isStatic));

describe('broken files', () => {
  it.each(files)('$file names what it gives', ({ wanted }) => {
    expect(wanted.length).toBeGreaterThan(0);
  });

  it.each(staticFiles)('$file gives it at its place, and nothing else', ({ source, wanted }) => {
    const { problems } = parseScenario(source);
    const told = problems.map(({ line, column, code }) => `${line}:${column} ${code}`);
    expect(told, problems.map(formatProblem).join('\n')).toEqual(wanted);
  });

  it('there is one for every code that needs no run', () => {
    const given = new Set(staticFiles.flatMap(({ wanted }) => wanted.map((each) => each.split(' ')[1])));
    expect(STATIC_CODES.filter((code) => !given.has(code))).toEqual([]);
  });

  // Somebody who reads only the message must know what to do next.
  it.each(staticFiles)('$file is told in plain words', ({ source }) => {
    for (const { message, hint } of parseScenario(source).problems) {
      expect(message.length).toBeGreaterThan(10);
      expect(`${message} ${hint ?? ''}`).not.toMatch(/\bInvalid|Expected|undefined|NaN|\[object/);
    }
  });
});
