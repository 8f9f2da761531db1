// The run's seeded generator, its state in the world: stepping back takes the dice back too.
import type { RandomState } from '../base/random.js';
import { runOf } from './sockets.js';
import type { World } from './tables.js';

export function randomOf(world: World): RandomState {
  const { run } = world;
  const words = [run.random0, run.random1, run.random2, run.random3] as const;
  const row = runOf(world);
  return { get: (word) => words[word].get(row), set: (word, value) => words[word].set(row, value) };
}
