// Packets and flags as one line of text, the same in transcript, expectation and failure message:
// `tcp laptop:51004 > web:80 SYN`, `udp laptop:40000 > dns:53`, `icmp web > laptop port-unreachable`.
// How an address is named is the caller's: a host's name where one is known, the address itself elsewhere.
import { ACK, FIN, has, type Packet, PSH, RST, SYN, type TcpSegment } from './packet.js';

/** The word for a segment: what it mainly does. DATA wins over ACK, and RST, SYN, FIN over both. */
export const FLAG_WORDS = ['SYN', 'SYN-ACK', 'ACK', 'FIN', 'RST', 'DATA'] as const;
export type FlagWord = (typeof FLAG_WORDS)[number];

export function flagWord(segment: TcpSegment): FlagWord {
  if (has(segment, RST)) return 'RST';
  if (has(segment, SYN)) return has(segment, ACK) ? 'SYN-ACK' : 'SYN';
  if (has(segment, FIN)) return 'FIN';
  return segment.payload.length > 0 ? 'DATA' : 'ACK';
}

/** Flags as the header has them, in the order people say them: `SYN ACK`, `PSH ACK`. */
export function formatFlags(segment: TcpSegment): string {
  const names: [number, string][] = [
    [SYN, 'SYN'],
    [FIN, 'FIN'],
    [RST, 'RST'],
    [PSH, 'PSH'],
    [ACK, 'ACK'],
  ];
  return names
    .filter(([flag]) => has(segment, flag))
    .map(([, name]) => name)
    .join(' ');
}

export function formatPacket(packet: Packet, nameOf: (address: string) => string): string {
  const from = nameOf(packet.source);
  const to = nameOf(packet.destination);
  if (packet.protocol === 'icmp') return `icmp ${from} > ${to} ${packet.error}`;
  const line = `${packet.protocol} ${from}:${packet.sourcePort} > ${to}:${packet.destinationPort}`;
  return packet.protocol === 'tcp' ? `${line} ${flagWord(packet)}` : line;
}
