// A pending error is told once, by whichever call comes first, and then forgotten: SO_ERROR.
import { ERRNOS, type Errno } from '../world/errno.js';
import type { Kernel } from '../world/kernel.js';
import type { SocketId, World } from '../world/tables.js';

export function takeError(kernel: Kernel, socket: SocketId): Errno | undefined {
  return take(kernel.world.sockets.pendingError, socket);
}

/** What an ICMP error said that ended nothing: SO_ERROR tells it when nothing worse is pending. Linux, as recorded. */
export function takeSoftError(kernel: Kernel, socket: SocketId): Errno | undefined {
  return take(kernel.world.sockets.softError, socket);
}

function take(pending: World['sockets']['pendingError'], socket: SocketId): Errno | undefined {
  const told = pending.get(socket);
  if (told === '') return undefined;
  pending.set(socket, '');
  return ERRNOS.find((errno) => errno === told);
}
