// The life of a TCP connection as one xstate machine: RFC 9293 §3.3.2 and §3.10, every state with every event, even the
// ignored. It knows no numbers: sequence arithmetic names a segment first (name-segment.ts), then the machine is asked.
// The engine reads the table compiled from it (transition-table.ts), the state diagram draws it; there is no second copy.
// One segment may be several events in the order of §3.10.7.4: its ACK, then its text, then its FIN.
import { setup } from 'xstate';

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
  'TEXT', // at RCV.NXT
  'TEXT_LATER', // text or FIN in the window with a gap before it
  'FIN', // at RCV.NXT, after the text
  'OUT_OF_WINDOW', // no RST; wholly outside RCV.NXT … RCV.NXT+RCV.WND
  'NO_ACK', // neither SYN nor RST nor ACK
  'RST_EXACT', // SEG.SEQ = RCV.NXT; in SYN-SENT: without ACK
  'RST_WINDOW', // in the window, not at RCV.NXT: RFC 5961 §3.2
  'RST_OUTSIDE',
  'RST_ACK_GOOD', // SYN-SENT: acknowledges our SYN
  'RST_ACK_BAD',
  'RETRANSMISSION_TIMEOUT',
  'USER_TIMEOUT',
  'TIME_WAIT_TIMEOUT',
  'ICMP_HARD', // port or protocol unreachable, quoting something in flight
  'ICMP_SOFT',
] as const;
export type TcpEvent = (typeof EVENTS)[number];

/** openedPassively: made by a listener. receiverGone: nobody on this side will read any more. */
export const GUARDS = ['openedPassively', 'receiverGone'] as const;
export type TcpGuard = (typeof GUARDS)[number];

export const ACTIONS = [
  'sendSyn',
  'sendSynAck',
  'sendAck',
  'sendFin',
  'sendRst',
  'rejectSegment', // RST with SEQ = SEG.ACK: it acknowledges what was never sent
  'resend',
  'takeSyn',
  'takeAck',
  'takeText',
  'takeFin',
  'announce', // the connection is there: connect() returns, or the listener has one to accept
  'awaitFin', // Linux: nobody waits for ever for the FIN of a peer to whom nobody listens
  'startTimeWait',
  'tellRefused',
  'tellReset',
  'tellTimedOut',
  'dropQueued', // a listener goes: whoever waits to be accepted is reset
  'returnToListener', // the half-open connection vanishes, its listener never noticed
  'release', // the control block goes
] as const;
export type TcpAction = (typeof ACTIONS)[number];

const ignored = {};
const acknowledged = { actions: ['sendAck'] as const };
const reset = { target: 'CLOSED', actions: ['tellReset', 'release'] } as const;
const aborted = { target: 'CLOSED', actions: ['sendRst', 'release'] } as const;
const timedOut = { target: 'CLOSED', actions: ['tellTimedOut', 'release'] } as const;
const passively = { guard: 'openedPassively', target: 'LISTEN', actions: ['returnToListener'] } as const;

/** Calls that make no sense here. §3.10.1: "connection already exists". */
const opened = { OPEN_PASSIVE: ignored, OPEN_ACTIVE: ignored } as const;

/** What every state with a peer's sequence numbers does alike, §3.10.7.4; RFC 5961 §3 and §4 for RST and SYN. */
const synchronised = {
  ...opened,
  SEND: ignored,
  SYN: acknowledged,
  SYN_OLD: acknowledged,
  SYN_ACK_GOOD: acknowledged,
  SYN_ACK_BAD: acknowledged,
  ACK_DUP: ignored,
  ACK_FUTURE: acknowledged,
  ACK_NEW: { actions: ['takeAck'] },
  ACK_OF_FIN: ignored,
  ACK_OF_COOKIE: ignored,
  TEXT_LATER: acknowledged,
  OUT_OF_WINDOW: acknowledged,
  NO_ACK: ignored,
  RST_EXACT: reset,
  RST_WINDOW: acknowledged,
  RST_OUTSIDE: ignored,
  RST_ACK_GOOD: reset,
  RST_ACK_BAD: reset,
  RETRANSMISSION_TIMEOUT: { actions: ['resend'] },
  USER_TIMEOUT: timedOut,
  TIME_WAIT_TIMEOUT: ignored,
  ICMP_HARD: ignored, // RFC 5927 §4: hard errors are soft once the connection stands. Linux too.
  ICMP_SOFT: ignored,
} as const;

/** RFC 9293 §3.6.1: "a host MAY … send a RST to show that data was lost"; RFC 1122 §4.2.2.13. Linux does. */
const unread = [
  { guard: 'receiverGone', target: 'CLOSED', actions: ['rejectSegment', 'tellReset', 'release'] },
  { actions: ['takeText', 'sendAck'] },
] as const;

/** The peer has said that it sends no more: text and FIN cannot come. §3.10.7.4, seventh and eighth. */
const peerIsDone = { TEXT: ignored, FIN: acknowledged } as const;

export const tcpMachine = setup({
  types: {
    context: {} as { openedPassively: boolean; receiverGone: boolean },
    events: {} as { type: TcpEvent },
    input: {} as { openedPassively?: boolean; receiverGone?: boolean },
  },
  guards: {
    openedPassively: ({ context }) => context.openedPassively,
    receiverGone: ({ context }) => context.receiverGone,
  },
  actions: Object.fromEntries(ACTIONS.map((name) => [name, () => {}])) as Record<TcpAction, () => void>,
}).createMachine({
  id: 'tcp',
  initial: 'CLOSED',
  context: ({ input }) => ({
    openedPassively: input?.openedPassively ?? false,
    receiverGone: input?.receiverGone ?? false,
  }),
  states: {
    // §3.10.7.1: segments that meet no connection are answered in reset.ts, before any machine is asked.
    CLOSED: {
      on: {
        ...Object.fromEntries(EVENTS.map((event) => [event, ignored])),
        OPEN_PASSIVE: 'LISTEN',
        OPEN_ACTIVE: { target: 'SYN-SENT', actions: ['sendSyn'] },
      },
    },
    // §3.10.7.2. A socket that listens stays; the SYN makes a new connection, which begins in SYN-RECEIVED (open.ts).
    LISTEN: {
      on: {
        ...synchronised,
        OPEN_ACTIVE: { target: 'SYN-SENT', actions: ['sendSyn'] },
        CLOSE: { target: 'CLOSED', actions: ['dropQueued', 'release'] },
        ABORT: { target: 'CLOSED', actions: ['dropQueued', 'release'] },
        SYN: { target: 'SYN-RECEIVED', actions: ['takeSyn', 'sendSynAck'] },
        SYN_OLD: { target: 'SYN-RECEIVED', actions: ['takeSyn', 'sendSynAck'] },
        SYN_ACK_GOOD: { actions: ['rejectSegment'] },
        SYN_ACK_BAD: { actions: ['rejectSegment'] },
        ACK_NEW: { actions: ['rejectSegment'] },
        ACK_OF_COOKIE: { target: 'ESTABLISHED', actions: ['announce'] },
        ACK_OF_FIN: { actions: ['rejectSegment'] },
        ACK_DUP: { actions: ['rejectSegment'] },
        ACK_FUTURE: { actions: ['rejectSegment'] },
        OUT_OF_WINDOW: { actions: ['rejectSegment'] },
        TEXT: ignored,
        TEXT_LATER: ignored,
        FIN: ignored,
        RST_EXACT: ignored,
        RST_WINDOW: ignored,
        RST_ACK_GOOD: ignored,
        RST_ACK_BAD: ignored,
        RETRANSMISSION_TIMEOUT: ignored,
        USER_TIMEOUT: { target: 'CLOSED', actions: ['tellTimedOut', 'release'] },
      },
    },
    // §3.10.7.3: the ACK is looked at before RST and SYN.
    'SYN-SENT': {
      on: {
        ...synchronised,
        CLOSE: { target: 'CLOSED', actions: ['release'] },
        ABORT: { target: 'CLOSED', actions: ['release'] },
        SYN: { target: 'SYN-RECEIVED', actions: ['takeSyn', 'sendSynAck'] }, // simultaneous open
        SYN_OLD: { target: 'SYN-RECEIVED', actions: ['takeSyn', 'sendSynAck'] },
        SYN_ACK_GOOD: { target: 'ESTABLISHED', actions: ['takeSyn', 'takeAck', 'sendAck', 'announce'] },
        SYN_ACK_BAD: { actions: ['rejectSegment'] },
        ACK_NEW: ignored,
        ACK_DUP: { actions: ['rejectSegment'] },
        ACK_FUTURE: { actions: ['rejectSegment'] },
        TEXT: ignored,
        TEXT_LATER: ignored,
        FIN: ignored,
        OUT_OF_WINDOW: ignored,
        RST_EXACT: ignored,
        RST_WINDOW: ignored,
        RST_ACK_GOOD: { target: 'CLOSED', actions: ['tellRefused', 'release'] },
        RST_ACK_BAD: ignored,
        ICMP_HARD: { target: 'CLOSED', actions: ['tellRefused', 'release'] },
      },
    },
    'SYN-RECEIVED': {
      on: {
        ...synchronised,
        CLOSE: { target: 'FIN-WAIT-1', actions: ['sendFin'] },
        ABORT: aborted,
        SYN: [passively, { actions: ['sendAck'] }],
        SYN_ACK_GOOD: { target: 'ESTABLISHED', actions: ['takeAck', 'announce'] }, // both opened at once
        SYN_ACK_BAD: [passively, { actions: ['sendAck'] }],
        ACK_NEW: { target: 'ESTABLISHED', actions: ['takeAck', 'announce'] },
        ACK_DUP: { actions: ['rejectSegment'] },
        ACK_FUTURE: { actions: ['rejectSegment'] },
        TEXT: ignored,
        FIN: ignored,
        RST_EXACT: [passively, { target: 'CLOSED', actions: ['tellRefused', 'release'] }],
        RST_ACK_GOOD: [passively, { target: 'CLOSED', actions: ['tellRefused', 'release'] }],
        RST_ACK_BAD: [passively, { target: 'CLOSED', actions: ['tellRefused', 'release'] }],
        USER_TIMEOUT: [passively, timedOut],
        ICMP_HARD: [passively, { target: 'CLOSED', actions: ['tellRefused', 'release'] }],
      },
    },
    ESTABLISHED: {
      on: {
        ...synchronised,
        CLOSE: { target: 'FIN-WAIT-1', actions: ['sendFin'] },
        ABORT: aborted,
        TEXT: { actions: ['takeText', 'sendAck'] },
        FIN: { target: 'CLOSE-WAIT', actions: ['takeFin', 'sendAck'] },
      },
    },
    'FIN-WAIT-1': {
      on: {
        ...synchronised,
        CLOSE: ignored,
        ABORT: aborted,
        ACK_OF_FIN: { target: 'FIN-WAIT-2', actions: ['takeAck', 'awaitFin'] },
        TEXT: unread,
        FIN: { target: 'CLOSING', actions: ['takeFin', 'sendAck'] },
      },
    },
    'FIN-WAIT-2': {
      on: {
        ...synchronised,
        CLOSE: { actions: ['awaitFin'] },
        ABORT: aborted,
        TEXT: unread,
        FIN: { target: 'TIME-WAIT', actions: ['takeFin', 'sendAck', 'startTimeWait'] },
        RETRANSMISSION_TIMEOUT: ignored,
        TIME_WAIT_TIMEOUT: { target: 'CLOSED', actions: ['release'] }, // Linux: an orphan waits tcp_fin_timeout, 60 s
      },
    },
    'CLOSE-WAIT': {
      on: {
        ...synchronised,
        ...peerIsDone,
        CLOSE: { target: 'LAST-ACK', actions: ['sendFin'] },
        ABORT: aborted,
      },
    },
    CLOSING: {
      on: {
        ...synchronised,
        ...peerIsDone,
        CLOSE: ignored,
        ABORT: { target: 'CLOSED', actions: ['release'] },
        ACK_OF_FIN: { target: 'TIME-WAIT', actions: ['takeAck', 'startTimeWait'] },
      },
    },
    'LAST-ACK': {
      on: {
        ...synchronised,
        ...peerIsDone,
        CLOSE: ignored,
        ABORT: { target: 'CLOSED', actions: ['release'] },
        ACK_OF_FIN: { target: 'CLOSED', actions: ['takeAck', 'release'] },
      },
    },
    // §3.10.7.4: a FIN sent again is acknowledged and the 2 MSL begin anew; it arrives left of the window.
    'TIME-WAIT': {
      on: {
        ...synchronised,
        ...peerIsDone,
        CLOSE: ignored,
        ABORT: { target: 'CLOSED', actions: ['release'] },
        OUT_OF_WINDOW: { actions: ['sendAck', 'startTimeWait'] },
        RST_EXACT: { target: 'CLOSED', actions: ['release'] },
        RST_ACK_GOOD: { target: 'CLOSED', actions: ['release'] },
        RST_ACK_BAD: { target: 'CLOSED', actions: ['release'] },
        RETRANSMISSION_TIMEOUT: ignored,
        USER_TIMEOUT: { target: 'CLOSED', actions: ['release'] },
        TIME_WAIT_TIMEOUT: { target: 'CLOSED', actions: ['release'] },
      },
    },
  },
});
