// The questions of every published scenario against their runs: what each offers, and that a key which is wrong is caught
// at each of them.
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { openRun, type Run } from '../../../src/scenario/run.js';
import { scenarioFiles } from '../../builders/scenarios.js';

type Asked = Run['asked'][number];

/** The scenario as JSON, which is the language too, with a key at each question. */
function withKeys(source: string, asked: readonly Asked[], keyOf: (question: Asked) => unknown): string {
  const tree: unknown = parse(source);
  for (const question of asked) {
    let place = tree as Record<string | number, unknown>;
    for (const key of question.path.slice(0, -1)) place = place[key] as Record<string | number, unknown>;
    const ask = place['ask'];
    place['ask'] = {
      ...(typeof ask === 'string' ? { which: ask } : (ask as object)),
      answer: keyOf(question),
    };
  }
  return JSON.stringify(tree);
}

describe.each(scenarioFiles().map((file) => [file.path, file] as const))('%s', (_, { source }) => {
  const asked = openRun(source).run?.asked ?? [];

  it('asks at least once, offers two to nine, and tells each wrong one why', () => {
    expect(asked.length).toBeGreaterThan(0);
    for (const { options, because, step, decidedIn } of asked) {
      expect(options.length).toBeGreaterThanOrEqual(2);
      expect(options.length).toBeLessThanOrEqual(9);
      expect(new Set(options.map(({ value }) => value)).size).toBe(options.length);
      expect(because).not.toBe('');
      expect(decidedIn).toBeGreaterThanOrEqual(step);
      for (const { isRight, feedback } of options) expect(feedback === undefined).toBe(isRight);
    }
  });

  it('has each wrong key caught', () => {
    const wrong = withKeys(source, asked, ({ options }) => options.find(({ isRight }) => !isRight)?.value);
    const problems = openRun(wrong).problems;
    expect(problems.map(({ code }) => code)).toEqual(asked.map(() => 'question-contradicts'));
  });
});
