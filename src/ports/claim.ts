// What a socket holds, or wants to hold: protocol, address, port, and all that decides whether another may stand beside.
// Addresses of both families are compared here and nowhere else. The rules over claims are sharing-rules.ts.
import type { Protocol } from '../wire/packet.js';
import type { SocketId, World } from '../world/tables.js';

export interface Claim {
  readonly protocol: Protocol;
  /** '' = every local address. */
  readonly address: string;
  readonly port: number;
  /** AF_INET6. */
  readonly isV6: boolean;
  /** Hears IPv6 only. */
  readonly v6Only: boolean;
  /** AF_INET6, bound to ::ffff:0.0.0.0: every local address of IPv4. */
  readonly isMappedOnly: boolean;
  /** SO_BINDTODEVICE, '' for none. */
  readonly device: string;
  /** SO_REUSEADDR. */
  readonly mayRebind: boolean;
  /** SO_REUSEPORT. */
  readonly sharesPort: boolean;
  /** SO_EXCLUSIVEADDRUSE. */
  readonly isExclusive: boolean;
  /** Who created the socket. */
  readonly user: string;
  /** TCP LISTEN, or about to be. */
  readonly isListening: boolean;
  readonly isTimeWait: boolean;
  /** Connected, or on the way there or out of it. */
  readonly hasPeer: boolean;
}

export function claimOf(world: World, socket: SocketId): Claim {
  const { sockets, memory } = world;
  const state = sockets.state.get(socket);
  return {
    protocol: sockets.protocol.get(socket),
    address: memory.text(sockets.localAddress.get(socket)),
    port: sockets.localPort.get(socket),
    isV6: sockets.isV6.get(socket),
    v6Only: sockets.v6Only.get(socket),
    isMappedOnly: sockets.isMappedOnly.get(socket),
    device: sockets.device.get(socket),
    mayRebind: sockets.mayRebind.get(socket),
    sharesPort: sockets.sharesPort.get(socket),
    isExclusive: sockets.isExclusive.get(socket),
    user: sockets.user.get(socket),
    isListening: state === 'LISTEN',
    isTimeWait: state === 'TIME-WAIT',
    hasPeer: sockets.remoteAddress.get(socket) !== 0,
  };
}

type Place = Pick<Claim, 'address' | 'isV6' | 'v6Only' | 'isMappedOnly'>;

/** Do two places have an address in common? Equal addresses; "any" and every address of a family that it hears. */
export function overlaps(one: Place, other: Place): boolean {
  if (one.address !== '' && other.address !== '') return one.address === other.address;
  if (one.address === '' && other.address === '')
    return (hears4(one) && hears4(other)) || (hears6(one) && hears6(other));
  const [any, concrete] = one.address === '' ? [one, other] : [other, one];
  if (!concrete.address.includes(':')) return hears4(any);
  // Linux: a connection that came by a dual-stack listener still counts as one that hears IPv4.
  return hears6(any) || (hears4(any) && !concrete.v6Only);
}

/** Does the first place cover the second: the same address, or any of its families? */
export function covers(one: Place, other: Place): boolean {
  if (one.address !== '') return one.address === other.address;
  if (other.address === '') return (!hears4(other) || hears4(one)) && (!hears6(other) || hears6(one));
  return other.address.includes(':') ? hears6(one) : hears4(one);
}

function hears4({ isV6, v6Only }: Place): boolean {
  return !isV6 || !v6Only;
}

function hears6({ isV6, isMappedOnly }: Place): boolean {
  return isV6 && !isMappedOnly;
}
