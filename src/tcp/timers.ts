// A connection's one timer: retransmission while something is unacknowledged, 2 MSL in TIME-WAIT. RFC 9293 §3.8.1,
// §3.4.2; RFC 6298 §5. The event number in the row says which timer counts. What happens when it goes off: expire.ts.
import type { Nanos } from '../base/time.js';
import type { Kernel, Settings } from '../world/kernel.js';
import { hostOf, runOf } from '../world/sockets.js';
import type { ConnectionId, HostId, SocketState } from '../world/tables.js';

/** How long to wait after `retries` retransmissions, and how many there are before the connection is given up. */
interface RetryPlan {
  readonly delayNanos: (retries: number, settings: Settings) => Nanos;
  readonly limit: (settings: Settings) => number;
}

/** Linux `tcp_syn_linear_timeouts`: the first retries of a SYN come one RTO apart, then the wait doubles. */
const LINEAR_RETRIES = 4;
const SYN_PLAN: RetryPlan = {
  delayNanos: (retries, { rtoNanos }) => rtoNanos * 2 ** Math.max(0, retries - LINEAR_RETRIES),
  limit: ({ synRetries }) => synRetries + LINEAR_RETRIES,
};
/** RFC 6298 §5.5: the timeout doubles. Linux `tcp_synack_retries` = 5, about 63 s. */
const SYN_ACK_PLAN: RetryPlan = {
  delayNanos: (retries, { rtoNanos }) => rtoNanos * 2 ** retries,
  limit: () => 5,
};
/** Once a round trip has been measured Linux waits 200 ms at least (TCP_RTO_MIN), and tries an orphan's FIN 8 times. */
const FIN_PLAN: RetryPlan = {
  delayNanos: (retries) => RTO_MIN_NANOS * 2 ** retries,
  limit: () => 8,
};
const RTO_MIN_NANOS = 200e6;

/** By state: a SYN has more patience than the rest. */
export function planFor(state: SocketState): RetryPlan {
  if (state === 'SYN-SENT') return SYN_PLAN;
  return state === 'SYN-RECEIVED' ? SYN_ACK_PLAN : FIN_PLAN;
}

/** `after`: not the plan's delay but this one. */
export function startRetransmission(kernel: Kernel, connection: ConnectionId, after?: Nanos): void {
  const { connections, sockets } = kernel.world;
  const socket = connections.socket.get(connection);
  if (!socket) return;
  const plan = planFor(sockets.state.get(socket));
  start(kernel, connection, after ?? plan.delayNanos(connections.retries.get(connection), kernel.settings));
}

/** RFC 9293 §3.4.2: 2 MSL from now, anew each time it is asked. */
export function startTimeWait(kernel: Kernel, connection: ConnectionId): void {
  const socket = kernel.world.connections.socket.get(connection);
  if (socket) start(kernel, connection, timeWaitNanos(kernel, hostOf(kernel.world, socket)));
}

/** How long TIME-WAIT lasts on a host: its system's own length, else 2 MSL of the run. */
export function timeWaitNanos(kernel: Kernel, host: HostId): Nanos {
  return kernel.world.hosts.timeWait.get(host) || 2 * kernel.settings.mslNanos;
}

/** Linux `tcp_fin_timeout`: how long an orphan waits in FIN-WAIT-2 for a FIN that may never come. */
export function startOrphanTimer(kernel: Kernel, connection: ConnectionId): void {
  start(kernel, connection, FIN_TIMEOUT_NANOS);
}
const FIN_TIMEOUT_NANOS: Nanos = 60e9;

export function stopTimer(kernel: Kernel, connection: ConnectionId): void {
  kernel.world.connections.timer.set(connection, 0);
  kernel.world.connections.retries.set(connection, 0);
}

function start(kernel: Kernel, connection: ConnectionId, after: Nanos): void {
  const { connections, run } = kernel.world;
  connections.timer.set(connection, kernel.setTimer(connection, after));
  connections.expires.set(connection, run.now.get(runOf(kernel.world)) + after);
}
