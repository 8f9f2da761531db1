// The UDP header as bytes: RFC 768. The checksum, and what 0 means in it, is packet-bytes.ts.
import { sizeOf, writeHeader } from './header.js';
import type { UdpDatagram } from './packet.js';

export const UDP_HEADER = [
  { name: 'source port', bits: 16, asked: 'remotePort' },
  { name: 'destination port', bits: 16, asked: 'localPort' },
  { name: 'length', bits: 16 },
  { name: 'checksum', bits: 16 },
] as const;

export const UDP_SIZE = sizeOf(UDP_HEADER);

/** Writes the header at byte `at`, with a checksum of 0. */
export function writeUdpHeader(datagram: UdpDatagram, into: Uint8Array, at: number): void {
  const values = {
    'source port': datagram.sourcePort,
    'destination port': datagram.destinationPort,
    length: UDP_SIZE + datagram.payload.length,
    checksum: 0,
  };
  writeHeader(UDP_HEADER, values, into, at);
}
