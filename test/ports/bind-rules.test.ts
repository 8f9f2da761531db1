// Every row of bind-rules.json through real sockets: somebody has the port, another asks for it, and gets what the system
// would say. Linux: all 384 recorded on 6.18. FreeBSD: as its source reads. Windows: Microsoft's table of 36.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { SocketOptions } from '../../src/host/call.js';
import { setSystem } from '../../src/ports/profiles.js';
import type { Outcome } from '../../src/world/facts.js';
import type { ProcessId, SocketId, System } from '../../src/world/tables.js';
import { Net } from '../builders/network.js';

interface Row {
  readonly proto: 'tcp' | 'udp';
  readonly existing: Holding & {
    readonly state: 'CLOSED' | 'LISTEN' | 'BOUND' | 'ESTABLISHED' | 'TIME_WAIT' | 'CONNECTED';
  };
  readonly new: Holding;
  readonly linux: Outcome;
  readonly freebsd: Outcome;
}
interface Holding {
  readonly addr: '*' | 'A' | 'B';
  readonly reuseAddr: boolean;
  readonly reusePort: boolean;
}
interface BindRules {
  readonly rows: readonly Row[];
  readonly windows: {
    readonly columns: readonly string[];
    readonly rows: Readonly<Record<string, string[]>>;
  };
}
const data: BindRules = JSON.parse(readFileSync(new URL('bind-rules.json', import.meta.url), 'utf8'));

const PORT = 8080;
const ADDRESSES = { '*': '', A: '10.0.0.1', B: '10.0.0.2' };
const PEER = '10.0.0.9';

function box(system: System) {
  const net = new Net({ box: { addresses: [ADDRESSES.A, ADDRESSES.B] }, far: PEER });
  net.event(() => setSystem(net.world, net.host('box'), system));
  return { net, process: net.process('box') };
}

const optionsOf = ({ reuseAddr, reusePort }: Holding): SocketOptions => ({
  mayRebind: reuseAddr,
  sharesPort: reusePort,
});

function bind(net: Net, process: ProcessId, socket: SocketId, addr: Holding['addr']): Outcome {
  return net.call(process, { call: 'bind', socket, address: ADDRESSES[addr], port: PORT }).outcome;
}

/** The socket that was there first, brought into its state by calls and packets. */
function hold(net: Net, process: ProcessId, { proto, existing }: Row): SocketId {
  const socket = net.socket(process, proto, optionsOf(existing));
  expect(bind(net, process, socket, existing.addr)).toBe('ok');
  if (existing.state === 'CONNECTED')
    net.call(process, { call: 'connect', socket, address: PEER, port: 9000 });
  if (existing.state === 'CLOSED' || proto === 'udp') return socket;
  net.call(process, { call: 'listen', socket, backlog: 1 });
  if (existing.state === 'LISTEN') return socket;
  // A conversation that outlives its listener, and has the listener's options.
  const far = net.process('far');
  const { socket: client } = net.caller(far, ADDRESSES.A, PORT);
  net.settle();
  const child = net.accepted(process, socket);
  net.call(process, { call: 'close', socket });
  if (existing.state === 'ESTABLISHED') return child;
  net.call(process, { call: 'close', socket: child });
  net.settle();
  net.call(far, { call: 'close', socket: client });
  net.settle();
  const [left] = net.socketsOn('box');
  if (left === undefined) throw new Error('nobody is left in TIME-WAIT');
  return left;
}

const STATES = {
  CLOSED: 'CLOSED',
  BOUND: 'UNCONNECTED',
  LISTEN: 'LISTEN',
  ESTABLISHED: 'ESTABLISHED',
  TIME_WAIT: 'TIME-WAIT',
  CONNECTED: 'CONNECTED',
} as const;

describe.each(['linux', 'freebsd'] as const)('%s', (system) => {
  test('all 384 rows: who may bind beside whom', () => {
    let count = 0;
    for (const row of data.rows) {
      const { net, process } = box(system);
      const held = hold(net, process, row);
      expect(net.stateOf(held)).toBe(STATES[row.existing.state]);
      const outcome = bind(net, process, net.socket(process, row.proto, optionsOf(row.new)), row.new.addr);
      expect(outcome, JSON.stringify(row)).toBe(row[system]);
      count++;
    }
    expect(count).toBe(384);
  });
});

describe('windows', () => {
  /** `reuW` is SO_REUSEADDR on the wildcard address. */
  const wayOf = (code: string): { options: SocketOptions; addr: '*' | 'A' } => ({
    options: { mayRebind: code.startsWith('reu'), isExclusive: code.startsWith('exc') },
    addr: code.endsWith('W') ? '*' : 'A',
  });
  const play = (first: string, second: string, users: readonly [string, string]) => {
    const { net } = box('windows');
    const [one, other] = [wayOf(first), wayOf(second)];
    const [holder, newcomer] = users.map((user) => net.process('box', user)) as [ProcessId, ProcessId];
    expect(bind(net, holder, net.socket(holder, 'tcp', one.options), one.addr)).toBe('ok');
    return bind(net, newcomer, net.socket(newcomer, 'tcp', other.options), other.addr);
  };

  test('all 36 fields of the table, for one user and for two', () => {
    let count = 0;
    const wanted = { OK: 'ok', INUSE: 'EADDRINUSE', DENIED: 'EACCES' };
    for (const [second, fields] of Object.entries(data.windows.rows))
      for (const [place, field] of fields.entries()) {
        const first = data.windows.columns[place] ?? '';
        const [same, two] = field === 'CHECK' ? (['OK', 'DENIED'] as const) : ([field, field] as const);
        const name = `${second} after ${first}`;
        expect(play(first, second, ['ann', 'ann']), name).toBe(wanted[same as keyof typeof wanted]);
        expect(play(first, second, ['ann', 'bob']), name).toBe(wanted[two as keyof typeof wanted]);
        count++;
      }
    expect(count).toBe(36);
  });

  test('two different addresses are never in each other’s way', () => {
    for (const option of [{}, { mayRebind: true }, { isExclusive: true }]) {
      const { net, process } = box('windows');
      expect(bind(net, process, net.socket(process, 'tcp', option), 'A')).toBe('ok');
      expect(bind(net, process, net.socket(process, 'tcp', option), 'B')).toBe('ok');
    }
  });

  test('TIME-WAIT never blocks bind; a connection only where one side is exclusive', () => {
    for (const [state, isExclusive, wanted] of [
      ['TIME_WAIT', false, 'ok'],
      ['TIME_WAIT', true, 'ok'],
      ['ESTABLISHED', false, 'ok'],
      ['ESTABLISHED', true, 'EADDRINUSE'],
    ] as const) {
      const { net, process } = box('windows');
      const plain = { addr: 'A', reuseAddr: false, reusePort: false } as const;
      hold(net, process, {
        proto: 'tcp',
        existing: { ...plain, state },
        new: plain,
        linux: 'ok',
        freebsd: 'ok',
      });
      const newcomer = net.socket(process, 'tcp', { isExclusive });
      expect(bind(net, process, newcomer, 'A'), `${state} ${isExclusive}`).toBe(wanted);
    }
  });

  test('no port needs privilege, and SO_EXCLUSIVEADDRUSE is for Windows only', () => {
    const { net } = box('windows');
    const ann = net.process('box', 'ann');
    const low = { call: 'bind', socket: net.socket(ann, 'tcp'), address: '', port: 80 } as const;
    expect(net.call(ann, low).outcome).toBe('ok');
    const linux = box('linux');
    const socket = linux.net.socket(linux.process, 'tcp');
    const set = { call: 'setsockopt', socket, options: { isExclusive: true } } as const;
    expect(linux.net.call(linux.process, set).outcome).toBe('ENOPROTOOPT');
  });
});

describe('FreeBSD and macOS', () => {
  // A server on every address and one on a single address: Linux says no as soon as the first listens.
  test.each(['freebsd', 'macos'] as const)(
    '%s: only the second of two listeners needs the option',
    (system) => {
      const { net, process } = box(system);
      const first = net.socket(process, 'tcp');
      const second = net.socket(process, 'tcp', { mayRebind: true });
      expect(bind(net, process, first, '*')).toBe('ok');
      expect(bind(net, process, second, 'A')).toBe('ok');
      // listen() does not ask again: the first, without options, would be refused now.
      for (const socket of [first, second])
        expect(net.call(process, { call: 'listen', socket, backlog: 1 }).outcome).toBe('ok');
    },
  );

  test('another user is refused even with the options, root is not', () => {
    for (const [user, wanted] of [
      ['bob', 'EADDRINUSE'],
      ['root', 'ok'],
    ] as const) {
      const { net } = box('freebsd');
      const [ann, other] = [net.process('box', 'ann'), net.process('box', user)];
      expect(bind(net, ann, net.socket(ann, 'udp', { sharesPort: true }), '*')).toBe('ok');
      expect(bind(net, other, net.socket(other, 'udp', { sharesPort: true }), '*')).toBe(wanted);
    }
  });
});

describe('how long TIME-WAIT lasts', () => {
  const SECOND = 1e9;
  test.each([
    ['linux', 60],
    ['freebsd', 60],
    ['macos', 30],
    ['windows', 120],
  ] as const)('%s: %i s', (system, seconds) => {
    const { net, process } = box(system);
    const existing = { addr: 'A', reuseAddr: false, reusePort: false, state: 'TIME_WAIT' } as const;
    const before = net.now;
    const left = hold(net, process, { proto: 'tcp', existing, new: existing, linux: 'ok', freebsd: 'ok' });
    const began = net.now - before; // a few round trips
    net.pass((seconds - 1) * SECOND - began);
    expect(net.stateOf(left)).toBe('TIME-WAIT');
    net.pass(1.1 * SECOND + began);
    expect(net.stateOf(left)).toBe('gone');
  });
});
