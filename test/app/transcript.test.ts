// The transcript holds each sentence once, in order, under the phase in which it happens; nothing beyond the step.
import { expect, it } from 'vitest';
import { transcriptOf } from '../../src/app/present/transcript.js';
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
