// A language is a table of messages: the pseudo-languages spell the words of each message and leave alone what is filled in.
import { describe, expect, test } from 'vitest';
import { PSEUDO } from '../../src/app/words/pseudo.js';
import { tongueIn } from '../../src/app/words/speech.js';
import { ENGLISH, speak, type Tongue } from '../../src/base/tongue.js';
import { openRun, type Run } from '../../src/scenario/run.js';
import { english } from '../../src/trace/words/english/english.js';
import { plain } from '../../src/trace/words/telling.js';
import { scenarioFiles } from '../builders/scenarios.js';

const [LONG, MIRRORED] = PSEUDO as readonly [Tongue, Tongue];
const inAccents = /[áéíóúýÁÉÍÓÚ]/;

test('the address asks for a language; English where there is none, or none of that name', () => {
  expect(tongueIn('?lang=en-x-rtl').direction).toBe('rtl');
  expect(tongueIn('?theme=dark&lang=en-x-long').tag).toBe('en-x-long');
  expect(tongueIn('')).toBe(ENGLISH);
  expect(tongueIn('?lang=tlh')).toBe(ENGLISH);
});

test('a message grows by two fifths at least, between marks; names, numbers and capitals stay', () => {
  const { words, plural } = speak(LONG);
  const said = words`A SYN from ${'firefox'} reaches port ${80}.`;
  expect(said).toMatch(/^⟦.*⟧$/);
  expect(said).toContain('SYN');
  expect(said).toContain('firefox');
  expect(said).not.toMatch(/from |reaches|port /);
  for (const text of ['Step', 'fd', 'Why this socket?', 'Nothing has happened yet.', 'no'])
    expect(LONG.spell([text]).join('').length).toBeGreaterThanOrEqual(text.length * 1.4);
  expect(plural(1, { one: 'socket', other: 'sockets' })).toBe('socket');
  expect(plural(0, { one: 'socket', other: 'sockets' })).toBe('sockets');
  expect(MIRRORED.spell(['A SYN leaves.'])).toEqual(['A SYN \u202eleaves\u202c.']);
});

describe('steps and reasons in every scenario', () => {
  // By default every fifth; all of them with FOURTUPLE_FUZZ=whole.
  const isWhole = process.env['FOURTUPLE_FUZZ'] === 'whole';
  const share = scenarioFiles()
    .filter((_, index) => isWhole || index % 5 === 0)
    .map(({ id, source }) => [id, source] as const);
  const unmarked = (text: string): boolean => /[a-z]{4,}/.test(text) && !inAccents.test(text);
  const told = (run: Run): string[] =>
    Array.from({ length: run.total }, (_, index) => run.sceneAt(index + 1)).flatMap(({ step, reason }) => {
      if (reason === undefined) return [step?.plain ?? ''];
      if (reason.kind !== 'delivery') return [step?.plain ?? '', plain(reason.headline)];
      const questions = reason.questions.flatMap(({ title, answer }) => [title, plain(answer)]);
      return [
        step?.plain ?? '',
        plain(reason.headline),
        ...questions,
        ...reason.candidates.map(({ words }) => words),
      ];
    });

  test.each(share)('%s', (_, source) => {
    const { run: first } = openRun(source);
    const { run: other } = openRun(source, { language: LONG.tag, words: english(LONG) });
    if (first === undefined || other === undefined) throw new Error('no run');
    expect(told(other).filter(unmarked)).toEqual([]);
    // What was said is the same, with the same arguments: only the words are other ones.
    expect(other.steps.map(({ said }) => said.id)).toEqual(first.steps.map(({ said }) => said.id));
    expect(first.steps.map(({ said }) => said.id)).not.toContain('call.unknown');
    // The author's own words are in the language that they were written in.
    expect(other.title).toBe(first.title);
  });
});

test('an author who writes in two languages is read in the one that is asked for', () => {
  const source = `fourtuple: 1
title: { en: One door, de: Eine Tür }
hosts:
  web: { ip: 10.0.0.80, runs: nginx }
script:
  - nginx: { listen: 80 }
    say: { en: Newcomers may knock, de: Neue dürfen anklopfen }
`;
  expect(openRun(source, { language: 'de' }).run?.title).toBe('Eine Tür');
  expect(openRun(source, { language: 'de' }).run?.steps[0]?.say).toBe('Neue dürfen anklopfen');
  expect(openRun(source, { language: LONG.tag }).run?.title).toBe('One door');
});
