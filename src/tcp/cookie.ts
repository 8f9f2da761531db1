// SYN cookies: a listener whose half-open queue is full answers without keeping anything, and knows its own answer again
// by the number that comes back. RFC 4987 §3.6; when Linux does so: as recorded (`net.ipv4.tcp_syncookies`).
import { NO_BYTES } from '../wire/bytes.js';
import { ACK, SYN, type TcpSegment } from '../wire/packet.js';
import { plus } from '../wire/sequence.js';
import type { Kernel } from '../world/kernel.js';
import { hostOf } from '../world/sockets.js';
import { sysctl } from '../world/sysctls.js';
import type { SocketId } from '../world/tables.js';
import { RECEIVE_WINDOW, segmentSizeTo } from './window.js';

export function usesCookies(kernel: Kernel, listener: SocketId): boolean {
  return sysctl(kernel.world, hostOf(kernel.world, listener), 'net.ipv4.tcp_syncookies') !== 0;
}

/** The SYN-ACK whose sequence number is all that remains of the SYN. */
export function answerWithCookie(kernel: Kernel, listener: SocketId, syn: TcpSegment): void {
  const segment: TcpSegment = {
    protocol: 'tcp',
    source: syn.destination,
    sourcePort: syn.destinationPort,
    destination: syn.source,
    destinationPort: syn.sourcePort,
    sequence: cookieOf(syn, syn.sequence),
    acknowledgment: plus(syn.sequence, 1),
    flags: SYN | ACK,
    window: RECEIVE_WINDOW,
    mss: segmentSizeTo(syn.source),
    payload: NO_BYTES,
  };
  kernel.transmit(hostOf(kernel.world, listener), segment, {});
}

/** Does this segment acknowledge a cookie of ours? Its own sequence number is one after that of the SYN. */
export function bringsCookie(segment: TcpSegment): boolean {
  return plus(segment.acknowledgment, -1) === cookieOf(segment, plus(segment.sequence, -1));
}

/** A keyed hash in a real system; here a fixed one, since nobody in the simulator forges numbers. */
function cookieOf(segment: TcpSegment, initial: number): number {
  let hash = 0x811c9dc5; // FNV-1a
  const { source, sourcePort, destination, destinationPort } = segment;
  for (const text of [source, `${sourcePort}`, destination, `${destinationPort}`, `${initial}`])
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
