// A socket's place in the lookup tables: taking a port, being found by packets, moving, and letting go.
// The only writer of addresses, ports and chains of `sockets`; whether it may is ../ports/, who finds it is ../demux/.
import type { Protocol } from '../wire/packet.js';
import { markHeld, markUnheld } from './held-ports.js';
import {
  type ConnectionId,
  type ConversationId,
  type HostId,
  PROTOCOL_NUMBERS,
  type ProcessId,
  type SocketId,
  type SocketState,
  TCP_STATES,
  type World,
} from './tables.js';

/** A fresh socket of a process's user, without port: TCP starts CLOSED, UDP UNCONNECTED. */
export function createSocket(
  world: World,
  host: HostId,
  protocol: Protocol,
  user: string,
  isV6 = false,
): SocketId {
  const { sockets } = world;
  const socket = sockets.rows.create();
  sockets.host.set(socket, host);
  sockets.protocol.set(socket, protocol);
  sockets.protocolNumber.set(socket, PROTOCOL_NUMBERS[protocol]);
  sockets.state.set(socket, protocol === 'tcp' ? 'CLOSED' : 'UNCONNECTED');
  sockets.user.set(socket, user);
  sockets.isV6.set(socket, isV6);
  return socket;
}

export type PortOrigin = 'named' | 'picked' | 'connect';

/** Takes a port on a local address (`''` = any). Bound TCP sockets hold it and are not found by packets yet. */
export function holdPort(
  world: World,
  socket: SocketId,
  address: string,
  port: number,
  origin: PortOrigin,
): void {
  const { sockets } = world;
  sockets.localAddress.set(socket, world.memory.intern(address));
  sockets.localPort.set(socket, port);
  sockets.shownPort.set(socket, port);
  sockets.ports.set(socket, port << 16);
  sockets.portOrigin.set(socket, origin);
  sockets.since.set(socket, world.run.now.get(runOf(world)));
  world.holders.add(hostOf(world, socket), socket);
  markHeld(world, hostOf(world, socket), sockets.protocol.get(socket), port);
  countBinding(world, socket);
  if (isFound(sockets.state.get(socket))) tableOf(world, socket).add(hostOf(world, socket), socket);
}

/** Gives the socket a state, and so makes packets find it or not. The port stays. */
export function setState(world: World, socket: SocketId, state: SocketState): void {
  const { sockets } = world;
  const before = isFound(sockets.state.get(socket)) && hasPort(world, socket);
  const after = isFound(state) && hasPort(world, socket);
  if (before && !after) tableOf(world, socket).remove(hostOf(world, socket), socket);
  const was = sockets.state.get(socket);
  const listener = sockets.listener.get(socket);
  if (listener && was !== state && sockets.rows.has(listener))
    sockets.halfOpenCount.add(listener, Number(state === 'SYN-RECEIVED') - Number(was === 'SYN-RECEIVED'));
  sockets.state.set(socket, state);
  if (after && !before) tableOf(world, socket).add(hostOf(world, socket), socket);
}

/** Moves a socket that holds a port to another local address and peer (`''`, 0: none); nothing happens if it is there. */
export function setTuple(
  world: World,
  socket: SocketId,
  local: string,
  remote: string,
  remotePort: number,
): void {
  const { sockets, memory } = world;
  const localCode = memory.intern(local);
  const remoteCode = memory.intern(remote);
  const ports = ((sockets.localPort.get(socket) << 16) | remotePort) >>> 0;
  const hasMoved = sockets.localAddress.get(socket) !== localCode;
  if (!hasMoved && sockets.remoteAddress.get(socket) === remoteCode && sockets.ports.get(socket) === ports)
    return;
  const found = isFound(sockets.state.get(socket)) && hasPort(world, socket);
  if (found) tableOf(world, socket).remove(hostOf(world, socket), socket);
  sockets.localAddress.set(socket, localCode);
  sockets.remoteAddress.set(socket, remoteCode);
  if (remoteCode !== 0) {
    sockets.shownRemote.set(socket, remoteCode);
    sockets.shownRemotePort.set(socket, remotePort);
  }
  sockets.ports.set(socket, ports);
  if (hasMoved) countBinding(world, socket);
  if (found) tableOf(world, socket).add(hostOf(world, socket), socket);
}

/** Lets go of port and peer: nobody finds it, anybody may have the number. The address stays if bind() named it. */
export function releasePort(world: World, socket: SocketId): void {
  const { sockets } = world;
  if (!hasPort(world, socket)) return;
  const host = hostOf(world, socket);
  if (isFound(sockets.state.get(socket))) tableOf(world, socket).remove(host, socket);
  world.holders.remove(host, socket);
  const protocol = sockets.protocolNumber.get(socket);
  const port = sockets.localPort.get(socket);
  if (!world.holders.first(host, protocol, port, port)) {
    forgetSharing(world, host, protocol, port);
    markUnheld(world, host, sockets.protocol.get(socket), port);
  }
  for (const column of [sockets.localPort, sockets.ports, sockets.remoteAddress]) column.set(socket, 0);
  sockets.portOrigin.set(socket, 'none');
}

/** Removes the socket and all that hangs on it; it must have no descriptor. */
export function removeSocket(world: World, socket: SocketId): void {
  const { sockets, unread, options, memberships } = world;
  releasePort(world, socket);
  for (let item = world.unreadOf.shift(socket); item; item = world.unreadOf.shift(socket))
    unread.rows.remove(item);
  const connection = sockets.connection.get(socket);
  if (connection) removeConnection(world, connection);
  const rare = sockets.options.get(socket);
  if (rare) options.rows.remove(rare);
  for (const row of [...memberships.rows])
    if (memberships.socket.get(row) === socket) memberships.rows.remove(row);
  sockets.rows.remove(socket);
}

/**
 * Sockets of one port, given newest first, as Linux goes through them: those of AF_INET6 that share their port stand behind
 * the others, in order of binding (sk_add_node_rcu).
 */
export function inChainOrder(world: World, newestFirst: readonly SocketId[]): readonly SocketId[] {
  const { sockets } = world;
  const isLate = (socket: SocketId) => sockets.isV6.get(socket) && sockets.sharesPort.get(socket);
  return [...newestFirst.filter((each) => !isLate(each)), ...newestFirst.filter(isLate).reverse()];
}

/** The control block, with the text that it still kept. */
export function removeConnection(world: World, connection: ConnectionId): void {
  const { connections, outgoing, outgoingOf, early, earlyOf } = world;
  for (let item = outgoingOf.shift(connection); item; item = outgoingOf.shift(connection))
    outgoing.rows.remove(item);
  for (let item = earlyOf.shift(connection); item; item = earlyOf.shift(connection)) early.rows.remove(item);
  connections.rows.remove(connection);
}

/** What Linux remembers of a port's last sharer; gone with the port's last holder. */
export function findSharing(world: World, host: HostId, protocol: number, port: number) {
  const { sharings } = world;
  for (const row of sharings.rows)
    if (
      sharings.host.get(row) === host &&
      sharings.protocolNumber.get(row) === protocol &&
      sharings.port.get(row) === port
    )
      return row;
  return undefined;
}

export function forgetSharing(world: World, host: HostId, protocol: number, port: number): void {
  const row = findSharing(world, host, protocol, port);
  if (row !== undefined) world.sharings.rows.remove(row);
}

function countBinding(world: World, socket: SocketId): void {
  const run = runOf(world);
  world.run.bindings.add(run, 1);
  world.sockets.bindOrder.set(socket, world.run.bindings.get(run));
}

export function hostOf(world: World, socket: SocketId): HostId {
  const host = world.sockets.host.get(socket);
  if (!host) throw new Error(`socket ${socket} has no host`);
  return host;
}

export function hasPort(world: World, socket: SocketId): boolean {
  return world.sockets.localPort.get(socket) !== 0;
}

export function localAddressOf(world: World, socket: SocketId): string {
  return world.memory.text(world.sockets.localAddress.get(socket));
}

export function remoteAddressOf(world: World, socket: SocketId): string {
  return world.memory.text(world.sockets.remoteAddress.get(socket));
}

export function remotePortOf(world: World, socket: SocketId): number {
  return world.sockets.ports.get(socket) & 0xffff;
}

/** A process that has the socket open: the one that opened it first. */
export function processOf(world: World, socket: SocketId): ProcessId | undefined {
  const first = world.sockets.firstDescriptor.get(socket);
  return (first && world.descriptors.process.get(first)) || undefined;
}

/** The conversation it opens or takes part in; a new one is named by its socket. */
export function conversationOf(world: World, socket: SocketId): ConversationId {
  const known = world.sockets.conversation.get(socket);
  if (known) return known;
  const fresh = world.conversations.rows.create();
  world.conversations.opener.set(fresh, socket);
  world.sockets.conversation.set(socket, fresh);
  return fresh;
}

/** The single row of the run: clock, seed, place in the script. */
export function runOf(world: World) {
  const run = world.run.rows.first;
  if (!run) throw new Error('the run has not been set up');
  return run;
}

/** CLOSED sockets hold their port and are not there for packets. */
function isFound(state: SocketState): boolean {
  return state !== TCP_STATES[0];
}

function tableOf(world: World, socket: SocketId) {
  return world.sockets.protocol.get(socket) === 'tcp' ? world.tcpByTuple : world.udpByTuple;
}
