// The transcript holds each sentence once, in order, under the phase in which it happens; nothing beyond the step. It says
// first who is there, so that it alone, without the picture, is enough to answer every question of every scenario.
import { describe, expect, it, test } from 'vitest';
import { transcriptOf } from '../../src/app/present/transcript.js';
import { whoIsThere } from '../../src/app/present/who-is-there.js';
import type { Asked } from '../../src/scenario/questions/asked.js';
import { openRun, type Run } from '../../src/scenario/run.js';
import { plain } from '../../src/trace/words/telling.js';
import { ENGLISH_WORDS } from '../../src/trace/words/words.js';
import { scenarioFiles } from '../builders/scenarios.js';
import { steps } from './scenes.js';

it('gathers the steps of a phase under one heading, in order, up to the step', () => {
  const phases = steps.map((step, index) => ({
    ...step,
    phase: index < 2 ? undefined : index < 5 ? 'Doors' : 'Calls',
  }));
  for (let upTo = 0; upTo <= phases.length; upTo += 1) {
    const chapters = transcriptOf(phases, upTo);
    expect(chapters.flatMap((chapter) => chapter.steps)).toEqual(phases.slice(0, upTo));
    for (const { phase, steps: own } of chapters) for (const step of own) expect(step.phase).toBe(phase);
    expect(new Set(chapters.map(({ phase }) => phase)).size).toBe(chapters.length);
  }
});

/** Everything that was said when a question comes up, the question itself included. */
function saidBefore(run: Run, { step, text }: Asked): string {
  const told = run.steps
    .slice(0, step - 1)
    .flatMap(({ phase, plain: sentence, say }) => [phase, sentence, say]);
  return [run.title, ...whoIsThere(run.sceneAt(0)), ...told, text].join('\n');
}

/** Sockets that differ in their peer alone can only be told apart by who sends. */
function hangsOnSender({ options }: Asked): boolean {
  return options.some(
    ({ candidate }) => candidate?.field === 'remote port' || candidate?.field === 'remote address',
  );
}

/** What the transcript does not tell of a question. */
function missing(run: Run, asked: Asked): string[] {
  const said = saidBefore(run, asked);
  const lacks: string[] = [];
  const isOurs = Object.keys(ENGLISH_WORDS).some(
    (id) =>
      id === `question.${asked.which}` && plain(ENGLISH_WORDS[`question.${asked.which}`]()) === asked.text,
  );
  if (isOurs) lacks.push('which call, packet or socket is meant');
  if (asked.which === 'socket' || asked.which === 'process')
    for (const { value } of asked.options)
      if (value !== 'none' && !said.includes(value)) lacks.push(`who ${value} is`);
  const source = run.steps[asked.decidedIn - 1]?.packet?.source;
  if (hangsOnSender(asked) && source !== undefined) {
    const names = [source.owner?.host ?? source.address, source.address];
    if (!names.some((name) => asked.text.includes(name))) lacks.push('who sends');
    if (asked.text.includes('port') && !asked.text.includes(String(source.port)))
      lacks.push('from which port');
  }
  return lacks;
}

describe('without the picture', () => {
  const runs = scenarioFiles().map(({ id, source }) => [id, openRun(source).run] as const);

  test.each(runs)('%s tells what its questions need', (_, run) => {
    expect(
      run?.asked.flatMap((asked) => missing(run, asked).map((lack) => `${asked.text}: ${lack}`)),
    ).toEqual([]);
  });

  test('a question that leaves out who sends is found', () => {
    const run = runs.find(([id]) => id === 'the-same-number-twice')?.[1];
    const asked = run?.asked.find(({ which }) => which === 'socket');
    if (run === undefined || asked === undefined) throw new Error('the scenario asks for no socket');
    expect(
      missing(run, { ...asked, text: 'A segment for port 80 comes. Which socket of web gets it?' }),
    ).toEqual(['who sends', 'from which port']);
    expect(
      missing(run, { ...asked, text: 'Which socket gets the next packet that is delivered?' }),
    ).toContain('which call, packet or socket is meant');
  });

  test('it says first who is there, and what a router forwards', () => {
    const run = runs.find(([id]) => id === 'knock-on-8080')?.[1];
    expect(run && whoIsThere(run.sceneAt(0))).toContainEqual(
      expect.stringContaining('It forwards TCP 203.0.113.5:8080 to 10.0.0.20:80.'),
    );
    expect(run && whoIsThere(run.sceneAt(0)).join()).toContain('nas, 10.0.0.20, with nginx.');
  });
});
