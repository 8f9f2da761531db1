// close(), shutdown() and exit(): the last descriptor of a TCP connection says FIN; unread data turns it into RST. With
// SO_LINGER above 0 close() waits until the peer has acknowledged everything; when the time is over, the connection goes on
// by itself, and close() gives ok all the same (Linux sk_stream_wait_close; POSIX leaves it open, Windows resets).
import type { Nanos } from '../base/time.js';
import { advance } from '../tcp/connection.js';
import type { Kernel } from '../world/kernel.js';
import { hasOption, optionsOf } from '../world/options.js';
import { removeSocket, runOf } from '../world/sockets.js';
import type { DescriptorId, ProcessId, SocketId, SocketState } from '../world/tables.js';
import { OK, PENDING, type Result } from './call.js';
import { closeDescriptor, descriptorsOf, findDescriptor } from './descriptors.js';
import { disconnect } from './disconnect.js';

/**
 * Ends the process's reference to the socket; EBADF if it has none. Only the last reference ends the socket, and only that
 * one lingers: `pending`. The descriptor is gone at once.
 */
export function close(kernel: Kernel, process: ProcessId, socket: SocketId): Result {
  const descriptor = findDescriptor(kernel.world, process, socket);
  if (descriptor === undefined) return { outcome: 'EBADF' };
  drop(kernel, descriptor, true);
  return closeResult(kernel, socket);
}

/** What a close() that waits gives now: is the peer still to acknowledge our FIN, and is there time? */
export function closeResult({ world }: Kernel, socket: SocketId): Result {
  const { sockets, options, run } = world;
  const row = sockets.rows.has(socket) && sockets.options.get(socket);
  if (!row || run.now.get(runOf(world)) >= options.lingersUntil.get(row)) return OK;
  return isClosing(sockets.state.get(socket)) ? PENDING : OK;
}

/** Our FIN, or what is before it, is not acknowledged. */
function isClosing(state: SocketState): boolean {
  return state === 'FIN-WAIT-1' || state === 'CLOSING' || state === 'LAST-ACK';
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

/** Every descriptor is closed in the order of opening, none lingers (Linux); the process is gone. */
export function exit(kernel: Kernel, process: ProcessId): Result {
  for (const descriptor of [...descriptorsOf(kernel.world, process)]) drop(kernel, descriptor, false);
  kernel.world.processes.isRunning.set(process, false);
  return OK;
}

function drop(kernel: Kernel, descriptor: DescriptorId, mayLinger: boolean): void {
  const closed = closeDescriptor(kernel.world, descriptor);
  if (!closed?.wasLast) return;
  const { sockets } = kernel.world;
  const { socket } = closed;
  const state = sockets.state.get(socket);
  if (sockets.protocol.get(socket) === 'udp' || state === 'CLOSED') return forget(kernel, socket);
  // RFC 2525 §2.17: closing with unread data, or with SO_LINGER 0, tells the peer that something is lost.
  const linger = lingerOf(kernel, socket);
  const isLost = sockets.unreadCount.get(socket) > 0 || linger === 0;
  advance(kernel, socket, isLost && state !== 'LISTEN' ? 'ABORT' : 'CLOSE');
  if (mayLinger && linger !== undefined && sockets.rows.has(socket) && isClosing(sockets.state.get(socket)))
    startLingering(kernel, socket, linger);
}

/** SO_LINGER; undefined while it is off. */
function lingerOf({ world }: Kernel, socket: SocketId): Nanos | undefined {
  const row = world.sockets.options.get(socket);
  return row !== 0 && hasOption(world, socket, 'lingers') ? world.options.linger.get(row) : undefined;
}

function startLingering(kernel: Kernel, socket: SocketId, linger: Nanos): void {
  const { options, run } = kernel.world;
  options.lingersUntil.set(optionsOf(kernel.world, socket), run.now.get(runOf(kernel.world)) + linger);
  kernel.setAlarm(socket, linger);
}

/** Nothing remains on the wire: the row goes with its port. */
function forget(kernel: Kernel, socket: SocketId): void {
  const port = kernel.world.sockets.localPort.get(socket);
  if (port !== 0) kernel.log.add({ kind: 'freed', socket, port });
  removeSocket(kernel.world, socket);
}
