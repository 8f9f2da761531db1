// Small things that hosts and routers are built with: an address on a network, a time of the file.
import type { Nanos } from '../../base/time.js';
import { assignAddress } from '../../net/lab.js';
import type { HostId, NetworkId, World } from '../../world/tables.js';
import { parseHostAddress } from '../atoms/places.js';
import { parseTime } from '../atoms/quantities.js';
import { accepted } from '../text/parsed.js';

/** How many leading bits name a network where the author does not say: a /24, and a /64 of RFC 4291 §2.5.1. */
export const DEFAULT_PREFIX = { 4: 24, 6: 64 } as const;

/** An address, written with its prefix or with that of most networks, on a network. */
export function attach(
  world: World,
  host: HostId,
  text: string,
  network: NetworkId | undefined,
  device: string,
): void {
  const at = accepted(parseHostAddress(text));
  if (at.kind === 'param') return;
  const prefix = at.prefix ?? DEFAULT_PREFIX[at.address.includes(':') ? 6 : 4];
  assignAddress(world, host, { address: at.address, prefix, device, network });
}

/** A time as it is written; undefined for none. */
export function timeOf(text: string | undefined): Nanos | undefined {
  if (text === undefined) return undefined;
  const time = accepted(parseTime(text));
  return time.kind === 'time' ? time.nanos : undefined;
}
