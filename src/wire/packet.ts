// What travels: TCP segments, UDP datagrams and ICMP errors as values, addresses as canonical text.
// Packets say source and destination; sockets say local and remote. `fourTupleOf` is the one place that turns one into
// the other. It knows no host; which socket takes a packet is ../demux/.
import type { Bytes } from './bytes.js';

export type Protocol = 'tcp' | 'udp';

interface Addressed {
  readonly source: string;
  readonly destination: string;
  /** Time to live, IPv6: hop limit, 1 to 255; absent: `INITIAL_TTL`. */
  readonly ttl?: number | undefined;
}
/** What a fresh packet may take in routers. Linux `ip_default_ttl`. */
export const INITIAL_TTL = 64;
interface Ported extends Addressed {
  /** 0 to 65535. */
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly payload: Bytes;
}

export interface TcpSegment extends Ported {
  readonly protocol: 'tcp';
  /** Sequence number of the first byte, or of SYN, or of FIN: 0 to 2^32-1. */
  readonly sequence: number;
  /** 0 without ACK. */
  readonly acknowledgment: number;
  readonly flags: TcpFlags;
  /** Receive window in bytes. */
  readonly window: number;
  /** The option of a SYN: how many bytes of text this side takes in one segment. RFC 9293 §3.7.1. */
  readonly mss?: number | undefined;
}
export interface UdpDatagram extends Ported {
  readonly protocol: 'udp';
}
/** RFC 792, RFC 4443: an error that quotes the packet it complains about. */
export interface IcmpError extends Addressed {
  readonly protocol: 'icmp';
  readonly error: IcmpErrorKind;
  readonly quoted: TcpSegment | UdpDatagram;
}
export const ICMP_ERROR_KINDS = [
  'port-unreachable',
  'host-unreachable',
  'net-unreachable',
  'admin-prohibited',
  'time-exceeded',
] as const;
export type IcmpErrorKind = (typeof ICMP_ERROR_KINDS)[number];
export type Packet = TcpSegment | UdpDatagram | IcmpError;

/** Flag bits in the order of the header, RFC 9293 §3.1. A set of them is their sum. */
export const FIN = 1;
export const SYN = 2;
export const RST = 4;
export const PSH = 8;
export const ACK = 16;
export type TcpFlags = number;

/** A SYN without ACK: the first segment of a conversation. */
export function isOpening(packet: Packet): boolean {
  return packet.protocol === 'tcp' && has(packet, SYN) && !has(packet, ACK);
}

export function has(segment: TcpSegment, flag: number): boolean {
  return (segment.flags & flag) !== 0;
}

/** Sequence numbers that a segment takes up: its bytes, and one each for SYN and FIN. RFC 9293 §3.4. */
export function sequenceLength(segment: TcpSegment): number {
  return segment.payload.length + (has(segment, SYN) ? 1 : 0) + (has(segment, FIN) ? 1 : 0);
}

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}
/** The four numbers from the packet's point of view. */
export interface Ends {
  readonly source: Endpoint;
  readonly destination: Endpoint;
}
export function endsOf(packet: TcpSegment | UdpDatagram): Ends {
  return {
    source: { address: packet.source, port: packet.sourcePort },
    destination: { address: packet.destination, port: packet.destinationPort },
  };
}

/** The ends of what goes the other way. */
export function reversed({ source, destination }: Ends): Ends {
  return { source: destination, destination: source };
}

export function isSameEndpoint(one: Endpoint, other: Endpoint): boolean {
  return one.address === other.address && one.port === other.port;
}

/** The same packet between other ends: what a router that translates makes of it. */
export function withEnds<Kind extends TcpSegment | UdpDatagram>(packet: Kind, ends: Ends): Kind {
  return {
    ...packet,
    source: ends.source.address,
    sourcePort: ends.source.port,
    destination: ends.destination.address,
    destinationPort: ends.destination.port,
  };
}

/** The four numbers from the receiver's point of view: local is where the packet goes, remote where it came from. */
export interface FourTuple {
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
}
export function fourTupleOf(packet: TcpSegment | UdpDatagram): FourTuple {
  return {
    localAddress: packet.destination,
    localPort: packet.destinationPort,
    remoteAddress: packet.source,
    remotePort: packet.sourcePort,
  };
}
