// Whom a socket means by an address: which family it may speak to, and what "any" stands for as a destination.
// connect() and sendto() ask here; whether there is a way is ../world/interfaces.ts.
import { ownSourceOf } from '../udp/datagram.js';
import { ANY, isLinkLocal, kindOf } from '../wire/address.js';
import { isSource, LOOPBACK, LOOPBACK_V6, primaryAddress, sourceAddressFor } from '../world/interfaces.js';
import type { Kernel } from '../world/kernel.js';
import { hostOf, localAddressOf } from '../world/sockets.js';
import type { SocketId } from '../world/tables.js';
import type { Destination } from './call.js';

/**
 * Families that do not go together: IPv6 for a socket of IPv4, or for one bound to a mapped address (EAFNOSUPPORT, if there
 * is a way at all); IPv4 for one that speaks IPv6 only (ENETUNREACH). A link-local address without a scope: EINVAL; a group
 * ENETUNREACH for TCP, and good enough for a single datagram. `isLasting`: for connect(). Linux, as recorded.
 */
export function refuseFamily(
  kernel: Kernel,
  socket: SocketId,
  to: Destination,
  isLasting: boolean,
): 'EAFNOSUPPORT' | 'ENETUNREACH' | 'EINVAL' | undefined {
  const { sockets } = kernel.world;
  const isAny = to.address === ANY;
  const isV6Address = isAny ? to.family === 6 : to.address.includes(':');
  if (!sockets.isV6.get(socket)) return isV6Address ? 'EAFNOSUPPORT' : undefined;
  if (isLinkLocal(to.address) && sockets.device.get(socket) === '') {
    const isGroup = kindOf(to.address) === 'multicast';
    if (isGroup && sockets.protocol.get(socket) === 'tcp') return 'ENETUNREACH';
    if (!isGroup || isLasting) return 'EINVAL';
  }
  const isMapped = isAny ? to.family === 4 : !isV6Address;
  if (isMapped) return sockets.v6Only.get(socket) ? 'ENETUNREACH' : undefined;
  if (isAny || !isMappedHere(kernel, socket)) return undefined;
  const { world } = kernel;
  const tied = sockets.device.get(socket);
  return sourceAddressFor(world, hostOf(world, socket), to.address, tied) ? 'EAFNOSUPPORT' : 'ENETUNREACH';
}

/**
 * "Any" as a destination is the host itself: the socket's own address if it chose one, that of the device it
 * is bound to (SO_BINDTODEVICE), else loopback. Linux.
 */
export function meantAddress(kernel: Kernel, socket: SocketId, to: Destination): string {
  if (to.address !== ANY) return to.address;
  const isV6 = kernel.world.sockets.isV6.get(socket) && to.family !== 4;
  if (isV6) return isMappedHere(kernel, socket) ? LOOPBACK : LOOPBACK_V6;
  const { world } = kernel;
  const host = hostOf(world, socket);
  const own = ownSourceOf(kernel, socket);
  if (isSource(world, host, own) && !own.includes(':')) return own;
  const device = world.sockets.device.get(socket);
  return (device !== '' && device !== 'lo' && primaryAddress(world, host, 4)) || LOOPBACK;
}

/** AF_INET6, bound to a mapped address. */
function isMappedHere(kernel: Kernel, socket: SocketId): boolean {
  const own = localAddressOf(kernel.world, socket);
  return kernel.world.sockets.isMappedOnly.get(socket) || (own !== ANY && !own.includes(':'));
}
