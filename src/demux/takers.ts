// Broadcast and multicast: every socket that fits gets a copy, whatever it shares. RFC 1122 §4.1.3.6; Linux, as recorded.
// A group reaches a host only if some socket there joined; then every socket on the port hears it, joined or not, unless
// it asked for its own groups only (IP_MULTICAST_ALL = 0).
import { kindOf } from '../wire/address.js';
import type { FourTuple } from '../wire/packet.js';
import { hasOption } from '../world/options.js';
import { type HostId, PROTOCOL_NUMBERS, type SocketId, type World } from '../world/tables.js';
import { hears } from './member.js';

/** In order of creation. */
export function findTakers(
  world: World,
  host: HostId,
  tuple: FourTuple,
  device: string,
): readonly SocketId[] {
  if (tuple.localPort === 0 || !isHeardHere(world, host, tuple, device)) return [];
  const takers: SocketId[] = [];
  for (const socket of world.holders.of(host, PROTOCOL_NUMBERS.udp, tuple.localPort, tuple.localPort))
    if (obstacleOf(world, socket, tuple, device) === undefined) takers.push(socket);
  return takers.sort((one, other) => one - other);
}

/** A broadcast is for every host; a group for those where some socket joined it. */
export function isHeardHere(world: World, host: HostId, tuple: FourTuple, device: string): boolean {
  if (kindOf(tuple.localAddress) !== 'multicast' || ALL_HOSTS.has(tuple.localAddress)) return true;
  return isJoined(world, host, tuple.localAddress, device);
}

/** Groups that every host is in without joining: RFC 1112 §4, RFC 4291 §2.7.1. */
const ALL_HOSTS: ReadonlySet<string> = new Set(['224.0.0.1', 'ff01::1', 'ff02::1']);

/** What keeps a socket on the port from having a copy: what the packet wants, and what the socket has. */
export interface Obstacle {
  readonly field: 'local address' | 'device' | 'remote address' | 'remote port';
  readonly expected: string;
  readonly got: string;
}

/** Undefined for a socket that gets one. */
export function obstacleOf(
  world: World,
  socket: SocketId,
  tuple: FourTuple,
  device: string,
): Obstacle | undefined {
  const { sockets, memory } = world;
  if (!hears(world, socket, tuple, device)) {
    const tied = sockets.device.get(socket);
    if (tied !== '' && tied !== device) return { field: 'device', expected: device, got: tied };
    return {
      field: 'local address',
      expected: tuple.localAddress,
      got: sockets.isV6.get(socket) ? 'IPv6' : 'IPv4',
    };
  }
  const own = memory.text(sockets.localAddress.get(socket));
  if (own !== '' && own !== tuple.localAddress)
    return { field: 'local address', expected: tuple.localAddress, got: own };
  const remote = memory.text(sockets.remoteAddress.get(socket));
  const remotePort = sockets.ports.get(socket) & 0xffff;
  if (remote !== '' && remote !== tuple.remoteAddress)
    return { field: 'remote address', expected: tuple.remoteAddress, got: remote };
  if (remote !== '' && remotePort !== tuple.remotePort)
    return { field: 'remote port', expected: String(tuple.remotePort), got: String(remotePort) };
  const isFree = kindOf(tuple.localAddress) !== 'multicast' || !hasOption(world, socket, 'hearsJoinedOnly');
  if (isFree || hasJoined(world, socket, tuple.localAddress, device)) return undefined;
  return { field: 'local address', expected: tuple.localAddress, got: 'not joined' };
}

function isJoined(world: World, host: HostId, group: string, device: string): boolean {
  const { memberships, sockets } = world;
  for (const row of memberships.rows) {
    const socket = memberships.socket.get(row);
    if (socket && sockets.host.get(socket) === host && hasJoined(world, socket, group, device)) return true;
  }
  return false;
}

function hasJoined(world: World, socket: SocketId, group: string, device: string): boolean {
  const { memberships, memory } = world;
  for (const row of memberships.rows)
    if (
      memberships.socket.get(row) === socket &&
      memory.text(memberships.group.get(row)) === group &&
      (device === '' || memberships.device.get(row) === device)
    )
      return true;
  return false;
}
