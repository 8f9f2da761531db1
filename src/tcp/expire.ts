// A connection's timer goes off: the end of TIME-WAIT, one more try, or the end of patience. How long it runs: timers.ts.
import type { Kernel } from '../world/kernel.js';
import type { ConnectionId } from '../world/tables.js';
import { advance } from './connection.js';
import { planFor } from './timers.js';

/** Does this event still count? Asked before a step is made of it. */
export function isTimerDue(kernel: Kernel, connection: number, event: number): boolean {
  const { connections } = kernel.world;
  return connections.rows.has(connection) && connections.timer.get(connection) === event;
}

export function timerFired(kernel: Kernel, connection: ConnectionId): void {
  const { connections, sockets } = kernel.world;
  const socket = connections.socket.get(connection);
  if (!socket) return;
  const state = sockets.state.get(socket);
  connections.timer.set(connection, 0);
  if (state === 'TIME-WAIT' || state === 'FIN-WAIT-2') return advance(kernel, socket, 'TIME_WAIT_TIMEOUT');
  const isGivenUp = connections.retries.get(connection) >= planFor(state).limit(kernel.settings);
  advance(kernel, socket, isGivenUp ? 'USER_TIMEOUT' : 'RETRANSMISSION_TIMEOUT');
}
