// What is said of a header's fields: names short enough for their bits, values with their meaning, a sentence for each, and
// which question of the demultiplexer reads it. Field names are the encoder's: ../../wire/ip-bytes.ts and its siblings.
import type { FieldView, HeaderView } from '../../trace/packet-headers.js';
import type { Asked } from '../../wire/header.js';
import { spelled, words } from './speech.js';

/** Where the whole name is wider than the field's bits. */
export const SHORT_NAMES: Readonly<Record<string, string>> = {
  version: 'ver',
  'header length': 'len',
  'time to live': 'TTL',
  'reserved flag': '0',
  DF: 'D',
  MF: 'M',
  'next header': 'next',
  'hop limit': 'hops',
  'traffic class': 'class',
  'destination port': 'destination port',
  'data offset': 'offs',
  reserved: 'resv',
  CWR: 'C',
  ECE: 'E',
  URG: 'U',
  ACK: 'A',
  PSH: 'P',
  RST: 'R',
  SYN: 'S',
  FIN: 'F',
  'option kind': 'kind',
  'option length': 'len',
};

export const FLAG_NAMES: ReadonlySet<string> = new Set([
  'CWR',
  'ECE',
  'URG',
  'ACK',
  'PSH',
  'RST',
  'SYN',
  'FIN',
]);

/** IANA, "Assigned Internet Protocol Numbers". */
const PROTOCOL_NAMES: Readonly<Record<number, string>> = { 1: 'ICMP', 6: 'TCP', 17: 'UDP', 58: 'ICMPv6' };

/** What stands in the cell. */
export function valueWords({ checksum }: HeaderView, { name, value, hex }: FieldView): string {
  if (name === 'checksum') return `0x${hex}${checksum === 'good' ? ' ✓' : checksum === 'bad' ? ' ✕' : ''}`;
  if (name === 'protocol' || name === 'next header')
    return `${value} ${PROTOCOL_NAMES[Number(value)] ?? ''}`.trim();
  return String(value);
}

/** One sentence a field. */
const MEANINGS: Readonly<Record<string, string>> = spelled({
  version: 'Which IP this is.',
  'header length': 'Where this header ends, in words of four bytes.',
  DSCP: 'A wish for special treatment on the way; 0 is none.',
  ECN: 'Routers may mark congestion here.',
  'total length': 'Bytes of the whole packet, headers included.',
  identification: 'Keeps the pieces of one packet together; nothing is cut in pieces here.',
  'reserved flag': 'Always 0.',
  DF: 'Do not fragment: whoever cannot pass it whole has to say so.',
  MF: 'More fragments follow.',
  'fragment offset': 'Where this piece belongs in the whole.',
  'time to live': 'Each router takes one off; at 0 the packet is dropped.',
  protocol: 'What the packet carries, and so whose ports are meant.',
  source: 'The host that sent it.',
  destination: 'The host that it is for.',
  'traffic class': 'A wish for special treatment on the way; 0 is none.',
  'flow label': 'Packets of one flow may bear a number of their own; 0 is none.',
  'payload length': 'Bytes behind this header.',
  'next header': 'What the packet carries, and so whose ports are meant.',
  'hop limit': 'Each router takes one off; at 0 the packet is dropped.',
  'source port': 'The number of the socket that sent it.',
  'destination port': 'The number that it is for: which socket on that host.',
  'sequence number': 'The number of the first byte it carries, or of SYN or FIN.',
  'acknowledgment number': 'The number that the sender waits for next; it means something only with ACK.',
  'data offset': 'Where this header ends, in words of four bytes.',
  reserved: 'Always 0.',
  CWR: 'The sender has slowed down, because the network was congested.',
  ECE: 'The network is congested.',
  URG: 'The urgent pointer means something.',
  ACK: 'The acknowledgment number means something: in every segment but the first.',
  PSH: 'Hand it to the program now.',
  RST: 'This conversation is over at once, or there never was one.',
  SYN: 'A conversation begins, and this is my first number.',
  FIN: 'I have nothing more to send.',
  window: 'How many bytes the sender will take before it has to be asked again.',
  'urgent pointer': 'Where urgent data ends; only with URG.',
  length: 'Bytes of this header and what it carries.',
  type: 'What kind of message this is.',
  code: 'What exactly is the matter.',
  unused: 'Always 0.',
  'option kind': 'Which option this is.',
  'option length': 'Bytes of this option.',
  'maximum segment size': 'How many bytes of data the sender takes in one segment.',
  'option data': 'What the option says.',
});

const CHECKSUM_MEANINGS: Readonly<Record<NonNullable<HeaderView['checksum']>, string>> = spelled({
  good: 'Valid: nothing that it covers has changed on the way.',
  bad: 'Wrong: something has changed on the way.',
  absent: 'None was made.',
  illegal: 'None was made, which IPv6 forbids.',
  cut: 'It cannot be judged: an error quotes only the beginning of the packet.',
});

export function meaningOf({ checksum }: HeaderView, { name }: FieldView): string {
  if (name === 'checksum' && checksum !== undefined) return CHECKSUM_MEANINGS[checksum];
  return MEANINGS[name] ?? '';
}

const ASKED_WORDS: Readonly<Record<Asked, string>> = spelled({
  protocol: 'Question 1 of the demultiplexer reads it: which protocol?',
  localPort: 'Question 2 of the demultiplexer reads it: for the receiver it is the local port.',
  localAddress: 'Question 2 of the demultiplexer reads it: for the receiver it is the local address.',
  remotePort: 'Question 3 of the demultiplexer reads it: for the receiver it is the remote port.',
  remoteAddress: 'Question 3 of the demultiplexer reads it: for the receiver it is the remote address.',
});

export function askedWords({ asked }: FieldView): string {
  return asked === undefined ? words`The demultiplexer does not read it.` : ASKED_WORDS[asked];
}
