// Packets that cannot come from where they came from: nobody answers them, nobody is told.
import type { Sent } from '../world/facts.js';
import { isForMany, isLocalAddress } from '../world/interfaces.js';
import type { HostId, World } from '../world/tables.js';

/**
 * A loopback address does not come from outside, RFC 1122 §3.2.1.3 (g), RFC 4291 §2.5.3, and an own one neither (Linux).
 * What a socket sends by `lo` to somebody else comes back: a datagram is taken in, a segment is not, since nothing can be
 * answered from there (Linux).
 */
export function isMartian(
  world: World,
  host: HostId,
  { host: sender, packet }: Sent,
  device: string,
): boolean {
  const { source, destination } = packet;
  if (sender !== host) return isLocalAddress(world, host, source);
  if (device !== 'lo' || packet.protocol !== 'tcp') return false;
  return !isLocalAddress(world, host, destination) && !isForMany(world, host, destination);
}
