// The switches of RFC 4787, RFC 5382 and RFC 5508, each by what a client outside or inside would notice. Each test tells
// at least two settings apart: one that is turned without effect fails here.
import { describe, expect, test } from 'vitest';
import { NAT_PROFILES, type NatBehaviour } from '../../src/net/nat-behaviour.js';
import { DEPENDENCES } from '../../src/world/router-tables.js';
import { type Bound, Internetwork } from '../builders/internetwork.js';
import { MILLI, SECOND } from '../builders/network.js';

const OUTSIDE = '203.0.113.5';
const ANA = '203.0.113.8';
const BEN = '203.0.113.9';
const EIM = 'endpoint-independent';

/** Two hosts outside, two inside behind one router. */
const behind = (behaviour: Partial<NatBehaviour>, rules: { forward?: readonly Rule[] } = {}) =>
  new Internetwork(
    {
      ana: { on: [['wan', ANA]] },
      ben: { on: [['wan', BEN]] },
      laptop: { on: [['home', '192.168.1.7']], via: '192.168.1.1' },
      tablet: { on: [['home', '192.168.1.9']], via: '192.168.1.1' },
    },
    {
      router: {
        on: [
          ['wan', OUTSIDE],
          ['home', '192.168.1.1'],
        ],
        nat: { ...NAT_PROFILES.home, ...behaviour },
        ...rules,
      },
    },
  );
type Rule = {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  readonly to: { readonly address: string; readonly port: number };
};

/** The port that a listener outside sees. */
const portSeen = (net: Internetwork, outside: Bound): number | undefined => {
  const [line] = net.heard(outside).slice(-1);
  return line === undefined ? undefined : Number(line.split(':').at(-1));
};

describe('mapping, RFC 4787 §4.1', () => {
  test.each(DEPENDENCES)('%s: a forwarding rule is a mapping as well', (mapping) => {
    const forward = [{ protocol: 'udp', port: 1001, to: { address: '192.168.1.7', port: 5000 } }] as const;
    const net = behind({ mapping, ports: 'preserve' }, { forward });
    const [outside, server, client] = [net.udp('ana', 80), net.udp('laptop', 5000), net.udp('laptop', 5001)];
    net.sendTo(server, ANA, 80);
    expect(portSeen(net, outside)).toBe(mapping === 'address-and-port-dependent' ? 5000 : 1001);
    // Both speak with each other through the outside, by every number that the server has there.
    net.sendTo(client, ANA, 80);
    const from = portSeen(net, outside) ?? 0;
    net.sendTo(server, OUTSIDE, from);
    net.sendTo(client, OUTSIDE, 1001);
    net.heard(client);
    const [, port] = /:(\d+)$/.exec(net.heard(server).at(-1) ?? '') ?? [];
    net.sendTo(server, OUTSIDE, Number(port), 'answer');
    expect(net.heard(client)).toEqual([`answer from ${OUTSIDE}:1001`]);
  });

  test.each(DEPENDENCES)('%s', (mapping) => {
    const net = behind({ mapping, ports: 'random' });
    const [a1, a2, b1] = [net.udp('ana', 1001), net.udp('ana', 1002), net.udp('ben', 1001)];
    const inside = net.udp('laptop', 5000);
    const seen = [
      [a1, ANA, 1001],
      [a2, ANA, 1002],
      [b1, BEN, 1001],
    ].map(([socket, address, port]) => {
      net.sendTo(inside, address as string, port as number);
      return portSeen(net, socket as Bound);
    });
    expect(seen[0] === seen[1]).toBe(mapping !== 'address-and-port-dependent');
    expect(seen[0] === seen[2]).toBe(mapping === EIM);
  });
});

describe('filtering, RFC 4787 §5', () => {
  test.each([
    [EIM, ['known from', 'other port', 'stranger']],
    ['address-dependent', ['known from', 'other port']],
    ['address-and-port-dependent', ['known from']],
  ] as const)('%s lets in %j', (filtering, wanted) => {
    const net = behind({ filtering });
    const [friend, sister, stranger] = [net.udp('ana', 1001), net.udp('ana', 1002), net.udp('ben', 1001)];
    const inside = net.udp('laptop', 5000);
    net.sendTo(inside, ANA, 1001);
    net.sendTo(friend, OUTSIDE, 5000, 'known from');
    net.sendTo(sister, OUTSIDE, 5000, 'other port');
    net.sendTo(stranger, OUTSIDE, 5000, 'stranger');
    const heard = net.heard(inside).map((line) => wanted.find((text) => line.startsWith(text)) ?? line);
    expect(heard).toEqual(wanted);
  });
});

describe('ports, RFC 4787 §4.2', () => {
  const first = (behaviour: Partial<NatBehaviour>, port = 5000) => {
    const net = behind(behaviour);
    const outside = net.udp('ana', 1001);
    const [one, other] = [net.udp('laptop', port), net.udp('tablet', port)];
    net.sendTo(one, ANA, 1001);
    const own = portSeen(net, outside);
    net.sendTo(other, ANA, 1001);
    return [own, portSeen(net, outside)];
  };

  test('preserve keeps the sender’s own; the second who wants it gets another of its class and parity', () => {
    const [own, next = 0] = first({});
    expect(own).toBe(5000);
    expect(next).not.toBe(5000);
    expect([next > 1023, next % 2]).toEqual([true, 0]);
    const [low, other = 0] = first({}, 777);
    expect([low, other < 1024, other % 2]).toEqual([777, true, 1]);
  });

  test('sequential takes the next of its range, a list is handed out in order, random neither', () => {
    expect(first({ ports: 'sequential', range: { low: 62001, high: 62002 } })).toEqual([62001, 62002]);
    expect(first({ ports: 'sequential', list: [62005, 62001] })).toEqual([62005, 62001]);
    expect(first({ ports: 'random' })).not.toContain(5000);
  });

  test('when every port is taken the packet is dropped, by name', () => {
    const net = behind({ ports: 'sequential', range: { low: 62001, high: 62001 } });
    const [one, other] = [net.udp('laptop', 5000), net.udp('tablet', 5000)];
    net.sendTo(one, ANA, 1001);
    net.sendTo(other, ANA, 1001);
    expect(net.facts('dropped').map(({ why }) => why)).toContain('no-mapping');
  });

  test('no overloading: one outside port stands for one inside; Linux gives it to two, towards different peers', () => {
    const ports = (behaviour: Partial<NatBehaviour>) => {
      const net = behind(behaviour);
      const [ana, ben] = [net.udp('ana', 1001), net.udp('ben', 1001)];
      net.sendTo(net.udp('laptop', 5000), ANA, 1001);
      net.sendTo(net.udp('tablet', 5000), BEN, 1001);
      return [portSeen(net, ana), portSeen(net, ben)];
    };
    expect(ports(NAT_PROFILES.linux)).toEqual([5000, 5000]);
    expect(new Set(ports(NAT_PROFILES.rfc)).size).toBe(2);
  });
});

describe('hairpinning, RFC 4787 §6', () => {
  test('on: the neighbour hears it, from an outside source; off: the router itself says that nobody is there', () => {
    const hears = (hairpins: boolean) => {
      const net = behind({ hairpins, filtering: EIM });
      const [one, other] = [net.udp('laptop', 5000), net.udp('tablet', 6000)];
      net.sendTo(one, ANA, 1001);
      net.sendTo(other, ANA, 1001);
      net.sendTo(other, OUTSIDE, 5000, 'neighbour');
      return net.heard(one);
    };
    expect(hears(true)).toEqual([`neighbour from ${OUTSIDE}:6000`]);
    expect(hears(false)).toEqual([]);
  });

  test('a forwarded port can be called from inside, but not where only outside packets are forwarded', () => {
    const forward = [{ protocol: 'tcp', port: 8080, to: { address: '192.168.1.9', port: 80 } }] as const;
    const call = (behaviour: Partial<NatBehaviour>) => {
      const net = behind(behaviour, { forward });
      net.listener(net.process('tablet'), 80);
      return net.dial('laptop', OUTSIDE, 8080).outcome;
    };
    expect(call({})).toBe('ok');
    expect(call({ hairpins: false })).toBe('ECONNREFUSED');
    // Linux without a second rule: the answer takes the short cut, and the caller resets what it does not know.
    expect(call(NAT_PROFILES.linux)).toBe('ETIMEDOUT');
  });
});

describe('an unsolicited SYN, RFC 5382 §4.3', () => {
  test.each([
    ['silent', 'ETIMEDOUT', 130, 140],
    ['icmp', 'ECONNREFUSED', 6, 7],
    ['rst', 'ECONNREFUSED', 0, 0.1],
  ] as const)('%s: %s after %d s', (unsolicited, outcome, least, most) => {
    const net = behind({ unsolicited });
    const { outcome: got, after } = net.dial('ana', OUTSIDE, 5000);
    expect(got).toBe(outcome);
    expect(after / SECOND).toBeGreaterThanOrEqual(least);
    expect(after / SECOND).toBeLessThan(most);
  });

  test('icmp says nothing if the inside calls meanwhile: both are connected', () => {
    const net = behind({ unsolicited: 'icmp' });
    const outside = net.caller(net.process('ana'), OUTSIDE, 5000, 1001);
    net.settle();
    net.pass(2500 * MILLI);
    const inside = net.caller(net.process('laptop'), ANA, 1001, 5000);
    net.pass(8 * SECOND);
    expect([outside.call.result?.outcome, inside.call.result?.outcome]).toEqual(['ok', 'ok']);
    expect(net.facts('sent').filter(({ sent }) => sent.packet.protocol === 'icmp')).toEqual([]);
  });

  test('a datagram is dropped in silence, but where the router’s own sockets answer', () => {
    const answer = (unsolicited: NatBehaviour['unsolicited']) => {
      const net = behind({ unsolicited });
      const outside = net.udp('ana', 1001);
      net.call(outside.process, { call: 'connect', socket: outside.socket, address: OUTSIDE, port: 5000 });
      net.sendTo(outside, OUTSIDE, 5000);
      net.pass(10 * SECOND);
      return net.heard(outside);
    };
    expect(answer('silent')).toEqual([]);
    expect(answer('icmp')).toEqual([]);
    expect(answer('rst')).toEqual(['!ECONNREFUSED']);
  });
});

describe('idle rows, RFC 4787 §4.3, RFC 5382 §5', () => {
  const alive = (behaviour: Partial<NatBehaviour>, seconds: number) => {
    const net = behind(behaviour);
    const [outside, inside] = [net.udp('ana', 1001), net.udp('laptop', 5000)];
    net.sendTo(inside, ANA, 1001);
    net.pass(seconds * SECOND);
    net.sendTo(outside, OUTSIDE, 5000, 'late');
    return net.heard(inside).length === 1;
  };

  test.each([
    ['linux', 30],
    ['home', 120],
    ['rfc', 300],
  ] as const)('%s forgets an unanswered datagram after %d s', (profile, seconds) => {
    const { idlePlan } = NAT_PROFILES[profile];
    expect([alive({ idlePlan }, seconds - 1), alive({ idlePlan }, seconds + 1)]).toEqual([true, false]);
  });

  test('what the author says holds instead, and every packet starts it anew', () => {
    expect(alive({ idleUdp: 10 * SECOND }, 9)).toBe(true);
    expect(alive({ idleUdp: 10 * SECOND }, 11)).toBe(false);
    const net = behind({ idleUdp: 10 * SECOND });
    const [outside, inside] = [net.udp('ana', 1001), net.udp('laptop', 5000)];
    for (let turn = 0; turn < 5; turn++) {
      net.sendTo(inside, ANA, 1001);
      net.pass(8 * SECOND);
    }
    net.sendTo(outside, OUTSIDE, 5000, 'still there');
    expect(net.heard(inside)).toHaveLength(1);
  });

  test('a connection outlives hours of silence, a half-open one does not', () => {
    const stands = (behaviour: Partial<NatBehaviour>, seconds: number) => {
      const net = behind(behaviour);
      const web = net.process('ana');
      const listener = net.listener(web, 80);
      const { outcome, at } = net.dial('laptop', ANA, 80);
      const server = net.accepted(web, listener);
      net.pass(seconds * SECOND);
      net.send(web, server, 'late');
      net.settle();
      return [outcome, net.recv(at.process, at.socket)];
    };
    expect(stands({}, 7000)).toEqual(['ok', 'late']);
    expect(stands({}, 7500)).toEqual(['ok', '!pending']);
    expect(stands({ idleTcp: 60 * SECOND }, 61)).toEqual(['ok', '!pending']);
    const net = behind({});
    const everybody = { address: undefined, ports: undefined };
    net.block({ host: net.host('ana'), protocol: 'tcp', source: everybody, destination: everybody });
    net.caller(net.process('laptop'), ANA, 80); // SYNs up to 68 s, and 4 min from there
    net.pass(300 * SECOND);
    expect([...net.world.flows.rows]).toHaveLength(1);
    net.pass(10 * SECOND);
    expect([...net.world.flows.rows]).toHaveLength(0);
  });
});

describe('ICMP errors, RFC 5508 §4', () => {
  test('reach the inside, turned back, and do not end the row', () => {
    const net = behind({});
    const outside = net.udp('ana', 1001);
    const inside = net.udp('laptop', 5000);
    net.call(inside.process, { call: 'connect', socket: inside.socket, address: ANA, port: 9 });
    net.sendTo(inside, ANA, 9);
    expect(net.heard(inside)).toEqual(['!ECONNREFUSED']);
    const turned = net
      .facts('arrived')
      .find(({ host, sent }) => host === net.host('laptop') && sent.packet.protocol === 'icmp');
    expect(turned?.sent.packet).toMatchObject({
      destination: '192.168.1.7',
      quoted: { source: '192.168.1.7', sourcePort: 5000, destination: ANA, destinationPort: 9 },
    });
    expect([...net.world.flows.rows]).toHaveLength(1);
    expect(net.heard(outside)).toEqual([]);
  });
});

describe('port forwarding', () => {
  const to = { address: '192.168.1.9', port: 80 };

  test('TCP and UDP are apart, and the outside port need not be the inside one', () => {
    const net = behind({}, { forward: [{ protocol: 'tcp', port: 8080, to }] });
    net.listener(net.process('tablet'), 80);
    const udp = net.udp('tablet', 80);
    expect(net.dial('ana', OUTSIDE, 8080).outcome).toBe('ok');
    net.sendTo(net.udp('ana', 1001), OUTSIDE, 8080);
    expect(net.heard(udp)).toEqual([]);
  });

  test('never expires, and no row of the table takes its port', () => {
    const net = behind({}, { forward: [{ protocol: 'udp', port: 5000, to }] });
    const server = net.udp('tablet', 80);
    const outside = net.udp('ana', 1001);
    net.sendTo(net.udp('laptop', 5000), ANA, 1001);
    expect(portSeen(net, outside)).not.toBe(5000);
    net.pass(100_000 * SECOND);
    net.sendTo(outside, OUTSIDE, 5000, 'knock');
    expect(net.heard(server)).toEqual([`knock from ${ANA}:1001`]);
  });
});
