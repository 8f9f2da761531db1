// connect(): naming the peer. TCP sends a SYN and waits; UDP only remembers. Without a peer it is disconnect.ts.
// Which local port a socket without one gets: local-port.ts and ../ports/ephemeral.ts.

import { claimOf } from '../ports/claim.js';
import { openActively } from '../tcp/open.js';
import { routeFor } from '../udp/datagram.js';
import { ANY, kindOf } from '../wire/address.js';
import {
  isForeignSource,
  isForMany,
  isForManyBy,
  isSource,
  leavesFromLoopback,
  sourceAddressFor,
} from '../world/interfaces.js';
import type { Kernel } from '../world/kernel.js';
import { hasOption, optionsOf } from '../world/options.js';
import {
  conversationOf,
  hasPort,
  holdPort,
  hostOf,
  localAddressOf,
  releasePort,
  setState,
  setTuple,
} from '../world/sockets.js';
import type { SocketId } from '../world/tables.js';
import { pickFree } from './bind.js';
import { type Destination, OK, PENDING, type Result } from './call.js';
import { disconnect } from './disconnect.js';
import { takeError } from './errors.js';
import { isTaken, type Peer, pickForConnect, recycleTimeWait } from './local-port.js';
import { meantAddress, refuseFamily } from './peer.js';

/**
 * TCP: `pending` until the handshake is over (`connectResult` tells then). The four-tuple must be new: EADDRNOTAVAIL,
 * also when no automatic port is left. UDP: at once; EAGAIN when no port is left. No way there: ENETUNREACH.
 */
export function connect(kernel: Kernel, socket: SocketId, to: Destination): Result {
  const { sockets } = kernel.world;
  const isTcp = sockets.protocol.get(socket) === 'tcp';
  const late = isTcp ? lateResult(kernel, socket) : undefined;
  if (late !== undefined) return late;
  const busy = isTcp ? refuseBusy(kernel, socket) : undefined;
  if (busy !== undefined) return { outcome: busy };
  if (!isTcp && !takePort(kernel, socket)) return { outcome: 'EAGAIN' };
  const family = refuseFamily(kernel, socket, to, true);
  if (family !== undefined) {
    if (isTcp) showFailedPeer(kernel, socket, to.address || (to.family === 4 ? '0.0.0.0' : ANY));
    return { outcome: family };
  }
  const address = meantAddress(kernel, socket, to);
  if (!isTcp) return connectUdp(kernel, socket, address, to.port);
  const result = connectTcp(kernel, socket, address, to.port);
  const isWayless = result.outcome === 'ENETUNREACH' || result.outcome === 'EINVAL';
  if (isWayless && sockets.isV6.get(socket)) showFailedPeer(kernel, socket, address); // Linux writes it before it looks
  return result;
}

/** What a waiting connect() gives now: `pending` while the handshake goes on. A failure puts the socket back to rest. */
export function connectResult(kernel: Kernel, socket: SocketId): Result {
  const { sockets } = kernel.world;
  const state = sockets.state.get(socket);
  if (state === 'SYN-SENT' || (state === 'SYN-RECEIVED' && sockets.pendingError.get(socket) === ''))
    return PENDING;
  const error = takeError(kernel, socket);
  if (error === undefined && state !== 'CLOSED') return OK;
  disconnect(kernel, socket);
  return { outcome: error ?? 'ECONNABORTED' };
}

function connectTcp(kernel: Kernel, socket: SocketId, address: string, port: number): Result {
  const { world } = kernel;
  const { sockets } = world;
  const host = hostOf(world, socket);
  const own = localAddressOf(world, socket);
  const tied = sockets.device.get(socket);
  if (isForManyBy(world, host, address, tied)) return { outcome: 'ENETUNREACH' };
  const way = sourceAddressFor(world, host, address, tied);
  if (way === undefined || isForeignSource(world, host, own)) return { outcome: 'ENETUNREACH' };
  const localAddress = isSource(world, host, own) ? own : way;
  if (leavesFromLoopback(world, host, localAddress, address, tied)) return { outcome: 'EINVAL' };
  const peer: Peer = { localAddress, remoteAddress: address, remotePort: port };
  if (!hasPort(world, socket)) {
    const chosen = pickForConnect(kernel, socket, peer);
    if (chosen === undefined) {
      showFailedPeer(kernel, socket, address);
      return { outcome: 'EADDRNOTAVAIL' };
    }
    holdPort(world, socket, own, chosen, 'connect');
  }
  const tuple = { ...peer, localPort: sockets.localPort.get(socket) };
  const initial = recycleTimeWait(kernel, socket, tuple);
  if (isTaken(kernel, socket, tuple)) {
    // Linux: only a port that bind() named outlives the failure.
    if (sockets.portOrigin.get(socket) !== 'named') releasePort(world, socket);
    showFailedPeer(kernel, socket, address);
    return { outcome: 'EADDRNOTAVAIL' };
  }
  conversationOf(world, socket);
  sockets.isEngaged.set(socket, true);
  sockets.pendingError.set(socket, '');
  setTuple(world, socket, localAddress, address, port);
  openActively(kernel, socket, initial);
  return connectResult(kernel, socket);
}

/** UDP: Linux binds a port to any address first, and keeps it when the rest fails. False: none is left. */
function takePort(kernel: Kernel, socket: SocketId): boolean {
  const { world } = kernel;
  if (hasPort(world, socket)) return true;
  const chosen = pickFree(kernel, socket, claimOf(world, socket));
  if (chosen !== undefined) holdPort(world, socket, localAddressOf(world, socket), chosen, 'picked');
  return chosen !== undefined;
}

function connectUdp(kernel: Kernel, socket: SocketId, address: string, port: number): Result {
  const { world } = kernel;
  const { sockets } = world;
  const host = hostOf(world, socket);
  const own = localAddressOf(world, socket);
  const route = routeFor(kernel, socket, address, false);
  if (route.errno !== undefined) return { outcome: route.errno };
  const isBroadcast =
    kindOf(address) !== 'multicast' && isForManyBy(world, host, address, sockets.device.get(socket));
  if (isBroadcast && !hasOption(world, socket, 'mayBroadcast')) return { outcome: 'EACCES' };
  const isOwnNamed =
    own !== ANY && (sockets.isAddressBound.get(socket) || sockets.state.get(socket) === 'CONNECTED');
  conversationOf(world, socket);
  if (isOwnNamed && isForMany(world, host, own))
    sockets.source.set(socket, world.memory.intern(route.source));
  setTuple(world, socket, isOwnNamed ? own : route.source, address, port);
  const state = sockets.state.get(socket);
  if (state !== 'CONNECTED') {
    kernel.log.add({ kind: 'state', socket, from: state, to: 'CONNECTED' });
    setState(world, socket, 'CONNECTED');
  }
  return OK;
}

/** Linux goes on showing the peer of a connect() that failed at once, without its port. */
function showFailedPeer(kernel: Kernel, socket: SocketId, address: string): void {
  const { sockets, memory } = kernel.world;
  sockets.shownRemote.set(socket, memory.intern(address));
  sockets.shownRemotePort.set(socket, 0);
}

/** O_NONBLOCK: what became of a connect() that did not wait, told once. Linux (__inet_stream_connect). */
function lateResult(kernel: Kernel, socket: SocketId): Result | undefined {
  const { world } = kernel;
  const state = world.sockets.state.get(socket);
  const isUnderWay = state === 'SYN-SENT' || state === 'SYN-RECEIVED';
  if (isUnderWay || !hasOption(world, socket, 'isConnecting')) return undefined;
  world.options.isConnecting.set(optionsOf(world, socket), false);
  return connectResult(kernel, socket);
}

/** A connect() that is under way or was successful, a listener: nothing to connect. */
function refuseBusy(kernel: Kernel, socket: SocketId): 'EALREADY' | 'EISCONN' | undefined {
  const { sockets } = kernel.world;
  const state = sockets.state.get(socket);
  if (sockets.isEngaged.get(socket))
    return state === 'SYN-SENT' || state === 'SYN-RECEIVED' ? 'EALREADY' : 'EISCONN';
  return state === 'CLOSED' ? undefined : 'EISCONN';
}
