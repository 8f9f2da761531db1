// Between hosts: who gets a packet at all, when, and what never arrives.
import { describe, expect, test } from 'vitest';
import { addFilter, applyFilters, type Filter } from '../../src/net/firewall.js';
import { encodeText, NO_BYTES } from '../../src/wire/bytes.js';
import { SYN, type TcpSegment } from '../../src/wire/packet.js';
import { connectionIn } from '../builders/connection.js';
import { DELAY, Net } from '../builders/network.js';

const syn: TcpSegment = {
  protocol: 'tcp',
  source: '10.0.0.7',
  sourcePort: 51004,
  destination: '10.0.0.80',
  destinationPort: 80,
  sequence: 1,
  acknowledgment: 0,
  flags: SYN,
  window: 1,
  payload: NO_BYTES,
};
const network = () => new Net({ laptop: '10.0.0.7', web: '10.0.0.80' });

describe('on the way', () => {
  test('a packet takes the network’s delay, and packets keep their order', () => {
    const { net, laptop, web, client, server } = connectionIn('ESTABLISHED');
    net.call(laptop, { call: 'setsockopt', socket: client, options: { sendsAtOnce: true } });
    const start = net.now;
    net.send(laptop, client, 'a');
    net.send(laptop, client, 'b');
    net.pass(DELAY - 1);
    expect(net.recv(web, server)).toBe('!pending');
    net.pass(1);
    expect(net.recv(web, server)).toBe('ab');
    expect(net.now - start).toBe(DELAY);
  });

  test('nobody on the link has the address: after a while its sender tells itself that the host is unreachable', () => {
    const net = network();
    net.inject('laptop', { ...syn, destination: '10.0.0.99' });
    net.settle();
    expect(net.facts('dropped').map(({ why }) => why)).toEqual(['no-host']);
    expect(net.facts('arrived').map(({ host, sent }) => [host, sent.packet])).toEqual([
      [net.host('laptop'), expect.objectContaining({ error: 'host-unreachable', source: '10.0.0.7' })],
    ]);
    expect(net.now).toBe(3e9);
  });

  test('the loopback address of another host is nobody’s', () => {
    const net = network();
    net.listener(net.process('web'), 80);
    net.inject('laptop', { ...syn, destination: '127.0.0.1' });
    net.settle();
    expect(new Set(net.facts('arrived').map(({ host }) => host))).toEqual(new Set([net.host('laptop')]));
  });

  test('each packet is told once: sent, arrived, and what became of it', () => {
    const { net } = connectionIn('TIME-WAIT');
    net.finish();
    const numbers = (facts: readonly { sent: { number: number } }[]) => facts.map(({ sent }) => sent.number);
    const sent = numbers(net.facts('sent'));
    expect(sent).toEqual(sent.map((_, place) => place + 1));
    expect(numbers(net.facts('arrived')).sort((a, b) => a - b)).toEqual(sent);
    const fates = numbers([...net.facts('delivered'), ...net.facts('refused')]);
    expect(fates.sort((a, b) => a - b)).toEqual(sent);
  });
});

describe('a firewall that drops', () => {
  const anyone = { address: undefined, ports: undefined };
  const put = (net: Net, filter: Filter) => net.event(() => addFilter(net.world, filter));

  test('answers nothing: no RST, no ICMP; the caller goes on waiting', () => {
    const net = network();
    put(net, { host: net.host('web'), protocol: 'tcp', source: anyone, destination: anyone });
    const { socket } = net.caller(net.process('laptop'), '10.0.0.80', 80);
    net.settle();
    expect(net.facts('dropped').map(({ why }) => why)).toEqual(['firewall']);
    expect(net.segmentsFrom('web')).toEqual([]);
    expect(net.stateOf(socket)).toBe('SYN-SENT');
  });

  test('leaves alone what its pattern does not name', () => {
    const net = network();
    const web = net.process('web');
    const laptop = net.process('laptop');
    put(net, { host: net.host('web'), protocol: 'tcp', source: anyone, destination: anyone });
    const server = net.bound(web, 'udp', 53);
    const socket = net.socket(laptop, 'udp');
    net.call(laptop, { call: 'sendto', socket, data: encodeText('?'), address: '10.0.0.80', port: 53 });
    net.settle();
    expect(net.recv(web, server)).toBe('?');
  });

  const net = network();
  const here = { host: net.host('web'), protocol: 'tcp', source: anyone, destination: anyone } as const;
  test.each([
    ['everything of TCP', here, true],
    ['another host', { ...here, host: net.host('laptop') }, false],
    ['another protocol', { ...here, protocol: 'udp' as const }, false],
    ['from this address', { ...here, source: { ...anyone, address: '10.0.0.7' } }, true],
    ['from another address', { ...here, source: { ...anyone, address: '10.0.0.8' } }, false],
    ['from these ports', { ...here, source: { ...anyone, ports: { low: 51004, high: 51004 } } }, true],
    ['from ports beside', { ...here, source: { ...anyone, ports: { low: 51005, high: 60000 } } }, false],
    ['to port 80', { ...here, destination: { ...anyone, ports: { low: 1, high: 80 } } }, true],
    ['to port 79', { ...here, destination: { ...anyone, ports: { low: 1, high: 79 } } }, false],
  ])('%s: %s', (_, rule, wanted) => {
    const net = network();
    put(net, rule);
    const action = net.event(() => applyFilters(net.world, net.host('web'), syn, 'in', true));
    expect(action).toBe(wanted ? 'drop' : undefined);
  });
});

describe('a run', () => {
  const play = (seed: number) => {
    const { net } = connectionIn('TIME-WAIT', { seed });
    net.finish();
    return net;
  };

  test('repeats: the same seed, the same digest after every step', () => {
    const digests = (net: Net) => {
      const { memory } = net.world;
      return Array.from({ length: memory.end + 1 }, (_, position) => {
        memory.seek(position);
        return memory.digest();
      });
    };
    expect(digests(play(3))).toEqual(digests(play(3)));
    expect(digests(play(3)).at(-1)).not.toBe(digests(play(4)).at(-1));
  });

  test('can still be looked at when the engine may not run any more', () => {
    const net = play(1);
    const { memory } = net.world;
    net.simulation.engine.halt();
    for (let position = memory.end; position >= 0; position--) {
      memory.seek(position);
      memory.digest();
    }
    expect(memory.firstLeak()).toBeUndefined();
    memory.seek(memory.end);
    expect(() => net.simulation.engine.step()).toThrow('halted');
  });
});
