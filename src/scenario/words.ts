// The closed word lists of the language: what may stand where one word out of few is asked for.
// Spellings are those of the RFCs and of POSIX; what the words do is decided elsewhere.
import type { Errno } from '../world/errno.js';

/** The language of this program; a file written for a newer one is refused. */
export const LANGUAGE_VERSION = 1;

/** Labels that also pin the mark drawn for a conversation. */
export const MARKERS = ['●', '▲', '■', '◆', '★', '⬢'] as const;

/** RFC 9293 §3.3.2. CLOSED also stands for a socket that is only bound, and for one that is gone. */
export const TCP_STATES = [
  'LISTEN',
  'SYN-SENT',
  'SYN-RECEIVED',
  'ESTABLISHED',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'CLOSE-WAIT',
  'CLOSING',
  'LAST-ACK',
  'TIME-WAIT',
  'CLOSED',
] as const;
export const UDP_STATES = ['UNCONNECTED', 'CONNECTED'] as const;
export const SOCKET_STATES = [...TCP_STATES, ...UDP_STATES] as const;
export type SocketStateWord = (typeof SOCKET_STATES)[number];

/** What a segment mainly does; DATA is a segment with payload. */
export const SEGMENT_FLAGS = ['SYN', 'SYN-ACK', 'ACK', 'FIN', 'RST', 'DATA'] as const;
export type SegmentFlag = (typeof SEGMENT_FLAGS)[number];

/** RFC 792 and RFC 1122 §3.2.2.1, by the words of the transcript. */
export const ICMP_MESSAGES = [
  'port-unreachable',
  'host-unreachable',
  'net-unreachable',
  'admin-prohibited',
  'time-exceeded',
] as const;
export type IcmpMessage = (typeof ICMP_MESSAGES)[number];

export const SOCKET_TYPES = ['tcp', 'udp', 'tcp6', 'udp6'] as const;
export type SocketType = (typeof SOCKET_TYPES)[number];

/** Every error a script may expect. Wider than what today's calls give: a scenario may be older than the program. */
export const EXPECTED_ERRNOS = [
  'EACCES',
  'EADDRINUSE',
  'EADDRNOTAVAIL',
  'EAFNOSUPPORT',
  'EAGAIN',
  'EALREADY',
  'EBADF',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EDESTADDRREQ',
  'EHOSTUNREACH',
  'EINPROGRESS',
  'EINVAL',
  'EISCONN',
  'EMFILE',
  'EMSGSIZE',
  'ENETUNREACH',
  'ENODEV',
  'ENOPROTOOPT',
  'ENOTCONN',
  'EOPNOTSUPP',
  'EPERM',
  'EPIPE',
  'ETIMEDOUT',
] as const satisfies readonly (Errno | string)[];
export type ExpectedErrno = (typeof EXPECTED_ERRNOS)[number];

/** What a line may say it `gives`. `pending`: the call waits on. `timeout`: of a dialogue. `any`: not checked. */
export const OUTCOMES = ['ok', 'pending', 'eof', 'any', 'timeout', ...EXPECTED_ERRNOS] as const;
export type OutcomeWord = (typeof OUTCOMES)[number];

/** By which rule a packet found its socket. */
export const DELIVERY_RULES = [
  'exact',
  'listener',
  'connected',
  'unconnected',
  'group',
  'broadcast',
  'multicast',
] as const;

export const DROP_REASONS = [
  'no-mapping',
  'filtered',
  'firewall',
  'loss',
  'script',
  'backlog',
  'no-route',
  'no-taker',
  'ttl',
  'no-host',
  'martian',
  'checksum',
  'buffer',
  'unwilling',
] as const;

export const OPERATING_SYSTEMS = ['linux', 'freebsd', 'macos', 'windows', 'textbook'] as const;

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
