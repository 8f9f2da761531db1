// The reference is made from what validates. Every word that is understood is in it, in the table where it belongs.
import { describe, expect, it } from 'vitest';
import { LINE_WORDS } from '../../src/scenario/atoms/words.js';
import { reference } from '../../src/scenario/reference.js';
import { FACT_KINDS } from '../../src/scenario/schema/fact-kinds.js';
import { readSchema } from '../../src/scenario/schema/json-schema.js';
import { QUESTION_KINDS } from '../../src/scenario/schema/questions.js';
import { scenarioJsonSchema } from '../../src/scenario/schema/schema.js';
import { VERB_NAMES } from '../../src/scenario/schema/verb-names.js';
import { LESSON_CODES, RUN_CODES, STATIC_CODES } from '../../src/scenario/text/problems.js';

const page = reference();
const part = (heading: string) => page.split('\n## ').find((each) => each.startsWith(heading)) ?? '';

describe('the reference', () => {
  it('has every key of every map that may be written', () => {
    const { definitions } = readSchema(scenarioJsonSchema());
    const keys = Object.values(definitions).flatMap(({ properties = {} }) => Object.keys(properties));
    expect(keys.length).toBeGreaterThan(100);
    expect(keys.filter((key) => !page.includes(`| \`${key}\``))).toEqual([]);
  });

  it('has verbs, facts, questions, words of a line and codes in their tables, each once', () => {
    const rows = (heading: string) => [...part(heading).matchAll(/^\| `([\w-]+)`/gm)].map(([, key]) => key);
    expect(rows('Verbs')).toEqual(VERB_NAMES);
    expect(rows('Facts')).toEqual(FACT_KINDS);
    expect(rows('A line of the script').sort()).toEqual([...LINE_WORDS].sort());
    for (const kind of QUESTION_KINDS) expect(part('A question')).toContain(`\`${kind}\``);
    for (const code of [...STATIC_CODES, ...RUN_CODES, ...LESSON_CODES])
      expect(part('Problems')).toContain(`\`${code}\``);
  });

  it('tells what belongs to a verb and what it means', () => {
    expect(part('Verbs')).toMatch(
      /^\| `connect` \| process \| endpoint \| `using` `from` `as` .* \| connect\(\): to/m,
    );
    expect(page).not.toMatch(/undefined|\[object/);
  });

  it('is a table of the same width in every row', () => {
    for (const table of page.match(/(^\|.*\n)+/gm) ?? []) {
      const widths = table
        .trim()
        .split('\n')
        .map((row) => row.replaceAll('\\|', '').split('|').length);
      expect(new Set(widths).size, table.slice(0, 80)).toBe(1);
    }
  });
});
