// The local port of a TCP connect(): which numbers give a four-tuple that is new, and when a TIME-WAIT may be reused.
import { findSocket } from '../demux/find.js';
import { pickPort } from '../ports/ephemeral.js';
import { release } from '../tcp/release.js';
import { timeWaitNanos } from '../tcp/timers.js';
import { kindOf } from '../wire/address.js';
import type { FourTuple } from '../wire/packet.js';
import type { Kernel } from '../world/kernel.js';
import { hostOf, runOf } from '../world/sockets.js';
import { sysctl } from '../world/sysctls.js';
import { PROTOCOL_NUMBERS, type SocketId } from '../world/tables.js';

export type Peer = Omit<FourTuple, 'localPort'>;

/**
 * A number that nobody holds, or that only sockets hold which connect() gave it to, if the four-tuple is new. One bound
 * socket spoils a number for automatic choice, whatever its address. Linux, as recorded.
 */
export function pickForConnect(kernel: Kernel, socket: SocketId, peer: Peer): number | undefined {
  const { world } = kernel;
  const host = hostOf(world, socket);
  const isSuitable = (port: number) => {
    for (const holder of world.holders.of(host, PROTOCOL_NUMBERS.tcp, port, port))
      if (world.sockets.portOrigin.get(holder) !== 'connect') return false;
    const tuple = { ...peer, localPort: port };
    const other = holderOf(kernel, socket, tuple);
    return other === undefined || isRecyclable(kernel, other, peer);
  };
  const port = pickPort(world, host, socket, { purpose: 'connect', peer, isSuitable });
  const old = port === undefined ? undefined : holderOf(kernel, socket, { ...peer, localPort: port });
  if (old !== undefined) release(kernel, old);
  return port;
}

/** Is there another socket with exactly these four numbers? */
export function isTaken(kernel: Kernel, socket: SocketId, tuple: FourTuple): boolean {
  return holderOf(kernel, socket, tuple) !== undefined;
}

/** An own port that was bound by number may take over its TIME-WAIT at once, if timestamps tell old from new. */
export function recycleTimeWait(kernel: Kernel, socket: SocketId, tuple: FourTuple): void {
  const { world } = kernel;
  const old = holderOf(kernel, socket, tuple);
  if (old === undefined || world.sockets.state.get(old) !== 'TIME-WAIT') return;
  const isExplicit = world.sockets.portOrigin.get(socket) !== 'connect';
  if (isExplicit && sysctl(world, hostOf(world, socket), 'net.ipv4.tcp_timestamps') !== 0)
    release(kernel, old);
}

/** `tcp_tw_reuse`: 1 always, 2 over loopback only; with timestamps, and not before a second has gone by. RFC 6191. */
function isRecyclable(kernel: Kernel, other: SocketId, peer: Peer): boolean {
  const { world } = kernel;
  if (world.sockets.state.get(other) !== 'TIME-WAIT') return false;
  const host = hostOf(world, other);
  const reuse = sysctl(world, host, 'net.ipv4.tcp_tw_reuse');
  const isAllowed = reuse === 1 || (reuse === 2 && kindOf(peer.remoteAddress) === 'loopback');
  if (!isAllowed || sysctl(world, host, 'net.ipv4.tcp_timestamps') === 0) return false;
  const connection = world.sockets.connection.get(other);
  if (!connection) return false;
  const began = world.connections.expires.get(connection) - timeWaitNanos(kernel, host);
  return world.run.now.get(runOf(world)) - began > 1e9;
}

function holderOf(kernel: Kernel, socket: SocketId, tuple: FourTuple): SocketId | undefined {
  // Linux: four numbers are the same only by the same interface; who is tied to another one is not in the way.
  const device = kernel.world.sockets.device.get(socket);
  const found = findSocket(kernel.world, hostOf(kernel.world, socket), 'tcp', tuple, device);
  return found !== undefined && found.rule === 'exact' && found.socket !== socket ? found.socket : undefined;
}
