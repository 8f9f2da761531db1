// A connection's timer goes off: one more try, a question, the end of patience, the end of TIME-WAIT.
// How long each runs: timers.ts. What a try sends: retransmit.ts.
import type { Nanos } from '../base/time.js';
import type { Kernel } from '../world/kernel.js';
import { hostOf, runOf } from '../world/sockets.js';
import { sysctl } from '../world/sysctls.js';
import type { ConnectionId, SocketId } from '../world/tables.js';
import { advance } from './connection.js';
import type { TcpEvent } from './machine.js';
import { LONGEST_TIMEOUT } from './round-trip.js';
import { planFor } from './timers.js';

/** Does this event still count? Asked before a step is made of it. */
export function isTimerDue(kernel: Kernel, connection: number, event: number): boolean {
  const { connections } = kernel.world;
  return connections.rows.has(connection) && connections.timer.get(connection) === event;
}

export function timerFired(kernel: Kernel, connection: ConnectionId): void {
  const { connections } = kernel.world;
  const socket = connections.socket.get(connection);
  if (!socket) return;
  const purpose = connections.purpose.get(connection);
  connections.timer.set(connection, 0);
  connections.purpose.set(connection, 'none');
  advance(kernel, socket, eventFor(kernel, socket, connection, purpose));
}

function eventFor(kernel: Kernel, socket: SocketId, connection: ConnectionId, purpose: string): TcpEvent {
  if (purpose === 'end') return 'TIME_WAIT_TIMEOUT';
  if (isGivenUp(kernel, socket, connection, purpose)) return 'USER_TIMEOUT';
  if (purpose === 'persist') return 'PERSIST_TIMEOUT';
  return purpose === 'keepalive' ? 'KEEPALIVE_TIMEOUT' : 'RETRANSMISSION_TIMEOUT';
}

function isGivenUp(kernel: Kernel, socket: SocketId, connection: ConnectionId, purpose: string): boolean {
  const { world } = kernel;
  const { connections, sockets, options } = world;
  const host = hostOf(world, socket);
  const retries = connections.retries.get(connection);
  const now = world.run.now.get(runOf(world));
  const row = sockets.options.get(socket);
  const named = row ? options.userTimeout.get(row) : 0;
  const stalled = connections.stalledSince.get(connection);
  if (named > 0 && purpose !== 'keepalive') return now - stalled >= named;
  const plan = planFor(sockets.state.get(socket));
  if (plan !== undefined) return retries >= plan.limit(world, host);
  if (purpose === 'keepalive') return retries >= sysctl(world, host, 'net.ipv4.tcp_keepalive_probes');
  const isOrphan = sockets.descriptors.get(socket) === 0 && !sockets.isQueued.get(socket);
  const tries = isOrphan
    ? sysctl(world, host, 'net.ipv4.tcp_orphan_retries') || ORPHAN_RETRIES
    : sysctl(world, host, 'net.ipv4.tcp_retries2');
  // RFC 9293 §3.8.6.1: a closed window is no reason to give up while the peer answers.
  const isClosed = connections.sendWindow.get(connection) === 0 || purpose === 'persist';
  const since = isClosed ? Math.max(stalled, connections.heardAt.get(connection)) : stalled;
  return now - since >= patience(tries);
}
/** Linux tcp_orphan_retries(): 0 stands for this many. */
const ORPHAN_RETRIES = 8;

/**
 * How long so many tries take that begin at 200 ms and double up to 120 s: 15 are 924.6 s. RFC 9293 §3.8.3: R2, at least
 * 100 s. Linux counts time, not tries (retransmits_timed_out).
 */
function patience(tries: number): Nanos {
  const doublings = Math.floor(Math.log2(LONGEST_TIMEOUT / LEAST_WAIT));
  if (tries <= doublings) return (2 ** (tries + 1) - 1) * LEAST_WAIT;
  return (2 ** (doublings + 1) - 1) * LEAST_WAIT + (tries - doublings) * LONGEST_TIMEOUT;
}
const LEAST_WAIT: Nanos = 200e6; // TCP_RTO_MIN
