// bind() and listen(): taking a port, and opening it to newcomers. Whether it may be taken: ../ports/bind.ts.
import { findConflict, hasSharer, refuseAddress, refusePrivilege, rememberSharing } from '../ports/bind.js';
import { type Claim, claimOf } from '../ports/claim.js';
import { pickPort } from '../ports/ephemeral.js';
import { profileOf } from '../ports/profiles.js';
import { openPassively } from '../tcp/open.js';
import { forgetMappedPeer } from '../tcp/send.js';
import { isLinkLocal, kindOf } from '../wire/address.js';
import type { Errno } from '../world/errno.js';
import type { Kernel } from '../world/kernel.js';
import { hasOption } from '../world/options.js';
import { hasPort, holdPort, hostOf } from '../world/sockets.js';
import { sysctl } from '../world/sysctls.js';
import type { ProcessId, SocketId } from '../world/tables.js';
import { type Destination, OK, type Result } from './call.js';

/** Port 0: the host picks one that nobody in the way holds; none left is EADDRINUSE. Twice, or connected, is EINVAL. */
export function bind(kernel: Kernel, process: ProcessId, socket: SocketId, at: Destination): Result {
  const { world } = kernel;
  const { sockets } = world;
  const host = hostOf(world, socket);
  const isMappedOnly = sockets.isV6.get(socket) && at.address === '' && at.family === 4;
  const isConcreteV6 = sockets.isV6.get(socket) && at.address.includes(':');
  const claim: Claim = {
    ...claimOf(world, socket),
    address: at.address,
    port: at.port,
    isMappedOnly,
    v6Only: isConcreteV6 || sockets.v6Only.get(socket),
  };
  const errno = refuse(kernel, process, socket, at, claim);
  if (errno !== undefined) return { outcome: errno };
  if (at.port === 0 && hasOption(world, socket, 'bindsAddressOnly')) {
    sockets.localAddress.set(socket, world.memory.intern(at.address));
    sockets.shownPort.set(socket, 0);
    markBound(kernel, socket, at, isMappedOnly, isConcreteV6);
    return OK;
  }
  const chosen = at.port === 0 ? pickFree(kernel, socket, claim) : at.port;
  const settled = { ...claim, port: chosen ?? 0 };
  const refusal = at.port === 0 ? undefined : findConflict(world, host, settled, socket);
  if (chosen === undefined || refusal !== undefined) {
    sockets.localAddress.set(socket, 0); // Linux: an address from an earlier bind() is lost
    return refusal === undefined
      ? { outcome: 'EADDRINUSE' }
      : { outcome: refusal.errno, holder: refusal.holder };
  }
  holdPort(world, socket, at.address, chosen, at.port === 0 ? 'picked' : 'named');
  markBound(kernel, socket, at, isMappedOnly, isConcreteV6);
  rememberSharing(world, host, settled);
  return OK;
}

/**
 * From now on SYNs to the port make connections. Without a port it gets one on every address. The check is made once
 * more, with the socket counted as listening: two that share by SO_REUSEADDR may bind, only one may listen (Linux).
 */
export function listen(kernel: Kernel, socket: SocketId, backlog: number): Result {
  const { world } = kernel;
  const { sockets } = world;
  if (sockets.protocol.get(socket) !== 'tcp') return { outcome: 'EOPNOTSUPP' };
  const state = sockets.state.get(socket);
  const host = hostOf(world, socket);
  const most = sysctl(world, host, 'net.core.somaxconn');
  const limit = backlog < 0 ? most : Math.min(backlog, most);
  if (state === 'LISTEN') {
    sockets.backlog.set(socket, limit);
    return OK;
  }
  if (state !== 'CLOSED' || sockets.isEngaged.get(socket)) return { outcome: 'EINVAL' };
  const wasBound = hasPort(world, socket);
  if (!wasBound) {
    const port = pickFree(kernel, socket, claimOf(world, socket));
    if (port === undefined) return { outcome: 'EADDRINUSE' };
    holdPort(world, socket, claimOf(world, socket).address, port, 'picked');
  }
  const claim = { ...claimOf(world, socket), isListening: true };
  const isAsked = wasBound && profileOf(world, host).listenAsksAgain;
  const refusal = isAsked ? findConflict(world, host, claim, socket) : undefined;
  if (refusal !== undefined) return { outcome: refusal.errno, holder: refusal.holder };
  sockets.backlog.set(socket, limit);
  openPassively(kernel, socket);
  rememberSharing(world, host, claim);
  return OK;
}

/**
 * What stands against the call before others are looked at. Linux asks in another order for AF_INET6: privilege, whether the
 * socket is free, then the address; for AF_INET the address comes first.
 */
function refuse(
  kernel: Kernel,
  process: ProcessId,
  socket: SocketId,
  at: Destination,
  claim: Claim,
): Errno | undefined {
  const { world } = kernel;
  const { sockets } = world;
  const host = hostOf(world, socket);
  const isBusy = hasPort(world, socket) || sockets.state.get(socket) !== atRest(kernel, socket);
  const privilege = refusePrivilege(world, host, claim, world.processes.user.get(process));
  const mayBindForeign = hasOption(world, socket, 'mayBindForeign');
  const isV6Address = at.address.includes(':') || (at.address === '' && at.family === 6);
  if (!claim.isV6) {
    if (isV6Address) return 'EAFNOSUPPORT';
    return refuseAddress(world, host, claim, mayBindForeign) ?? privilege ?? (isBusy ? 'EINVAL' : undefined);
  }
  const isGroup = kindOf(at.address) === 'multicast';
  if (isGroup && isV6Address && claim.protocol === 'tcp') return 'EINVAL';
  if (privilege !== undefined) return privilege;
  const isMapped = at.address !== '' ? !isV6Address : at.family === 4;
  const isScopeless = isLinkLocal(at.address) && claim.device === '';
  if (isBusy || (isMapped && sockets.v6Only.get(socket)) || isScopeless) return 'EINVAL';
  // Only ::1 of the host's own addresses is tied to its interface (ipv6_chk_addr).
  const isElsewhere = at.address === '::1' && !['', 'lo'].includes(claim.device) && !mayBindForeign;
  if (isElsewhere) return 'EADDRNOTAVAIL';
  return isGroup && isV6Address ? undefined : refuseAddress(world, host, claim, mayBindForeign);
}

function markBound(
  kernel: Kernel,
  socket: SocketId,
  at: Destination,
  isMappedOnly: boolean,
  isConcreteV6: boolean,
): void {
  const { sockets } = kernel.world;
  // Linux: ::ffff:0.0.0.0 is an address named; and once named, it is so for good.
  if (at.address !== '' || isMappedOnly) sockets.isAddressBound.set(socket, true);
  sockets.isMappedOnly.set(socket, isMappedOnly);
  forgetMappedPeer(kernel, socket);
  sockets.shownRemotePort.set(socket, 0);
  if (!sockets.isV6.get(socket)) sockets.shownRemote.set(socket, 0); // Linux: bind() of AF_INET6 leaves it
  if (isConcreteV6) sockets.v6Only.set(socket, true); // Linux: such a socket hears IPv6 only
}

function atRest(kernel: Kernel, socket: SocketId): string {
  return kernel.world.sockets.protocol.get(socket) === 'tcp' ? 'CLOSED' : 'UNCONNECTED';
}

/**
 * A port for bind(0), listen() and unbound datagrams. TCP: one that conflicts with nobody even without the exemptions;
 * with `ip_autobind_reuse` a second look counts SO_REUSEADDR. UDP: the exemptions count at once (Linux, as recorded).
 */
export function pickFree(kernel: Kernel, socket: SocketId, claim: Claim): number | undefined {
  const { world } = kernel;
  const host = hostOf(world, socket);
  const isFree = (wish: Claim) => (port: number) =>
    findConflict(world, host, { ...wish, port }, socket) === undefined;
  if (claim.protocol === 'udp')
    return pickPort(world, host, socket, { purpose: 'datagram', isSuitable: isFree(claim) });
  const alone = { ...claim, mayRebind: false, sharesPort: false };
  const wish = { purpose: 'bind', lowerHalfFirst: claim.mayRebind } as const;
  const port = pickPort(world, host, socket, { ...wish, isSuitable: isFree(alone) });
  if (port !== undefined || sysctl(world, host, 'net.ipv4.ip_autobind_reuse') === 0 || !claim.mayRebind)
    return port;
  const reusing = isFree({ ...claim, sharesPort: false });
  const isSuitable = (each: number) => reusing(each) && !hasSharer(world, host, { ...claim, port: each });
  return pickPort(world, host, socket, { ...wish, isSuitable });
}
