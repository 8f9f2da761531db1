// The life of a connection over a network: calls on both sides, packets between them, timers where nobody answers.
// What is asserted is what people could see: states as `ss` lists them, segments on the wire, what each process is told.
import { describe, expect, test } from 'vitest';
import { addFilter, removeFilters } from '../../src/net/firewall.js';
import { type Bytes, encodeText } from '../../src/wire/bytes.js';
import { flagWord, formatFlags } from '../../src/wire/notation.js';
import { ACK, FIN, PSH, RST, SYN } from '../../src/wire/packet.js';
import { plus } from '../../src/wire/sequence.js';
import { setSysctl } from '../../src/world/sysctls.js';
import type { SocketId } from '../../src/world/tables.js';
import { connectionIn, fromPeer, LAPTOP, numbersOf, opened, WEB } from '../builders/connection.js';
import { DELAY, Net, SECOND } from '../builders/network.js';

const wire = (net: Net) =>
  net
    .facts('sent')
    .flatMap(({ sent: { packet } }) =>
      packet.protocol === 'tcp' ? [`${packet.source === LAPTOP ? '>' : '<'} ${formatFlags(packet)}`] : [],
    );

/** Times of the segments with this word, in seconds. */
const times = (net: Net, host: string, word: string) =>
  net.recorder.steps.flatMap((step) =>
    step.facts.some(
      (fact) =>
        fact.kind === 'sent' &&
        fact.host === net.host(host) &&
        fact.sent.packet.protocol === 'tcp' &&
        flagWord(fact.sent.packet) === word,
    )
      ? [step.at / SECOND]
      : [],
  );

/** From now on nothing reaches the host over TCP: what comes to it is lost. */
const silence = (net: Net, host: string) =>
  net.event(() =>
    addFilter(net.world, {
      host: net.host(host),
      protocol: 'tcp',
      source: { address: undefined, ports: undefined },
      destination: { address: undefined, ports: undefined },
    }),
  );

describe('opening', () => {
  test('three segments, and each side learns the number of the other', () => {
    const { net, laptop, listener, client, server, connect } = opened();
    expect(connect.result?.outcome).toBe('ok');
    expect(wire(net)).toEqual(['> SYN', '< SYN ACK', '> ACK']);
    const [syn, ack] = net.segmentsFrom('laptop');
    const [synAck] = net.segmentsFrom('web');
    expect(synAck?.acknowledgment).toBe(plus(syn?.sequence ?? 0, 1));
    expect(ack?.acknowledgment).toBe(plus(synAck?.sequence ?? 0, 1));
    expect(ack?.sequence).toBe(plus(syn?.sequence ?? 0, 1));
    expect(syn?.acknowledgment).toBe(0);
    expect(net.stateOf(client)).toBe('ESTABLISHED');
    expect(net.stateOf(server as SocketId)).toBe('ESTABLISHED');
    expect(net.stateOf(listener)).toBe('LISTEN');
    expect(net.portOf(server as SocketId)).toBe(80); // accept() never picks a new port
    expect(net.now).toBe(3 * DELAY);
    expect(net.send(laptop, client, 'x')).toBe('ok');
  });

  test('the states on the way are SYN-SENT and SYN-RECEIVED', () => {
    const { net, client } = opened({}, false);
    expect(net.stateOf(client)).toBe('SYN-SENT');
    net.pass(DELAY);
    expect(net.statesOn('web')).toEqual(['LISTEN', 'SYN-RECEIVED']);
    net.pass(DELAY);
    expect(net.stateOf(client)).toBe('ESTABLISHED');
    expect(net.statesOn('web')).toEqual(['LISTEN', 'SYN-RECEIVED']);
    net.pass(DELAY);
    expect(net.statesOn('web')).toEqual(['LISTEN', 'ESTABLISHED']);
  });

  test('initial numbers differ from connection to connection and follow the seed', () => {
    const numbers = [1, 1, 2].map((seed) => opened({ seed }).net.segmentsFrom('laptop')[0]?.sequence);
    expect(numbers[0]).toBe(numbers[1]);
    expect(numbers[0]).not.toBe(numbers[2]);
  });

  test('a port where nobody listens answers RST; connect() gives ECONNREFUSED and the socket may try again', () => {
    const net = new Net({ laptop: LAPTOP, web: WEB });
    const laptop = net.process('laptop');
    const { socket, call } = net.caller(laptop, WEB, 8081);
    net.settle();
    expect(call.result?.outcome).toBe('ECONNREFUSED');
    expect(wire(net)).toEqual(['> SYN', '< RST ACK']);
    const [syn] = net.segmentsFrom('laptop');
    const [rst] = net.segmentsFrom('web');
    expect(rst).toMatchObject({ sequence: 0, acknowledgment: plus(syn?.sequence ?? 0, 1) });
    expect(net.stateOf(socket)).toBe('CLOSED');
    net.listener(net.process('web'), 8081);
    expect(net.outcome(laptop, { call: 'connect', socket, address: WEB, port: 8081 })).toBe('ok');
  });

  // A bound socket is not there for packets: only listen() opens the door.
  test('a port that is bound and not listening is refused as well', () => {
    const net = new Net({ laptop: LAPTOP, web: WEB });
    net.bound(net.process('web'), 'tcp', 8080);
    const { call } = net.caller(net.process('laptop'), WEB, 8080);
    net.settle();
    expect(call.result?.outcome).toBe('ECONNREFUSED');
  });

  test('both call each other at once from the ports that they call: one connection, no listener', () => {
    const net = new Net({ laptop: LAPTOP, web: WEB });
    const [laptop, web] = [net.process('laptop'), net.process('web')];
    const one = net.caller(laptop, WEB, 6000, 5000);
    const other = net.caller(web, LAPTOP, 5000, 6000);
    net.pass(DELAY);
    expect([net.stateOf(one.socket), net.stateOf(other.socket)]).toEqual(['SYN-RECEIVED', 'SYN-RECEIVED']);
    net.settle();
    expect([one.call.result?.outcome, other.call.result?.outcome]).toEqual(['ok', 'ok']);
    expect(net.statesOn('laptop')).toEqual(['ESTABLISHED']);
    expect(net.statesOn('web')).toEqual(['ESTABLISHED']);
    expect(net.send(laptop, one.socket, 'over')).toBe('ok');
    net.settle();
    expect(net.recv(web, other.socket)).toBe('over');
  });

  test('a socket can even call itself', () => {
    const net = new Net({ laptop: LAPTOP });
    const laptop = net.process('laptop');
    const { socket, call } = net.caller(laptop, '127.0.0.1', 5000, 5000);
    net.settle();
    expect(call.result?.outcome).toBe('ok');
    net.send(laptop, socket, 'echo');
    net.settle();
    expect(net.recv(laptop, socket)).toBe('echo');
  });
});

describe('nobody answers', () => {
  // Linux: tcp_syn_linear_timeouts 4, tcp_syn_retries 6.
  test('a SYN is repeated at 1 2 3 4 5 7 11 19 35 67 s; after 131 s connect() gives ETIMEDOUT', () => {
    const net = new Net({ laptop: LAPTOP, web: WEB });
    silence(net, 'web');
    const { socket, call } = net.caller(net.process('laptop'), WEB, 80, 51004);
    net.pass(130.9 * SECOND);
    expect(call.result).toBeUndefined();
    expect(net.stateOf(socket)).toBe('SYN-SENT');
    net.finish();
    expect(times(net, 'laptop', 'SYN')).toEqual([0, 1, 2, 3, 4, 5, 7, 11, 19, 35, 67]);
    expect(call.result?.outcome).toBe('ETIMEDOUT');
    expect(net.now).toBe(131 * SECOND);
    expect(net.stateOf(socket)).toBe('CLOSED');
    expect(new Set(net.segmentsFrom('laptop').map((syn) => syn.sequence)).size).toBe(1);
  });

  test('fewer retries are a setting of the host, another first timeout one of the run', () => {
    const net = new Net({ laptop: LAPTOP, web: WEB }, { settings: { rtoNanos: 2 * SECOND } });
    net.event(() => setSysctl(net.world, net.host('laptop'), 'net.ipv4.tcp_syn_retries', '0'));
    silence(net, 'web');
    const { call } = net.caller(net.process('laptop'), WEB, 80);
    net.finish();
    expect(times(net, 'laptop', 'SYN')).toEqual([0, 2, 4, 6, 8]);
    expect(call.result?.outcome).toBe('ETIMEDOUT');
    expect(net.now).toBe(10 * SECOND);
  });

  // Linux: tcp_synack_retries 5. The half-open connection goes without anybody being told.
  test('a SYN-ACK that meets silence is repeated at 1 3 7 15 31 s and forgotten at 63 s', () => {
    const net = new Net({ laptop: LAPTOP, web: WEB });
    net.listener(net.process('web'), 80);
    silence(net, 'laptop');
    const laptop = net.process('laptop');
    const { socket } = net.caller(laptop, WEB, 80);
    net.pass(DELAY);
    const begin = net.now / SECOND;
    net.call(laptop, { call: 'close', socket }); // so that it repeats no SYN
    net.finish();
    const rounded = times(net, 'web', 'SYN-ACK').map((time) => Math.round((time - begin) * 1000) / 1000);
    expect(rounded).toEqual([0, 1, 3, 7, 15, 31]);
    expect(net.now / SECOND - begin).toBeCloseTo(63, 3);
    expect(net.statesOn('web')).toEqual(['LISTEN']);
    expect(net.facts('told')).toEqual([]);
  });

  test('a SYN that comes again is answered with the SYN-ACK again, by the same socket', () => {
    const { net } = opened({}, false);
    const [syn] = net.segmentsFrom('laptop');
    net.pass(DELAY);
    if (syn !== undefined) net.inject('laptop', syn);
    net.settle();
    expect(net.statesOn('web')).toEqual(['LISTEN', 'ESTABLISHED']);
  });
});

describe('data', () => {
  test('bytes arrive in order, are acknowledged, and several sends may be one read', () => {
    const { net, laptop, web, client, server } = connectionIn('ESTABLISHED');
    net.send(laptop, client, 'GET ');
    net.send(laptop, client, '/');
    net.settle();
    expect(net.recv(web, server)).toBe('GET /');
    expect(net.recv(web, server)).toBe('!pending');
    expect(numbersOf(net, client).una).toBe(numbersOf(net, client).next);
    expect(net.world.connections.timer.get(net.world.sockets.connection.get(client) as never)).toBe(0);
  });

  test('a read of at most n bytes leaves the rest', () => {
    const { net, laptop, web, client, server } = connectionIn('ESTABLISHED');
    net.send(laptop, client, 'abcdefgh');
    net.settle();
    const read = (max: number) => net.call(web, { call: 'recv', socket: server, max }).data;
    expect([read(3), read(3), read(3)]).toEqual(['abc', 'def', 'gh']);
  });

  // RFC 9293 §3.7.1: an Ethernet frame less 40 bytes of headers.
  test('more than 1460 bytes go in several segments, and only the last one pushes', () => {
    const { net, laptop, web, client, server } = connectionIn('ESTABLISHED');
    net.send(laptop, client, 'x'.repeat(3000));
    const sent = net.segmentsFrom('laptop').filter((each) => each.payload.length > 0);
    expect(sent.map((each) => each.payload.length)).toEqual([1460, 1460, 80]);
    expect(sent.map((each) => (each.flags & PSH) !== 0)).toEqual([false, false, true]);
    net.settle();
    expect(net.recv(web, server)).toBe('x'.repeat(3000));
  });

  test('what was here before is not read twice, and text beyond a gap is not read early', () => {
    const { net, laptop, client } = connectionIn('ESTABLISHED');
    silence(net, 'web'); // its own half knows nothing of what is put on the wire here
    const at = numbersOf(net, client).receive;
    const text = (sequence: number, payload: string) =>
      net.inject(
        'web',
        fromPeer({ net, client }, { sequence, payload: encodeText(payload) as Bytes, flags: PSH | ACK }),
      );
    text(at, 'abcd');
    net.settle();
    text(at, 'abcd');
    net.settle();
    text(plus(at, 2), 'cdef'); // half known
    net.settle();
    text(plus(at, 9), 'xyz');
    net.settle();
    expect(net.recv(laptop, client)).toBe('abcdef');
    expect(net.recv(laptop, client)).toBe('!pending');
    expect(numbersOf(net, client).receive).toBe(plus(at, 6));
  });

  test('numbers that wrap at 2^32 in the middle of a text do no harm', () => {
    const { net, laptop, web, client, server } = connectionIn('ESTABLISHED');
    net.event(() => {
      const { sockets, connections } = net.world;
      const near = 2 ** 32 - 5;
      const [a, b] = [sockets.connection.get(client), sockets.connection.get(server)];
      if (!a || !b) throw new Error('no connection');
      for (const column of [connections.sendNext, connections.sendUnacknowledged]) column.set(a, near);
      connections.receiveNext.set(b, near);
      connections.receiveEdge.set(b, plus(near, 65535));
    });
    net.send(laptop, client, '0123456789');
    net.send(laptop, client, 'abc');
    net.settle();
    expect(net.recv(web, server)).toBe('0123456789abc');
    expect(numbersOf(net, server).receive).toBe(8);
    expect(numbersOf(net, client).una).toBe(8);
  });
});

describe('closing', () => {
  test('who closes first waits: FIN-WAIT-1, FIN-WAIT-2, TIME-WAIT; the other: CLOSE-WAIT, LAST-ACK, gone', () => {
    const { net, laptop, web, client, server } = connectionIn('ESTABLISHED');
    const seen: string[] = [];
    const look = () => seen.push(`${net.statesOn('laptop').join()} | ${net.statesOn('web').slice(1).join()}`);
    net.call(laptop, { call: 'close', socket: client });
    look();
    net.pass(DELAY);
    look();
    net.pass(DELAY);
    look();
    expect(net.recv(web, server)).toBe('!eof');
    net.call(web, { call: 'close', socket: server });
    look();
    net.pass(DELAY);
    look();
    net.pass(DELAY);
    look();
    expect(seen).toEqual([
      'FIN-WAIT-1 | ESTABLISHED',
      'FIN-WAIT-1 | CLOSE-WAIT',
      'FIN-WAIT-2 | CLOSE-WAIT',
      'FIN-WAIT-2 | LAST-ACK',
      'TIME-WAIT | LAST-ACK',
      'TIME-WAIT | ',
    ]);
    expect(wire(net).slice(3)).toEqual(['> FIN ACK', '< ACK', '< FIN ACK', '> ACK']);
  });

  test('TIME-WAIT lasts two segment lifetimes: 60 s on Linux', () => {
    const { net } = connectionIn('TIME-WAIT');
    const since = net.now;
    expect(net.statesOn('laptop')).toEqual(['TIME-WAIT']);
    net.pass(59.9 * SECOND);
    expect(net.statesOn('laptop')).toEqual(['TIME-WAIT']);
    net.finish();
    expect(net.statesOn('laptop')).toEqual([]);
    expect(net.now - since).toBeLessThanOrEqual(60 * SECOND);
    expect(net.now - since).toBeGreaterThan(59.9 * SECOND);
  });

  test('another lifetime is a setting', () => {
    const { net } = connectionIn('TIME-WAIT', { settings: { mslNanos: 120 * SECOND } });
    net.pass(239 * SECOND);
    expect(net.statesOn('laptop')).toEqual(['TIME-WAIT']);
    net.pass(2 * SECOND);
    expect(net.statesOn('laptop')).toEqual([]);
  });

  // RFC 9293 §3.10.7.4: the last ACK may have been lost.
  test('a FIN that comes again in TIME-WAIT is acknowledged, and the wait begins anew', () => {
    const { net } = connectionIn('TIME-WAIT');
    silence(net, 'web'); // its own half is gone and would answer RST
    const fin = net.segmentsFrom('web').find((each) => each.flags & FIN);
    const before = net.segmentsFrom('laptop').length;
    net.pass(40 * SECOND);
    if (fin !== undefined) net.inject('web', fin);
    net.settle();
    expect(net.segmentsFrom('laptop').slice(before).map(formatFlags)).toEqual(['ACK']);
    net.pass(40 * SECOND);
    expect(net.statesOn('laptop')).toEqual(['TIME-WAIT']);
    net.pass(21 * SECOND);
    expect(net.statesOn('laptop')).toEqual([]);
  });

  test('half a close: what the other side still sends is read, in FIN-WAIT-2 as before', () => {
    const { net, laptop, web, client, server } = connectionIn('FIN-WAIT-2');
    expect(net.send(laptop, client, 'more')).toBe('EPIPE');
    expect(net.recv(web, server)).toBe('!eof');
    expect(net.send(web, server, 'the rest')).toBe('ok');
    net.settle();
    expect(net.recv(laptop, client)).toBe('the rest');
    net.call(web, { call: 'close', socket: server });
    net.settle();
    expect(net.recv(laptop, client)).toBe('!eof');
    expect(net.statesOn('laptop')).toEqual(['TIME-WAIT']);
  });

  test('text right before the FIN is read before the end', () => {
    const { net, laptop, web, client, server } = connectionIn('ESTABLISHED');
    net.send(web, server, 'bye');
    net.call(web, { call: 'close', socket: server });
    net.settle();
    expect(net.recv(laptop, client)).toBe('bye');
    expect(net.recv(laptop, client)).toBe('!eof');
    expect(net.stateOf(client)).toBe('CLOSE-WAIT');
  });

  test('both close at once: CLOSING on both sides, then TIME-WAIT on both', () => {
    const { net, laptop, web, client, server } = connectionIn('ESTABLISHED');
    net.call(laptop, { call: 'close', socket: client });
    net.call(web, { call: 'close', socket: server });
    net.pass(DELAY);
    expect([net.statesOn('laptop'), net.statesOn('web')]).toEqual([['CLOSING'], ['LISTEN', 'CLOSING']]);
    net.settle();
    expect([net.statesOn('laptop'), net.statesOn('web')]).toEqual([['TIME-WAIT'], ['LISTEN', 'TIME-WAIT']]);
    net.finish();
    expect([net.statesOn('laptop'), net.statesOn('web')]).toEqual([[], ['LISTEN']]);
  });

  test('a FIN that also acknowledges ours leads straight to TIME-WAIT', () => {
    const { net, client } = connectionIn('FIN-WAIT-1');
    net.inject('web', fromPeer({ net, client }, { flags: FIN | ACK }));
    net.pass(DELAY);
    expect(net.statesOn('laptop')).toEqual(['TIME-WAIT']);
  });

  test('close() of a call that was never answered sends nothing; a late answer is reset', () => {
    const { net, laptop, client } = connectionIn('SYN-SENT');
    net.call(laptop, { call: 'close', socket: client });
    expect(wire(net)).toEqual(['> SYN']);
    net.settle();
    expect(wire(net)).toEqual(['> SYN', '< SYN ACK', '> RST']);
    expect(net.statesOn('web')).toEqual(['LISTEN']);
  });

  test('a lost FIN is sent again until it is acknowledged', () => {
    const { net, laptop, client } = connectionIn('ESTABLISHED');
    silence(net, 'web');
    net.call(laptop, { call: 'close', socket: client });
    net.pass(3.5 * SECOND);
    net.event(() => removeFilters(net.world, net.host('web')));
    net.pass(10 * SECOND);
    const fins = net.segmentsFrom('laptop').filter((each) => each.flags & FIN);
    const at = times(net, 'laptop', 'FIN');
    const waits = at.slice(1).map((time, index) => time - (at[index] ?? 0));
    expect(fins.length).toBeGreaterThanOrEqual(4);
    expect(waits.slice(1)).toEqual(waits.slice(0, -1).map((wait) => expect.closeTo(2 * wait, 6)));
    expect(new Set(fins.map((each) => each.sequence)).size).toBe(1);
    expect(net.statesOn('laptop')).toEqual(['FIN-WAIT-2']);
  });
});

describe('resets', () => {
  test('a RST ends the connection at once, without TIME-WAIT; the process reads what came before, then ECONNRESET', () => {
    const { net, laptop, web, client, server } = connectionIn('ESTABLISHED');
    net.send(web, server, 'last words');
    net.settle();
    net.inject('web', fromPeer({ net, client }, { flags: RST }));
    net.settle();
    expect(net.recv(laptop, client)).toBe('last words');
    expect(net.recv(laptop, client)).toBe('!ECONNRESET');
    expect(net.recv(laptop, client)).toBe('!eof');
    expect(net.statesOn('laptop')).toEqual([]);
  });

  // Linux, as recorded: the error after the peer's FIN is EPIPE.
  test('in CLOSE-WAIT the next send gives EPIPE', () => {
    const { net, laptop, client } = connectionIn('CLOSE-WAIT');
    net.inject('web', fromPeer({ net, client }, { flags: RST }));
    net.settle();
    expect(net.send(laptop, client, 'x')).toBe('EPIPE');
  });

  test('the port is free at once for others', () => {
    const { net, laptop, client } = connectionIn('ESTABLISHED');
    net.inject('web', fromPeer({ net, client }, { flags: RST }));
    net.settle();
    net.call(laptop, { call: 'close', socket: client });
    expect(
      net.outcome(laptop, { call: 'bind', socket: net.socket(laptop, 'tcp'), address: '', port: 51004 }),
    ).toBe('ok');
  });

  test.each([
    ['a RST that only guesses the window', { flags: RST, skip: 100 }, 'ACK'],
    ['a SYN in the middle', { flags: SYN, skip: 0 }, 'ACK'],
    ['an old segment', { flags: ACK, skip: -50 }, 'ACK'],
  ])('%s is answered with an ACK, RFC 5961, and nothing ends', (_, { flags, skip }, answer) => {
    const { net, client } = connectionIn('ESTABLISHED');
    const before = net.segmentsFrom('laptop').length;
    net.inject(
      'web',
      fromPeer({ net, client }, { flags, sequence: plus(numbersOf(net, client).receive, skip) }),
    );
    net.pass(DELAY);
    expect(net.segmentsFrom('laptop').slice(before).map(formatFlags)).toEqual([answer]);
    expect(net.stateOf(client)).toBe('ESTABLISHED');
  });

  test('a RST outside the window is ignored in silence', () => {
    const { net, client } = connectionIn('ESTABLISHED');
    const before = net.facts('sent').length;
    net.inject(
      'web',
      fromPeer({ net, client }, { flags: RST, sequence: plus(numbersOf(net, client).receive, -9) }),
    );
    net.settle();
    expect(net.facts('sent')).toHaveLength(before + 1);
    expect(net.stateOf(client)).toBe('ESTABLISHED');
  });

  // §3.10.7.2: whatever carries an ACK is too early for a listener.
  test.each([
    ['ACK', ACK],
    ['SYN ACK', SYN | ACK],
    ['FIN ACK', FIN | ACK],
  ])('a listener answers a stray %s with RST, numbered by its ACK', (_, flags) => {
    const { net, client } = opened({}, false);
    const stray = {
      ...fromPeer({ net, client }, { flags, acknowledgment: 4711 }),
      source: LAPTOP,
      sourcePort: 999,
      destination: WEB,
      destinationPort: 80,
    };
    net.inject('laptop', stray);
    net.pass(DELAY);
    const rst = net.segmentsFrom('web').find((each) => each.destinationPort === 999);
    expect(rst).toMatchObject({ flags: RST, sequence: 4711, acknowledgment: 0 });
    expect(net.facts('refused').some((fact) => fact.answer === 'rst' && fact.rule === 'listener-any')).toBe(
      true,
    );
  });

  test('a RST for nobody, or for a listener, is never answered', () => {
    const { net, client } = opened({}, false);
    for (const destinationPort of [80, 4711])
      net.inject('laptop', {
        ...fromPeer({ net, client }, { flags: RST | ACK }),
        source: LAPTOP,
        sourcePort: 999,
        destination: WEB,
        destinationPort,
      });
    net.pass(DELAY);
    expect(net.segmentsFrom('web').filter((each) => each.destinationPort === 999)).toEqual([]);
  });

  test('in SYN-RECEIVED a RST takes the half-open connection away; the listener never noticed', () => {
    const { net, client } = opened({}, false);
    const [syn] = net.segmentsFrom('laptop');
    net.pass(DELAY);
    expect(net.statesOn('web')).toEqual(['LISTEN', 'SYN-RECEIVED']);
    net.inject('laptop', {
      ...fromPeer({ net, client }),
      source: LAPTOP,
      sourcePort: 51004,
      destination: WEB,
      destinationPort: 80,
      flags: RST,
      sequence: plus(syn?.sequence ?? 0, 1),
      acknowledgment: 0,
    });
    net.pass(DELAY);
    expect(net.statesOn('web')).toEqual(['LISTEN']);
    expect(net.facts('told')).toEqual([]);
  });
});
