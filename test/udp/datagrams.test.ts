// Datagram sockets: whole messages, any sender or one, and errors that only a connected socket hears of, once.
import { describe, expect, test } from 'vitest';
import { encodeText } from '../../src/wire/bytes.js';
import type { ProcessId, SocketId } from '../../src/world/tables.js';
import { DELAY, Net } from '../builders/network.js';
import { sentencesOf } from '../builders/sentences.js';

const DNS = '10.0.0.53';
function three() {
  const net = new Net({ laptop: '10.0.0.7', tablet: '10.0.0.9', dns: DNS });
  return { net, laptop: net.process('laptop'), tablet: net.process('tablet'), dns: net.process('dns') };
}
const sendto = (net: Net, process: ProcessId, socket: SocketId, text: string, address = DNS, port = 53) => {
  const { outcome } = net.call(process, { call: 'sendto', socket, data: encodeText(text), address, port });
  net.settle();
  return outcome;
};
const read = (net: Net, process: ProcessId, socket: SocketId, max?: number) => {
  const result = net.call(process, { call: 'recvfrom', socket, ...(max === undefined ? {} : { max }) });
  if (result.outcome !== 'ok') return `!${result.outcome}`;
  return `${result.data} from ${result.from?.address}:${result.from?.port}`;
};

describe('an unconnected socket', () => {
  test('hears everybody, one message at a time, with the sender’s name', () => {
    const { net, laptop, tablet, dns } = three();
    const server = net.bound(dns, 'udp', 53);
    sendto(net, laptop, net.bound(laptop, 'udp', 4000), 'one');
    sendto(net, tablet, net.bound(tablet, 'udp', 4000), 'two');
    expect(read(net, dns, server)).toBe('one from 10.0.0.7:4000');
    expect(read(net, dns, server)).toBe('two from 10.0.0.9:4000');
    expect(read(net, dns, server)).toBe('!pending');
  });

  test('an empty message is a message', () => {
    const { net, laptop, dns } = three();
    const server = net.bound(dns, 'udp', 53);
    sendto(net, laptop, net.bound(laptop, 'udp', 4000), '');
    expect(read(net, dns, server)).toBe(' from 10.0.0.7:4000');
  });

  test('what does not fit into the reader’s buffer is lost', () => {
    const { net, laptop, dns } = three();
    const server = net.bound(dns, 'udp', 53);
    const socket = net.bound(laptop, 'udp', 4000);
    sendto(net, laptop, socket, 'abcdef');
    sendto(net, laptop, socket, 'next');
    expect(read(net, dns, server, 3)).toBe('abc from 10.0.0.7:4000');
    expect(read(net, dns, server, 3)).toBe('nex from 10.0.0.7:4000');
  });

  test('gets a port on every address when it first sends', () => {
    const { net, laptop } = three();
    const socket = net.socket(laptop, 'udp');
    sendto(net, laptop, socket, '?');
    expect(net.portOf(socket)).toBeGreaterThanOrEqual(32_768);
    expect(net.localAddressOf(socket)).toBe('');
    expect(net.stateOf(socket)).toBe('UNCONNECTED');
  });

  test('never learns that nobody was there', () => {
    const { net, laptop } = three();
    const socket = net.bound(laptop, 'udp', 4000);
    expect(sendto(net, laptop, socket, '?')).toBe('ok');
    expect(net.facts('refused').map(({ answer }) => answer)).toEqual(['icmp', 'silence']);
    expect(sendto(net, laptop, socket, '?')).toBe('ok');
    expect(read(net, laptop, socket)).toBe('!pending');
  });
});

describe('a connected socket', () => {
  function connected() {
    const all = three();
    const { net, laptop } = all;
    const socket = net.bound(laptop, 'udp', 4000);
    expect(net.call(laptop, { call: 'connect', socket, address: DNS, port: 53 }).outcome).toBe('ok');
    return { ...all, socket };
  }

  test('says nothing when it connects, and hears its peer only', () => {
    const { net, laptop, tablet, dns, socket } = connected();
    expect(net.facts('sent')).toEqual([]);
    expect([net.stateOf(socket), net.localAddressOf(socket)]).toEqual(['CONNECTED', '10.0.0.7']);
    sendto(net, tablet, net.bound(tablet, 'udp', 53), 'stranger', '10.0.0.7', 4000);
    sendto(net, dns, net.bound(dns, 'udp', 54), 'other port', '10.0.0.7', 4000);
    sendto(net, dns, net.bound(dns, 'udp', 53), 'peer', '10.0.0.7', 4000);
    expect(read(net, laptop, socket)).toBe('peer from 10.0.0.53:53');
    expect(read(net, laptop, socket)).toBe('!pending');
  });

  test('keeps what it had before it connected', () => {
    const { net, laptop, tablet } = three();
    const socket = net.bound(laptop, 'udp', 4000);
    sendto(net, tablet, net.bound(tablet, 'udp', 99), 'early', '10.0.0.7', 4000);
    net.call(laptop, { call: 'connect', socket, address: DNS, port: 53 });
    expect(read(net, laptop, socket)).toBe('early from 10.0.0.9:99');
  });

  test('moves to another peer when it connects again, with the same port', () => {
    const { net, laptop, tablet, socket } = connected();
    net.call(laptop, { call: 'connect', socket, address: '10.0.0.9', port: 99 });
    expect(net.portOf(socket)).toBe(4000);
    sendto(net, tablet, net.bound(tablet, 'udp', 99), 'hi', '10.0.0.7', 4000);
    expect(read(net, laptop, socket)).toBe('hi from 10.0.0.9:99');
  });

  // Linux: a pending error, told by whichever call comes first, and then forgotten.
  test.each(['send', 'recv'] as const)('is told once that nobody was there, by %s', (first) => {
    const { net, laptop, socket } = connected();
    const say = () => net.send(laptop, socket, '?');
    const hear = () => net.recv(laptop, socket).replace('!', '');
    expect(say()).toBe('ok');
    net.settle();
    expect(first === 'send' ? say() : hear()).toBe('ECONNREFUSED');
    const sent = net.facts('sent').length;
    expect(hear()).toBe('pending');
    expect(net.facts('sent')).toHaveLength(sent); // the call that told it sent nothing
    expect(say()).toBe('ok');
    expect(net.facts('told').map(({ errno }) => errno)).toEqual(['ECONNREFUSED']);
  });

  test('a reader that waits is woken by the error', () => {
    const { net, laptop, socket } = connected();
    const waiting = net.start(laptop, { call: 'recv', socket });
    net.send(laptop, socket, '?');
    net.pass(DELAY);
    expect(waiting.result).toBeUndefined();
    net.pass(DELAY);
    expect(waiting.result?.outcome).toBe('ECONNREFUSED');
  });

  // The quoted four-tuple decides, not who sent the datagram.
  test('is told of a datagram that another socket sent from the same numbers', () => {
    const { net, laptop } = three();
    const share = (peer: boolean) => {
      const socket = net.socket(laptop, 'udp', { mayRebind: true });
      net.call(laptop, { call: 'bind', socket, address: '', port: 4000 });
      if (peer) net.call(laptop, { call: 'connect', socket, address: DNS, port: 53 });
      return socket;
    };
    const [guilty, innocent] = [share(false), share(true)];
    sendto(net, laptop, guilty, '?');
    expect(net.recv(laptop, guilty)).toBe('!pending');
    expect(net.recv(laptop, innocent)).toBe('!ECONNREFUSED');
  });
});

test('on one host a datagram goes by loopback, without delay', () => {
  const { net, laptop } = three();
  const server = net.bound(laptop, 'udp', 53);
  sendto(net, laptop, net.bound(laptop, 'udp', 4000), 'self', '127.0.0.1');
  expect(net.now).toBe(0);
  expect(read(net, laptop, server)).toBe('self from 127.0.0.1:4000');
  sendto(net, laptop, net.bound(laptop, 'udp', 4001), 'own address', '10.0.0.7');
  expect(net.now).toBe(0);
  expect(read(net, laptop, server)).toBe('own address from 10.0.0.7:4001');
});

test('who connects to port 0 of a host hears all its ports, and the sentence says so', () => {
  const { net, laptop, dns } = three();
  const [, wide] = ['anybody', 'wide'].map(() => {
    const socket = net.socket(dns, 'udp', { mayRebind: true });
    net.call(dns, { call: 'bind', socket, address: '', port: 53 });
    return socket;
  });
  if (wide === undefined) throw new Error('no socket');
  net.call(dns, { call: 'connect', socket: wide, address: '10.0.0.7', port: 0 });
  sendto(net, laptop, net.bound(laptop, 'udp', 4000), 'hm');
  expect(read(net, dns, wide)).toBe('hm from 10.0.0.7:4000');
  const [sentence] = sentencesOf(net).filter((each) => each.includes('fit'));
  expect(sentence).toContain('is connected to every port of 10.0.0.7 and gets it');
  expect(sentence).not.toContain('itself');
});
