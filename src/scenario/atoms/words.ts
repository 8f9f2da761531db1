// The closed word lists of the language: what may stand where one word out of few is asked for.
// Spellings are those of the RFCs and of POSIX; what the words do is decided elsewhere.
import { FLAG_WORDS, type FlagWord } from '../../wire/notation.js';
import { ICMP_ERROR_KINDS, type IcmpErrorKind } from '../../wire/packet.js';
import { ERRNOS } from '../../world/errno.js';
import { DROP_REASONS } from '../../world/facts.js';
import { type SocketState, SYSTEMS, TCP_STATES, UDP_STATES } from '../../world/tables.js';

/** The language of this program; a file written for a newer one is refused. */
export const LANGUAGE_VERSION = 1;

/** Labels that also pin the mark drawn for a conversation. */
export const MARKERS = ['●', '▲', '■', '◆', '★', '⬢'] as const;

/** RFC 9293 §3.3.2. CLOSED also stands for a socket that is only bound, and for one that is gone. */
export const SOCKET_STATES = [...TCP_STATES, ...UDP_STATES] as const;
export type SocketStateWord = SocketState;
export { UDP_STATES };

/** What a segment mainly does; DATA is a segment with payload. */
export const SEGMENT_FLAGS = FLAG_WORDS;
export type SegmentFlag = FlagWord;

/** RFC 792 and RFC 1122 §3.2.2.1, by the words of the transcript. */
export const ICMP_MESSAGES = ICMP_ERROR_KINDS;
export type IcmpMessage = IcmpErrorKind;

export const SOCKET_TYPES = ['tcp', 'udp', 'tcp6', 'udp6'] as const;
export type SocketType = (typeof SOCKET_TYPES)[number];

/** Every error a script may expect. Wider than what today's calls give: a scenario may be older than the program. */
export const EXPECTED_ERRNOS = [...ERRNOS, 'EMFILE'] as const;
export type ExpectedErrno = (typeof EXPECTED_ERRNOS)[number];

/** What a line may say it `gives`. `pending`: the call waits on. `timeout`: of a dialogue. `any`: not checked. */
export const OUTCOMES = ['ok', 'pending', 'eof', 'any', 'timeout', ...EXPECTED_ERRNOS] as const;
export type OutcomeWord = (typeof OUTCOMES)[number];

/** By which rule a packet found its socket; `group`: as one of several that share its port, whatever the rule. */
export const DELIVERY_RULES = [
  'exact',
  'listener',
  'connected',
  'unconnected',
  'group',
  'broadcast',
  'multicast',
] as const;

export { DROP_REASONS };

export const OPERATING_SYSTEMS = SYSTEMS;

/** Keys of a line that are words of the language and not somebody who acts. */
export const LINE_WORDS = [
  'say',
  'ask',
  'expect',
  'wait',
  'at',
  'after',
  'id',
  'phase',
  'use',
  'repeat',
  'steps',
  'together',
  'during',
] as const;
export type LineWord = (typeof LINE_WORDS)[number];

/** Places every host understands; with the words of a line, what nobody may be called. */
const PLACE_WORDS = ['any', 'broadcast', 'localhost'] as const;
const RESERVED: ReadonlySet<string> = new Set([...LINE_WORDS, ...PLACE_WORDS, 'end', 'none', 'ephemeral']);

export function isReserved(name: string): boolean {
  return RESERVED.has(name);
}

export function isLineWord(key: string): key is LineWord {
  return (LINE_WORDS as readonly string[]).includes(key);
}

export function isMarker(label: string): boolean {
  return (MARKERS as readonly string[]).includes(label);
}
