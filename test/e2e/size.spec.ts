// What a first visit loads stays small: the built files are weighed, no page is opened. Speed itself is measured by
// `npm run -s bench -- page`. What would be seen if it were wrong: an import that pulls the simulator, or a parser that no page
// needs, in front of the first screen.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';

const folder = fileURLToPath(new URL('../../dist/app', import.meta.url));
const built = readdirSync(join(folder, 'assets')).map((name) => {
  const bytes = readFileSync(join(folder, 'assets', name));
  return { name, text: bytes.toString('latin1'), kilobytes: gzipSync(bytes).length / 1000 };
});
const scripts = built.filter(({ name }) => name.endsWith('.js'));
const page = readFileSync(join(folder, 'index.html'), 'utf8');

const sum = (files: typeof built): number => files.reduce((total, { kilobytes }) => total + kilobytes, 0);

test('the first screen comes with less than 110 kB of script, everything with less than 300', () => {
  const first = scripts.filter(({ name }) => page.includes(name));
  expect(first.length).toBeGreaterThan(0);
  expect(sum(first)).toBeLessThan(110);
  expect(sum(scripts)).toBeLessThan(300);
  expect(sum(built.filter(({ name }) => name.endsWith('.css')))).toBeLessThan(25);
});

test('no page carries a YAML parser or the schemas', () => {
  expect(
    scripts.filter(({ text }) => /YAMLParseError|ZodError|strictObject/.test(text)).map(({ name }) => name),
  ).toEqual([]);
});
