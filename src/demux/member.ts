// Which of several sockets that one rule fits equally: same local address and port, same peer or none.
// Linux as recorded: not the wrong device or family; bound to the device before not; AF_INET before AF_INET6; then the one
// that was bound last, or, if that one shares its port by SO_REUSEPORT, the member of its group that a hash picks. Where
// sharing does not balance (FreeBSD, macOS: ../ports/profiles.ts) it is the one bound last, whatever it shares.
import type { FourTuple } from '../wire/packet.js';
import { isLocalAddress } from '../world/interfaces.js';
import { inChainOrder } from '../world/sockets.js';
import type { HostId, SocketId, World } from '../world/tables.js';
import type { DemuxRule } from './rules.js';

/** `chain`: newest first. Undefined if none of them hears this packet. */
export function pickMember(
  world: World,
  host: HostId,
  chain: Iterable<SocketId>,
  rule: DemuxRule,
  tuple: FourTuple,
  device: string,
): SocketId | undefined {
  const hearing = [...chain].filter((socket) => hears(world, socket, tuple, device));
  const [first] = hearing;
  // Linux: of two connections with the same four numbers, one tied to an interface, the newer is met first.
  if (first === undefined || rule.id === 'exact') return first;
  if (hearing.length === 1 && rule.id !== 'connected') return first;
  const best = Math.max(...hearing.map((socket) => score(world, socket, tuple)));
  const equals = hearing.filter((socket) => score(world, socket, tuple) === best);
  if (rule.id === 'connected') return pickConnected(world, host, equals, tuple, device);
  if (world.hosts.newestSharerWins.get(host)) return equals[0];
  const [newest] = inChainOrder(world, equals);
  if (newest === undefined || !world.sockets.sharesPort.get(newest)) return newest;
  const group = groupOf(world, newest, equals);
  return group[hashOf(tuple) % group.length];
}

/**
 * Everybody who could as well have been picked in the place of `taker`, itself among them: the sockets that share its port
 * by SO_REUSEPORT and fit this packet by the same rule as well as it does. None if the rule asks no group.
 */
export function sharersOf(
  world: World,
  taker: SocketId,
  rule: DemuxRule,
  tuple: FourTuple,
  device: string,
): readonly SocketId[] {
  const { sockets } = world;
  const host = sockets.host.get(taker);
  if (rule.id === 'exact' || rule.id === 'connected' || !host || !sockets.sharesPort.get(taker)) return [];
  const table = rule.protocol === 'tcp' ? world.tcpByTuple : world.udpByTuple;
  const chain = table.of(
    host,
    sockets.localAddress.get(taker),
    sockets.remoteAddress.get(taker),
    sockets.ports.get(taker),
  );
  const equals = [...chain].filter(
    (socket) =>
      hears(world, socket, tuple, device) && score(world, socket, tuple) === score(world, taker, tuple),
  );
  return groupOf(world, taker, equals);
}

/** May it have the packet at all: is it tied to another device, or to another family? */
export function hears(world: World, socket: SocketId, tuple: FourTuple, device: string): boolean {
  const { sockets } = world;
  const own = sockets.device.get(socket);
  if (own !== '' && own !== device) return false;
  const isV6Packet = tuple.localAddress.includes(':');
  if (isV6Packet) return sockets.isV6.get(socket) && !sockets.isMappedOnly.get(socket);
  return !sockets.isV6.get(socket) || !sockets.v6Only.get(socket);
}

/** Higher wins. Linux counts the device above the family for UDP, and both alike for TCP listeners. */
function score(world: World, socket: SocketId, tuple: FourTuple): number {
  const { sockets } = world;
  const byDevice = sockets.device.get(socket) !== '';
  const isNative = !tuple.localAddress.includes(':') && !sockets.isV6.get(socket);
  const weight = sockets.protocol.get(socket) === 'udp' ? 4 : 1;
  return (byDevice ? weight : 0) + (isNative ? 1 : 0);
}

/**
 * Several UDP sockets connected to one peer: the one that connected last. A datagram from outside meets Linux's early
 * lookup first, which looks at the socket that was bound last at the address, and takes it if it is one of them.
 */
function pickConnected(
  world: World,
  host: HostId,
  equals: readonly SocketId[],
  tuple: FourTuple,
  device: string,
): SocketId | undefined {
  if (device === '' || isLocalAddress(world, host, tuple.remoteAddress)) return equals[0];
  const { sockets } = world;
  const code = world.memory.code(tuple.localAddress);
  let head: SocketId | undefined;
  for (const socket of world.holders.of(host, 17, tuple.localPort, tuple.localPort)) {
    if (sockets.localAddress.get(socket) !== code) continue;
    if (head === undefined || sockets.bindOrder.get(socket) > sockets.bindOrder.get(head)) head = socket;
  }
  return head !== undefined && equals.includes(head) ? head : equals[0];
}

/** SO_REUSEPORT: same user, family and device, all sharing. In order of creation, so that a hash means the same again. */
function groupOf(world: World, first: SocketId, equals: readonly SocketId[]): readonly SocketId[] {
  const { sockets } = world;
  return equals
    .filter(
      (each) =>
        sockets.sharesPort.get(each) &&
        sockets.user.get(each) === sockets.user.get(first) &&
        sockets.v6Only.get(each) === sockets.v6Only.get(first) &&
        sockets.isV6.get(each) === sockets.isV6.get(first) &&
        sockets.isMappedOnly.get(each) === sockets.isMappedOnly.get(first) &&
        sockets.device.get(each) === sockets.device.get(first),
    )
    .sort((one, other) => one - other);
}

/** Linux seeds it at boot, so no one can tell the member from outside; ours is fixed, so that a run repeats. */
function hashOf(tuple: FourTuple): number {
  let hash = 0x811c9dc5; // FNV-1a
  for (const text of [tuple.localAddress, tuple.remoteAddress, `${tuple.localPort}`, `${tuple.remotePort}`])
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
