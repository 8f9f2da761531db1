// How Linux picks a port (6.18: connect() as measured, bind(0) as measured, datagrams as read). TCP looks at the ports of
// one parity before the others, so that calls and bound sockets stay out of each other's way: connect() begins with the
// parity of the low end, bind(0) with the other. The policies of RFC 6056 are policies.ts.
import type { Choice } from './choice.js';
import type { Lane } from './port-walk.js';

/**
 * TCP looks at an even number of ports, so a range of odd size loses its last one, as recorded.
 * Differs: datagrams go on by a random odd stride in Linux; here port by port, which nobody can tell from outside.
 */
export function pickLikeLinux(choice: Choice): number | undefined {
  const { purpose, low, size, lowerHalfFirst } = choice;
  if (purpose === 'datagram') return pickAny(choice, low, size);
  if (purpose === 'connect') return pickByDestination(choice);
  if (!lowerHalfFirst || size < 4) return choice.firstSuitable(...lanesAtRandom(choice, low, size))?.port;
  const half = (size >> 2) << 1;
  const lower = lanesAtRandom(choice, low, half);
  return choice.firstSuitable(...lower, ...lanesAtRandom(choice, low + half, size - half))?.port;
}

function pickAny({ random, firstSuitable }: Choice, low: number, size: number): number | undefined {
  return firstSuitable({ first: low, count: size, step: 1, start: random(size) })?.port;
}

/** bind(0) and listen(): from a random start. */
function lanesAtRandom({ random }: Choice, low: number, size: number): readonly Lane[] {
  if (size <= 1) return [{ first: low, count: size, step: 1, start: 0 }];
  const count = size >> 1;
  const start = random(count);
  return [low + 1, low].map((first) => ({ first, count, step: 2, start }));
}

/**
 * connect(): algorithm 4 of RFC 6056 with noise. From the place that a hash of the destination and its counter name; the
 * counter then goes on by what was passed, or by up to seven random steps of two ports if that is more, and one step.
 */
function pickByDestination(choice: Choice): number | undefined {
  const { low, size, hash, counter, advance, random, firstSuitable, sharedCounters } = choice;
  if (size <= 1) return pickAny(choice, low, size);
  const count = size >> 1;
  const number = 1 + (hash('G') % sharedCounters);
  const start = ((hash('F') + counter(number)) % (2 * count)) >> 1;
  const lane = (first: number): Lane => ({ first, count, step: 2, start });
  const hit = firstSuitable(lane(low), lane(low + 1));
  if (hit !== undefined) advance(number, 2 * Math.max(hit.passed, random(8)) + 2);
  return hit?.port;
}
