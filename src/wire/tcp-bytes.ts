// The TCP header as bytes: RFC 9293 §3.1, with the one option that is spoken here, MSS (§3.2, kind 2), in a SYN only.
// Other options are read as kind, length and data, and not understood. The checksum is packet-bytes.ts.
import { type Field, fieldsOf, readHeader, sizeOf, writeHeader } from './header.js';
import type { TcpSegment } from './packet.js';

export const TCP_HEADER = [
  { name: 'source port', bits: 16, asked: 'remotePort' },
  { name: 'destination port', bits: 16, asked: 'localPort' },
  { name: 'sequence number', bits: 32 },
  { name: 'acknowledgment number', bits: 32 },
  { name: 'data offset', bits: 4 },
  { name: 'reserved', bits: 4 },
  { name: 'CWR', bits: 1 },
  { name: 'ECE', bits: 1 },
  { name: 'URG', bits: 1 },
  { name: 'ACK', bits: 1 },
  { name: 'PSH', bits: 1 },
  { name: 'RST', bits: 1 },
  { name: 'SYN', bits: 1 },
  { name: 'FIN', bits: 1 },
  { name: 'window', bits: 16 },
  { name: 'checksum', bits: 16 },
  { name: 'urgent pointer', bits: 16 },
] as const;

const OPTION_KIND = { name: 'option kind', bits: 8 } as const;
const OPTION_HEAD = [OPTION_KIND, { name: 'option length', bits: 8 }] as const;
const MSS_OPTION = [...OPTION_HEAD, { name: 'maximum segment size', bits: 16 }] as const;

/** Option kinds, RFC 9293 §3.1. */
const END = 0;
const NO_OPERATION = 1;
const MSS = 2;

export const TCP_SIZE = sizeOf(TCP_HEADER);
const FLAGS = ['CWR', 'ECE', 'URG', 'ACK', 'PSH', 'RST', 'SYN', 'FIN'] as const;

export function tcpHeaderSize(segment: TcpSegment): number {
  return TCP_SIZE + (segment.mss === undefined ? 0 : sizeOf(MSS_OPTION));
}

/** Writes the header at byte `at`, with a checksum of 0. */
export function writeTcpHeader(segment: TcpSegment, into: Uint8Array, at: number): void {
  const flag = (index: number) => (segment.flags >> (FLAGS.length - 1 - index)) & 1;
  const values = {
    'source port': segment.sourcePort,
    'destination port': segment.destinationPort,
    'sequence number': segment.sequence,
    'acknowledgment number': segment.acknowledgment,
    'data offset': tcpHeaderSize(segment) / 4,
    reserved: 0,
    CWR: flag(0),
    ECE: flag(1),
    URG: flag(2),
    ACK: flag(3),
    PSH: flag(4),
    RST: flag(5),
    SYN: flag(6),
    FIN: flag(7),
    window: segment.window,
    checksum: 0,
    'urgent pointer': 0,
  };
  writeHeader(TCP_HEADER, values, into, at);
  if (segment.mss === undefined) return;
  const option = { 'option kind': MSS, 'option length': sizeOf(MSS_OPTION) };
  writeHeader(MSS_OPTION, { ...option, 'maximum segment size': segment.mss }, into, at + TCP_SIZE);
}

/** The header's numbers as a segment has them. `size` is the header's own, in bytes, with options: 20 to 60. */
export function readTcpHeader(bytes: Uint8Array, at: number) {
  const values = readHeader(TCP_HEADER, bytes, at);
  const size = 4 * values['data offset'];
  const option = tcpOptions(bytes, at, size).find(({ name }) => name === 'maximum segment size');
  return {
    sourcePort: values['source port'],
    destinationPort: values['destination port'],
    sequence: values['sequence number'],
    acknowledgment: values['acknowledgment number'],
    flags: FLAGS.reduce((flags, name) => (flags << 1) | values[name], 0),
    window: values.window,
    ...(typeof option?.value === 'number' ? { mss: option.value } : {}),
    size,
  };
}

/** The options of a header of `size` bytes that begins at `at`, as fields behind those of TCP_HEADER. */
export function tcpOptions(bytes: Uint8Array, at: number, size: number): Field[] {
  const fields: Field[] = [];
  const end = Math.min(at + size, bytes.length);
  for (let place = at + TCP_SIZE; place < end; ) {
    const kind = bytes[place] ?? END;
    const length = kind === END || kind === NO_OPERATION ? 1 : (bytes[place + 1] ?? 0);
    if (length === 0 || place + length > end || (length === 1 && kind > NO_OPERATION)) break; // not an option
    fields.push(...optionFields(bytes, place, kind, length, at));
    place += length;
    if (kind === END) break;
  }
  return fields;
}

function optionFields(bytes: Uint8Array, place: number, kind: number, length: number, at: number): Field[] {
  if (kind === END || kind === NO_OPERATION) return fieldsOf([OPTION_KIND], bytes, place, at);
  if (kind === MSS && length === sizeOf(MSS_OPTION)) return fieldsOf(MSS_OPTION, bytes, place, at);
  const head = fieldsOf(OPTION_HEAD, bytes, place, at);
  const data = bytes.subarray(place + sizeOf(OPTION_HEAD), place + length);
  if (data.length === 0) return head;
  const value = [...data].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const offset = 8 * (place - at + sizeOf(OPTION_HEAD));
  return [...head, { name: 'option data', offset, bits: 8 * data.length, value, asked: undefined }];
}
