// Whole scenarios that use everything the language has: each must be clean, and the three together leave nothing out.
// What a run of them does is no matter here.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LINE_WORDS } from '../../src/scenario/atoms/words.js';
import { parseScenario } from '../../src/scenario/parse.js';
import { FACT_KINDS, factKindOf } from '../../src/scenario/schema/fact-kinds.js';
import { readFact } from '../../src/scenario/schema/fact-values.js';
import { actorKeyOf, readLine } from '../../src/scenario/schema/lines.js';
import { QUESTION_KINDS } from '../../src/scenario/schema/questions.js';
import type { Step } from '../../src/scenario/schema/steps.js';
import { VERB_NAMES } from '../../src/scenario/schema/verb-names.js';
import { formatProblem } from '../../src/scenario/text/problems.js';
import { isMap, itemsOf } from '../../src/scenario/text/tree.js';

const folder = new URL('./samples/', import.meta.url);
const samples = readdirSync(folder).map((file) => ({
  file,
  source: readFileSync(new URL(file, folder), 'utf8'),
}));
const scenarios = samples.map(({ source }) => parseScenario(source).scenario);

/** Every map anywhere in the samples. */
function* mapsIn(value: unknown): Generator<Readonly<Record<string, unknown>>> {
  for (const item of itemsOf(value)) yield* mapsIn(item);
  if (!isMap(value)) return;
  yield value;
  for (const each of Object.values(value)) yield* mapsIn(each);
}
const maps = scenarios.flatMap((scenario) => [...mapsIn(scenario)]);

describe('samples', () => {
  it.each(samples)('$file has no problem, and no warning', ({ source }) => {
    const { problems, scenario } = parseScenario(source);
    expect(problems.map(formatProblem)).toEqual([]);
    expect(scenario).toBeDefined();
  });

  it.each(samples)('$file reads the same from its JSON form', ({ source }) => {
    const { scenario } = parseScenario(source);
    const again = parseScenario(JSON.stringify(scenario));
    expect(again.problems).toEqual([]);
    expect(again.scenario).toEqual(scenario);
  });

  it('use every verb, every fact, every kind of question and every word of a line', () => {
    const keys = new Set(maps.flatMap((map) => Object.keys(map)));
    expect(VERB_NAMES.filter((verb) => !keys.has(verb))).toEqual([]);
    expect(FACT_KINDS.filter((kind) => !keys.has(kind))).toEqual([]);
    expect(LINE_WORDS.filter((word) => !keys.has(word))).toEqual([]);
    const asked = new Set(maps.flatMap((map) => [map['which'], map['ask']]));
    expect(QUESTION_KINDS.filter((kind) => !asked.has(kind))).toEqual([]);
  });

  it('have lines that can all be read in their normal form', () => {
    const read = (steps: readonly Step[]): number =>
      steps.reduce((sum, step) => {
        const line = readLine(step);
        if (line.kind === 'act') expect(line.key).toBe(actorKeyOf(step));
        return sum + 1 + ('steps' in line ? read(line.steps) : 0);
      }, 0);
    for (const scenario of scenarios) expect(read(scenario?.script ?? [])).toBeGreaterThan(5);
  });

  it('have facts that can all be read in their normal form', () => {
    const facts = scenarios
      .flatMap((scenario) => scenario?.expect ?? [])
      .filter((each) => factKindOf(each) !== undefined);
    const plain = facts.filter((each) => !JSON.stringify(each).includes('$'));
    for (const fact of plain) expect(readFact(fact).kind).toBe(factKindOf(fact));
    expect(plain.length).toBeGreaterThan(8);
  });
});
