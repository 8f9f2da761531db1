// close(), shutdown() and exit(): the last descriptor of a TCP connection says FIN; unread data turns it into RST.
import { advance } from '../tcp/connection.js';
import type { Kernel } from '../world/kernel.js';
import { hasOption } from '../world/options.js';
import { removeSocket } from '../world/sockets.js';
import type { DescriptorId, ProcessId, SocketId } from '../world/tables.js';
import { OK, type Result } from './call.js';
import { closeDescriptor, descriptorsOf, findDescriptor } from './descriptors.js';
import { disconnect } from './disconnect.js';

/** Ends the process's reference to the socket; EBADF if it has none. Only the last reference ends the socket. */
export function close(kernel: Kernel, process: ProcessId, socket: SocketId): Result {
  const descriptor = findDescriptor(kernel.world, process, socket);
  if (descriptor === undefined) return { outcome: 'EBADF' };
  drop(kernel, descriptor);
  return OK;
}

/**
 * Half a close: `write` says FIN and keeps reading (RFC 9293 §3.6), `read` goes on acknowledging what still comes. A
 * listener that shuts reading, and a connect() under way, come to rest. Without a peer ENOTCONN, and it is marked all
 * the same (Linux, as recorded).
 */
export function shutdown(kernel: Kernel, socket: SocketId, how: 'read' | 'write' | 'both'): Result {
  const { sockets } = kernel.world;
  const state = sockets.state.get(socket);
  if (state === 'LISTEN') return how === 'write' ? OK : disconnect(kernel, socket);
  if (state === 'SYN-SENT') return disconnect(kernel, socket);
  const hasPeer = state !== 'CLOSED' && state !== 'UNCONNECTED';
  if (how !== 'write') sockets.isReceiveShut.set(socket, true);
  if (how !== 'read') {
    sockets.isSendShut.set(socket, true);
    if (hasPeer && sockets.protocol.get(socket) === 'tcp') advance(kernel, socket, 'CLOSE');
  }
  kernel.wake(socket);
  return hasPeer ? OK : { outcome: 'ENOTCONN' };
}

/** Every descriptor is closed in the order of opening; the process is gone. */
export function exit(kernel: Kernel, process: ProcessId): Result {
  for (const descriptor of [...descriptorsOf(kernel.world, process)]) drop(kernel, descriptor);
  kernel.world.processes.isRunning.set(process, false);
  return OK;
}

function drop(kernel: Kernel, descriptor: DescriptorId): void {
  const closed = closeDescriptor(kernel.world, descriptor);
  if (!closed?.wasLast) return;
  const { sockets } = kernel.world;
  const { socket } = closed;
  const state = sockets.state.get(socket);
  if (sockets.protocol.get(socket) === 'udp' || state === 'CLOSED') return forget(kernel, socket);
  // RFC 2525 §2.17: closing with unread data, or with SO_LINGER 0, tells the peer that something is lost.
  const isLost = sockets.unreadCount.get(socket) > 0 || lingersZero(kernel, socket);
  advance(kernel, socket, isLost && state !== 'LISTEN' ? 'ABORT' : 'CLOSE');
}

function lingersZero(kernel: Kernel, socket: SocketId): boolean {
  const { world } = kernel;
  const row = world.sockets.options.get(socket);
  return row !== 0 && hasOption(world, socket, 'lingers') && world.options.linger.get(row) === 0;
}

/** Nothing remains on the wire: the row goes with its port. */
function forget(kernel: Kernel, socket: SocketId): void {
  const port = kernel.world.sockets.localPort.get(socket);
  if (port !== 0) kernel.log.add({ kind: 'freed', socket, port });
  removeSocket(kernel.world, socket);
}
