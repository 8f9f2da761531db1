// No text may make the reader throw or hang, and what it tells must have a place in the text. Valid and broken scenarios
// are mutated by bytes, by YAML's own signs and by lines. Seeds are fixed; a failure prints the seed and the text.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parseScenario } from '../../src/scenario/parse.js';

const SEEDS = [1, 7, 42, 20_261];
const isWhole = process.env['FOURTUPLE_FUZZ'] !== undefined;
const ROUNDS = isWhole ? 1500 : 25;

const folders = ['../scenario/samples/', '../broken/'].map((folder) => new URL(folder, import.meta.url));
const texts = folders.flatMap((folder) =>
  readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8')),
);
/** Signs and words that mean something to YAML or to us. */
const BITS =
  ': |{|}|[|]|*|&a |- |#|"|\'|\n|\t|  |80|70000|●|null|~|>|!!int |? |<<: |, |$n|@|__proto__|constructor: |\u0000|\r|---\n|%|tcp * > *|port(|)'.split(
    '|',
  );

/** A small generator of its own: a seed prints as one number, and a run can be repeated from it. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

function mutate(text: string, roll: (sides: number) => number): string {
  let mutated = text;
  for (let times = 1 + roll(3); times > 0; times--) {
    const at = roll(mutated.length + 1);
    const [head, tail] = [mutated.slice(0, at), mutated.slice(at)];
    const lines = mutated.split('\n');
    switch (roll(6)) {
      case 0:
        mutated = head + tail.slice(1 + roll(6));
        break;
      case 1:
        mutated = head + (BITS[roll(BITS.length)] ?? '') + tail;
        break;
      case 2:
        mutated = head + String.fromCharCode(roll(0x250)) + tail.slice(1);
        break;
      case 3:
        lines.splice(roll(lines.length), 1);
        mutated = lines.join('\n');
        break;
      case 4:
        lines.splice(roll(lines.length), 0, lines[roll(lines.length)] ?? '');
        mutated = lines.join('\n');
        break;
      default:
        mutated = head + tail.slice(0, 20) + tail;
    }
  }
  return mutated;
}

function judge(text: string): readonly { line: number; column: number; code: string }[] {
  const { problems, scenario } = parseScenario(text);
  const lines = text.split('\n');
  for (const { line, column } of problems) {
    const width = lines[line - 1]?.length ?? -1;
    if (line < 1 || column < 1 || column > width + 2)
      throw new Error(`a problem at ${line}:${column}, outside of the text`);
  }
  const hasErrors = problems.some(({ severity }) => severity === 'error');
  if (hasErrors === (scenario !== undefined))
    throw new Error('a scenario is there if, and only if, nothing is wrong');
  return problems;
}

describe('mutated text', () => {
  it.each(SEEDS)('of seed %i is always judged, at places that exist', (seed) => {
    const roll = dice(seed);
    for (let round = 0; round < ROUNDS; round++) {
      const text = mutate(texts[roll(texts.length)] ?? '', roll);
      try {
        judge(text);
      } catch (cause) {
        throw new Error(`seed ${seed}, round ${round}: ${JSON.stringify(text)}`, { cause });
      }
    }
  });

  it.each(SEEDS)('of seed %i is judged alike from its JSON form', (seed) => {
    const roll = dice(seed);
    const valid = texts
      .map((text) => parseScenario(text).scenario)
      .filter((scenario) => scenario !== undefined);
    for (let round = 0; round < ROUNDS; round++) {
      const changed = spoil(valid[roll(valid.length)], roll);
      const json = JSON.stringify(changed);
      const codes = (text: string) =>
        judge(text)
          .map(({ code }) => code)
          .sort();
      expect(codes(json), `seed ${seed}, round ${round}: ${json}`).toEqual(codes(stringify(changed)));
    }
  });
});

/** A tree with one value changed into something else. */
function spoil(tree: unknown, roll: (sides: number) => number): unknown {
  const strange = [
    null,
    5,
    70_000,
    true,
    '',
    'x y',
    'wbe:80',
    [],
    {},
    ['a'],
    { a: 1 },
    '●',
    -1,
    1.5,
    '__proto__',
  ];
  const isInner = typeof tree === 'object' && tree !== null && Object.keys(tree).length > 0 && roll(8) > 0;
  if (!isInner) return strange[roll(strange.length)];
  const keys = Object.keys(tree);
  const chosen = keys[roll(keys.length)] ?? '';
  if (Array.isArray(tree))
    return tree.map((item, index) => (String(index) === chosen ? spoil(item, roll) : item));
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [key, key === chosen ? spoil(value, roll) : value]),
  );
}
