// What a test network tells: the sentence of every step so far. Socket calls of such a network are no steps of their own, so
// only arrivals and timers speak.
import { Cast } from '../../src/trace/cast.js';
import { viewStep } from '../../src/trace/read-scene.js';
import type { Net } from './network.js';

export function sentencesOf({ world, simulation: { log }, recorder: { steps } }: Net): string[] {
  const recording = { world, log, steps, start: steps[0]?.before ?? world.memory.position };
  const cast = new Cast(recording);
  return steps.map((step) => viewStep(recording, cast, step, {}).plain);
}
