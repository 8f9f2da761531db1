// Chance for the programs that the kernel is asked about: the seeded generator of src/base/random, and ways to choose.
import { below, type RandomState, seedRandom } from '../../../src/base/random.js';

export class Dice {
  private readonly state: RandomState;

  /** `seed`: whole, from 0. */
  constructor(seed: number) {
    const words = [0, 0, 0, 0];
    this.state = {
      get: (word) => words[word] ?? 0,
      set: (word, value) => {
        words[word] = value;
      },
    };
    seedRandom(this.state, seed);
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    return below(this.state, limit);
  }

  /** True in so many of a hundred cases. */
  percent(share: number): boolean {
    return this.below(100) < share;
  }

  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    const found = list[this.below(list.length)];
    if (found === undefined) throw new Error('there is nothing to pick from');
    return found;
  }

  /** A name, each as often as its weight says. */
  weighted<T extends string>(weights: Readonly<Record<T, number>>): T {
    const entries = Object.entries(weights) as [T, number][];
    let left = this.below(entries.reduce((sum, [, weight]) => sum + weight, 0));
    for (const [name, weight] of entries) {
      if (left < weight) return name;
      left -= weight;
    }
    throw new Error('weights were changed meanwhile');
  }
}
