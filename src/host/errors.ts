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
