// Seeded chance: sfc32, a small generator of 32-bit words, whose four words of state the caller keeps.
// The state lives in the world's tables, so a step back also takes back the dice that were thrown in it.
// It never asks the machine for randomness: the same seed gives the same run everywhere.

import { invariant } from './invariant.js';

/** The four 32-bit words of a generator: 0 to 2 are mixed, 3 counts. `get` gives 0 to 2^32 - 1. */
export interface RandomState {
  get(word: 0 | 1 | 2 | 3): number;
  set(word: 0 | 1 | 2 | 3, value: number): void;
}

/** sfc32 needs a few rounds until a small seed has reached every bit; PractRand's own seeding takes twelve. */
const WARM_UP_ROUNDS = 12;

/** Starts a generator. `seed`: whole, 0 to 2^53 - 1; each seed gives a sequence of its own. */
export function seedRandom(state: RandomState, seed: number): void {
  state.set(0, 0);
  state.set(1, seed >>> 0);
  state.set(2, Math.floor(seed / 2 ** 32) >>> 0);
  state.set(3, 1);
  for (let round = 0; round < WARM_UP_ROUNDS; round++) nextUint32(state);
}

/** The next word, 0 to 2^32 - 1. Source: sfc32 of PractRand (C. Doty-Humphrey), period at least 2^32. */
export function nextUint32(state: RandomState): number {
  const a = state.get(0);
  const b = state.get(1);
  const c = state.get(2);
  const counter = state.get(3);
  const word = (a + b + counter) >>> 0;
  state.set(0, (b ^ (b >>> 9)) >>> 0);
  state.set(1, (c + (c << 3)) >>> 0);
  state.set(2, (((c << 21) | (c >>> 11)) + word) >>> 0);
  state.set(3, (counter + 1) >>> 0);
  return word;
}

/**
 * A whole number from 0 to `limit` - 1, each equally likely. `limit`: whole, 1 to 2^32.
 * A word beyond the last full multiple of `limit` is thrown again, else low numbers would come up more often.
 */
export function below(state: RandomState, limit: number): number {
  invariant(
    Number.isInteger(limit) && limit >= 1 && limit <= 2 ** 32,
    'below() needs a limit from 1 to 2^32',
  );
  const beyondFair = 2 ** 32 - (2 ** 32 % limit);
  let word = nextUint32(state);
  while (word >= beyondFair) word = nextUint32(state);
  return word % limit;
}
