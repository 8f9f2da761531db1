// accept(): a finished connection gets a descriptor. Same local port, no new number; in order of completion.
import type { Kernel } from '../world/kernel.js';
import type { ProcessId, SocketId } from '../world/tables.js';
import { PENDING, type Result } from './call.js';
import { openDescriptor } from './descriptors.js';

/** `pending` while nobody waits to be accepted; EINVAL if the socket does not listen. A caller that has already reset is handed out too. */
export function accept(kernel: Kernel, process: ProcessId, listener: SocketId): Result {
  const { sockets, acceptQueue, memory } = kernel.world;
  if (sockets.protocol.get(listener) !== 'tcp') return { outcome: 'EOPNOTSUPP' };
  if (sockets.state.get(listener) !== 'LISTEN') return { outcome: 'EINVAL' };
  const child = acceptQueue.shift(listener);
  if (!child) return PENDING;
  sockets.acceptableCount.set(listener, sockets.acceptableCount.get(listener) - 1);
  sockets.listener.set(child, 0);
  openDescriptor(kernel.world, process, child);
  sockets.isQueued.set(child, false);
  const address = memory.text(sockets.shownRemote.get(child));
  return { outcome: 'ok', socket: child, from: { address, port: sockets.shownRemotePort.get(child) } };
}
