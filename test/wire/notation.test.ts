import { describe, expect, test } from 'vitest';
import { encodeText, NO_BYTES } from '../../src/wire/bytes.js';
import { flagWord, formatFlags, formatPacket } from '../../src/wire/notation.js';
import {
  ACK,
  FIN,
  fourTupleOf,
  type Packet,
  PSH,
  RST,
  SYN,
  sequenceLength,
  type TcpSegment,
  type UdpDatagram,
} from '../../src/wire/packet.js';

const segment: TcpSegment = {
  protocol: 'tcp',
  source: '10.0.0.7',
  sourcePort: 51004,
  destination: '10.0.0.80',
  destinationPort: 80,
  sequence: 1,
  acknowledgment: 0,
  flags: 0,
  window: 65535,
  payload: NO_BYTES,
};
const datagram: UdpDatagram = {
  protocol: 'udp',
  source: '10.0.0.7',
  sourcePort: 40000,
  destination: '10.0.0.53',
  destinationPort: 53,
  payload: NO_BYTES,
};
const names: Record<string, string> = { '10.0.0.7': 'laptop', '10.0.0.80': 'web', '10.0.0.53': 'dns' };
const line = (packet: Packet) => formatPacket(packet, (address) => names[address] ?? address);

describe('the word for a segment', () => {
  const text = encodeText('x');
  test.each([
    [SYN, '', 'SYN', 'SYN'],
    [SYN | ACK, '', 'SYN-ACK', 'SYN ACK'],
    [ACK, '', 'ACK', 'ACK'],
    [PSH | ACK, text, 'DATA', 'PSH ACK'],
    [ACK, text, 'DATA', 'ACK'],
    [FIN | ACK, '', 'FIN', 'FIN ACK'],
    [FIN | PSH | ACK, text, 'FIN', 'FIN PSH ACK'],
    [RST, '', 'RST', 'RST'],
    [RST | ACK, '', 'RST', 'RST ACK'],
    [RST | SYN, '', 'RST', 'SYN RST'],
  ])('flags %i with %j: %s, in full %s', (flags, payload, word, full) => {
    const packet = { ...segment, flags, payload: encodeText(payload) };
    expect(flagWord(packet)).toBe(word);
    expect(formatFlags(packet)).toBe(full);
  });
});

describe('a packet in one line', () => {
  test('a segment, a datagram and an error', () => {
    expect(line({ ...segment, flags: SYN })).toBe('tcp laptop:51004 > web:80 SYN');
    expect(line(datagram)).toBe('udp laptop:40000 > dns:53');
    expect(
      line({
        protocol: 'icmp',
        source: '10.0.0.53',
        destination: '10.0.0.7',
        error: 'port-unreachable',
        quoted: datagram,
      }),
    ).toBe('icmp dns > laptop port-unreachable');
  });
});

describe('numbers that a segment takes up', () => {
  test.each([
    [ACK, '', 0],
    [ACK, 'abc', 3],
    [SYN, '', 1],
    [FIN | ACK, '', 1],
    [SYN | FIN, 'ab', 4],
  ])('flags %i with %j: %i', (flags, text, length) => {
    expect(sequenceLength({ ...segment, flags, payload: encodeText(text) })).toBe(length);
  });
});

// The place where students, and code, get it wrong: what the packet calls destination the receiver calls local.
test('the four-tuple has the ends swapped: the destination is local', () => {
  expect(fourTupleOf(segment)).toEqual({
    localAddress: '10.0.0.80',
    localPort: 80,
    remoteAddress: '10.0.0.7',
    remotePort: 51004,
  });
  expect(fourTupleOf(datagram)).toEqual({
    localAddress: '10.0.0.53',
    localPort: 53,
    remoteAddress: '10.0.0.7',
    remotePort: 40000,
  });
});
