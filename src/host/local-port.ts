// The local port of a TCP connect(): which numbers give a four-tuple that is new, and when a TIME-WAIT may be reused.
import { findSocket } from '../demux/find.js';
import { pickPort } from '../ports/ephemeral.js';
import { takeOver } from '../tcp/reopen.js';
import { rulesOf } from '../tcp/rules.js';
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
  return pickPort(world, host, socket, { purpose: 'connect', peer, isSuitable });
}

/** Is there another socket with exactly these four numbers? */
export function isTaken(kernel: Kernel, socket: SocketId, tuple: FourTuple): boolean {
  return holderOf(kernel, socket, tuple) !== undefined;
}

/**
 * Ends an own TIME-WAIT that has these four numbers, if it may be: gives the initial number for the connection that takes
 * over. A port that the socket held before may do so at once, one that connect() has picked was asked for already.
 */
export function recycleTimeWait(kernel: Kernel, socket: SocketId, tuple: FourTuple): number | undefined {
  const old = holderOf(kernel, socket, tuple);
  if (old === undefined || !mayCallFrom(kernel, old)) return undefined;
  return takeOver(kernel, old);
}

/** A TIME-WAIT, on a system that calls from there while timestamps tell old from new. */
function mayCallFrom({ world }: Kernel, old: SocketId): boolean {
  const host = hostOf(world, old);
  return (
    world.sockets.state.get(old) === 'TIME-WAIT' &&
    rulesOf(world, host).callsFromTimeWait &&
    sysctl(world, host, 'net.ipv4.tcp_timestamps') !== 0
  );
}

/** `tcp_tw_reuse`: 1 always, 2 over loopback only; and not before a second has gone by. RFC 6191. */
function isRecyclable(kernel: Kernel, other: SocketId, peer: Peer): boolean {
  const { world } = kernel;
  if (!mayCallFrom(kernel, other)) return false;
  const host = hostOf(world, other);
  const reuse = sysctl(world, host, 'net.ipv4.tcp_tw_reuse');
  const isAllowed = reuse === 1 || (reuse === 2 && kindOf(peer.remoteAddress) === 'loopback');
  if (!isAllowed) return false;
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
