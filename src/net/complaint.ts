// The ICMP error that a host sends about a packet which it cannot carry on. RFC 1122 §3.2.2, RFC 1812 §4.3.2.
import type { IcmpError, IcmpErrorKind, Packet } from '../wire/packet.js';
import type { Sent } from '../world/facts.js';
import { isForMany, primaryAddress } from '../world/interfaces.js';
import type { HostId, World } from '../world/tables.js';

/** A packet that an ICMP error is to quote, as it came. */
export interface About {
  readonly packet: Packet;
  /** Where it came in; undefined: it is the host's own. */
  readonly device: string | undefined;
  readonly sent: Sent | undefined;
  /** Its destination was written anew here: the error comes from where it was sent to. */
  readonly isRedirected: boolean;
}

/** Undefined: errors and what is for many are not complained about. RFC 1812 §4.3.2.7. */
export function errorAbout(
  world: World,
  host: HostId,
  { packet, device, isRedirected }: About,
  error: IcmpErrorKind,
): IcmpError | undefined {
  if (packet.protocol === 'icmp' || isForMany(world, host, packet.destination)) return undefined;
  const own = primaryAddress(world, host, packet.destination.includes(':') ? 6 : 4, device);
  const source = isRedirected ? packet.destination : own;
  return source === undefined
    ? undefined
    : { protocol: 'icmp', source, destination: packet.source, error, quoted: packet };
}
