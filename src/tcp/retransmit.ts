// What is sent although nothing new is to be said: the first unacknowledged segment once more, a question to a closed
// window, a question to a silent peer. When: expire.ts for timers, acknowledge.ts for ACKs.
import { NO_BYTES } from '../wire/bytes.js';
import { ACK, FIN, PSH, SYN } from '../wire/packet.js';
import { plus } from '../wire/sequence.js';
import type { SendReason } from '../world/facts.js';
import type { Kernel } from '../world/kernel.js';
import { hostOf } from '../world/sockets.js';
import type { SocketId } from '../world/tables.js';
import { readOutgoing, sendNextFin, sendNextText, sentCount, unsentCount, usableWindow } from './outgoing.js';
import { stopTiming } from './round-trip.js';
import { rulesOf } from './rules.js';
import { connectionOf, transmit } from './send.js';
import { startKeepalive, startPersist, startRetransmission } from './timers.js';

/** A timeout: the first unacknowledged segment again, and a longer wait. RFC 6298 §5.4 to §5.6. */
export function resend(kernel: Kernel, socket: SocketId): void {
  const { connections } = kernel.world;
  const connection = connectionOf(kernel, socket);
  connections.retries.add(connection, 1);
  connections.isRecovering.set(connection, true);
  connections.recover.set(connection, connections.sendNext.get(connection));
  resendFirst(kernel, socket);
  startRetransmission(kernel, connection);
}

/** The segment at SND.UNA: a SYN or SYN-ACK, text with as much as one segment holds, or the FIN, alone or after the text. */
export function resendFirst(kernel: Kernel, socket: SocketId, why?: SendReason): void {
  const { world } = kernel;
  const { connections, sockets } = world;
  const connection = connectionOf(kernel, socket);
  const first = connections.sendUnacknowledged.get(connection);
  const origin = { isRetry: true, ...(why === undefined ? {} : { why }) };
  stopTiming(kernel, connection);
  if (first === connections.initialSend.get(connection)) {
    const flags = sockets.state.get(socket) === 'SYN-SENT' ? SYN : SYN | ACK;
    return transmit(kernel, socket, flags, first, NO_BYTES, origin);
  }
  const sent = sentCount(world, connection);
  const length = Math.min(sent, connections.segmentSize.get(connection));
  const isEnd = length === sent;
  const fin = isEnd && connections.isFinSent.get(connection) ? FIN : 0;
  const push = isEnd && length > 0 ? PSH : 0;
  transmit(kernel, socket, ACK | push | fin, first, readOutgoing(world, connection, 0, length), origin);
}

/** The SYN-ACK once more, without counting: its SYN came again. */
export function repeatSynAck(kernel: Kernel, socket: SocketId): void {
  const connection = connectionOf(kernel, socket);
  const initial = kernel.world.connections.initialSend.get(connection);
  stopTiming(kernel, connection);
  transmit(kernel, socket, SYN | ACK, initial, NO_BYTES, { isRetry: true });
}

/**
 * The window has been closed for a while. What fits goes; else a question: an old number without text (Linux), or the next
 * byte (RFC 9293 §3.8.6.1), which the peer need not take.
 */
export function probeWindow(kernel: Kernel, socket: SocketId): void {
  const { world } = kernel;
  const { connections } = world;
  const connection = connectionOf(kernel, socket);
  const unsent = unsentCount(world, connection);
  connections.retries.add(connection, 1);
  const usable = usableWindow(world, connection);
  const isByteSent = usable > 0 || !rulesOf(world, hostOf(world, socket)).probesWithoutText;
  if (isByteSent && unsent > 0) return sendNextText(kernel, socket, Math.min(unsent, Math.max(1, usable)));
  if (isByteSent) return sendNextFin(kernel, socket);
  const old = plus(connections.sendUnacknowledged.get(connection), -1);
  transmit(kernel, socket, ACK, old, NO_BYTES, { why: 'window-probe' });
  startPersist(kernel, socket);
}

/** RFC 9293 §3.8.4: a number that the peer has had already, so that it must answer if it is there. */
export function probePeer(kernel: Kernel, socket: SocketId): void {
  const { connections } = kernel.world;
  const connection = connectionOf(kernel, socket);
  connections.retries.add(connection, 1);
  const old = plus(connections.sendNext.get(connection), -1);
  transmit(kernel, socket, ACK, old, NO_BYTES, { why: 'keepalive' });
  startKeepalive(kernel, socket, connection);
}
