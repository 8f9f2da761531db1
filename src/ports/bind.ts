// May I hold this port? bind() and listen() ask here; the answer names who stands in the way.
// The rules of sharing are those of the host's system: profiles.ts. A number when none is named: ephemeral.ts.
import type { Errno } from '../world/errno.js';
import { isBindable } from '../world/interfaces.js';
import { findSharing, forgetSharing, inChainOrder } from '../world/sockets.js';
import { sysctl } from '../world/sysctls.js';
import { type HostId, PROTOCOL_NUMBERS, type SocketId, type World } from '../world/tables.js';
import { type Claim, claimOf, covers, overlaps } from './claim.js';
import { profileOf } from './profiles.js';

export interface Refusal {
  readonly errno: Errno;
  /** The socket in the way: the first one found. */
  readonly holder: SocketId;
}

/** The address must be the host's own, or one that everybody hears: EADDRNOTAVAIL. */
export function refuseAddress(
  world: World,
  host: HostId,
  claim: Claim,
  mayBindForeign: boolean,
): Errno | undefined {
  const isV6 = claim.address.includes(':'); // the switch is one of IPv4
  if (mayBindForeign || (!isV6 && sysctl(world, host, 'net.ipv4.ip_nonlocal_bind') !== 0)) return undefined;
  return isBindable(world, host, claim.address) ? undefined : 'EADDRNOTAVAIL';
}

/** A low port needs privilege: EACCES. `callerUser`: who calls now; `claim.user`: who made the socket. */
export function refusePrivilege(
  world: World,
  host: HostId,
  claim: Claim,
  callerUser: string,
): Errno | undefined {
  const isLow = claim.port !== 0 && claim.port < world.hosts.privilegedBelow.get(host);
  return isLow && callerUser !== 'root' ? 'EACCES' : undefined;
}

/** Does somebody who overlaps hold the port by SO_REUSEPORT for the same user? Linux never picks such a port again. */
export function hasSharer(world: World, host: HostId, claim: Claim): boolean {
  if (!claim.sharesPort) return false;
  for (const other of world.holders.of(host, PROTOCOL_NUMBERS[claim.protocol], claim.port, claim.port)) {
    const held = claimOf(world, other);
    if (overlaps(held, claim) && held.sharesPort && (held.user === claim.user || held.isTimeWait))
      return true;
  }
  return false;
}

/**
 * The first socket on the claim's protocol and port beside which it may not stand by the rules of the host's system, and
 * what bind() tells: EADDRINUSE, on Windows also EACCES. Undefined: nobody. `self` is not in its own way.
 */
export function findConflict(
  world: World,
  host: HostId,
  claim: Claim,
  self: SocketId | undefined,
): Refusal | undefined {
  const { sharing, errnoOf, firstSharerSettles } = profileOf(world, host);
  if (isKnownSharer(world, host, claim)) return undefined;
  const holders = [...world.holders.of(host, PROTOCOL_NUMBERS[claim.protocol], claim.port, claim.port)];
  for (const other of holders.length > 1 ? inChainOrder(world, holders) : holders) {
    if (other === self) continue;
    const held = claimOf(world, other);
    if (firstSharerSettles(held, claim)) return undefined;
    if (!sharing.some((rule) => rule.allows(held, claim)))
      return { errno: errnoOf(held, claim), holder: other };
  }
  return undefined;
}

/**
 * Linux's short cut for TCP: a port remembers user and address of its last SO_REUSEPORT binder or listener, and lets
 * another of the same user in without asking the others, if the remembered address is its own or any.
 */
export function isKnownSharer(world: World, host: HostId, claim: Claim): boolean {
  if (claim.protocol !== 'tcp' || !claim.sharesPort || !profileOf(world, host).remembersSharers) return false;
  const row = findSharing(world, host, PROTOCOL_NUMBERS.tcp, claim.port);
  if (row === undefined) return false;
  const { sharings, memory } = world;
  if (sharings.user.get(row) !== claim.user) return false;
  const remembered = {
    address: memory.text(sharings.address.get(row)),
    isV6: sharings.isV6.get(row),
    v6Only: sharings.v6Only.get(row),
    isMappedOnly: sharings.isMappedOnly.get(row),
  };
  return covers(remembered, claim);
}

/** After a TCP bind or listen that went well: who shares is remembered, who does not wipes the memory. */
export function rememberSharing(world: World, host: HostId, claim: Claim): void {
  if (claim.protocol !== 'tcp') return;
  forgetSharing(world, host, PROTOCOL_NUMBERS.tcp, claim.port);
  if (!claim.sharesPort) return;
  const { sharings, memory } = world;
  const row = sharings.rows.create();
  sharings.host.set(row, host);
  sharings.protocolNumber.set(row, PROTOCOL_NUMBERS.tcp);
  sharings.port.set(row, claim.port);
  sharings.user.set(row, claim.user);
  sharings.address.set(row, memory.intern(claim.address));
  sharings.isV6.set(row, claim.isV6);
  sharings.v6Only.set(row, claim.v6Only);
  sharings.isMappedOnly.set(row, claim.isMappedOnly);
}
