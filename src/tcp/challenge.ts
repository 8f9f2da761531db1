// The answer to something unacceptable: an ACK that says where we stand. RFC 9293 §3.10.7.4 first, RFC 5961 §3 to §5.
// Not too often, RFC 5961 §7: two halves that have lost each other would answer each other's answers for ever.
import { NO_BYTES } from '../wire/bytes.js';
import { ACK, has, RST, SYN, sequenceLength, type TcpSegment } from '../wire/packet.js';
import type { Kernel } from '../world/kernel.js';
import { runOf } from '../world/sockets.js';
import type { SocketId } from '../world/tables.js';
import { connectionOf, transmit } from './send.js';

/** Linux `tcp_invalid_ratelimit`: at most one in 500 ms. */
const LEAST_PAUSE = 500e6;
/** So many in a row are as on Linux; then the pause doubles, up to 32 s. */
const USUAL = 8;
const MOST_DOUBLINGS = 6;

/**
 * What carries text or a FIN is always answered: it comes by a timer and ends with it (Linux tcp_oow_rate_limited). Differs:
 * the pause grows while nothing in order comes between, so that the exchange ends also over very slow links.
 */
export function challenge(kernel: Kernel, socket: SocketId, segment: TcpSegment): void {
  const { connections, run } = kernel.world;
  const connection = connectionOf(kernel, socket);
  const now = run.now.get(runOf(kernel.world));
  const isPaced = sequenceLength(segment) === 0 || has(segment, SYN) || has(segment, RST);
  const count = connections.challenges.get(connection);
  if (isPaced) {
    const pause = LEAST_PAUSE * 2 ** Math.min(Math.max(0, count - USUAL), MOST_DOUBLINGS);
    if (count > 0 && now - connections.challengedAt.get(connection) < pause) return;
    connections.challengedAt.set(connection, now);
    connections.challenges.set(connection, count + 1);
  }
  transmit(kernel, socket, ACK, connections.sendNext.get(connection), NO_BYTES, { why: 'challenge' });
}
