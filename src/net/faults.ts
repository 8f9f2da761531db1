// What a network does to packets on their way: it loses, delays, doubles and reorders them, by chance (its ratios, from the
// run's seed) or because somebody said so for the next packet like this. Loopback is no network and does none of it.
// When a packet that is held back goes on, and what becomes of one that is lost: simulation.ts.
import { nextUint32 } from '../base/random.js';
import type { Nanos } from '../base/time.js';
import type { Packet } from '../wire/packet.js';
import { PER_MILLION } from '../world/network-tables.js';
import { randomOf } from '../world/random.js';
import type { NetworkId, World } from '../world/tables.js';

/** What a network does by chance. Ratios from 0 to 1, times in nanoseconds; what is left out stays as it is. */
export interface NetworkFaults {
  /** Each packet takes up to so much longer. */
  readonly jitterNanos?: Nanos;
  readonly lossRatio?: number;
  readonly duplicateRatio?: number;
  readonly reorderRatio?: number;
}
/** For the next `times` packets that fit. */
export interface PlannedFault {
  readonly network: NetworkId;
  readonly kind: 'drop' | 'delay' | 'duplicate' | 'reorder';
  readonly times: number;
  /** delay: how much later. */
  readonly byNanos: Nanos;
  readonly fits: (packet: Packet) => boolean;
}
export type Fate =
  | { readonly kind: 'lost'; readonly why: 'loss' | 'script' }
  /** `after`: when each copy arrives. `isHeld`: it lets the next packet overtake it. */
  | { readonly kind: 'carried'; readonly after: readonly Nanos[]; readonly isHeld: boolean };

const NOTHING: ReadonlyMap<PlannedFault['kind'], Nanos> = new Map();

/** Within a step. */
export function setFaults({ networks }: World, network: NetworkId, faults: NetworkFaults): void {
  const { jitterNanos, lossRatio, duplicateRatio, reorderRatio } = faults;
  if (jitterNanos !== undefined) networks.jitter.set(network, jitterNanos);
  if (lossRatio !== undefined) networks.loss.set(network, Math.round(lossRatio * PER_MILLION));
  if (duplicateRatio !== undefined) networks.duplicate.set(network, Math.round(duplicateRatio * PER_MILLION));
  if (reorderRatio !== undefined) networks.reorder.set(network, Math.round(reorderRatio * PER_MILLION));
}

/** Faults that somebody ordered. Patterns are only ever added; how often each still counts is in the world. */
export class FaultPlan {
  private readonly patterns: ((packet: Packet) => boolean)[] = [];

  /** Within a step. */
  add(world: World, { network, kind, times, byNanos, fits }: PlannedFault): void {
    const { faults } = world;
    const row = faults.rows.create();
    faults.network.set(row, network);
    faults.kind.set(row, kind);
    faults.left.set(row, times);
    faults.by.set(row, byNanos);
    faults.pattern.set(row, this.patterns.push(fits) - 1);
  }

  /** What happens to a packet that sets out over a network and would take `delay`. Counts down what was ordered. */
  fateOf(world: World, network: NetworkId, delay: Nanos, packet: Packet): Fate {
    const { networks, faults } = world;
    if (networks.isCut.get(network)) return { kind: 'lost', why: 'script' };
    const ordered = faults.rows.count === 0 ? NOTHING : new Map(this.take(world, network, packet));
    if (ordered.has('drop')) return { kind: 'lost', why: 'script' };
    if (happens(world, networks.loss.get(network))) return { kind: 'lost', why: 'loss' };
    const jitter = networks.jitter.get(network);
    const late = delay + (ordered.get('delay') ?? 0);
    const isTwice = ordered.has('duplicate') || happens(world, networks.duplicate.get(network));
    const first = late + spread(world, jitter);
    // The copy went a longer way: as long again.
    const after = isTwice ? [first, late + delay + spread(world, jitter)] : [first];
    const isHeld = ordered.has('reorder') || happens(world, networks.reorder.get(network));
    return { kind: 'carried', after, isHeld };
  }

  /** What was ordered for this packet, each kind once, the oldest order first; it counts one less from now on. */
  private *take(
    world: World,
    network: NetworkId,
    packet: Packet,
  ): Generator<[kind: PlannedFault['kind'], byNanos: Nanos]> {
    const { faults } = world;
    const seen = new Set<string>();
    for (const row of [...faults.rows]) {
      const kind = faults.kind.get(row);
      const isMeant = faults.network.get(row) === network && !seen.has(kind);
      if (!isMeant || this.patterns[faults.pattern.get(row)]?.(packet) !== true) continue;
      seen.add(kind);
      const left = faults.left.get(row) - 1;
      const by = faults.by.get(row);
      if (left > 0) faults.left.set(row, left);
      else faults.rows.remove(row);
      yield [kind, by];
    }
  }
}

/** With this chance in a million. No dice are thrown where nothing can happen: a network without faults costs nothing. */
function happens(world: World, perMillion: number): boolean {
  return perMillion > 0 && nextUint32(randomOf(world)) % PER_MILLION < perMillion;
}

function spread(world: World, jitter: Nanos): Nanos {
  return jitter === 0 ? 0 : Math.floor((nextUint32(randomOf(world)) / 2 ** 32) * jitter);
}
