// A host that loses its power and comes up again: everything that its kernel held in memory is gone, and nobody is told. What
// is still on its way to it meets a host that has never heard of it. Which programs start again is not known here.
import { closeDescriptor } from '../host/descriptors.js';
import type { WaitingCalls } from '../host/waiting.js';
import { flowsOf } from '../world/flows.js';
import { removeSocket } from '../world/sockets.js';
import type { HostId } from '../world/tables.js';
import { endRow, type NatKernel } from './nat-timers.js';

/**
 * Sockets, waiting calls, the rows of a NAT: gone without a segment. Processes that fork() made are gone as well; the others
 * run again, as who they were at first. Addresses, firewall and settings stay: they count as written down. Within a step.
 */
export function restart(kernel: NatKernel & { readonly calls: WaitingCalls }, host: HostId): void {
  const { world, log } = kernel;
  const { sockets, processes, descriptors, resolutions } = world;
  for (const process of processes.rows) {
    if (processes.host.get(process) !== host) continue;
    kernel.calls.forget(process);
    processes.isRunning.set(process, !processes.isForked.get(process));
    processes.user.set(process, processes.login.get(process));
  }
  for (const row of [...descriptors.rows]) {
    const owner = descriptors.process.get(row);
    if (owner && processes.host.get(owner) === host) closeDescriptor(world, row);
  }
  for (const socket of [...sockets.rows]) {
    if (sockets.host.get(socket) !== host) continue;
    const port = sockets.localPort.get(socket);
    if (port !== 0) log.add({ kind: 'freed', socket, port });
    removeSocket(world, socket);
  }
  for (const flow of [...flowsOf(world, host)]) endRow(kernel, flow, 'forgotten');
  for (const row of [...resolutions.rows])
    if (resolutions.host.get(row) === host) resolutions.rows.remove(row);
}
