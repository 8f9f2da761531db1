// Routers and firewalls, as those at the ends notice them: which way, how far, what comes back, and what passes.
import { describe, expect, test } from 'vitest';
import type { Filter } from '../../src/net/firewall.js';
import { addRoute, findWay } from '../../src/world/routes.js';
import { Internetwork } from '../builders/internetwork.js';
import { SECOND } from '../builders/network.js';

const anyone = { address: undefined, ports: undefined };
const port = (number: number) => ({ address: undefined, ports: { low: number, high: number } });

/** ana – left – right – ben, and a way through both. */
const chain = () =>
  new Internetwork(
    {
      ana: { on: [['a', '10.1.0.7']], via: '10.1.0.1' },
      ben: { on: [['b', '10.2.0.7']], via: '10.2.0.1' },
    },
    {
      left: {
        on: [
          ['wan', '203.0.113.1'],
          ['a', '10.1.0.1'],
        ],
        via: '203.0.113.2',
      },
      right: {
        on: [
          ['wan', '203.0.113.2'],
          ['b', '10.2.0.1'],
        ],
        via: '203.0.113.1',
      },
    },
  );

describe('ways', () => {
  test('a packet passes two routers unchanged but for its time to live', () => {
    const net = chain();
    const [one, other] = [net.udp('ana', 5000), net.udp('ben', 6000)];
    net.sendTo(one, '10.2.0.7', 6000, 'far');
    expect(net.heard(other)).toEqual(['far from 10.1.0.7:5000']);
    const times = net.facts('sent').map(({ sent }) => sent.packet.ttl ?? 64);
    expect(times).toEqual([64, 63, 62]);
  });

  test('the longest prefix wins, and a default route is the last resort', () => {
    const net = chain();
    const { world } = net;
    const left = net.host('left');
    const towards = (address: string) => findWay(world, left, address)?.nextHop;
    net.event(() => {
      addRoute(world, left, { destination: '10.9.0.0', prefix: 16, via: '203.0.113.8', device: '' });
      addRoute(world, left, { destination: '10.9.9.0', prefix: 24, via: '203.0.113.9', device: '' });
    });
    expect([towards('10.9.1.1'), towards('10.9.9.1'), towards('8.8.8.8'), towards('10.1.0.99')]).toEqual([
      '203.0.113.8',
      '203.0.113.9',
      '203.0.113.2',
      '10.1.0.99',
    ]);
  });

  test('what two routers hand to each other does not circle: time exceeded comes back', () => {
    const net = chain();
    net.sendTo(net.udp('ana', 5000), '172.16.0.1', 80);
    expect(net.facts('dropped').map(({ why }) => why)).toEqual(['ttl']);
    expect(net.facts('sent').filter(({ sent }) => sent.packet.protocol === 'udp')).toHaveLength(64);
    const errors = net
      .facts('arrived')
      .filter(({ host, sent }) => host === net.host('ana') && sent.packet.protocol === 'icmp');
    expect(errors.map(({ sent }) => sent.packet)).toMatchObject([{ error: 'time-exceeded' }]);
  });

  test('no way from the host itself is ENETUNREACH at once; from a router it comes back as ICMP', () => {
    const net = new Internetwork(
      {
        ana: { on: [['a', '10.1.0.7']], via: '10.1.0.1' },
        eve: { on: [['a', '10.1.0.8']] },
      },
      {
        left: {
          on: [
            ['wan', '203.0.113.1'],
            ['a', '10.1.0.1'],
          ],
        },
      },
    );
    expect(net.dial('eve', '172.16.0.1', 80)).toMatchObject({ outcome: 'ENETUNREACH', after: 0 });
    const far = net.dial('ana', '172.16.0.1', 80);
    expect(far.outcome).toBe('ENETUNREACH');
    expect(far.after).toBeGreaterThan(0);
    expect(net.dial('ana', '203.0.113.77', 80).outcome).toBe('EHOSTUNREACH');
  });

  test('each packet knows whose its addresses are, behind either NAT', () => {
    const net = chain();
    net.sendTo(net.udp('ana', 5000), '10.2.0.7', 6000);
    const [ana, ben] = [net.host('ana'), net.host('ben')];
    const owners = net
      .facts('sent')
      .flatMap(({ sent }) => (sent.packet.protocol === 'udp' ? [sent.owners] : []));
    expect(owners).toEqual([
      { source: ana, destination: ben },
      { source: ana, destination: ben },
      { source: ana, destination: ben },
    ]);
  });
});

describe('a firewall', () => {
  const outcome = (filter: Omit<Filter, 'host' | 'source'>, at = 'right') => {
    const net = chain();
    net.listener(net.process('ben'), 80);
    net.block({ source: anyone, ...filter, host: net.host(at) });
    return net.dial('ana', '10.2.0.7', 80).outcome;
  };
  const forward = { protocol: 'tcp', direction: 'forward', destination: port(80) } as const;

  test('drop is silence, reject is an answer, and another port passes', () => {
    expect(outcome(forward)).toBe('ETIMEDOUT');
    expect(outcome({ ...forward, action: 'port-unreachable' })).toBe('ECONNREFUSED');
    expect(outcome({ ...forward, destination: port(81) })).toBe('ok');
    expect(outcome({ ...forward, protocol: 'udp' })).toBe('ok');
  });

  test('directions are apart: what a router passes on, what is for it, what a host sends', () => {
    expect(outcome({ ...forward, direction: 'in' })).toBe('ok');
    expect(outcome({ ...forward, direction: 'in' }, 'ben')).toBe('ETIMEDOUT');
    expect(outcome({ ...forward, direction: 'out' }, 'ben')).toBe('ok');
    expect(outcome({ ...forward, direction: 'out' }, 'ana')).toBe('ETIMEDOUT');
  });

  test('by state: newcomers are kept out, answers to the inside pass', () => {
    const net = chain();
    const [inside, outside] = [net.udp('ben', 6000), net.udp('ana', 5000)];
    net.block({
      host: net.host('right'),
      protocol: 'udp',
      direction: 'forward',
      isNewOnly: true,
      source: { address: '10.1.0.7', ports: undefined },
      destination: anyone,
    });
    net.sendTo(outside, '10.2.0.7', 6000, 'stranger');
    net.sendTo(inside, '10.1.0.7', 5000, 'hello');
    net.sendTo(outside, '10.2.0.7', 6000, 'answer');
    expect(net.heard(inside)).toEqual(['answer from 10.1.0.7:5000']);
    net.pass(200 * SECOND);
    net.sendTo(outside, '10.2.0.7', 6000, 'too late');
    expect(net.heard(inside)).toEqual([]);
  });
});
