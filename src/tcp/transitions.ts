// Transitions that several states of the machine share, each with the place where it is written. No state stands here:
// who has which is machine.ts.
import type { TcpAction } from './actions.js';
import type { TcpEvent, TcpGuard } from './machine.js';

interface Transition {
  readonly guard?: TcpGuard;
  readonly target?: string;
  readonly actions?: readonly TcpAction[];
}
/** A transition and where it is written. */
export function by<const T extends Transition>(
  description: string,
  does: T,
): T & { readonly description: string } {
  return { ...does, description };
}
export const nothing = (section: string) => by(section, {});

export const exists = nothing('RFC 9293 §3.10.1: connection already exists');
export const closing = nothing('RFC 9293 §3.10.2, §3.10.4: connection closing');
export const never = nothing('cannot come about in this state');
export const challenged = (section: string) => by(section, { actions: ['challenge'] });
export const rejected = by('RFC 9293 §3.10.7: RST for an ACK that cannot be', { actions: ['rejectSegment'] });
export const reset = by('RFC 9293 §3.10.7.4 second: reset', {
  target: 'CLOSED',
  actions: ['tellReset', 'release'],
});
/** The RFC tells nobody: both sides are done. Linux tells whoever still holds the socket. */
export const resetAtTheEnd = [
  by('Linux: told also while closing', {
    guard: 'tellsWhileClosing',
    target: 'CLOSED',
    actions: ['tellReset', 'release'],
  }),
  by('RFC 9293 §3.10.7.4 second: CLOSING, LAST-ACK', { target: 'CLOSED', actions: ['release'] }),
] as const;
export const refused = by('RFC 9293 §3.10.7.4 second: refused', {
  target: 'CLOSED',
  actions: ['tellRefused', 'release'],
});
export const unreachable = by('RFC 9293 §3.9.2.2: hard errors abort an opening', {
  target: 'CLOSED',
  actions: ['tellUnreachable', 'release'],
});
export const aborted = by('RFC 9293 §3.10.5', { target: 'CLOSED', actions: ['sendRst', 'release'] });
export const forgotten = by('RFC 9293 §3.10.5: nothing is sent', { target: 'CLOSED', actions: ['release'] });
export const timedOut = by('RFC 9293 §3.10.8: user timeout', {
  target: 'CLOSED',
  actions: ['tellTimedOut', 'release'],
});
export const passively = by('RFC 9293 §3.10.7.4: a passive open returns to LISTEN', {
  guard: 'openedPassively',
  target: 'LISTEN',
  actions: ['returnToListener'],
});
export const resentSegment = by('RFC 9293 §3.10.8: retransmission timeout', { actions: ['resend'] });
export const windowProbe = by('RFC 9293 §3.8.6.1', { actions: ['probeWindow'] });

/** What every state with a peer's sequence numbers does alike, §3.10.7.4; RFC 5961 §3 to §5 for RST, SYN and ACK. */
export const synchronised = {
  OPEN_PASSIVE: exists,
  OPEN_ACTIVE: exists,
  SEND: closing,
  SYN: challenged('RFC 5961 §4'),
  SYN_OLD: challenged('RFC 9293 §3.10.7.4 first'),
  SYN_ACK_GOOD: challenged('RFC 9293 §3.10.7.4 first'),
  SYN_ACK_BAD: challenged('RFC 5961 §4'),
  ACK_DUP: by('RFC 9293 §3.10.7.4 fifth: a duplicate may move the window', { actions: ['noteAck'] }),
  ACK_FUTURE: challenged('RFC 9293 §3.10.7.4 fifth'),
  ACK_ANCIENT: challenged('RFC 5961 §5'),
  ACK_NEW: by('RFC 9293 §3.10.7.4 fifth', { actions: ['takeAck'] }),
  ACK_OF_FIN: never,
  ACK_OF_COOKIE: never,
  TEXT_LATER: by('RFC 9293 §3.10.7.4 seventh: kept, and acknowledged as far as RCV.NXT', {
    actions: ['keepText', 'sendAck'],
  }),
  FIN_LATER: by('RFC 9293 §3.10.7.4 eighth', { actions: ['keepFin', 'sendAck'] }),
  FIN_OLD: challenged('RFC 9293 §3.10.7.4 first'),
  OUT_OF_WINDOW: challenged('RFC 9293 §3.10.7.4 first'),
  NO_ACK: nothing('RFC 9293 §3.10.7.4 fifth: dropped'),
  RST_EXACT: reset,
  RST_WINDOW: challenged('RFC 5961 §3.2'),
  RST_OUTSIDE: nothing('RFC 9293 §3.10.7.4 first: dropped'),
  RST_ACK_GOOD: reset,
  RST_ACK_BAD: reset,
  RETRANSMISSION_TIMEOUT: resentSegment,
  PERSIST_TIMEOUT: windowProbe,
  KEEPALIVE_TIMEOUT: by('RFC 9293 §3.8.4', { actions: ['probePeer'] }),
  USER_TIMEOUT: timedOut,
  TIME_WAIT_TIMEOUT: never,
  ICMP_HARD: by('RFC 5927 §5: soft once the connection stands', { actions: ['noteError'] }),
  ICMP_SOFT: by('RFC 9293 §3.9.2.2: must not abort', { actions: ['noteError'] }),
} as const;

/** RFC 1122 §4.2.2.13: text that nobody will ever read is told to be lost. Linux does. */
export const textInHalfClosed = [
  by('RFC 9293 §3.6.1: nobody reads it', {
    guard: 'receiverGone',
    target: 'CLOSED',
    actions: ['rejectSegment', 'tellReset', 'release'],
  }),
  by('RFC 9293 §3.10.7.4 seventh', { actions: ['takeText', 'sendAck'] }),
] as const;

/** The peer has said that it sends no more: text and FIN cannot come. */
export const peerIsDone = {
  TEXT: nothing('RFC 9293 §3.10.7.4 seventh: should not occur'),
  TEXT_LATER: nothing('RFC 9293 §3.10.7.4 seventh: should not occur'),
  FIN: nothing('RFC 9293 §3.10.7.4 eighth: remains; one after the last cannot come'),
  FIN_LATER: nothing('RFC 9293 §3.10.7.4 eighth: remains'),
} as const;

export const answered = by('RFC 9293 §3.10.7.4 fifth: the handshake is over', {
  target: 'ESTABLISHED',
  actions: ['takeAck', 'announce'],
});
export const answeredTwice = by('RFC 9293 §3.10.7.4 eighth: acknowledged, 2 MSL anew', {
  actions: ['sendAck', 'startTimeWait'],
});
export const challengedAnew = by('RFC 9293 §3.10.7.4 first; a FIN that comes again starts 2 MSL anew', {
  actions: ['challenge', 'startTimeWait'],
});

/** RFC 1337 would ignore them: `tcp_rfc1337`, asked in name-segment.ts. */
const ended = by('RFC 9293 §3.10.7.4 second: TIME-WAIT', { target: 'CLOSED', actions: ['release'] });
export const timeWaitResets = { RST_EXACT: ended, RST_ACK_GOOD: ended, RST_ACK_BAD: ended } as const;

/** The same for several events: dropped, or impossible. */
export function without<Name extends TcpEvent>(
  section: string,
  ...events: readonly Name[]
): Record<Name, ReturnType<typeof nothing>> {
  return Object.fromEntries(events.map((event) => [event, nothing(section)])) as Record<
    Name,
    ReturnType<typeof nothing>
  >;
}
