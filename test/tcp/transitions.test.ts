// Every row of the transition table of RFC 9293 §3.10 through real sockets: a connection in the state, the call, segment or
// timeout as its event; compared are the next state, what is sent, and what the process is told. Twice: on a `textbook`
// host against the table (rfc9293-transitions.json), and on a `linux` host against what a 6.18 kernel did with the same
// segment in the same state (linux-transitions.json). Where the two differ, the rule that says so is named below.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { TCP_RULES, type TcpRules } from '../../src/tcp/rules.js';
import { formatFlags } from '../../src/wire/notation.js';
import { type IcmpErrorKind, sequenceLength, type TcpSegment } from '../../src/wire/packet.js';
import { distance, plus } from '../../src/wire/sequence.js';
import type { Outcome } from '../../src/world/facts.js';
import type { System } from '../../src/world/tables.js';
import { LAPTOP, WEB } from '../builders/connection.js';
import { FLAGS, type FlagName, Half, type HalfState } from '../builders/half.js';
import { DELAY, MILLI } from '../builders/network.js';

interface Emitted {
  readonly flags: readonly FlagName[];
  readonly seq?: string;
  readonly ack?: string;
  readonly len?: string | number;
}
interface Row {
  readonly state: HalfState;
  readonly event: string;
  readonly next: HalfState;
  readonly emit: readonly Emitted[];
  readonly emitAlternatives?: readonly (readonly Emitted[])[];
  readonly emitOptional?: readonly Emitted[];
  readonly user: { readonly signal?: string; readonly socket?: string; readonly deliver?: string };
  readonly applicable?: false;
  readonly preferred?: 'alternative';
  readonly alternative?: Partial<Row>;
}
interface Recorded {
  readonly state: HalfState;
  readonly event: string;
  readonly next: HalfState;
  readonly emit: readonly {
    readonly flags: readonly FlagName[];
    readonly seq: number | '0';
    readonly ack?: number;
  }[];
  readonly error?: string;
}
const read = (name: string) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
const table: { rows: Row[]; meta: { events: { name: string; kind: string }[] } } =
  read('rfc9293-transitions.json');
const linux: { rows: Recorded[] } = read('linux-transitions.json');

const rows = table.rows.filter(({ applicable }) => applicable !== false);
const kinds = new Map(table.meta.events.map(({ name, kind }) => [name, kind]));
const nameOf = ({ state, event }: { state: string; event: string }) => `${state} ${event}`;

/** The segments that the table names, from the numbers of the half that they come to. */
function segmentFor(event: string, state: HalfState, half: Half) {
  const { una, next, initial, receive, window, peerInitial } = half;
  const isOpening = state === 'SYN_SENT' || state.startsWith('SYN_RCVD');
  const good = isOpening ? plus(initial, 1) : una;
  const known: Record<string, [flags: FlagName[], seq: number, ack?: number, bytes?: number]> = {
    SYN: [['SYN'], receive],
    SYN_DATA: [['SYN'], receive, 0, 5],
    SYN_FIN: [['SYN', 'FIN'], receive],
    SYN_OLD: [['SYN'], peerInitial],
    SYN_ACK_GOOD: [['SYN', 'ACK'], peerInitial, isOpening ? plus(initial, 1) : next],
    SYN_ACK_BAD: [['SYN', 'ACK'], receive, plus(initial, -1)],
    ACK_DUP: [['ACK'], receive, state === 'SYN_SENT' ? initial : una],
    ACK_NEW: [['ACK'], receive, isOpening ? plus(initial, 1) : plus(una, 10)],
    ACK_OF_FIN: [['ACK'], receive, next],
    ACK_FUTURE: [['ACK'], receive, plus(next, 50)],
    ACK_ANCIENT: [['ACK'], receive, plus(una, -600)],
    ACK_BADSEQ: [['ACK'], plus(receive, -1), good],
    DATA: [['ACK'], receive, good, 10],
    DATA_OOO: [['ACK'], plus(receive, 20), good, 10],
    DATA_OLD: [['ACK'], plus(receive, -10), good, 10],
    DATA_BEYOND: [['ACK'], plus(receive, window + 100), good, 10],
    FIN_ACK: [['FIN', 'ACK'], receive, good],
    FIN_ACK_OF_FIN: [['FIN', 'ACK'], receive, next],
    FIN_OOO: [['FIN', 'ACK'], plus(receive, 20), good],
    FIN_OLD: [['FIN', 'ACK'], plus(receive, -1), good],
    FIN_NOACK: [['FIN'], receive],
    RST_EXACT: [['RST'], receive],
    RST_WINDOW: [['RST'], plus(receive, 20)],
    RST_OUTSIDE: [['RST'], plus(receive, window + 1000)],
    RST_ACK_GOOD: [['RST', 'ACK'], receive, state === 'SYN_SENT' ? plus(initial, 1) : next],
    RST_ACK_BAD: [['RST', 'ACK'], receive, plus(initial, -1)],
    NO_CONTROL: [[], receive, 0, 3],
  };
  const [flags, sequence, acknowledgment = 0, bytes = 0] = known[event] ?? [[], 0];
  const bits = flags.reduce((sum, flag) => sum | FLAGS[flag], 0);
  return { flags: bits, sequence, acknowledgment, bytes };
}

/** What a socket call gives where the RFC's has no counterpart or another answer; the rest follows from the row. */
const CALLS: Readonly<Record<string, Partial<Record<HalfState, Outcome>>>> = {
  OPEN_PASSIVE: { CLOSED: 'ok', LISTEN: 'ok' },
  SEND: { ESTABLISHED: 'ok', CLOSE_WAIT: 'ok', SYN_SENT: 'EAGAIN', SYN_RCVD_ACTIVE: 'EAGAIN' },
  RECEIVE_EMPTY: {
    CLOSED: 'ENOTCONN',
    LISTEN: 'ENOTCONN',
    CLOSE_WAIT: 'eof',
    CLOSING: 'eof',
    LAST_ACK: 'eof',
    TIME_WAIT: 'eof',
  },
  CLOSE: { CLOSED: 'ENOTCONN', TIME_WAIT: 'ENOTCONN' },
};

/** Brings the event about. Gives what the call gave, if it is one that a process can make in this state. */
function bringAbout({ state, event }: Row, half: Half): Outcome | undefined {
  const { net, process, socket } = half;
  const kind = kinds.get(event);
  if (kind === 'segment') {
    half.arrive(segmentFor(event, state, half));
    return undefined;
  }
  if (kind === 'icmp') {
    complain(half, event === 'ICMP_HARD' ? 'port-unreachable' : 'host-unreachable');
    return undefined;
  }
  if (event === 'RETRANSMISSION_TIMEOUT' || event === 'TIME_WAIT_TIMEOUT') {
    half.expire();
    return undefined;
  }
  if (event === 'USER_TIMEOUT') {
    half.happen('USER_TIMEOUT');
    return undefined;
  }
  const isForStack = socket === undefined || (state === 'TIME_WAIT' && !/RECEIVE|SEND|STATUS/.test(event));
  if (isForStack) {
    // No process has a handle on it: what the stack does with it (the table's socketModel).
    if (event === 'CLOSE_UNSENT') half.queue(5);
    const stack = { CLOSE: 'CLOSE', CLOSE_UNSENT: 'CLOSE', ABORT: 'ABORT', SEND: 'SEND' } as const;
    const open = { OPEN_PASSIVE: 'OPEN_PASSIVE', OPEN_ACTIVE: 'OPEN_ACTIVE' } as const;
    const name = { ...stack, ...open }[event as keyof typeof stack | keyof typeof open];
    if (name !== undefined) half.happen(name);
    return undefined;
  }
  switch (event) {
    case 'OPEN_PASSIVE':
      return net.call(process, { call: 'listen', socket, backlog: 5 }).outcome;
    case 'OPEN_ACTIVE':
      return net.call(process, { call: 'connect', socket, address: WEB, port: 80 }).outcome;
    case 'SEND':
      return net.send(process, socket, 'z');
    case 'RECEIVE_EMPTY':
    case 'RECEIVE_DATA':
      return net.call(process, { call: 'recv', socket }).outcome;
    case 'CLOSE_UNSENT':
    case 'CLOSE':
      if (event === 'CLOSE_UNSENT' && state.startsWith('SYN')) half.queue(600);
      if (state === 'LISTEN' || state === 'SYN_SENT')
        return net.call(process, { call: 'close', socket }).outcome;
      return net.call(process, { call: 'shutdown', socket, how: 'write' }).outcome;
    case 'ABORT':
      net.call(process, { call: 'setsockopt', socket, options: { linger: 0 } });
      return net.call(process, { call: 'close', socket }).outcome;
    default:
      return undefined; // STATUS: a look at the socket table
  }
}

function complain(half: Half, error: IcmpErrorKind): void {
  const about = half.sent.findLast((each) => sequenceLength(each) > 0);
  if (about === undefined) return;
  half.net.inject('web', { protocol: 'icmp', source: WEB, destination: LAPTOP, error, quoted: about });
  half.net.pass(DELAY);
}

interface Seen {
  readonly next: HalfState;
  readonly sent: readonly TcpSegment[];
  readonly outcome: Outcome | undefined;
  readonly told: readonly string[];
  readonly read: string;
  /** SO_ERROR. */
  readonly error: string | undefined;
  readonly half: Half;
}

function play(row: Row, system: System, isHasty = false): Seen {
  const isData = row.event === 'RECEIVE_DATA';
  const half = new Half(row.state, system, { isIdle: isData || row.event === 'SEND' });
  if (isData) half.give();
  if (row.event === 'CLOSE_UNSENT' && half.socket !== undefined && !row.state.startsWith('SYN')) {
    half.net.send(half.process, half.socket, 'q'.repeat(1080)); // 480 of them fill the window
    half.note();
  }
  const before = half.sent.length;
  const told = half.told.length;
  const outcome = bringAbout(row, half);
  if (isHasty) half.net.pass(5 * MILLI);
  const { socket, net, process } = half;
  const isThere = socket !== undefined && net.world.sockets.rows.has(socket);
  const error = isThere ? net.call(process, { call: 'geterror', socket }).error : undefined;
  const read = isThere && kinds.get(row.event) === 'segment' ? net.recv(process, socket) : '';
  return {
    next: half.state,
    sent: half.sent.slice(before),
    outcome,
    told: half.told.slice(told),
    read,
    error,
    half,
  };
}

/** The table's words for a number. RCV.NXT counts after the segment was taken in, all else before it came. */
function numberOf(word: string, half: Half, seen: Seen, segment: ReturnType<typeof segmentFor>): number {
  const length = segment.bytes + (segment.flags & FLAGS.SYN ? 1 : 0) + (segment.flags & FLAGS.FIN ? 1 : 0);
  switch (word) {
    case 'ISS':
      return seen.sent[0]?.sequence ?? half.initial;
    case 'SND.NXT':
      return half.next;
    case 'SND.NXT-1':
      return plus(half.next, -1);
    case 'SND.UNA':
      return half.una;
    case 'RCV.NXT':
      return half.after;
    case 'SEG.ACK':
      return segment.acknowledgment;
    case 'SEG.SEQ+SEG.LEN':
      return plus(segment.sequence, length);
    case 'SEG.SEQ+1':
      return plus(segment.sequence, 1);
    case '0':
      return 0;
    default:
      throw new Error(`the table says ${word}`);
  }
}

const flagsOf = (segment: TcpSegment) => formatFlags(segment).replace(' PSH', '').replace('PSH ', '');

function fits(emitted: readonly Emitted[], seen: Seen, row: Row): boolean {
  if (emitted.length !== seen.sent.length) return false;
  const segment = segmentFor(row.event, row.state, seen.half);
  return emitted.every((wanted, index) => {
    const got = seen.sent[index];
    if (got === undefined) return false;
    const flags = wanted.flags.reduce((sum, flag) => sum | FLAGS[flag], 0);
    const isSame = (got.flags & ~8) === flags;
    const number = (word: string | undefined, value: number) =>
      word === undefined || numberOf(word, seen.half, seen, segment) === value;
    return isSame && number(wanted.seq, got.sequence) && number(wanted.ack, got.acknowledgment);
  });
}

describe('RFC 9293, on a textbook host', () => {
  test('the table has 438 rows that can come about', () => {
    expect(rows).toHaveLength(438);
  });

  test.each(rows.map((row) => [nameOf(row), row] as const))('%s', (_, row) => {
    const wanted = row.preferred === 'alternative' ? { ...row, ...row.alternative } : row;
    // Of a half-open connection only the listener remains.
    const isChildGone = row.state === 'SYN_RCVD_PASSIVE' && wanted.next === 'CLOSED';
    const way = SOCKETS.has(nameOf(row)) ? { ...wanted, next: row.state, emit: [] } : wanted;
    const seen = play(row, 'textbook');
    expect(seen.next, seen.sent.map(flagsOf).join()).toBe(isChildGone ? 'LISTEN' : way.next);
    const choices = [
      way.emit,
      ...(way.emitAlternatives ?? []),
      ...(way.emitOptional ? [way.emitOptional] : []),
    ];
    const isSaid = choices.some((emitted) => fits(emitted, seen, row));
    expect(
      isSaid,
      `${JSON.stringify(seen.sent.map((each) => [flagsOf(each), each.sequence, each.acknowledgment]))} for ${JSON.stringify(choices)}`,
    ).toBe(true);
    expectTold(wanted, seen);
  });

  /** Signals of the RFC are errno here; every other row tells nobody. */
  function expectTold(row: Row, seen: Seen): void {
    const errno = /^E[A-Z]+/.exec(row.user.socket ?? '')?.[0];
    const isError = /error|reset|refused/.test(row.user.signal ?? '') && errno !== undefined;
    // A half-open connection of a listener has nobody to tell; a reset after the peer's FIN reads EPIPE.
    const isPassive = row.state === 'SYN_RCVD_PASSIVE';
    const word = errno === 'ECONNRESET' && row.state === 'CLOSE_WAIT' ? 'EPIPE' : errno;
    expect(seen.told).toEqual(isError && !isPassive ? [word] : []);
    if (row.user.deliver !== undefined && seen.half.socket !== undefined)
      expect(seen.read).toBe('y'.repeat(10));
    if (kinds.get(row.event) !== 'user' || seen.outcome === undefined) return;
    const known = CALLS[row.event]?.[row.state];
    if (known !== undefined) expect(seen.outcome).toBe(known);
    else if (row.event === 'RECEIVE_DATA' || row.event.startsWith('CLOSE') || row.event === 'ABORT')
      expect(seen.outcome).toBe('ok');
    else if (row.event === 'RECEIVE_EMPTY' || (row.event === 'OPEN_ACTIVE' && row.state === 'CLOSED'))
      expect(seen.outcome).toBe('pending');
    else expect(['EINVAL', 'EISCONN', 'EALREADY', 'EPIPE']).toContain(seen.outcome);
  }
});

/** A listener cannot become a caller through sockets: connect() gives EISCONN, send() EPIPE. The machine has both moves. */
const SOCKETS = new Set(['LISTEN OPEN_ACTIVE', 'LISTEN SEND']);

/** Rows of the segments and ICMP errors in which Linux and the RFC part, by the rule that says so. */
const PARTED: Partial<Record<keyof TcpRules, readonly string[]>> = {
  dropsSynFin: ['LISTEN SYN_FIN'],
  resetsHalfOpenOnSyn: ['SYN_RCVD_PASSIVE SYN', 'SYN_RCVD_PASSIVE SYN_DATA', 'SYN_RCVD_PASSIVE SYN_FIN'],
  halfOpenChecksAckFirst: ['SYN_RCVD_PASSIVE SYN_ACK_BAD'],
  completesOnOldAck: ['SYN_RCVD_ACTIVE ACK_DUP'],
  readsAckJustBefore: ['SYN_RCVD_ACTIVE DATA_OLD', 'SYN_RCVD_ACTIVE FIN_OLD'],
  timeWaitReadsNoAck: [
    'TIME_WAIT ACK_FUTURE',
    'TIME_WAIT ACK_ANCIENT',
    'TIME_WAIT FIN_NOACK',
    'TIME_WAIT RST_WINDOW',
    'TIME_WAIT NO_CONTROL',
    'TIME_WAIT DATA',
    'TIME_WAIT DATA_OOO',
  ],
  tellsWhileClosing: ['CLOSING', 'LAST_ACK'].flatMap((state) =>
    ['RST_EXACT', 'RST_ACK_GOOD', 'RST_ACK_BAD'].map((event) => `${state} ${event}`),
  ),
  halfOpenCallerIsReset: ['RST_EXACT', 'RST_ACK_GOOD', 'RST_ACK_BAD'].map(
    (event) => `SYN_RCVD_ACTIVE ${event}`,
  ),
  softErrorsEndOpening: [
    'SYN_SENT ICMP_SOFT',
    'SYN_RCVD_PASSIVE ICMP_HARD',
    'SYN_RCVD_PASSIVE ICMP_SOFT',
    'SYN_RCVD_ACTIVE ICMP_SOFT',
  ],
  acknowledgesCrossedSynAck: ['SYN_RCVD_ACTIVE SYN_ACK_GOOD'],
  hurriesSyn: ['SYN_ACK_BAD', 'ACK_DUP', 'ACK_FUTURE', 'ACK_ANCIENT', 'RST_ACK_BAD'].map(
    (event) => `SYN_SENT ${event}`,
  ),
};

describe('Linux 6.18, on a linux host', () => {
  test('every segment in every state was recorded, and ICMP errors where something is on its way', () => {
    expect(linux.rows).toHaveLength(322);
  });

  test.each(linux.rows.map((row) => [nameOf(row), row] as const))('%s', (_, recorded) => {
    const row = rows.find((each) => nameOf(each) === nameOf(recorded));
    if (row === undefined) throw new Error('not in the table');
    const seen = play(row, 'linux', true);
    expect(seen.next).toBe(recorded.next);
    const { half } = seen;
    const told = seen.sent.map((segment) => ({
      flags: (['SYN', 'FIN', 'RST', 'ACK'] as const).filter((flag) => segment.flags & FLAGS[flag]),
      seq: segment.sequence === 0 ? '0' : distance(segment.sequence, half.next),
      ...(segment.flags & FLAGS.ACK ? { ack: distance(segment.acknowledgment, half.receive) } : {}),
    }));
    const initial = row.state === 'LISTEN' && told[0]?.flags.join() === 'SYN,ACK';
    expect(told.map((each) => (initial ? each.flags : each))).toEqual(
      recorded.emit.map((each) => (initial ? each.flags : each)),
    );
    const { socket, net } = half;
    if (socket === undefined || !net.world.sockets.rows.has(socket) || row.state === 'LISTEN') return;
    const pending = seen.error;
    expect(pending).toBe(recorded.error);
  });
});

describe('where they part', () => {
  const differs = ({ state, event }: Recorded): boolean => {
    const row = rows.find((each) => nameOf(each) === `${state} ${event}`);
    if (row === undefined) return false;
    const [rfc, lin] = [play(row, 'textbook', true), play(row, 'linux', true)];
    // A fresh connection begins at a number of its own.
    const numbers = ({ sent, half }: Seen) =>
      sent.map((each) => [
        each.flags,
        state === 'LISTEN' && each.flags & FLAGS.SYN ? 0 : distance(each.sequence, half.next),
      ]);
    const summary = (seen: Seen) => JSON.stringify([seen.next, numbers(seen), seen.told]);
    return summary(rfc) !== summary(lin);
  };

  test('it is in the rows named, and by these rules', () => {
    const named = Object.values(PARTED).flat().sort();
    expect(linux.rows.filter(differs).map(nameOf).sort()).toEqual(named);
  });

  test.each(Object.entries(PARTED))('%s: Linux has it, the RFC has not', (rule, names) => {
    const name = rule as keyof TcpRules;
    expect(TCP_RULES.linux[name]).toBe(true);
    expect(TCP_RULES.textbook[name]).toBe(false);
    expect(names.length).toBeGreaterThan(0);
  });
});
