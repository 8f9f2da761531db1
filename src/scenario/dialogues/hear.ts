// How a program of a dialogue waits: asleep in recv() or accept() until there is something, so that what it hears belongs to
// the arrival that woke it and is no step of its own.
import type { Nanos } from '../../base/time.js';
import type { ProcessId, SocketId, World } from '../../world/tables.js';
import { acceptFrom, receiveOn } from '../deeds/deeds.js';
import type { Hearing, Watch } from '../deeds/program.js';

export function hear(world: World, process: ProcessId, socket: SocketId, within?: Nanos): Hearing {
  const call = world.sockets.protocol.get(socket) === 'tcp' ? 'recv' : 'recvfrom';
  return {
    hears: { ...receiveOn(process, socket, call, undefined), call: { call, socket } },
    isReady: () => isGone(world, socket) || isReadable(world, socket),
    ...(within === undefined ? {} : { within }),
  };
}

/** Until there is something to read, which then is read in a step of its own. */
export function untilReadable(world: World, socket: SocketId): Watch {
  return { watch: [socket], isReady: () => isGone(world, socket) || isReadable(world, socket) };
}

/** Until somebody has called, who then is accepted in a step of its own. */
export function untilCalled(world: World, listener: SocketId): Watch {
  return { watch: [listener], isReady: () => isGone(world, listener) || hasCaller(world, listener) };
}

/** Asleep in accept(), unless something comes on another socket. */
export function awaitCaller(world: World, process: ProcessId, listener: SocketId, other: SocketId): Hearing {
  return {
    hears: { ...acceptFrom(process, listener), call: { call: 'accept', socket: listener } },
    isReady: () => hasCaller(world, listener) || isReadable(world, other),
    unless: { watch: [other], isReady: () => isReadable(world, other) },
  };
}

export function hasCaller({ sockets }: World, listener: SocketId): boolean {
  return sockets.rows.has(listener) && sockets.acceptableCount.get(listener) > 0;
}

export function isReadable({ sockets }: World, socket: SocketId): boolean {
  return (
    sockets.unreadCount.get(socket) > 0 ||
    sockets.isReceiveShut.get(socket) ||
    sockets.hasPeerFin.get(socket) ||
    sockets.pendingError.get(socket) !== ''
  );
}

/** Nobody has a descriptor of it any more. */
export function isGone({ sockets }: World, socket: SocketId): boolean {
  return !sockets.rows.has(socket) || sockets.descriptors.get(socket) === 0;
}
