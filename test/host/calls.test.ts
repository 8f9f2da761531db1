// What a process may ask and what it is told: descriptors, accept, the backlog, closing, errors that are told once.
import { describe, expect, test } from 'vitest';
import type { Call } from '../../src/host/call.js';
import { encodeText } from '../../src/wire/bytes.js';
import { FIN, RST } from '../../src/wire/packet.js';
import type { DescriptorId, ProcessId, SocketId } from '../../src/world/tables.js';
import { connectionIn, LAPTOP, WEB } from '../builders/connection.js';
import { DELAY, Net, SECOND } from '../builders/network.js';

const pair = () => {
  const net = new Net({ laptop: LAPTOP, web: WEB });
  return { net, laptop: net.process('laptop'), web: net.process('web') };
};

describe('descriptors', () => {
  const numbers = (net: Net, process: ProcessId) =>
    [...net.world.descriptors.rows]
      .filter((each: DescriptorId) => net.world.descriptors.process.get(each) === process)
      .map((each) => net.world.descriptors.number.get(each));

  test('begin at 3, and the lowest free number is next', () => {
    const { net, web } = pair();
    const [, second] = [net.socket(web, 'tcp'), net.socket(web, 'udp'), net.socket(web, 'tcp')];
    expect(numbers(net, web)).toEqual([3, 4, 5]);
    if (second) net.call(web, { call: 'close', socket: second });
    net.socket(web, 'tcp');
    expect(numbers(net, web).sort()).toEqual([3, 4, 5]);
  });

  test('each process counts for itself', () => {
    const { net, web } = pair();
    const other = net.process('web');
    net.socket(web, 'tcp');
    net.socket(other, 'tcp');
    expect([numbers(net, web), numbers(net, other)]).toEqual([[3], [3]]);
  });

  test('a socket that is gone gives EBADF, whatever is asked of it', () => {
    const { net, web } = pair();
    const socket = net.socket(web, 'udp');
    net.call(web, { call: 'close', socket });
    const calls: Call[] = [
      { call: 'bind', socket, address: '', port: 53 },
      { call: 'listen', socket, backlog: 1 },
      { call: 'connect', socket, address: LAPTOP, port: 1 },
      { call: 'accept', socket },
      { call: 'send', socket, data: encodeText('x') },
      { call: 'recv', socket },
      { call: 'shutdown', socket, how: 'both' },
      { call: 'setsockopt', socket, options: { mayRebind: true } },
      { call: 'close', socket },
    ];
    expect(calls.map((call) => net.call(web, call).outcome)).toEqual(calls.map(() => 'EBADF'));
  });

  test('a process that exits closes all that it had: listeners, conversations and datagram sockets', () => {
    const { net, laptop, web, server } = connectionIn('ESTABLISHED');
    net.bound(web, 'udp', 53);
    net.call(web, { call: 'exit' });
    expect(net.world.processes.isRunning.get(web)).toBe(false);
    expect(net.statesOn('web')).toEqual(['FIN-WAIT-1']);
    net.settle();
    expect(net.stateOf(server)).toBe('FIN-WAIT-2');
    const { call } = net.caller(laptop, WEB, 80);
    net.settle();
    expect(call.result?.outcome).toBe('ECONNREFUSED');
  });
});

describe('accept()', () => {
  test('hands out connections in the order in which their handshakes were completed', () => {
    const { net, laptop, web } = pair();
    const listener = net.listener(web, 80);
    const callers = [5001, 5002, 5003].map((port) => net.caller(laptop, WEB, 80, port));
    net.settle();
    const peers = callers.map(() => {
      const socket = net.accepted(web, listener);
      return net.world.sockets.ports.get(socket) & 0xffff;
    });
    expect(peers).toEqual([5001, 5002, 5003]);
  });

  test('waits while nobody is there, and comes back in the step in which somebody is', () => {
    const { net, laptop, web } = pair();
    const listener = net.listener(web, 80);
    const waiting = net.start(web, { call: 'accept', socket: listener });
    net.caller(laptop, WEB, 80);
    net.pass(2 * DELAY);
    expect(waiting.result).toBeUndefined();
    net.pass(DELAY);
    expect(waiting.result?.outcome).toBe('ok');
    expect(net.portOf(waiting.result?.socket as SocketId)).toBe(80);
  });

  test('two that wait are served first come first', () => {
    const { net, laptop, web } = pair();
    const listener = net.listener(web, 80);
    const [first, second] = [1, 2].map(() => net.start(web, { call: 'accept', socket: listener }));
    net.caller(laptop, WEB, 80);
    net.settle();
    expect([first?.result?.outcome, second?.result]).toEqual(['ok', undefined]);
  });

  test.each([
    ['a socket that does not listen', (net: Net, web: ProcessId) => net.bound(web, 'tcp', 80), 'EINVAL'],
    ['a datagram socket', (net: Net, web: ProcessId) => net.bound(web, 'udp', 80), 'EOPNOTSUPP'],
  ] as const)('of %s gives %s', (_, make, outcome) => {
    const { net, web } = pair();
    expect(net.call(web, { call: 'accept', socket: make(net, web) }).outcome).toBe(outcome);
  });

  test('a connection whose caller has closed already is handed out with what it said', () => {
    const { net, laptop, web } = pair();
    const listener = net.listener(web, 80);
    const { socket } = net.caller(laptop, WEB, 80);
    net.settle();
    net.send(laptop, socket, 'hello and bye');
    net.call(laptop, { call: 'close', socket });
    net.settle();
    const server = net.accepted(web, listener);
    expect(net.recv(web, server)).toBe('hello and bye');
    expect(net.recv(web, server)).toBe('!eof');
  });
});

describe('the backlog', () => {
  // Linux: backlog + 1 connections fit; a SYN too many is dropped, not refused.
  test.each([
    [0, 1],
    [1, 2],
    [5, 6],
  ])('%i holds %i completed connections; the next caller waits and tries again', (backlog, held) => {
    const { net, laptop, web } = pair();
    const listener = net.listener(web, 80, { backlog });
    const callers = Array.from({ length: held + 1 }, () => {
      const caller = net.caller(laptop, WEB, 80);
      net.settle();
      return caller;
    });
    expect(callers.map(({ call }) => call.result?.outcome)).toEqual([...Array(held).fill('ok'), undefined]);
    expect(net.segmentsFrom('web').filter((each) => each.flags & RST)).toEqual([]);
    const last = callers.at(-1);
    expect(net.stateOf(last?.socket as SocketId)).toBe('SYN-SENT');
    expect(net.facts('refused').map(({ answer, rule }) => [answer, rule])).toEqual([
      ['silence', 'listener-any'],
    ]);
    net.accepted(web, listener);
    net.pass(SECOND + 3 * DELAY); // the SYN comes again after one second
    expect(last?.call.result?.outcome).toBe('ok');
  });

  test('of -1, and of more than somaxconn, is somaxconn', () => {
    const { net, web } = pair();
    const backlogs = [-1, 100_000].map((backlog, place) => {
      const socket = net.listener(web, 80 + place, { backlog });
      return net.world.sockets.backlog.get(socket);
    });
    expect(backlogs).toEqual([4096, 4096]);
  });
});

describe('close()', () => {
  // RFC 2525 §2.17: the peer learns that something it said was never read.
  test('with unread data sends RST instead of FIN, and nothing remains', () => {
    const { net, laptop, web, client, server } = connectionIn('ESTABLISHED');
    net.send(laptop, client, 'unread');
    net.settle();
    const before = net.segmentsFrom('web').length;
    net.call(web, { call: 'close', socket: server });
    net.settle();
    const said = net.segmentsFrom('web').slice(before);
    expect(said.map((each) => [each.flags & RST, each.flags & FIN])).toEqual([[RST, 0]]);
    expect(net.statesOn('web')).toEqual(['LISTEN']);
    expect(net.statesOn('laptop')).toEqual([]);
    expect(net.send(laptop, client, 'x')).toBe('ECONNRESET');
    expect(net.send(laptop, client, 'x')).toBe('EPIPE');
  });

  test('of a listener resets who waits to be accepted, and leaves who was accepted alone', () => {
    const { net, laptop, web } = pair();
    const listener = net.listener(web, 80);
    const [first, second] = [net.caller(laptop, WEB, 80), net.caller(laptop, WEB, 80)];
    net.settle();
    const server = net.accepted(web, listener);
    net.call(web, { call: 'close', socket: listener });
    net.settle();
    expect(net.stateOf(first.socket)).toBe('ESTABLISHED');
    expect(net.recv(laptop, second.socket)).toBe('!ECONNRESET');
    net.send(laptop, first.socket, 'still here');
    net.settle();
    expect(net.recv(web, server)).toBe('still here');
  });

  test('of a listener ends an accept() that waits there', () => {
    const { net, web } = pair();
    const listener = net.listener(web, 80);
    net.start(web, { call: 'accept', socket: listener });
    expect(() => {
      net.call(web, { call: 'close', socket: listener });
      net.finish();
    }).not.toThrow();
  });

  test('a datagram socket is gone at once, with its port', () => {
    const { net, web } = pair();
    const socket = net.bound(web, 'udp', 53);
    net.call(web, { call: 'close', socket });
    expect(net.stateOf(socket)).toBe('gone');
    expect(net.facts('freed').map(({ port }) => port)).toEqual([53]);
    net.bound(web, 'udp', 53);
  });
});

describe('calls out of place', () => {
  const say = (socket: SocketId): Call => ({ call: 'send', socket, data: encodeText('x') });
  test.each<[string, (net: Net, web: ProcessId) => SocketId, (socket: SocketId) => Call, string]>([
    ['send on a fresh TCP socket', (net, web) => net.socket(web, 'tcp'), say, 'EPIPE'],
    ['send on a listener', (net, web) => net.listener(web, 80), say, 'EPIPE'],
    ['send on a UDP socket without a peer', (net, web) => net.socket(web, 'udp'), say, 'EDESTADDRREQ'],
    [
      'recv on a fresh TCP socket',
      (net, web) => net.socket(web, 'tcp'),
      (socket) => ({ call: 'recv', socket }),
      'ENOTCONN',
    ],
    [
      'recv on a listener',
      (net, web) => net.listener(web, 80),
      (socket) => ({ call: 'recv', socket }),
      'ENOTCONN',
    ],
    [
      'shutdown without a peer',
      (net, web) => net.socket(web, 'udp'),
      (socket) => ({ call: 'shutdown', socket, how: 'write' }),
      'ENOTCONN',
    ],
    [
      'listen on UDP',
      (net, web) => net.bound(web, 'udp', 80),
      (socket) => ({ call: 'listen', socket, backlog: 1 }),
      'EOPNOTSUPP',
    ],
    [
      'connect on a listener',
      (net, web) => net.listener(web, 80),
      (socket) => ({ call: 'connect', socket, address: LAPTOP, port: 1 }),
      'EISCONN',
    ],
    [
      'connect to a network that is not there',
      (net, web) => net.socket(web, 'tcp'),
      (socket) => ({ call: 'connect', socket, address: '203.0.113.9', port: 80 }),
      'ENETUNREACH',
    ],
    [
      'TCP connect to a group',
      (net, web) => net.socket(web, 'tcp'),
      (socket) => ({ call: 'connect', socket, address: '224.0.0.1', port: 80 }),
      'ENETUNREACH',
    ],
    [
      'sendto port 0',
      (net, web) => net.socket(web, 'udp'),
      (socket) => ({ call: 'sendto', socket, data: encodeText('x'), address: LAPTOP, port: 0 }),
      'EINVAL',
    ],
  ])('%s', (_, make, call, outcome) => {
    const { net, web } = pair();
    expect(net.call(web, call(make(net, web))).outcome).toBe(outcome);
  });

  test('connect once more: EALREADY on the way, EISCONN when it stands', () => {
    const { net, laptop, web } = pair();
    net.listener(web, 80);
    const { socket } = net.caller(laptop, WEB, 80);
    const again = () => net.call(laptop, { call: 'connect', socket, address: WEB, port: 80 }).outcome;
    expect(again()).toBe('EALREADY');
    net.settle();
    expect(again()).toBe('EISCONN');
  });

  test('connect to the any-address means this host', () => {
    const { net, laptop } = pair();
    const listener = net.listener(laptop, 80);
    const { socket, call } = net.caller(laptop, '', 80);
    net.settle();
    expect(call.result?.outcome).toBe('ok');
    expect(net.localAddressOf(socket)).toBe('127.0.0.1');
    expect(net.localAddressOf(net.accepted(laptop, listener))).toBe('127.0.0.1');
  });
});
