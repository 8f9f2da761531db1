// What remains of a connection that is over. A socket that a process holds stays, CLOSED; its port stays only if bind()
// named it. A TIME-WAIT lives on by itself: the descriptor's socket reads CLOSED while the four numbers are still taken.
// Linux as recorded (close, timewait); RFC 9293 §3.3.1: the control block is deleted.
import type { Kernel } from '../world/kernel.js';
import {
  createSocket,
  hasPort,
  holdPort,
  hostOf,
  localAddressOf,
  releasePort,
  remoteAddressOf,
  remotePortOf,
  removeConnection,
  removeSocket,
  setState,
  setTuple,
} from '../world/sockets.js';
import { sysctl } from '../world/sysctls.js';
import type { SocketId } from '../world/tables.js';

/** The control block goes, and with it whatever nobody holds any more. */
export function release(kernel: Kernel, socket: SocketId): void {
  const { world } = kernel;
  const { sockets } = world;
  const connection = sockets.connection.get(socket);
  if (connection) {
    removeConnection(world, connection);
    sockets.connection.set(socket, 0);
  }
  const isHeld = sockets.descriptors.get(socket) > 0;
  const keepsPort = isHeld && sockets.portOrigin.get(socket) === 'named';
  if (hasPort(world, socket) && !keepsPort)
    kernel.log.add({ kind: 'freed', socket, port: sockets.localPort.get(socket) });
  sockets.isReceiveShut.set(socket, true);
  sockets.isSendShut.set(socket, true);
  setState(world, socket, 'CLOSED');
  if (keepsPort) setTuple(world, socket, localAddressOf(world, socket), '', 0);
  else releasePort(world, socket);
  kernel.wake(socket);
  if (!isHeld && !sockets.isQueued.get(socket)) removeSocket(world, socket);
}

/**
 * The socket has just entered TIME-WAIT. If a process holds it, the four numbers move to a row of their own and the
 * process's socket is done. Gives the row that waits; undefined when Linux keeps none (`tcp_max_tw_buckets` = 0).
 */
export function splitTimeWait(kernel: Kernel, socket: SocketId): SocketId | undefined {
  const { world } = kernel;
  const { sockets, connections } = world;
  const host = hostOf(world, socket);
  if (sysctl(world, host, 'net.ipv4.tcp_max_tw_buckets') === 0) {
    release(kernel, socket);
    return undefined;
  }
  if (sockets.descriptors.get(socket) === 0 && !sockets.isQueued.get(socket)) return socket;
  const waiting = createSocket(world, host, 'tcp', sockets.user.get(socket), sockets.isV6.get(socket));
  for (const column of [
    sockets.mayRebind,
    sockets.sharesPort,
    sockets.isExclusive,
    sockets.v6Only,
    sockets.isMappedOnly,
  ])
    column.set(waiting, column.get(socket));
  sockets.device.set(waiting, sockets.device.get(socket));
  sockets.conversation.set(waiting, sockets.conversation.get(socket));
  const [local, remote, remotePort] = [
    localAddressOf(world, socket),
    remoteAddressOf(world, socket),
    remotePortOf(world, socket),
  ];
  const port = sockets.localPort.get(socket);
  const origin = sockets.portOrigin.get(socket);
  const since = sockets.since.get(socket);
  const connection = sockets.connection.get(socket);
  sockets.connection.set(socket, 0);
  release(kernel, socket);
  holdPort(world, waiting, local, port, origin === 'none' ? 'connect' : origin);
  setTuple(world, waiting, local, remote, remotePort);
  sockets.since.set(waiting, since);
  sockets.connection.set(waiting, connection);
  if (connection) connections.socket.set(connection, waiting);
  setState(world, waiting, 'TIME-WAIT');
  return waiting;
}
