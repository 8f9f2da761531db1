// How a host picks a port by itself: one function a policy, by name. Linux's own is linux-policy.ts; here are the five
// algorithms of RFC 6056 §3.3 and the plain counter that they replaced. Each has dice, hashes and counters handed in
// (choice.ts), so it can be tried with any. Which ports are in question and which will do: ephemeral.ts.
import type { PortPolicy } from '../world/tables.js';
import type { Choice } from './choice.js';
import { pickLikeLinux } from './linux-policy.js';
import { type Lane, NEAR } from './port-walk.js';

/** A suitable port of the range, or undefined: there is none, or (`redraw`, `random-increments`) none was met. */
export type Policy = (choice: Choice) => number | undefined;

/** RFC 6056 §3.3.5: N, a trade between how predictable ports are and how soon one is used again; 500 is its suggestion. */
const LARGEST_INCREMENT = 500;

export const POLICIES: Readonly<Record<PortPolicy, Policy>> = {
  linux: pickLikeLinux,

  /** Algorithm 1, §3.3.1: a random start, and on from there. After a busy run of k ports the next has k + 1 chances. */
  'simple-random': (choice) => choice.firstSuitable(whole(choice, choice.random(choice.size)))?.port,

  /** Algorithm 2, §3.3.2: thrown anew each time, so equally likely among the free; may miss them all: (busy/size)^size. */
  redraw: (choice) => firstMet(choice, () => choice.low + choice.random(choice.size)),

  /** Algorithm 3, §3.3.3: each destination has a start of its own, but all move on when one does. */
  'simple-hash': (choice) => pickOnward(choice, choice.hash('F'), 0),

  /** Algorithm 4, §3.3.4: only destinations that share a counter move each other on. */
  'double-hash': (choice) =>
    pickOnward(choice, choice.hash('F'), 1 + (choice.hash('G') % choice.sharedCounters)),

  /** Algorithm 5, §3.3.5: a counter that leaps at random; no secret is needed. It starts at random too. */
  'random-increments': (choice) => {
    const { low, size, random, counter, advance } = choice;
    const start = counter(0) || random(65_536);
    let next = start;
    const port = firstMet(choice, () => {
      next += 1 + random(LARGEST_INCREMENT);
      return low + ((next >>> 0) % size);
    });
    advance(0, next - counter(0));
    return port;
  },

  /** The next number, for whomever: BSD of old, Windows XP. Whoever sees one port knows the next. RFC 6056 §2.2 */
  sequential: (choice) => pickOnward(choice, 0, 0),
};

/**
 * Throws until a port will do, as often as there are ports. Most throws hit a held port when a host is full, so after the
 * first two only one that nobody holds is asked about, and the held ones in their order when no such was met: what port-walk.ts
 * does for the others. Costs a throw and a read each, where the algorithm allows no better.
 */
function firstMet({ size, isSuitable, isHeld }: Choice, throwPort: () => number): number | undefined {
  const held: number[] = [];
  for (let tried = 0; tried < size; tried++) {
    const port = throwPort();
    if (tried >= NEAR && isHeld(port)) held.push(port);
    else if (isSuitable(port)) return port;
  }
  return held.find(isSuitable);
}

function whole({ low, size }: Choice, start: number): Lane {
  return { first: low, count: size, step: 1, start };
}

/** The port that offset and counter name, or the next that will do; the counter goes on by every port that was looked at. */
function pickOnward(choice: Choice, offset: number, number: number): number | undefined {
  const { size, counter, advance, firstSuitable } = choice;
  const hit = firstSuitable(whole(choice, (offset + counter(number)) % size));
  advance(number, hit === undefined ? size : hit.passed + 1);
  return hit?.port;
}
