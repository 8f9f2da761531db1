// A pending error is told once, by whichever call comes first, and then forgotten: SO_ERROR.
import { ERRNOS, type Errno } from '../world/errno.js';
import type { Kernel } from '../world/kernel.js';
import type { SocketId } from '../world/tables.js';

export function takeError(kernel: Kernel, socket: SocketId): Errno | undefined {
  const { pendingError } = kernel.world.sockets;
  const told = pendingError.get(socket);
  if (told === '') return undefined;
  pendingError.set(socket, '');
  return ERRNOS.find((errno) => errno === told);
}

/** What an ICMP error said that ended nothing: SO_ERROR tells it when nothing worse is pending. Linux, as recorded. */
export function takeSoftError(kernel: Kernel, socket: SocketId): Errno | undefined {
  const { softError } = kernel.world.sockets;
  const told = softError.get(socket);
  if (told === '') return undefined;
  softError.set(socket, '');
  return ERRNOS.find((errno) => errno === told);
}
