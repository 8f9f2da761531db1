// Calls that only look: getsockname, getpeername, poll; and SO_ERROR, which tells the pending error and forgets it.
import { hasSendRoom } from '../tcp/send-buffer.js';
import type { Kernel } from '../world/kernel.js';
import { localAddressOf, remoteAddressOf, remotePortOf } from '../world/sockets.js';
import type { SocketId } from '../world/tables.js';
import type { PollEvent, Result } from './call.js';
import { takeError, takeSoftError } from './errors.js';

/** The own end; Linux goes on telling a port that was given back after a refused connect(). */
export function getsockname(kernel: Kernel, socket: SocketId): Result {
  const port = kernel.world.sockets.shownPort.get(socket);
  return { outcome: 'ok', from: { address: localAddressOf(kernel.world, socket), port } };
}

export function getpeername(kernel: Kernel, socket: SocketId): Result {
  const { world } = kernel;
  const state = world.sockets.state.get(socket);
  const hasPeer = !['CLOSED', 'LISTEN', 'SYN-SENT', 'UNCONNECTED'].includes(state);
  const port = remotePortOf(world, socket);
  if (!hasPeer || port === 0) return { outcome: 'ENOTCONN' };
  return { outcome: 'ok', from: { address: remoteAddressOf(world, socket), port } };
}

export function geterror(kernel: Kernel, socket: SocketId): Result {
  const error = takeError(kernel, socket) ?? takeSoftError(kernel, socket);
  return error === undefined ? { outcome: 'ok' } : { outcome: 'ok', error };
}

/** Linux: a shut direction counts as ready, since a call would not wait; a socket without a peer hangs up. */
export function poll(kernel: Kernel, socket: SocketId): Result {
  const { sockets } = kernel.world;
  const state = sockets.state.get(socket);
  const isTcp = sockets.protocol.get(socket) === 'tcp';
  const events = new Set<PollEvent>();
  if (sockets.pendingError.get(socket) !== '') events.add('ERR');
  if (state === 'LISTEN') {
    if (sockets.acceptableCount.get(socket) > 0) events.add('IN');
    return { outcome: 'ok', events: inOrder(events) };
  }
  const receiveShut = sockets.isReceiveShut.get(socket);
  const sendShut = sockets.isSendShut.get(socket);
  if ((receiveShut && sendShut) || state === 'CLOSED') events.add('HUP');
  if (receiveShut) events.add('IN').add('RDHUP');
  if (state !== 'SYN-SENT' && state !== 'SYN-RECEIVED') {
    if (sockets.unreadCount.get(socket) > 0 || sockets.firstUnread.get(socket)) events.add('IN');
    if (sendShut || hasSendRoom(kernel.world, sockets.connection.get(socket))) events.add('OUT');
  }
  if (isTcp && events.has('ERR')) events.add('IN');
  return { outcome: 'ok', events: inOrder(events) };
}

function inOrder(events: ReadonlySet<PollEvent>): readonly PollEvent[] {
  return (['IN', 'OUT', 'ERR', 'HUP', 'RDHUP'] as const).filter((event) => events.has(event));
}
