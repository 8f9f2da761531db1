// The answer to a segment that meets no connection, or acknowledges what was never sent: RST. RFC 9293 §3.10.7.1.
// No connection sends it, so it finds its own way back, or none: ../world/interfaces.ts.
import { NO_BYTES } from '../wire/bytes.js';
import { ACK, has, RST, sequenceLength, type TcpSegment } from '../wire/packet.js';
import { plus } from '../wire/sequence.js';
import { hasWayBack } from '../world/interfaces.js';
import type { Kernel, Origin } from '../world/kernel.js';
import type { HostId } from '../world/tables.js';

/** Sends the RST for a segment, if there is one and a way back; `device` as for `hasWayBack`. False: silence. */
export function reject(
  kernel: Kernel,
  host: HostId,
  segment: TcpSegment,
  device: string,
  origin: Origin = {},
): boolean {
  const answer = resetFor(segment);
  if (answer === undefined || !hasWayBack(kernel.world, host, segment, device)) return false;
  kernel.transmit(host, answer, origin);
  return true;
}

/** The RST for a segment; undefined for a RST, which is never answered. */
export function resetFor(segment: TcpSegment): TcpSegment | undefined {
  if (has(segment, RST)) return undefined;
  const hasAck = has(segment, ACK);
  return {
    protocol: 'tcp',
    source: segment.destination,
    sourcePort: segment.destinationPort,
    destination: segment.source,
    destinationPort: segment.sourcePort,
    // With an ACK the RST takes its number, so that the peer believes it; without one it acknowledges the segment.
    sequence: hasAck ? segment.acknowledgment : 0,
    acknowledgment: hasAck ? 0 : plus(segment.sequence, sequenceLength(segment)),
    flags: hasAck ? RST : RST | ACK,
    window: 0,
    payload: NO_BYTES,
  };
}
