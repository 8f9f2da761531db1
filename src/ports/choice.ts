// What a policy of picking ports has in hand: the range, the question which ports will do, dice, hashes and counters.
// It knows nothing of hosts and tables, so tests hand in what they like. Made by ephemeral.ts, read by policies.ts.
import type { Hit, Lane } from './port-walk.js';

export type Purpose = 'connect' | 'bind' | 'datagram';

/** What a policy may ask and write. */
export interface Choice {
  readonly purpose: Purpose;
  /** TCP bind(0) with SO_REUSEADDR uses up the lower half of the range first (Linux). */
  readonly lowerHalfFirst: boolean;
  /** The range: `size` ports from `low` on, at least one. */
  readonly low: number;
  readonly size: number;
  readonly isSuitable: (port: number) => boolean;
  /** Cheap to ask, unlike whether a held one will do. */
  readonly isHeld: (port: number) => boolean;
  /** port-walk.ts: the first suitable port of the lanes. */
  readonly firstSuitable: (...lanes: Lane[]) => Hit | undefined;
  /** 0 to limit - 1, each equally likely. */
  readonly random: (limit: number) => number;
  /** Keyed hashes of the destination, 0 to 2^32 - 1; of nothing but the host for bind(0) and unbound datagrams. */
  readonly hash: (which: 'F' | 'G') => number;
  /** Counters that outlast the choice: 0 for all destinations, 1 to `sharedCounters` for a share of them each. */
  readonly counter: (number: number) => number;
  readonly advance: (number: number, by: number) => void;
  readonly sharedCounters: number;
}
