// A language that runs from right to left mirrors the page, so no style sheet says left or right: it says start and end.
// What keeps its order in every language (time, bits, maps) stands in src/app/styles/direction.css.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const FOLDER = 'src/app/styles';
const PHYSICAL =
  /^\s*(?:(?:margin|padding|border)-(?:left|right)\b.*|(?:left|right)\s*:.*|text-align:\s*(?:left|right).*|float:\s*(?:left|right).*)/;
/** `padding: 0 16px 0 20px`: two sides that differ. */
const LOPSIDED = /^\s*(?:margin|padding|inset): (\S+) (\S+) (\S+) (\S+);/;

/** What calc() and its like hold. */
const NESTED = /\((?:[^()]|\([^()]*\))*\)/g;

function oneSided(css: string): string[] {
  return css.split('\n').filter((line) => {
    const [, , right, , left] = LOPSIDED.exec(line.replace(NESTED, '')) ?? [];
    return PHYSICAL.test(line) || right !== left;
  });
}

test.each(readdirSync(FOLDER))('%s mirrors', (file) => {
  expect(oneSided(readFileSync(`${FOLDER}/${file}`, 'utf8'))).toEqual([]);
});

test('what would not mirror is found', () => {
  const css = [
    'margin-left: 4px;',
    'right: 0;',
    'text-align: right;',
    'float: left;',
    'padding: 0 1px 0 2px;',
  ];
  expect(oneSided(css.join('\n'))).toEqual(css);
  expect(oneSided('margin: 0 4px;\npadding: 1px 2px 3px 2px;\ninset-inline-end: 0;')).toEqual([]);
});
