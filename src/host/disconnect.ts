// connect() to AF_UNSPEC, and what a failed connect() or the shutdown of a listener does: the socket is at rest again.
// A port that bind() named stays, any other is given back; an address that bind() named stays. Linux, as recorded.
import { advance } from '../tcp/connection.js';
import { release } from '../tcp/release.js';
import type { Kernel } from '../world/kernel.js';
import { hasPort, localAddressOf, releasePort, setState, setTuple } from '../world/sockets.js';
import type { SocketId } from '../world/tables.js';
import { OK, type Result } from './call.js';

export function disconnect(kernel: Kernel, socket: SocketId): Result {
  return kernel.world.sockets.protocol.get(socket) === 'tcp'
    ? disconnectTcp(kernel, socket)
    : disconnectUdp(kernel, socket);
}

function disconnectTcp(kernel: Kernel, socket: SocketId): Result {
  const { world } = kernel;
  const { sockets } = world;
  const state = sockets.state.get(socket);
  if (state !== 'CLOSED') advance(kernel, socket, state === 'LISTEN' ? 'CLOSE' : 'ABORT');
  if (sockets.connection.get(socket)) release(kernel, socket);
  for (const column of [sockets.isEngaged, sockets.isReceiveShut, sockets.isSendShut, sockets.hasPeerFin])
    column.set(socket, false);
  sockets.shownRemotePort.set(socket, 0);
  if (state !== 'LISTEN' && state !== 'CLOSED') sockets.pendingError.set(socket, 'ECONNRESET');
  forgetAddress(kernel, socket);
  return OK;
}

function disconnectUdp(kernel: Kernel, socket: SocketId): Result {
  const { world } = kernel;
  const { sockets } = world;
  if (sockets.state.get(socket) === 'CONNECTED') {
    kernel.log.add({ kind: 'state', socket, from: 'CONNECTED', to: 'UNCONNECTED' });
    if (sockets.isV6.get(socket)) sockets.shownRemotePort.set(socket, 0);
    else sockets.shownRemote.set(socket, 0); // Linux: a socket table goes on telling the peer of AF_INET6
    const own = sockets.isAddressBound.get(socket) ? localAddressOf(world, socket) : '';
    setTuple(world, socket, own, '', 0);
    setState(world, socket, 'UNCONNECTED');
  }
  if (sockets.portOrigin.get(socket) !== 'named') {
    releasePort(world, socket);
    sockets.shownPort.set(socket, 0);
  }
  forgetAddress(kernel, socket);
  return OK;
}

function forgetAddress(kernel: Kernel, socket: SocketId): void {
  const { world } = kernel;
  if (world.sockets.isAddressBound.get(socket)) return;
  if (hasPort(world, socket)) setTuple(world, socket, '', '', 0);
  else world.sockets.localAddress.set(socket, 0);
}
