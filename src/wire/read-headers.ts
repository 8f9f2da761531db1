// The headers of a packet's bytes, field by field: what the header panel shows and what a test holds against other tools.
// Field tables are the encoder's own (header.ts), so what is shown is what is sent. Whole packets: packet-bytes.ts.
import { isGoodSum, sumWords } from './checksum.js';
import { type Asked, type Field, fieldsOf, type Layout } from './header.js';
import { ICMP_HEADER, ICMP_SIZE } from './icmp-bytes.js';
import { IP_PROTOCOLS, IPV4_HEADER, IPV4_SIZE, IPV6_HEADER } from './ip-bytes.js';
import { type Carried, carriedBy, checksumPlace, sumCovered } from './packet-bytes.js';
import { readTcpHeader, TCP_HEADER, tcpOptions } from './tcp-bytes.js';
import { UDP_HEADER } from './udp-bytes.js';

/** `absent`: UDP over IPv4 without one (RFC 768). `illegal`: the same over IPv6 (RFC 8200 §8.1). `cut`: quoted in part. */
export type ChecksumStatus = 'good' | 'bad' | 'absent' | 'illegal' | 'cut';

export interface Header {
  readonly name: 'IPv4' | 'IPv6' | 'TCP' | 'UDP' | 'ICMP' | 'ICMPv6';
  /** Its first byte and its size, from the packet's first byte. */
  readonly start: number;
  readonly size: number;
  /** In order; offsets count from the header's first bit. `asked` is for the host that the packet arrives at. */
  readonly fields: readonly Field[];
  /** IPv6 has none. */
  readonly checksum: ChecksumStatus | undefined;
  /** It belongs to the packet that an ICMP error quotes. */
  readonly isQuoted: boolean;
}

/** From the outside in; empty if the bytes are no IP packet, and as far as they are known otherwise. */
export function readHeaders(bytes: Uint8Array): Header[] {
  const carried = carriedBy(bytes);
  if (carried === undefined) return [];
  const ip = ipHeader(bytes, carried);
  const inner = transportHeader(bytes, carried);
  if (inner === undefined) return [ip];
  if (inner.name !== 'ICMP' && inner.name !== 'ICMPv6') return [ip, inner];
  // An error finds its socket by what it quotes, so its own addresses are not asked for.
  const behind = inner.start + ICMP_SIZE;
  const outer = withAsked(ip, (asked) => (asked === 'protocol' ? asked : undefined));
  return [outer, inner, ...readHeaders(bytes.subarray(behind)).map((each) => quoted(each, behind))];
}

function ipHeader(bytes: Uint8Array, { version, start }: Carried): Header {
  const isV4 = version === 'v4';
  return {
    name: isV4 ? 'IPv4' : 'IPv6',
    start: 0,
    size: start,
    fields: fieldsOf(isV4 ? IPV4_HEADER : IPV6_HEADER, bytes),
    checksum: isV4 ? (isGoodSum(sumWords(bytes, 0, Math.max(start, IPV4_SIZE))) ? 'good' : 'bad') : undefined,
    isQuoted: false,
  };
}

const TRANSPORTS: ReadonlyMap<number, { readonly name: Header['name']; readonly layout: Layout }> = new Map([
  [IP_PROTOCOLS.tcp, { name: 'TCP', layout: TCP_HEADER }],
  [IP_PROTOCOLS.udp, { name: 'UDP', layout: UDP_HEADER }],
  [IP_PROTOCOLS.icmp, { name: 'ICMP', layout: ICMP_HEADER }],
  [IP_PROTOCOLS.icmpv6, { name: 'ICMPv6', layout: ICMP_HEADER }],
]);

function transportHeader(bytes: Uint8Array, carried: Carried): Header | undefined {
  const { protocol, start } = carried;
  const known = TRANSPORTS.get(protocol);
  if (known === undefined) return undefined;
  const isTcp = protocol === IP_PROTOCOLS.tcp;
  const options = isTcp ? tcpOptions(bytes, start, readTcpHeader(bytes, start).size) : [];
  const fields = [...fieldsOf(known.layout, bytes, start), ...options];
  return {
    name: known.name,
    start,
    size: fields.reduce((bits, field) => Math.max(bits, field.offset + field.bits), 0) / 8,
    // An error quotes 8 bytes or more of the culprit's transport header (RFC 792): what was cut off is not shown.
    fields: fields.filter((field) => start + (field.offset + field.bits) / 8 <= bytes.length),
    checksum: transportChecksum(bytes, carried),
    isQuoted: false,
  };
}

function transportChecksum(bytes: Uint8Array, carried: Carried): ChecksumStatus {
  const place = checksumPlace(carried);
  if (place === undefined || carried.end > bytes.length) return 'cut';
  const isNone = bytes[place] === 0 && bytes[place + 1] === 0;
  if (isNone && carried.protocol === IP_PROTOCOLS.udp) return carried.version === 'v4' ? 'absent' : 'illegal';
  return isGoodSum(sumCovered(bytes, carried)) ? 'good' : 'bad';
}

/** The host that gets the error sent what is quoted: its local end is the quoted source. */
const SWAPPED: Readonly<Record<Asked, Asked>> = {
  protocol: 'protocol',
  localAddress: 'remoteAddress',
  localPort: 'remotePort',
  remoteAddress: 'localAddress',
  remotePort: 'localPort',
};

function quoted(header: Header, by: number): Header {
  const swapped = withAsked(header, (asked) => asked && SWAPPED[asked]);
  return { ...swapped, start: header.start + by, isQuoted: true };
}

function withAsked(header: Header, change: (asked: Asked | undefined) => Asked | undefined): Header {
  return {
    ...header,
    fields: header.fields.map((field) => ({ ...field, asked: change(field.asked) })),
  };
}
