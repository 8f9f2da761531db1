// Who gets a packet: lookup and explanation read one list of rules. Here each rule is shown at work, and taken away.
import { afterEach, describe, expect, test } from 'vitest';
import { explainDemux } from '../../src/demux/explain.js';
import { findSocket } from '../../src/demux/find.js';
import { DEMUX_RULES, type DemuxRule, type RuleId } from '../../src/demux/rules.js';
import { encodeText } from '../../src/wire/bytes.js';
import { type FourTuple, fourTupleOf, type UdpDatagram } from '../../src/wire/packet.js';
import type { ProcessId, SocketId } from '../../src/world/tables.js';
import { opened, WEB } from '../builders/connection.js';
import { Net } from '../builders/network.js';

const BOX = { addresses: ['10.0.0.1', '10.0.0.2'] };
const box = () => {
  const net = new Net({ box: BOX, far: '10.0.0.9' });
  return { net, process: net.process('box') };
};
const from = (address: string, port: number, localAddress = '10.0.0.1', localPort = 80): FourTuple => ({
  localAddress,
  localPort,
  remoteAddress: address,
  remotePort: port,
});
const udpTo = (
  net: Net,
  process: ProcessId,
  local: string,
  port: number,
  peer: string,
  peerPort: number,
): SocketId => {
  const socket = net.socket(process, 'udp', { mayRebind: true });
  net.call(process, { call: 'bind', socket, address: local, port });
  net.call(process, { call: 'connect', socket, address: peer, port: peerPort });
  return socket;
};

describe('TCP', () => {
  test('a connection before a listener; one address before any; a bound socket never', () => {
    const { net, process } = box();
    const broad = net.listener(process, 80);
    const here = net.listener(process, 8080, { address: '10.0.0.1' });
    net.bound(process, 'tcp', 9000);
    const { socket: call } = net.caller(process, '10.0.0.9', 25, 5000);
    const found = (tuple: FourTuple) => findSocket(net.world, net.host('box'), 'tcp', tuple);
    expect(found(from('10.0.0.9', 25, '10.0.0.1', 5000))).toEqual({ socket: call, rule: 'exact' });
    expect(found(from('10.0.0.9', 26, '10.0.0.1', 5000))).toBeUndefined();
    expect(found(from('10.0.0.9', 51004))).toEqual({ socket: broad, rule: 'listener-any' });
    expect(found(from('10.0.0.9', 51004, '10.0.0.1', 8080))).toEqual({ socket: here, rule: 'listener-here' });
    expect(found(from('10.0.0.9', 51004, '10.0.0.2', 8080))).toBeUndefined();
    expect(found(from('10.0.0.9', 51004, '127.0.0.1', 8080))).toBeUndefined(); // 127.0.0.1 is another address
    expect(found(from('10.0.0.9', 51004, '10.0.0.1', 9000))).toBeUndefined();
    expect(found(from('10.0.0.9', 51004, '10.0.0.1', 0))).toBeUndefined(); // port 0 is nobody's
  });

  // Seen in a good project: choosing by local port first and filtering by peer afterwards loses segments.
  test('three conversations on one port are told apart by their callers', () => {
    const { net, listener } = opened();
    const tablet = { localAddress: WEB, localPort: 80, remoteAddress: '10.0.0.9', remotePort: 51004 };
    const laptop = { ...tablet, remoteAddress: '10.0.0.7' };
    const find = (tuple: FourTuple) => findSocket(net.world, net.host('web'), 'tcp', tuple);
    expect(find(laptop)?.rule).toBe('exact');
    expect(find(tablet)).toEqual({ socket: listener, rule: 'listener-any' });
    expect(find({ ...laptop, remotePort: 51005 })).toEqual({ socket: listener, rule: 'listener-any' });
  });
});

describe('UDP', () => {
  test('connected to the sender, then the address itself, then any; connected elsewhere never', () => {
    const { net, process } = box();
    const open = (address: string) => {
      const socket = net.socket(process, 'udp', { mayRebind: true });
      net.call(process, { call: 'bind', socket, address, port: 80 });
      return socket;
    };
    const broad = open('');
    const here = open('10.0.0.1');
    const connected = udpTo(net, process, '10.0.0.1', 80, '10.0.0.9', 5353);
    const found = (tuple: FourTuple) => findSocket(net.world, net.host('box'), 'udp', tuple);
    expect(found(from('10.0.0.9', 5353))).toEqual({ socket: connected, rule: 'connected' });
    expect(found(from('10.0.0.9', 5354))).toEqual({ socket: here, rule: 'bound-here' });
    expect(found(from('10.0.0.8', 5353))).toEqual({ socket: here, rule: 'bound-here' });
    expect(found(from('10.0.0.9', 5353, '10.0.0.2'))).toEqual({ socket: broad, rule: 'bound-any' });
    net.call(process, { call: 'close', socket: here });
    net.call(process, { call: 'close', socket: broad });
    expect(found(from('10.0.0.8', 5353))).toBeUndefined();
  });

  // Linux, as recorded: everything goes to the last one; when it closes the one before takes over.
  test('of equals the one that was bound last wins', () => {
    const { net, process } = box();
    const sockets = [1, 2, 3].map(() => {
      const socket = net.socket(process, 'udp', { mayRebind: true });
      expect(net.call(process, { call: 'bind', socket, address: '', port: 53 }).outcome).toBe('ok');
      return socket;
    });
    const tuple = from('10.0.0.9', 4000, '10.0.0.1', 53);
    for (const socket of sockets.reverse()) {
      expect(findSocket(net.world, net.host('box'), 'udp', tuple)?.socket).toBe(socket);
      net.call(process, { call: 'close', socket });
    }
    expect(findSocket(net.world, net.host('box'), 'udp', tuple)).toBeUndefined();
  });
});

test('a packet has its ends swapped before it is looked up', () => {
  const { net, process } = box();
  const socket = net.bound(process, 'udp', 53);
  const datagram: UdpDatagram = {
    protocol: 'udp',
    source: '10.0.0.9',
    sourcePort: 53_000,
    destination: '10.0.0.1',
    destinationPort: 53,
    payload: encodeText('?'),
  };
  expect(findSocket(net.world, net.host('box'), 'udp', fourTupleOf(datagram))?.socket).toBe(socket);
  const answer = {
    ...datagram,
    source: '10.0.0.1',
    sourcePort: 53,
    destination: '10.0.0.9',
    destinationPort: 53_000,
  };
  expect(findSocket(net.world, net.host('box'), 'udp', fourTupleOf(answer))).toBeUndefined();
});

describe('a host of its own', () => {
  test('sockets of other hosts and of the other protocol never win', () => {
    const { net, process } = box();
    net.listener(process, 80);
    net.bound(net.process('far'), 'udp', 80);
    expect(findSocket(net.world, net.host('box'), 'udp', from('10.0.0.9', 1))).toBeUndefined();
    expect(findSocket(net.world, net.host('far'), 'tcp', from('10.0.0.1', 1, '10.0.0.9'))).toBeUndefined();
  });
});

describe('without a rule', () => {
  const original = [...DEMUX_RULES];
  const rules = DEMUX_RULES as DemuxRule[];
  const without = (id: RuleId) => rules.splice(0, rules.length, ...original.filter((rule) => rule.id !== id));
  afterEach(() => void rules.splice(0, rules.length, ...original));

  /** A crowd in which each rule has a packet that only it settles, and what takes its place. */
  function crowd() {
    const { net, process } = box();
    const [any, here] = [net.listener(process, 80), net.listener(process, 81, { address: '10.0.0.1' })];
    const { socket: call } = net.caller(process, '10.0.0.9', 25, 5000);
    const udp = (address: string) => {
      const socket = net.socket(process, 'udp', { mayRebind: true });
      net.call(process, { call: 'bind', socket, address, port: 53 });
      return socket;
    };
    const [udpAny, udpHere] = [udp(''), udp('10.0.0.1')];
    const connected = udpTo(net, process, '10.0.0.1', 53, '10.0.0.9', 5353);
    const wholeHost = udpTo(net, process, '10.0.0.1', 53, '10.0.0.9', 0);
    return { net, any, here, call, udpAny, udpHere, connected, wholeHost };
  }
  type Crowd = ReturnType<typeof crowd>;

  const cases: Record<RuleId, [FourTuple, keyof Crowd, keyof Crowd | undefined]> = {
    exact: [from('10.0.0.9', 25, '10.0.0.1', 5000), 'call', undefined],
    'listener-here': [from('10.0.0.9', 4000, '10.0.0.1', 81), 'here', undefined],
    'listener-any': [from('10.0.0.9', 4000), 'any', undefined],
    connected: [from('10.0.0.9', 5353, '10.0.0.1', 53), 'connected', 'wholeHost'],
    'connected-host': [from('10.0.0.9', 6000, '10.0.0.1', 53), 'wholeHost', 'udpHere'],
    'bound-here': [from('10.0.0.8', 4000, '10.0.0.1', 53), 'udpHere', 'udpAny'],
    'bound-any': [from('10.0.0.8', 4000, '10.0.0.2', 53), 'udpAny', undefined],
  };

  test('every rule has a case', () => {
    expect(Object.keys(cases).sort()).toEqual(original.map((rule) => rule.id).sort());
  });

  // Were a rule written twice, one of the two readers would go on as before.
  test.each(original)('$id, lookup and explanation change alike', ({ id, protocol }) => {
    const all = crowd();
    const host = all.net.host('box');
    const [tuple, winner, second] = cases[id];
    const ask = () => {
      const found = findSocket(all.net.world, host, protocol, tuple);
      const explained = explainDemux(all.net.world, host, protocol, tuple);
      expect(explained.winner).toEqual(found);
      expect(
        explained.candidates.filter((each) => each.verdict === 'match').map((each) => each.socket),
      ).toEqual(found === undefined ? [] : [found.socket]);
      return found;
    };
    expect(ask()).toEqual({ socket: all[winner], rule: id });
    without(id);
    expect(ask()?.socket).toBe(second === undefined ? undefined : all[second]);
    for (const other of original) {
      if (other.id === id) continue;
      const [question, still] = cases[other.id];
      const found = findSocket(all.net.world, host, other.protocol, question);
      expect(found).toEqual({ socket: all[still], rule: other.id });
    }
  });
});
