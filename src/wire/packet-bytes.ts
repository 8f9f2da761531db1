// A whole packet as bytes and back: IP header, TCP, UDP or ICMP header, payload. Bytes are made when somebody looks (a
// capture, the header panel); the simulator itself passes values. Header by header, field by field: read-headers.ts.
import { type Bytes, NO_BYTES } from './bytes.js';
import { checksumOf, putWord, sumWords } from './checksum.js';
import { byteOf, readHeader, writeHeader } from './header.js';
import { errorKindOf, ICMP_ERRORS, ICMP_HEADER, ICMP_SIZE, LONGEST_ERROR } from './icmp-bytes.js';
import {
  IP_PROTOCOLS,
  IPV4_HEADER,
  IPV4_SIZE,
  IPV6_HEADER,
  IPV6_SIZE,
  ttlTowards,
  writeIpHeader,
} from './ip-bytes.js';
import type { IcmpError, Packet } from './packet.js';
import { readTcpHeader, TCP_HEADER, TCP_SIZE, tcpHeaderSize, writeTcpHeader } from './tcp-bytes.js';
import { UDP_HEADER, UDP_SIZE, writeUdpHeader } from './udp-bytes.js';

/** Source and destination are of one family. Equal packets give equal bytes. */
export function encodePacket(packet: Packet): Uint8Array {
  const isV6 = packet.source.includes(':');
  const start = isV6 ? IPV6_SIZE : IPV4_SIZE;
  const quoted = packet.protocol === 'icmp' ? quote(packet, start) : undefined;
  const payload = packet.protocol === 'icmp' ? NO_BYTES : packet.payload;
  const length = headerSize(packet) + (quoted?.length ?? payload.length);
  const bytes = new Uint8Array(start + length);
  const protocol = packet.protocol === 'icmp' && isV6 ? 'icmpv6' : packet.protocol;
  writeIpHeader(packet, IP_PROTOCOLS[protocol], length, bytes);
  if (packet.protocol === 'tcp') writeTcpHeader(packet, bytes, start);
  else if (packet.protocol === 'udp') writeUdpHeader(packet, bytes, start);
  else {
    const { type, code } = ICMP_ERRORS[packet.error][isV6 ? 'v6' : 'v4'];
    writeHeader(ICMP_HEADER, { type, code, checksum: 0, unused: 0 }, bytes, start);
  }
  const behind = start + headerSize(packet);
  if (quoted !== undefined) bytes.set(quoted, behind);
  for (let at = 0; at < payload.length; at++) bytes[behind + at] = payload.charCodeAt(at);
  const version = isV6 ? 'v6' : 'v4';
  fillChecksum(bytes, { version, protocol: IP_PROTOCOLS[protocol], start, end: bytes.length });
  return bytes;
}

/** How many bytes `encodePacket` gives. */
export function sizeOfPacket(packet: Packet): number {
  if (packet.protocol === 'icmp') return encodePacket(packet).length;
  const start = packet.source.includes(':') ? IPV6_SIZE : IPV4_SIZE;
  return start + headerSize(packet) + packet.payload.length;
}

/** The packet that bytes stand for; undefined if they are none, or of a kind that is not told here. Checksums are not looked at. */
export function decodePacket(bytes: Uint8Array): Packet | undefined {
  const carried = carriedBy(bytes);
  if (carried === undefined || carried.end > bytes.length) return undefined;
  return decodeCarried(bytes, carried);
}

/** Where an IP packet's payload lies: of its protocol, from byte `start` up to `end`, as its header says. */
export interface Carried {
  readonly version: 'v4' | 'v6';
  readonly protocol: number;
  readonly start: number;
  readonly end: number;
  readonly source: string;
  readonly destination: string;
  readonly ttl: number;
}

type Covered = Pick<Carried, 'version' | 'protocol' | 'start' | 'end'>;

/** Undefined if no whole IP header is there. */
export function carriedBy(bytes: Uint8Array): Carried | undefined {
  const version = (bytes[0] ?? 0) >> 4;
  if (version === 4 && bytes.length >= IPV4_SIZE) {
    const values = readHeader(IPV4_HEADER, bytes);
    const start = 4 * values['header length'];
    const end = values['total length'];
    const { protocol, source, destination, 'time to live': ttl } = values;
    if (start < IPV4_SIZE || end < start) return undefined;
    return { version: 'v4', protocol, start, end, source, destination, ttl };
  }
  if (version === 6 && bytes.length >= IPV6_SIZE) {
    const values = readHeader(IPV6_HEADER, bytes);
    const { source, destination, 'hop limit': ttl, 'next header': protocol } = values;
    const end = IPV6_SIZE + values['payload length'];
    return { version: 'v6', protocol, start: IPV6_SIZE, end, source, destination, ttl };
  }
  return undefined;
}

const CHECKSUM_PLACES = {
  tcp: byteOf(TCP_HEADER, 'checksum'),
  udp: byteOf(UDP_HEADER, 'checksum'),
  icmp: byteOf(ICMP_HEADER, 'checksum'),
};

/** Byte of the checksum of what an IP packet carries, from the packet's first; undefined for a protocol not known here. */
export function checksumPlace({ protocol, start }: Covered): number | undefined {
  switch (protocol) {
    case IP_PROTOCOLS.tcp:
      return start + CHECKSUM_PLACES.tcp;
    case IP_PROTOCOLS.udp:
      return start + CHECKSUM_PLACES.udp;
    case IP_PROTOCOLS.icmp:
    case IP_PROTOCOLS.icmpv6:
      return start + CHECKSUM_PLACES.icmp;
    default:
      return undefined;
  }
}

/**
 * Sum over all that the checksum covers: header and payload, and before them the addresses, the length and the protocol
 * (RFC 9293 §3.1, RFC 768, RFC 8200 §8.1), except for ICMP of IPv4, which covers itself alone.
 */
export function sumCovered(bytes: Uint8Array, { version, protocol, start, end }: Covered): number {
  const sum = sumWords(bytes, start, end);
  if (protocol === IP_PROTOCOLS.icmp) return sum;
  const [from, to] = version === 'v4' ? [IPV4_ADDRESSES, IPV4_SIZE] : [IPV6_ADDRESSES, IPV6_SIZE];
  return sumWords(bytes, from, to, sum + (end - start) + protocol); // two more words: lengths are below 2^16
}
const IPV4_ADDRESSES = byteOf(IPV4_HEADER, 'source');
const IPV6_ADDRESSES = byteOf(IPV6_HEADER, 'source');

/** Puts the right checksum into a TCP, UDP or ICMP header. UDP sends a computed 0 as 65535, RFC 768: 0 says "none". */
export function fillChecksum(bytes: Uint8Array, carried: Covered | undefined = carriedBy(bytes)): void {
  const place = carried && checksumPlace(carried);
  if (carried === undefined || place === undefined) return;
  putWord(bytes, place, 0);
  const checksum = checksumOf(sumCovered(bytes, carried));
  putWord(bytes, place, carried.protocol === IP_PROTOCOLS.udp && checksum === 0 ? 0xffff : checksum);
}

function headerSize(packet: Packet): number {
  if (packet.protocol === 'tcp') return tcpHeaderSize(packet);
  return packet.protocol === 'udp' ? UDP_SIZE : ICMP_SIZE;
}

function quote(error: IcmpError, start: number): Uint8Array {
  const longest = LONGEST_ERROR[error.source.includes(':') ? 'v6' : 'v4'];
  return encodePacket(error.quoted).subarray(0, longest - start - ICMP_SIZE);
}

/** Of a packet that was cut (`end` lies behind the bytes) the payload is what there is of it. */
function decodeCarried(bytes: Uint8Array, carried: Carried): Packet | undefined {
  const { version, protocol, start, source, destination, ttl } = carried;
  const end = Math.min(carried.end, bytes.length);
  const addressed = { source, destination, ...(ttl === ttlTowards(destination) ? {} : { ttl }) };
  if (protocol === IP_PROTOCOLS.tcp && end >= start + TCP_SIZE) {
    const { size, ...values } = readTcpHeader(bytes, start);
    if (size < TCP_SIZE || start + size > end) return undefined;
    return { protocol: 'tcp', ...addressed, ...values, payload: textOf(bytes, start + size, end) };
  }
  if (protocol === IP_PROTOCOLS.udp && end >= start + UDP_SIZE) {
    const values = readHeader(UDP_HEADER, bytes, start);
    if (values.length < UDP_SIZE || start + values.length > carried.end) return undefined;
    const ports = { sourcePort: values['source port'], destinationPort: values['destination port'] };
    const payload = textOf(bytes, start + UDP_SIZE, Math.min(end, start + values.length));
    return { protocol: 'udp', ...addressed, ...ports, payload };
  }
  const isError = protocol === (version === 'v4' ? IP_PROTOCOLS.icmp : IP_PROTOCOLS.icmpv6);
  if (!isError || end < start + ICMP_SIZE) return undefined;
  const { type, code } = readHeader(ICMP_HEADER, bytes, start);
  const error = errorKindOf(version, type, code);
  const inner = bytes.subarray(start + ICMP_SIZE, end);
  const about = carriedBy(inner);
  const quoted = about && decodeCarried(inner, about);
  if (error === undefined || quoted === undefined || quoted.protocol === 'icmp') return undefined;
  return { protocol: 'icmp', ...addressed, error, quoted };
}

function textOf(bytes: Uint8Array, from: number, to: number): Bytes {
  let text = '';
  for (let at = from; at < to; at++) text += String.fromCharCode(bytes[at] ?? 0);
  return text as Bytes;
}
