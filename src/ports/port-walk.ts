// From a start on and around: the first port that will do. One by one at first, then from one port that nobody holds to
// the next, so that a full range costs about as much as an empty one. What "will do" means is the caller's question.
// Where the walk starts is the policy's matter: policies.ts. Who knows what nobody holds: ../world/held-ports.ts.

/** Ports `first`, `first + step` …, `count` of them; looked at from the `start`th (0 to count - 1) on and around. */
export interface Lane {
  readonly first: number;
  readonly count: number;
  readonly step: 1 | 2;
  readonly start: number;
}

export interface Walker {
  readonly isSuitable: (port: number) => boolean;
  /** The first port at or after `port`, up to `last`, that nobody holds; of the parity of `port` if `step` is 2. */
  readonly nextUnheld: (port: number, last: number, step: 1 | 2) => number | undefined;
}

export interface Hit {
  readonly port: number;
  /** How many ports of the lane lie between the start and this one; 0: it is the first. */
  readonly passed: number;
}

/** How many ports of a lane are tried one by one, held or not, before the walk goes by those that nobody holds. */
export const NEAR = 2;

/**
 * The first suitable port of the lanes, one lane after the other; undefined exactly if none is suitable. A held port may be
 * suitable too (connect() to another destination): the first two of a lane are taken in their turn, others only when no
 * lane has one that nobody holds and that will do. Differs: Linux and RFC 6056 go strictly one by one.
 * Costs two questions and a few reads a lane while there is such a port, else a question for each port.
 */
export function firstSuitable(walker: Walker, lanes: readonly Lane[]): Hit | undefined {
  for (const lane of lanes) {
    const hit = tryEach(walker, lane, 0, NEAR) ?? firstUnheld(walker, lane);
    if (hit !== undefined) return hit;
  }
  for (const lane of lanes) {
    const hit = tryEach(walker, lane, NEAR, lane.count);
    if (hit !== undefined) return hit;
  }
  return undefined;
}

function tryEach({ isSuitable }: Walker, lane: Lane, from: number, to: number): Hit | undefined {
  const { first, count, step, start } = lane;
  for (let passed = from; passed < Math.min(to, count); passed++) {
    const port = first + step * ((start + passed) % count);
    if (isSuitable(port)) return { port, passed };
  }
  return undefined;
}

/** The first that nobody holds and that will do; some that nobody holds are kept back from automatic choice. */
function firstUnheld({ isSuitable, nextUnheld }: Walker, lane: Lane): Hit | undefined {
  const { first, count, step, start } = lane;
  for (let passed = NEAR; passed < count; passed++) {
    const place = (start + passed) % count;
    const arcEnd = place < start ? start - 1 : count - 1; // up to here places go up without wrapping
    const port = nextUnheld(first + step * place, first + step * arcEnd, step);
    passed += (port === undefined ? arcEnd : (port - first) / step) - place;
    if (port !== undefined && isSuitable(port)) return { port, passed };
  }
  return undefined;
}
