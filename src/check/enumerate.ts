// Which orders are tried: all of them where they are few, else so many by chance, from the scenario's own seed. An order is
// the list of answers that a run took where nothing decides (../engine/choices.ts); one that is all 0 is the usual one.
import { below, type RandomState, seedRandom } from '../base/random.js';
import { Choices } from '../engine/choices.js';

export type Order = readonly number[];

export interface Tried<Result> {
  readonly order: Order;
  readonly words: readonly string[];
  readonly result: Result;
}

/** Of the orders by chance, every second one leaves most answers as they are: small changes are found too. */
const SHY = 6;

/**
 * Runs up to `most` orders besides the usual one, each once, and shows them. `run` plays one and gives what came of it.
 * Gives how many there were, and whether there are no others.
 */
export function tryOrders<Result>(
  run: (choices: Choices) => Result,
  most: number,
  seed: number,
  show: (tried: Tried<Result>) => void,
): { readonly tried: number; readonly isExhaustive: boolean } {
  const usual = new Choices([]);
  run(usual);
  const seen = new Set([nameOf(usual.taken)]);
  const attempt = (choices: Choices): Choices => {
    const result = run(choices);
    const name = nameOf(choices.taken);
    if (seen.has(name)) return choices;
    seen.add(name);
    show({ order: trimmed(choices.taken), words: choices.words, result });
    return choices;
  };
  // As many as the questions of the usual order allow; other orders may meet more of them.
  if (usual.counts.reduce((product, count) => product * count, 1) <= most + 1) {
    let next = after(usual);
    while (next !== undefined && seen.size <= most) next = after(attempt(new Choices(next)));
    if (next === undefined) return { tried: seen.size - 1, isExhaustive: true };
  }
  const dice = diceOf(seed);
  for (let turn = 0; turn < 4 * most && seen.size <= most; turn++)
    attempt(new Choices([], (count) => (turn % 2 === 1 && below(dice, SHY) > 0 ? 0 : below(dice, count))));
  return { tried: seen.size - 1, isExhaustive: false };
}

/** The same order with fewer changes: each answer back to 0 where the run still gives what is wanted. */
export function simplest(order: Order, isWanted: (order: Order) => boolean): Order {
  let best = order;
  for (let place = order.length - 1; place >= 0; place--) {
    if (best[place] === 0) continue;
    const simpler = trimmed(best.map((answer, index) => (index === place ? 0 : answer)));
    if (isWanted(simpler)) best = simpler;
  }
  return best;
}

/** The next order of all: the last answer that can be raised is, and what comes after it is open again. */
function after({ taken, counts }: Choices): Order | undefined {
  for (let place = taken.length - 1; place >= 0; place--) {
    const answer = (taken[place] ?? 0) + 1;
    if (answer < (counts[place] ?? 0)) return [...taken.slice(0, place), answer];
  }
  return undefined;
}

function trimmed(order: Order): Order {
  return order.slice(0, order.findLastIndex((answer) => answer > 0) + 1);
}

function nameOf(order: Order): string {
  return trimmed(order).join(' ');
}

function diceOf(seed: number): RandomState {
  const words = new Uint32Array(4);
  const state: RandomState = { get: (word) => words[word] ?? 0, set: (word, value) => (words[word] = value) };
  seedRandom(state, seed);
  return state;
}
