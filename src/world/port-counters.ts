// Counters by which a host remembers where its last automatic choice of a port ended: number 0 for all destinations, the
// others shared out among destinations by a hash. In the world's cells, from the first write on.
// What they count is each policy's own matter: ../ports/policies.ts.
import type { HostId, World } from './tables.js';

/**
 * How many counters destinations share. RFC 6056 §3.3.4: ten are enough to be useful.
 * Differs: Linux has 65536 since 5.18 (256 before); they would make a world larger and show nothing new.
 */
export const SHARED_COUNTERS = 256;

/** 0 to 2^32 - 1, 0 at first; it wraps. `number`: 0 to SHARED_COUNTERS. */
export function counterOf(world: World, host: HostId, number: number): number {
  const cells = world.hosts.portCounters.get(host);
  return cells === 0 ? 0 : world.memory.read(cells + number) >>> 0;
}

export function addToCounter(world: World, host: HostId, number: number, amount: number): void {
  const { hosts, memory } = world;
  if (hosts.portCounters.get(host) === 0) hosts.portCounters.set(host, memory.allocate(1 + SHARED_COUNTERS));
  const cell = hosts.portCounters.get(host) + number;
  memory.write(cell, memory.read(cell) + amount);
}
