// The IP header as bytes: RFC 791 for IPv4, RFC 8200 for IPv6. What it carries is packet-bytes.ts.
// Textbook: nothing is ever fragmented here, so every IPv4 header says "don't fragment" and its identification, which then
// means nothing (RFC 6864 §4.1), is 0; no options, no extension headers, no traffic classes, no flow labels.
import { kindOf } from './address.js';
import { checksumOf, putWord, sumWords } from './checksum.js';
import { byteOf, sizeOf, writeHeader } from './header.js';
import { INITIAL_TTL, type Packet } from './packet.js';

export const IPV4_HEADER = [
  { name: 'version', bits: 4 },
  { name: 'header length', bits: 4 },
  { name: 'DSCP', bits: 6 },
  { name: 'ECN', bits: 2 },
  { name: 'total length', bits: 16 },
  { name: 'identification', bits: 16 },
  { name: 'reserved flag', bits: 1 },
  { name: 'DF', bits: 1 },
  { name: 'MF', bits: 1 },
  { name: 'fragment offset', bits: 13 },
  { name: 'time to live', bits: 8 },
  { name: 'protocol', bits: 8, asked: 'protocol' },
  { name: 'checksum', bits: 16 },
  { name: 'source', bits: 32, isAddress: true, asked: 'remoteAddress' },
  { name: 'destination', bits: 32, isAddress: true, asked: 'localAddress' },
] as const;

export const IPV6_HEADER = [
  { name: 'version', bits: 4 },
  { name: 'traffic class', bits: 8 },
  { name: 'flow label', bits: 20 },
  { name: 'payload length', bits: 16 },
  { name: 'next header', bits: 8, asked: 'protocol' },
  { name: 'hop limit', bits: 8 },
  { name: 'source', bits: 128, isAddress: true, asked: 'remoteAddress' },
  { name: 'destination', bits: 128, isAddress: true, asked: 'localAddress' },
] as const;

export const IPV4_SIZE = sizeOf(IPV4_HEADER);
export const IPV6_SIZE = sizeOf(IPV6_HEADER);

/** IANA, "Assigned Internet Protocol Numbers". */
export const IP_PROTOCOLS = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 } as const;

/** What a packet that does not say has: a group is left after one hop, RFC 1112 §6.1. */
export function ttlTowards(destination: string): number {
  return kindOf(destination) === 'multicast' ? 1 : INITIAL_TTL;
}

/** Writes the header of a packet with `length` bytes behind it at the start of `into`, its checksum too. */
export function writeIpHeader(
  { source, destination, ttl = ttlTowards(destination) }: Packet,
  protocol: number,
  length: number,
  into: Uint8Array,
): void {
  if (source.includes(':')) {
    const rest = { 'traffic class': 0, 'flow label': 0, 'payload length': length, 'hop limit': ttl };
    writeHeader(IPV6_HEADER, { version: 6, ...rest, 'next header': protocol, source, destination }, into);
    return;
  }
  const values = {
    version: 4,
    'header length': IPV4_SIZE / 4,
    DSCP: 0,
    ECN: 0,
    'total length': IPV4_SIZE + length,
    identification: 0,
    'reserved flag': 0,
    DF: 1,
    MF: 0,
    'fragment offset': 0,
    'time to live': ttl,
    protocol,
    checksum: 0,
    source,
    destination,
  };
  writeHeader(IPV4_HEADER, values, into);
  putWord(into, CHECKSUM, checksumOf(sumWords(into, 0, IPV4_SIZE)));
}
const CHECKSUM = byteOf(IPV4_HEADER, 'checksum');
