// SYN cookies: a listener whose half-open queue is full answers without keeping anything, and knows its own answer again
// by the number that comes back; two bits of it remember about how large the caller's segments may be. RFC 4987 §3.6; when Linux does so: as recorded (`net.ipv4.tcp_syncookies`).
import { NO_BYTES } from '../wire/bytes.js';
import { ACK, SYN, type TcpSegment } from '../wire/packet.js';
import { plus } from '../wire/sequence.js';
import type { Kernel } from '../world/kernel.js';
import { hostOf } from '../world/sockets.js';
import { sysctl } from '../world/sysctls.js';
import type { SocketId } from '../world/tables.js';
import { segmentSizeHere } from './segment-size.js';
import { RECEIVE_WINDOW } from './window.js';

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
    sequence: cookieOf(syn, syn.sequence, sizeIndexOf(syn)),
    acknowledgment: plus(syn.sequence, 1),
    flags: SYN | ACK,
    window: RECEIVE_WINDOW,
    mss: segmentSizeHere(kernel.world, hostOf(kernel.world, listener), syn.destination, syn.source),
    payload: NO_BYTES,
  };
  kernel.transmit(hostOf(kernel.world, listener), segment, {});
}

/** Does this segment acknowledge a cookie of ours? Its own sequence number is one after that of the SYN. */
export function bringsCookie(segment: TcpSegment): boolean {
  const number = plus(segment.acknowledgment, -1);
  return number === cookieOf(segment, plus(segment.sequence, -1), number & 3);
}

/** The segment size that the cookie remembers. */
export function sizeInCookie(segment: TcpSegment): number | undefined {
  return SIZES[segment.source.includes(':') ? 6 : 4][plus(segment.acknowledgment, -1) & 3];
}

/** The largest of four that the caller's SYN allows. Linux: msstab of syncookies.c, for IPv4 and IPv6. */
const SIZES = { 4: [536, 1300, 1440, 1460], 6: [1220, 1420, 1440, 8940] } as const;

function sizeIndexOf({ source, mss = 0 }: TcpSegment): number {
  const fitting = SIZES[source.includes(':') ? 6 : 4].filter((size) => size <= mss);
  return Math.max(0, fitting.length - 1);
}

/** A keyed hash in a real system; here a fixed one, since nobody in the simulator forges numbers. */
function cookieOf(segment: TcpSegment, initial: number, sizeIndex: number): number {
  let hash = 0x811c9dc5; // FNV-1a
  const { source, sourcePort, destination, destinationPort } = segment;
  for (const text of [source, `${sourcePort}`, destination, `${destinationPort}`, `${initial}`])
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return ((hash & ~3) | sizeIndex) >>> 0;
}
