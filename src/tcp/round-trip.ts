// How long a round trip takes, and so how long to wait for an answer: RFC 6298. One segment is timed at a time; one that
// was sent twice tells nothing (Karn, §3). Timers are set in timers.ts.
import type { Nanos } from '../base/time.js';
import type { TcpSegment } from '../wire/packet.js';
import { isBefore } from '../wire/sequence.js';
import type { Kernel } from '../world/kernel.js';
import { hostOf, runOf } from '../world/sockets.js';
import type { ConnectionId, HostId, SocketId } from '../world/tables.js';
import { rulesOf } from './rules.js';

/** RFC 6298 §5.7: what a connection starts with whose SYN had to be sent again. */
const AFTER_LOST_SYN: Nanos = 3e9;
/** RFC 6298 §2.4: 60 s at least; Linux TCP_RTO_MAX. */
export const LONGEST_TIMEOUT: Nanos = 120e9;

/** An ACK of something new: if it covers the segment that is being timed, its round trip counts. RFC 6298 §2.2, §2.3. */
export function measureRoundTrip(kernel: Kernel, connection: ConnectionId, segment: TcpSegment): void {
  const { connections, run } = kernel.world;
  const smoothed = connections.smoothedRoundTrip.get(connection);
  const isTimed = connections.isTimed.get(connection);
  if (isTimed && !isBefore(connections.timedSequence.get(connection), segment.acknowledgment)) return;
  if (!isTimed) {
    if (smoothed === 0 && connections.roundTripVariation.get(connection) === 0)
      connections.roundTripVariation.set(connection, AFTER_LOST_SYN);
    return;
  }
  connections.isTimed.set(connection, false);
  // Over the loopback interface no time passes; a nanosecond, so that it counts as measured.
  const measured = Math.max(1, run.now.get(runOf(kernel.world)) - connections.timedSince.get(connection));
  if (smoothed === 0) {
    connections.smoothedRoundTrip.set(connection, measured);
    connections.roundTripVariation.set(connection, Math.round(measured / 2));
    return;
  }
  const variation = connections.roundTripVariation.get(connection);
  connections.roundTripVariation.set(
    connection,
    Math.round(0.75 * variation + 0.25 * Math.abs(smoothed - measured)),
  );
  connections.smoothedRoundTrip.set(connection, Math.round(0.875 * smoothed + 0.125 * measured));
}

/** Something is sent a second time: an answer to it would not say to which. */
export function stopTiming({ world: { connections } }: Kernel, connection: ConnectionId): void {
  connections.isTimed.set(connection, false);
}

/** RTO after so many doublings; before the first measurement the run's own first timeout. RFC 6298 §2, §5.5. */
export function timeoutOf(
  kernel: Kernel,
  socket: SocketId,
  connection: ConnectionId,
  doublings: number,
): Nanos {
  const { world } = kernel;
  const rules = rulesOf(world, hostOf(world, socket));
  const smoothed = world.connections.smoothedRoundTrip.get(connection);
  const variation = world.connections.roundTripVariation.get(connection);
  const { leastTimeout, leastTimeoutIsVariation } = rules;
  let base = variation === 0 ? firstTimeout(kernel, hostOf(world, socket)) : variation;
  if (smoothed > 0)
    base = leastTimeoutIsVariation
      ? smoothed + Math.max(leastTimeout, 4 * variation)
      : Math.max(leastTimeout, smoothed + 4 * variation);
  return Math.min(LONGEST_TIMEOUT, base * 2 ** Math.min(doublings, 30));
}

/** Before a round trip was measured: the host's own first timeout, or the run's. RFC 6298 §2.1. */
export function firstTimeout({ world, settings }: Kernel, host: HostId): Nanos {
  return world.hosts.firstTimeout.get(host) || settings.rtoNanos;
}
