// The life of a TCP connection as one xstate machine: RFC 9293 §3.3.2 and §3.10, every state with every event, even the
// ignored; each transition's description says where it is written. It knows no numbers: sequence arithmetic names a
// segment first (name-segment.ts), then the machine is asked. The engine reads the table compiled from it
// (transition-table.ts), the state diagram draws it; there is no second copy.
// One segment may be several events in the order of §3.10.7.4: its ACK, then its text, then its FIN.
import { setup } from 'xstate';
import { ACTIONS, type TcpAction } from './actions.js';
import {
  aborted,
  answered,
  answeredTwice,
  by,
  challenged,
  challengedAnew,
  closing,
  forgotten,
  never,
  nothing,
  passively,
  peerIsDone,
  refused,
  rejected,
  resetAtTheEnd,
  synchronised,
  textInHalfClosed,
  timedOut,
  timeWaitResets,
  unreachable,
  without,
} from './transitions.js';

export const EVENTS = [
  'OPEN_PASSIVE',
  'OPEN_ACTIVE',
  'SEND',
  'CLOSE',
  'ABORT',
  'SYN',
  'SYN_OLD', // a SYN left of the window: a retransmission
  'SYN_ACK_GOOD', // acknowledges our SYN, and nothing that we did not send
  'SYN_ACK_BAD',
  'ACK_NEW', // SND.UNA < SEG.ACK <= SND.NXT, our FIN not covered
  'ACK_OF_FIN', // covers our FIN for the first time
  'ACK_OF_COOKIE', // LISTEN: of a SYN-ACK that was sent without keeping anything
  'ACK_DUP', // SEG.ACK <= SND.UNA
  'ACK_FUTURE', // something that we never sent
  'ACK_ANCIENT', // further back than any window that the peer ever offered: RFC 5961 §5
  'TEXT', // at RCV.NXT
  'TEXT_LATER', // text in the window with a gap before it
  'FIN', // at RCV.NXT, after the text
  'FIN_LATER', // with a gap before it
  'FIN_OLD', // outside the window: a retransmission
  'OUT_OF_WINDOW', // neither RST nor SYN nor FIN; wholly outside RCV.NXT … RCV.NXT+RCV.WND
  'NO_ACK', // neither SYN nor RST nor ACK
  'RST_EXACT', // SEG.SEQ = RCV.NXT; in SYN-SENT: without ACK
  'RST_WINDOW', // in the window, not at RCV.NXT: RFC 5961 §3.2
  'RST_OUTSIDE',
  'RST_ACK_GOOD', // SYN-SENT: acknowledges our SYN
  'RST_ACK_BAD',
  'RETRANSMISSION_TIMEOUT',
  'PERSIST_TIMEOUT', // the peer's window has been closed for a while
  'KEEPALIVE_TIMEOUT', // nothing was heard for a long time
  'USER_TIMEOUT',
  'TIME_WAIT_TIMEOUT',
  'ICMP_HARD', // port or protocol unreachable, quoting something in flight
  'ICMP_SOFT',
] as const;
export type TcpEvent = (typeof EVENTS)[number];

/**
 * openedPassively: made by a listener. receiverGone: nobody on this side will read any more. hasUnsent: text waits that was
 * never sent. resetsHalfOpen, tellsWhileClosing: rules of the host's system (rules.ts), the first for passive opens only.
 */
export const GUARDS = [
  'openedPassively',
  'receiverGone',
  'hasUnsent',
  'resetsHalfOpen',
  'tellsWhileClosing',
] as const;
export type TcpGuard = (typeof GUARDS)[number];

export const tcpMachine = setup({
  types: {
    context: {} as Record<TcpGuard, boolean>,
    events: {} as { type: TcpEvent },
    input: {} as Partial<Record<TcpGuard, boolean>> | undefined,
  },
  guards: Object.fromEntries(
    GUARDS.map((name) => [name, ({ context }: { context: Record<TcpGuard, boolean> }) => context[name]]),
  ) as Record<TcpGuard, (given: { context: Record<TcpGuard, boolean> }) => boolean>,
  actions: Object.fromEntries(ACTIONS.map((name) => [name, () => {}])) as Record<TcpAction, () => void>,
}).createMachine({
  id: 'tcp',
  initial: 'CLOSED',
  context: ({ input }) =>
    Object.fromEntries(GUARDS.map((name) => [name, input?.[name] ?? false])) as Record<TcpGuard, boolean>,
  states: {
    CLOSED: {
      on: {
        ...(Object.fromEntries(
          EVENTS.map((event) => [
            event,
            nothing('RFC 9293 §3.10.7.1: a segment is answered before any machine is asked'),
          ]),
        ) as Record<TcpEvent, ReturnType<typeof nothing>>),
        OPEN_PASSIVE: by('RFC 9293 §3.10.1', { target: 'LISTEN' }),
        OPEN_ACTIVE: by('RFC 9293 §3.10.1', { target: 'SYN-SENT', actions: ['sendSyn'] }),
      },
    },
    // A socket that listens stays; the SYN makes a new connection, which begins in SYN-RECEIVED (open.ts).
    LISTEN: {
      on: {
        ...synchronised,
        OPEN_ACTIVE: by('RFC 9293 §3.10.1: passive becomes active', {
          target: 'SYN-SENT',
          actions: ['sendSyn'],
        }),
        SEND: by('RFC 9293 §3.10.2: to the peer named; sockets offer no such call', {
          target: 'SYN-SENT',
          actions: ['sendSyn'],
        }),
        CLOSE: by('RFC 9293 §3.10.4', { target: 'CLOSED', actions: ['dropQueued', 'release'] }),
        ABORT: by('RFC 9293 §3.10.5', { target: 'CLOSED', actions: ['dropQueued', 'release'] }),
        SYN: by('RFC 9293 §3.10.7.2 third', { target: 'SYN-RECEIVED', actions: ['takeSyn', 'sendSynAck'] }),
        SYN_OLD: by('RFC 9293 §3.10.7.2 third', {
          target: 'SYN-RECEIVED',
          actions: ['takeSyn', 'sendSynAck'],
        }),
        SYN_ACK_GOOD: rejected,
        SYN_ACK_BAD: rejected,
        ACK_NEW: rejected,
        ACK_OF_COOKIE: by('RFC 4987 §3.6', { target: 'ESTABLISHED', actions: ['announce'] }),
        ACK_OF_FIN: rejected,
        ACK_DUP: rejected,
        ACK_FUTURE: rejected,
        ACK_ANCIENT: rejected,
        OUT_OF_WINDOW: rejected,
        ...without('RFC 9293 §3.10.7.2 fourth: dropped', 'TEXT', 'TEXT_LATER', 'FIN', 'FIN_LATER', 'FIN_OLD'),
        ...without('RFC 9293 §3.10.7.2 first', 'RST_EXACT', 'RST_WINDOW', 'RST_ACK_GOOD', 'RST_ACK_BAD'),
        ...without('nothing has been sent', 'RETRANSMISSION_TIMEOUT', 'PERSIST_TIMEOUT', 'KEEPALIVE_TIMEOUT'),
        ...without('nothing has been sent', 'ICMP_HARD', 'ICMP_SOFT'),
      },
    },
    // The ACK is looked at before RST and SYN.
    'SYN-SENT': {
      on: {
        ...synchronised,
        SEND: nothing('RFC 9293 §3.10.2: queued; a socket waits'),
        CLOSE: by('RFC 9293 §3.10.4: nothing is sent', { target: 'CLOSED', actions: ['release'] }),
        ABORT: forgotten,
        SYN: by('RFC 9293 §3.10.7.3 fourth: both open at once', {
          target: 'SYN-RECEIVED',
          actions: ['takeSyn', 'sendSynAck'],
        }),
        SYN_OLD: by('RFC 9293 §3.10.7.3 fourth', {
          target: 'SYN-RECEIVED',
          actions: ['takeSyn', 'sendSynAck'],
        }),
        SYN_ACK_GOOD: by('RFC 9293 §3.10.7.3 fourth', {
          target: 'ESTABLISHED',
          actions: ['takeSyn', 'takeAck', 'sendAck', 'announce'],
        }),
        SYN_ACK_BAD: by('RFC 9293 §3.10.7.3 first', { actions: ['rejectSegment', 'hurryRetry'] }),
        ACK_NEW: nothing('RFC 9293 §3.10.7.3 fifth: dropped'),
        ACK_DUP: by('RFC 9293 §3.10.7.3 first', { actions: ['rejectSegment', 'hurryRetry'] }),
        ACK_FUTURE: by('RFC 9293 §3.10.7.3 first', { actions: ['rejectSegment', 'hurryRetry'] }),
        ACK_ANCIENT: by('RFC 9293 §3.10.7.3 first', { actions: ['rejectSegment', 'hurryRetry'] }),
        ...without('RFC 9293 §3.10.7.3 fifth', 'TEXT', 'TEXT_LATER', 'FIN', 'FIN_LATER', 'FIN_OLD'),
        OUT_OF_WINDOW: nothing('RFC 9293 §3.10.7.3 fifth'),
        RST_EXACT: nothing('RFC 9293 §3.10.7.3 second: without ACK it is dropped'),
        RST_WINDOW: nothing('RFC 9293 §3.10.7.3 second'),
        RST_ACK_GOOD: by('RFC 9293 §3.10.7.3 second', {
          target: 'CLOSED',
          actions: ['tellRefused', 'release'],
        }),
        RST_ACK_BAD: by('RFC 9293 §3.10.7.3 first: dropped', { actions: ['hurryRetry'] }),
        PERSIST_TIMEOUT: never,
        KEEPALIVE_TIMEOUT: never,
        ICMP_HARD: unreachable,
      },
    },
    'SYN-RECEIVED': {
      on: {
        ...synchronised,
        SEND: nothing('RFC 9293 §3.10.2: queued; a socket waits'),
        CLOSE: [
          by('RFC 9293 §3.10.4: until the text has been sent', { guard: 'hasUnsent', actions: ['deferFin'] }),
          by('RFC 9293 §3.10.4', { target: 'FIN-WAIT-1', actions: ['sendFin'] }),
        ],
        ABORT: aborted,
        SYN: [
          by('Linux: a SYN in the window of a half-open connection ends it', {
            guard: 'resetsHalfOpen',
            target: 'LISTEN',
            actions: ['rejectSegment', 'returnToListener'],
          }),
          passively,
          challenged('RFC 5961 §4'),
        ],
        SYN_OLD: [
          by('RFC 9293 §3.10.7.4 first; Linux and others repeat the SYN-ACK', {
            guard: 'openedPassively',
            actions: ['repeatSynAck'],
          }),
          challenged('RFC 9293 §3.10.7.4 first'),
        ],
        SYN_ACK_GOOD: [
          by('RFC 9293 §3.10.7.4 first', { guard: 'openedPassively', actions: ['challenge'] }),
          by('RFC 9293 §3.5 figure 7: both opened at once', {
            target: 'ESTABLISHED',
            actions: ['takeAck', 'announce'],
          }),
        ],
        SYN_ACK_BAD: [passively, challenged('RFC 5961 §4')],
        ACK_NEW: answered,
        ACK_DUP: rejected,
        ACK_FUTURE: rejected,
        ACK_ANCIENT: rejected,
        ...without('the ACK settles it first', 'TEXT', 'TEXT_LATER', 'FIN', 'FIN_LATER'),
        RST_EXACT: [passively, refused],
        RST_ACK_GOOD: [passively, refused],
        RST_ACK_BAD: [passively, refused],
        PERSIST_TIMEOUT: never,
        KEEPALIVE_TIMEOUT: never,
        USER_TIMEOUT: [passively, timedOut],
        ICMP_HARD: [passively, unreachable],
      },
    },
    ESTABLISHED: {
      on: {
        ...synchronised,
        SEND: by('RFC 9293 §3.10.2', { actions: ['sendText'] }),
        CLOSE: by('RFC 9293 §3.10.4', { target: 'FIN-WAIT-1', actions: ['sendFin'] }),
        ABORT: aborted,
        TEXT: by('RFC 9293 §3.10.7.4 seventh', { actions: ['takeText', 'sendAck'] }),
        FIN: by('RFC 9293 §3.10.7.4 eighth', { target: 'CLOSE-WAIT', actions: ['takeFin', 'sendAck'] }),
      },
    },
    'FIN-WAIT-1': {
      on: {
        ...synchronised,
        CLOSE: closing,
        ABORT: aborted,
        ACK_OF_FIN: by('RFC 9293 §3.10.7.4 fifth', {
          target: 'FIN-WAIT-2',
          actions: ['takeAck', 'awaitFin'],
        }),
        TEXT: textInHalfClosed,
        FIN: by('RFC 9293 §3.10.7.4 eighth: both close at once', {
          target: 'CLOSING',
          actions: ['takeFin', 'sendAck'],
        }),
      },
    },
    'FIN-WAIT-2': {
      on: {
        ...synchronised,
        CLOSE: by('RFC 9293 §3.10.4: closing; Linux: the wait has an end', { actions: ['awaitFin'] }),
        ABORT: aborted,
        TEXT: textInHalfClosed,
        FIN: by('RFC 9293 §3.10.7.4 eighth', {
          target: 'TIME-WAIT',
          actions: ['takeFin', 'sendAck', 'startTimeWait'],
        }),
        RETRANSMISSION_TIMEOUT: nothing('everything is acknowledged'),
        PERSIST_TIMEOUT: nothing('everything is acknowledged'),
        TIME_WAIT_TIMEOUT: by('Linux: an orphan waits tcp_fin_timeout, 60 s', {
          target: 'CLOSED',
          actions: ['release'],
        }),
      },
    },
    'CLOSE-WAIT': {
      on: {
        ...synchronised,
        ...peerIsDone,
        SEND: by('RFC 9293 §3.10.2', { actions: ['sendText'] }),
        CLOSE: by('RFC 9293 §3.10.4; not CLOSING, as RFC 793 had it', {
          target: 'LAST-ACK',
          actions: ['sendFin'],
        }),
        ABORT: aborted,
      },
    },
    CLOSING: {
      on: {
        ...synchronised,
        ...peerIsDone,
        CLOSE: closing,
        ABORT: forgotten,
        ACK_OF_FIN: by('RFC 9293 §3.10.7.4 fifth', {
          target: 'TIME-WAIT',
          actions: ['takeAck', 'startTimeWait'],
        }),
        RST_EXACT: resetAtTheEnd,
        RST_ACK_GOOD: resetAtTheEnd,
        RST_ACK_BAD: resetAtTheEnd,
      },
    },
    'LAST-ACK': {
      on: {
        ...synchronised,
        ...peerIsDone,
        CLOSE: closing,
        ABORT: forgotten,
        ACK_OF_FIN: by('RFC 9293 §3.10.7.4 fifth', { target: 'CLOSED', actions: ['takeAck', 'release'] }),
        RST_EXACT: resetAtTheEnd,
        RST_ACK_GOOD: resetAtTheEnd,
        RST_ACK_BAD: resetAtTheEnd,
      },
    },
    'TIME-WAIT': {
      on: {
        ...synchronised,
        ...peerIsDone,
        CLOSE: closing,
        ABORT: forgotten,
        ACK_DUP: nothing('RFC 9293 §3.10.7.4 fifth'),
        ACK_NEW: never,
        FIN: answeredTwice,
        FIN_LATER: answeredTwice,
        FIN_OLD: challengedAnew,
        OUT_OF_WINDOW: challengedAnew,
        ...timeWaitResets,
        ...without('nothing is unacknowledged', 'RETRANSMISSION_TIMEOUT', 'PERSIST_TIMEOUT'),
        KEEPALIVE_TIMEOUT: never,
        USER_TIMEOUT: by('RFC 9293 §3.10.8: nobody is left to be told', {
          target: 'CLOSED',
          actions: ['release'],
        }),
        TIME_WAIT_TIMEOUT: by('RFC 9293 §3.10.8: 2 MSL are over', {
          target: 'CLOSED',
          actions: ['release'],
        }),
        ...without('nothing is in flight', 'ICMP_HARD', 'ICMP_SOFT'),
      },
    },
  },
});
