// What a lesson says must depend on what the simulator does. A wrong answer key is refused, for each question and each wrong
// option. Without a rule of the demultiplexer lessons fail: the names of the tests below say which.
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { checkScenario } from '../../src/check/check-scenario.js';
import { DEMUX_RULES, type DemuxRule } from '../../src/demux/rules.js';
import { openRun } from '../../src/scenario/run.js';
import { type ScenarioFile, scenarioFiles } from '../builders/scenarios.js';

const files = scenarioFiles();
/** A kindness of Linux that no lesson needs. */
const beside: ScenarioFile = {
  id: 'every-port-of-one-host',
  path: 'test/check/every-port-of-one-host.yaml',
  source: readFileSync(new URL('every-port-of-one-host.yaml', import.meta.url), 'utf8'),
};

/** The author's list of options, numbers as numbers. */
function openedOptions(scenario: unknown, path: readonly (string | number)[]): unknown[] {
  let part: unknown = scenario;
  for (const step of [...path, 'options'])
    part = (part as Record<string | number, unknown> | undefined)?.[step];
  return Array.isArray(part) ? part : [];
}

describe('a wrong answer key is refused', () => {
  it.each(files.map((file) => [file.path, file.source] as const))('%s', (_, source) => {
    const asked = openRun(source).run?.asked ?? [];
    expect(asked.length).toBeGreaterThan(0);
    const wrongs = asked.map(({ path, options }) => ({
      path,
      wrong: options.filter(({ isRight }) => !isRight).map(({ value }) => value),
    }));
    expect(wrongs.filter(({ wrong }) => wrong.length === 0)).toEqual([]);
    // One run a round: the first wrong option of every question at once, then the second of those that have two, …
    const rounds = Math.max(...wrongs.map(({ wrong }) => wrong.length));
    for (let round = 0; round < rounds; round++) {
      const document = parseDocument(source);
      const keyed = wrongs.filter(({ path, wrong }) => {
        const key = wrong[round];
        if (key === undefined) return false;
        const ask: unknown = document.getIn(path);
        if (typeof ask === 'string') document.setIn(path, document.createNode({ which: ask }));
        const listed: unknown[] = openedOptions(document.toJS(), path);
        document.setIn([...path, 'answer'], listed.find((option) => String(option) === key) ?? key);
        return true;
      });
      const { exitCode, problems } = checkScenario(document.toString({ lineWidth: 0 }));
      expect(exitCode).toBe(2);
      expect(problems.map(({ code }) => code)).toEqual(keyed.map(() => 'question-contradicts'));
    }
  });
});

describe('without a rule of the demultiplexer lessons fail', () => {
  const rules = DEMUX_RULES as DemuxRule[];
  const original = [...DEMUX_RULES];
  afterAll(() => void rules.splice(0, rules.length, ...original));

  /** Lessons in which it has found somebody. */
  const users = new Map<string, ScenarioFile[]>();
  for (const file of [...files, beside]) {
    const facts = openRun(file.source).run?.recording.steps.flatMap((step) => step.facts) ?? [];
    for (const rule of new Set(facts.flatMap((fact) => (fact.kind === 'delivered' ? fact.rule : []))))
      users.set(rule, [...(users.get(rule) ?? []), file]);
  }

  /** Of those, at most so many: one would do. */
  const NAMED = 3;
  const table = original.map((rule) => {
    rules.splice(0, rules.length, ...original.filter((each) => each !== rule));
    const failing: string[] = [];
    for (const { id, source } of users.get(rule.id) ?? [])
      if (failing.length < NAMED && checkScenario(source).exitCode !== 0) failing.push(id);
    rules.splice(0, rules.length, ...original);
    return [rule.id, failing.join(', ') || 'none', failing.length] as const;
  });

  it.each(table)('%s: %s', (_, __, failing) => {
    expect(failing).toBeGreaterThan(0);
  });
});
