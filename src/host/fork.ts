// fork(): a second process with the same user and the same descriptors. Both numbers refer to one socket, so a close() by
// one of them ends nothing; who closes last ends it (close.ts). What the child does next is its own program.
import type { Kernel } from '../world/kernel.js';
import type { ProcessId, World } from '../world/tables.js';
import type { Result } from './call.js';
import { createProcess, descriptorsOf, openDescriptorAs, processHost } from './descriptors.js';

/** The child is in the result. It runs on the same host, and its descriptors have the parent's numbers (POSIX). */
export function fork(kernel: Kernel, parent: ProcessId, name: string): Result {
  const { world } = kernel;
  const { processes, descriptors } = world;
  const host = processHost(world, parent);
  const child = createProcess(world, host, name, processes.user.get(parent), nextPid(world));
  processes.isForked.set(child, true);
  for (const shared of [...descriptorsOf(world, parent)]) {
    const socket = descriptors.socket.get(shared);
    if (!socket) continue;
    openDescriptorAs(world, child, socket, descriptors.number.get(shared));
  }
  return { outcome: 'ok', child };
}

/** One more than the highest so far, over all hosts: what no process has yet. */
function nextPid({ processes }: World): number {
  return Math.max(0, ...[...processes.rows].map((each) => processes.pid.get(each))) + 1;
}
