// Handing over more than the peer takes, and closing before it has taken it: send() that waits, O_NONBLOCK, SO_LINGER above 0.
// What would be seen if it were wrong: bytes that are lost or doubled, a process that sleeps for ever or never.
import { describe, expect, test } from 'vitest';
import { encodeText } from '../../src/wire/bytes.js';
import { formatFlags } from '../../src/wire/notation.js';
import type { SocketId } from '../../src/world/tables.js';
import { connectionIn, LAPTOP, WEB } from '../builders/connection.js';
import { DELAY, Net, SECOND } from '../builders/network.js';
import { sentencesOf } from '../builders/sentences.js';

const ANY = { address: undefined, ports: undefined };
const silence = (net: Net, host: string) =>
  net.block({ host: net.host(host), protocol: 'tcp', source: ANY, destination: ANY });
const set = (net: Net, process: Parameters<Net['call']>[0], socket: SocketId, options: object) =>
  net.call(process, { call: 'setsockopt', socket, options });
const letters = (count: number) =>
  Array.from({ length: count }, (_, at) => String.fromCharCode(97 + (at % 26))).join('');

describe('a full send buffer', () => {
  test('send waits while nobody reads, goes on as the peer acknowledges, and every byte comes once', () => {
    const { net, laptop, web, client, server } = connectionIn('ESTABLISHED');
    const text = letters(300_000); // more than both buffers: 87040 here, 65535 there
    const call = net.start(laptop, { call: 'send', socket: client, data: encodeText(text) });
    net.pass(100 * SECOND);
    expect(call.result).toBeUndefined();
    expect(net.call(laptop, { call: 'poll', socket: client }).events).not.toContain('OUT');
    let read = '';
    for (let times = 0; times < 200 && read.length < text.length; times++) {
      const part = net.recv(web, server);
      if (!part.startsWith('!')) read += part;
      net.pass(SECOND);
    }
    expect(call.result?.outcome).toBe('ok');
    expect(read === text).toBe(true);
    expect(net.call(laptop, { call: 'poll', socket: client }).events).toContain('OUT');
  });

  test('with O_NONBLOCK it takes what has room, then gives EAGAIN', () => {
    const { net, laptop, client } = connectionIn('ESTABLISHED');
    silence(net, 'web');
    set(net, laptop, client, { isNonBlocking: true, sendBuffer: 1000 });
    const send = (count: number) =>
      net.call(laptop, { call: 'send', socket: client, data: encodeText(letters(count)) });
    expect(send(600)).toEqual({ outcome: 'ok' });
    expect(send(600)).toEqual({ outcome: 'ok', taken: 400 });
    expect(send(600)).toEqual({ outcome: 'EAGAIN' });
    expect(net.call(laptop, { call: 'poll', socket: client }).events).toEqual([]);
  });

  // Linux: the count first, the error at the next call.
  test('a connection that ends meanwhile gives the count that was taken, then the error', () => {
    const { net, laptop, web, client, server } = connectionIn('ESTABLISHED');
    set(net, laptop, client, { sendBuffer: 1000 });
    set(net, web, server, { linger: 0 });
    const call = net.start(laptop, { call: 'send', socket: client, data: encodeText(letters(5000)) });
    net.call(web, { call: 'close', socket: server });
    net.settle();
    expect(call.result).toEqual({ outcome: 'ok', taken: 1000 });
    expect(net.send(laptop, client, 'x')).toBe('ECONNRESET');
  });

  test('with O_NONBLOCK connect gives EINPROGRESS, then EALREADY, then once what became of it', () => {
    const net = new Net({ laptop: LAPTOP, web: WEB });
    const laptop = net.process('laptop');
    const outcomes = (port: number) => {
      const socket = net.socket(laptop, 'tcp', { isNonBlocking: true });
      const call = () => net.call(laptop, { call: 'connect', socket, address: WEB, port }).outcome;
      const first = [call(), call()];
      net.settle();
      return [...first, call(), net.recv(laptop, socket)];
    };
    net.listener(net.process('web'), 80);
    expect(outcomes(80)).toEqual(['EINPROGRESS', 'EALREADY', 'ok', '!EAGAIN']);
    expect(outcomes(81)).toEqual(['EINPROGRESS', 'EALREADY', 'ECONNREFUSED', '!ENOTCONN']);
  });
});

describe('SO_LINGER above 0', () => {
  const closing = (linger: number) => {
    const pair = connectionIn('ESTABLISHED');
    const { net, laptop, client } = pair;
    set(net, laptop, client, { linger });
    return { ...pair, close: () => net.start(laptop, { call: 'close', socket: client }) };
  };

  test('close comes back when the peer has acknowledged everything, and that step says so', () => {
    const { net, close } = closing(5 * SECOND);
    const call = close();
    expect(call.result).toBeUndefined();
    net.pass(DELAY);
    expect(call.result).toBeUndefined();
    net.pass(DELAY);
    expect(call.result?.outcome).toBe('ok');
    expect(net.statesOn('laptop')).toEqual(['FIN-WAIT-2']);
    expect(sentencesOf(net).at(-1)).toContain('FIN-WAIT-1 becomes FIN-WAIT-2');
  });

  test('when the time is over it comes back as well, and the connection goes on without it', () => {
    const { net, close } = closing(5 * SECOND);
    silence(net, 'web');
    const call = close();
    net.pass(4.9 * SECOND);
    expect(call.result).toBeUndefined();
    net.pass(0.2 * SECOND);
    expect(call.result?.outcome).toBe('ok');
    expect(net.statesOn('laptop')).toEqual(['FIN-WAIT-1']);
    const retries = net.segmentsFrom('laptop').filter((each) => formatFlags(each) === 'FIN ACK').length;
    net.pass(10 * SECOND);
    expect(
      net.segmentsFrom('laptop').filter((each) => formatFlags(each) === 'FIN ACK').length,
    ).toBeGreaterThan(retries);
  });

  test('only the last descriptor lingers, and a process that exits does not', () => {
    const { net, laptop, client, close } = closing(5 * SECOND);
    net.call(laptop, { call: 'dup', socket: client });
    expect(close().result?.outcome).toBe('ok');
    expect(net.stateOf(client)).toBe('ESTABLISHED');
    expect(net.call(laptop, { call: 'exit' }).outcome).toBe('ok');
    expect(net.stateOf(client)).toBe('FIN-WAIT-1');
  });

  test('the second to close, both at once, a reset: each ends the wait', () => {
    const second = connectionIn('CLOSE-WAIT');
    set(second.net, second.laptop, second.client, { linger: 5 * SECOND });
    expect(second.net.outcome(second.laptop, { call: 'close', socket: second.client })).toBe('ok');
    expect(second.net.stateOf(second.client)).toBe('gone');

    const both = closing(5 * SECOND);
    const call = both.close();
    both.net.call(both.web, { call: 'close', socket: both.server });
    both.net.pass(DELAY);
    expect([both.net.stateOf(both.client), call.result]).toEqual(['CLOSING', undefined]);
    both.net.pass(DELAY);
    expect([both.net.stateOf(both.client), call.result?.outcome]).toEqual(['TIME-WAIT', 'ok']);

    const reset = closing(5 * SECOND);
    set(reset.net, reset.web, reset.server, { linger: 0 });
    reset.net.call(reset.web, { call: 'close', socket: reset.server });
    expect(reset.close().result).toBeUndefined();
    reset.net.pass(DELAY);
    expect(reset.net.statesOn('laptop')).toEqual([]);
  });
});
