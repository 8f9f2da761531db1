// The run's seeded generator, its state in the world: stepping back takes the dice back too.
// Who throws often takes it in the hand meanwhile: HeldDice.
import type { RandomState } from '../base/random.js';
import { runOf } from './sockets.js';
import type { World } from './tables.js';

export function randomOf(world: World): RandomState {
  const { run } = world;
  const words = [run.random0, run.random1, run.random2, run.random3] as const;
  const row = runOf(world);
  return { get: (word) => words[word].get(row), set: (word, value) => words[word].set(row, value) };
}

/** The generator in the hand: read from the world at the first throw, and written back at once. Throw no other meanwhile. */
export class HeldDice implements RandomState {
  private readonly world: World;
  private words: number[] = [];

  constructor(world: World) {
    this.world = world;
  }

  get(word: 0 | 1 | 2 | 3): number {
    if (this.words.length === 0) {
      const { get } = randomOf(this.world);
      this.words = [get(0), get(1), get(2), get(3)];
    }
    return this.words[word] ?? 0;
  }

  set(word: 0 | 1 | 2 | 3, value: number): void {
    this.words[word] = value;
  }

  /** What was thrown is thrown, in the world too; it may be taken up again. */
  putBack(): void {
    if (this.words.length === 0) return;
    const { set } = randomOf(this.world);
    for (const word of [0, 1, 2, 3] as const) set(word, this.words[word] ?? 0);
    this.words = [];
  }
}
