// A connection's one timer and what it is for: something is unacknowledged, the peer's window is closed, the peer is silent,
// or an end that time brings (2 MSL, an orphan in FIN-WAIT-2). RFC 9293 §3.8.1, §3.8.4, §3.8.6.1, §3.4.2; RFC 6298 §5.
// The event number in the row says which timer counts. What happens when it goes off: expire.ts.
import type { Nanos } from '../base/time.js';
import type { Kernel } from '../world/kernel.js';
import { hasOption } from '../world/options.js';
import { hostOf, runOf } from '../world/sockets.js';
import { sysctl } from '../world/sysctls.js';
import type { ConnectionId, HostId, SocketId, SocketState, World } from '../world/tables.js';
import { firstTimeout, timeoutOf } from './round-trip.js';

type Purpose = 'retransmission' | 'persist' | 'keepalive' | 'end';

/** How long to wait after `retries` retransmissions, and how many there are before an opening is given up. */
interface RetryPlan {
  readonly delayNanos: (retries: number, kernel: Kernel, host: HostId) => Nanos;
  readonly limit: (world: World, host: HostId) => number;
}

/** Linux `tcp_syn_linear_timeouts`: the first retries of a SYN come one RTO apart, then the wait doubles. */
const linearRetries = (world: World, host: HostId) => sysctl(world, host, 'net.ipv4.tcp_syn_linear_timeouts');
const SYN_PLAN: RetryPlan = {
  delayNanos: (retries, kernel, host) =>
    firstTimeout(kernel, host) * 2 ** Math.max(0, retries - linearRetries(kernel.world, host)),
  limit: (world, host) => sysctl(world, host, 'net.ipv4.tcp_syn_retries') + linearRetries(world, host),
};
/** RFC 6298 §5.5: the timeout doubles; about 63 s by Linux's default. */
const SYN_ACK_PLAN: RetryPlan = {
  delayNanos: (retries, kernel, host) => firstTimeout(kernel, host) * 2 ** retries,
  limit: (world, host) => sysctl(world, host, 'net.ipv4.tcp_synack_retries'),
};

/** Openings are repeated by a plan; a connection that stands goes by its round trips. */
export function planFor(state: SocketState): RetryPlan | undefined {
  if (state === 'SYN-SENT') return SYN_PLAN;
  return state === 'SYN-RECEIVED' ? SYN_ACK_PLAN : undefined;
}

/** Something is on its way. `after`: not the usual wait but this one. */
export function startRetransmission(kernel: Kernel, connection: ConnectionId, after?: Nanos): void {
  const { connections, sockets } = kernel.world;
  const socket = connections.socket.get(connection);
  if (!socket) return;
  const retries = connections.retries.get(connection);
  const plan = planFor(sockets.state.get(socket));
  const usual =
    plan?.delayNanos(retries, kernel, hostOf(kernel.world, socket)) ??
    timeoutOf(kernel, socket, connection, retries);
  start(kernel, connection, 'retransmission', within(kernel, socket, connection, after ?? usual));
}

/** RFC 6298 §5.1: a timer that runs already is left alone. */
export function startRetransmissionIfIdle(kernel: Kernel, connection: ConnectionId): void {
  const { timer, purpose } = kernel.world.connections;
  if (timer.get(connection) !== 0 && purpose.get(connection) === 'retransmission') return;
  startRetransmission(kernel, connection);
}

/** The window is closed and nothing is on its way that an ACK would come for: ask now and then. RFC 9293 §3.8.6.1. */
export function startPersist(kernel: Kernel, socket: SocketId): void {
  const { connections, sockets } = kernel.world;
  const connection = sockets.connection.get(socket);
  if (!connection) return;
  const isBusy = connections.sendUnacknowledged.get(connection) !== connections.sendNext.get(connection);
  const isRunning =
    connections.timer.get(connection) !== 0 && connections.purpose.get(connection) === 'persist';
  if (isBusy || isRunning) return;
  const wait = timeoutOf(kernel, socket, connection, connections.retries.get(connection));
  if (connections.retries.get(connection) === 0)
    connections.stalledSince.set(connection, kernel.world.run.now.get(runOf(kernel.world)));
  start(kernel, connection, 'persist', within(kernel, socket, connection, wait));
}

/** Nothing to send and nothing to wait for: only SO_KEEPALIVE still asks, after long silence. RFC 9293 §3.8.4. */
export function rest(kernel: Kernel, connection: ConnectionId): void {
  const { world } = kernel;
  const { connections, sockets } = world;
  const socket = connections.socket.get(connection);
  stopTimer(kernel, connection);
  if (!socket || !hasOption(world, socket, 'keepsAlive')) return;
  if (!['ESTABLISHED', 'CLOSE-WAIT', 'FIN-WAIT-2'].includes(sockets.state.get(socket))) return;
  startKeepalive(kernel, socket, connection);
}

/** The first question after `tcp_keepalive_time`, further ones `tcp_keepalive_intvl` apart. */
export function startKeepalive(kernel: Kernel, socket: SocketId, connection: ConnectionId): void {
  const { world } = kernel;
  const isFirst = world.connections.retries.get(connection) === 0;
  const name = isFirst ? 'net.ipv4.tcp_keepalive_time' : 'net.ipv4.tcp_keepalive_intvl';
  start(kernel, connection, 'keepalive', sysctl(world, hostOf(world, socket), name) * 1e9);
}

/** RFC 9293 §3.4.2: 2 MSL from now, anew each time it is asked. */
export function startTimeWait(kernel: Kernel, connection: ConnectionId): void {
  const socket = kernel.world.connections.socket.get(connection);
  if (socket) start(kernel, connection, 'end', timeWaitNanos(kernel, hostOf(kernel.world, socket)));
}

/** How long TIME-WAIT lasts on a host: its system's own length, else 2 MSL of the run. */
export function timeWaitNanos(kernel: Kernel, host: HostId): Nanos {
  return kernel.world.hosts.timeWait.get(host) || 2 * kernel.settings.mslNanos;
}

/** Linux `tcp_fin_timeout`: how long an orphan waits in FIN-WAIT-2 for a FIN that may never come. */
export function startOrphanTimer(kernel: Kernel, connection: ConnectionId): void {
  const socket = kernel.world.connections.socket.get(connection);
  if (!socket) return;
  const seconds = sysctl(kernel.world, hostOf(kernel.world, socket), 'net.ipv4.tcp_fin_timeout');
  start(kernel, connection, 'end', seconds * 1e9);
}

export function stopTimer(kernel: Kernel, connection: ConnectionId): void {
  const { timer, purpose, retries } = kernel.world.connections;
  timer.set(connection, 0);
  purpose.set(connection, 'none');
  retries.set(connection, 0);
}

/** TCP_USER_TIMEOUT ends the wait on time. */
function within(kernel: Kernel, socket: SocketId, connection: ConnectionId, wait: Nanos): Nanos {
  const { world } = kernel;
  const row = world.sockets.options.get(socket);
  const most = row ? world.options.userTimeout.get(row) : 0;
  if (most === 0) return wait;
  const waited = world.run.now.get(runOf(world)) - world.connections.stalledSince.get(connection);
  return Math.max(1, Math.min(wait, most - waited));
}

function start(kernel: Kernel, connection: ConnectionId, purpose: Purpose, after: Nanos): void {
  const { connections, run } = kernel.world;
  connections.timer.set(connection, kernel.setTimer(connection, after));
  connections.purpose.set(connection, purpose);
  connections.expires.set(connection, run.now.get(runOf(kernel.world)) + after);
}
