// Who on this link has an address? Where nobody has, a host asks for a while before it gives up; what is sent there meanwhile
// waits with the first. No ARP is played: only how long it takes. What is then told: simulation.ts.
import { NANOS_PER_SECOND, type Nanos } from '../base/time.js';
import { runOf } from '../world/sockets.js';
import type { HostId, World } from '../world/tables.js';

/** Linux asks three times, a second apart (`mcast_solicit`, `retrans_time_ms`). */
const RESOLUTION_NANOS: Nanos = 3 * NANOS_PER_SECOND;

/** How long until the host gives up, and whether it begins to ask only now. Within a step. */
export function awaitAddress(
  world: World,
  host: HostId,
  address: string,
): { readonly after: Nanos; readonly isFirst: boolean } {
  const { resolutions, memory, run } = world;
  const now = run.now.get(runOf(world));
  const known = findResolution(world, host, address);
  if (known !== undefined) return { after: resolutions.until.get(known) - now, isFirst: false };
  const row = resolutions.rows.create();
  resolutions.host.set(row, host);
  resolutions.address.set(row, memory.intern(address));
  resolutions.until.set(row, now + RESOLUTION_NANOS);
  return { after: RESOLUTION_NANOS, isFirst: true };
}

/** Nobody has answered: the next packet for this address is a first one again. Within a step. */
export function giveUpAddress(world: World, host: HostId, address: string): void {
  const known = findResolution(world, host, address);
  if (known !== undefined) world.resolutions.rows.remove(known);
}

function findResolution({ resolutions, memory }: World, host: HostId, address: string) {
  for (const row of resolutions.rows)
    if (resolutions.host.get(row) === host && memory.text(resolutions.address.get(row)) === address)
      return row;
  return undefined;
}
