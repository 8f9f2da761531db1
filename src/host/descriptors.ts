// Processes and the numbers by which they know their sockets. A socket lives as long as a descriptor refers to it, and
// a TCP connection longer than that. Numbers 0 to 2 are taken by stdin, stdout and stderr, so sockets begin at 3.
import type { DescriptorId, HostId, ProcessId, SocketId, World } from '../world/tables.js';

const FIRST_DESCRIPTOR = 3;

export function createProcess(
  world: World,
  host: HostId,
  name: string,
  user: string,
  pid: number,
): ProcessId {
  const { processes } = world;
  const process = processes.rows.create();
  processes.name.set(process, name);
  processes.host.set(process, host);
  processes.user.set(process, user);
  processes.login.set(process, user);
  processes.pid.set(process, pid);
  processes.isRunning.set(process, true);
  return process;
}

/** The lowest free number of the process refers to the socket from now on (POSIX). */
export function openDescriptor(world: World, process: ProcessId, socket: SocketId): DescriptorId {
  const { processes, descriptorsByNumber } = world;
  let number = Math.max(FIRST_DESCRIPTOR, processes.nextDescriptor.get(process));
  while (descriptorsByNumber.first(process, number, number, number)) number++;
  processes.nextDescriptor.set(process, number + 1);
  return openDescriptorAs(world, process, socket, number);
}

/** The same under a number that the process has not got yet. */
export function openDescriptorAs(
  world: World,
  process: ProcessId,
  socket: SocketId,
  number: number,
): DescriptorId {
  const { descriptors, sockets } = world;
  const descriptor = descriptors.rows.create();
  descriptors.process.set(descriptor, process);
  descriptors.number.set(descriptor, number);
  descriptors.socket.set(descriptor, socket);
  world.descriptorsByNumber.add(process, descriptor);
  world.descriptorsOfSocket.push(socket, descriptor);
  sockets.descriptors.add(socket, 1);
  return descriptor;
}

/** Ends one reference; tells whether it was the last. What then happens to the socket is close.ts. */
export function closeDescriptor(
  world: World,
  descriptor: DescriptorId,
): { socket: SocketId; wasLast: boolean } | undefined {
  const { processes, descriptors, sockets } = world;
  const socket = descriptors.socket.get(descriptor);
  const process = descriptors.process.get(descriptor);
  const number = descriptors.number.get(descriptor);
  if (process) {
    world.descriptorsByNumber.remove(process, descriptor);
    if (number < processes.nextDescriptor.get(process)) processes.nextDescriptor.set(process, number);
  }
  if (socket) world.descriptorsOfSocket.remove(socket, descriptor);
  descriptors.rows.remove(descriptor);
  if (!socket) return undefined;
  sockets.descriptors.set(socket, sockets.descriptors.get(socket) - 1);
  return { socket, wasLast: sockets.descriptors.get(socket) === 0 };
}

/** In order of opening. Walks through the descriptors of all processes: for what happens once in a process's life. */
export function* descriptorsOf(world: World, process: ProcessId): Generator<DescriptorId> {
  for (const id of world.descriptors.rows) if (world.descriptors.process.get(id) === process) yield id;
}

/** The first that the process opened on the socket. */
export function findDescriptor(world: World, process: ProcessId, socket: SocketId): DescriptorId | undefined {
  for (const id of world.descriptorsOfSocket.of(socket))
    if (world.descriptors.process.get(id) === process) return id;
  return undefined;
}

export function processHost(world: World, process: ProcessId): HostId {
  const host = world.processes.host.get(process);
  if (!host) throw new Error(`process ${process} runs nowhere`);
  return host;
}
