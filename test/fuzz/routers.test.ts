// Random homes behind random NATs, some inside one another, on networks that may lose, double and reorder, and whatever
// their hosts send to each other: each packet has one end and only one, nothing circles, no outside endpoint stands for two
// inside ones where that is forbidden, whoever is answered hears the answer from whom it wrote to, and an ICMP error quotes
// to its receiver what that receiver has sent.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bindings } from '../../src/net/external-port.js';
import { setFaults } from '../../src/net/faults.js';
import { NAT_PROFILES, type NatBehaviour } from '../../src/net/nat-behaviour.js';
import { endsOf, type TcpSegment, type UdpDatagram } from '../../src/wire/packet.js';
import type { Fact } from '../../src/world/facts.js';
import { DEPENDENCES, PORT_WAYS, UNSOLICITED } from '../../src/world/router-tables.js';
import { type Bound, Internetwork, type Place, type RouterPlace } from '../builders/internetwork.js';
import { SECOND } from '../builders/network.js';
import { fuzz } from './share.js';

const PORTS = [80, 1001, 5000, 5001] as const;
const port = fc.constantFrom(...PORTS);
/** Nobody holds the last one: what is sent there is answered by an error. */
const anyPort = fc.constantFrom(...PORTS, 7777);

const behaviour: fc.Arbitrary<NatBehaviour> = fc.oneof(
  fc.constantFrom(...Object.values(NAT_PROFILES)),
  fc.record({
    mapping: fc.constantFrom(...DEPENDENCES),
    filtering: fc.constantFrom(...DEPENDENCES),
    ports: fc.constantFrom(...PORT_WAYS),
    range: fc.constantFrom({ low: 62001, high: 62002 }, { low: 1024, high: 65535 }),
    mayOverload: fc.constant(false),
    hairpins: fc.boolean(),
    unsolicited: fc.constantFrom(...UNSOLICITED),
    idlePlan: fc.constantFrom('linux', 'rfc', 'home'),
    idleUdp: fc.constantFrom(0, 5 * SECOND),
  }),
);
const home = fc.record({
  nat: behaviour,
  hosts: fc.integer({ min: 1, max: 3 }),
  /** Behind the home before it, not on the outside network. */
  isNested: fc.boolean(),
  forward: fc.array(fc.record({ protocol: fc.constantFrom('tcp', 'udp'), port, to: port, host: fc.nat(2) }), {
    maxLength: 2,
  }),
});
const deed = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('write'),
      from: fc.nat(),
      to: fc.nat(),
      own: port,
      port: anyPort,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('call'),
      from: fc.nat(),
      to: fc.nat(),
      own: port,
      port: anyPort,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait'), seconds: fc.constantFrom(1, 10, 200) }) },
);
const worlds = fc.record({
  homes: fc.array(home, { minLength: 1, maxLength: 3 }),
  deeds: fc.array(deed, { minLength: 1, maxLength: 12 }),
  faults: fc.oneof(
    { weight: 2, arbitrary: fc.constant({ lossRatio: 0, duplicateRatio: 0, reorderRatio: 0 }) },
    {
      weight: 1,
      arbitrary: fc.record({
        lossRatio: fc.constantFrom(0, 0.1, 0.3),
        duplicateRatio: fc.constantFrom(0, 0.2),
        reorderRatio: fc.constantFrom(0, 0.2),
      }),
    },
  ),
  seed: fc.nat(1000),
});
type World = typeof worlds extends fc.Arbitrary<infer Value> ? Value : never;

interface Built {
  readonly net: Internetwork;
  readonly hosts: readonly string[];
  /** Everything that can be written to: hosts outside, routers, hosts inside by their private address. */
  readonly targets: readonly string[];
  readonly routers: readonly string[];
  /** Which homes a host is in, outermost first. */
  readonly within: ReadonlyMap<string, readonly number[]>;
}

function build({ homes, faults, seed }: World): Built {
  const hosts: Record<string, Place> = {
    ana: { on: [['wan', '203.0.113.8']] },
    ben: { on: [['wan', '203.0.113.9']] },
  };
  const routers: Record<string, RouterPlace> = {};
  const within = new Map<string, readonly number[]>([
    ['ana', []],
    ['ben', []],
  ]);
  const targets = ['203.0.113.8', '203.0.113.9'];
  const inside: number[][] = [];
  for (const [index, { nat, hosts: count, isNested, forward }] of homes.entries()) {
    // Two homes that are not within each other have the same private addresses.
    const isIn = isNested && index > 0;
    const network = isIn ? `10.0.${index}` : '192.168.1';
    const outside = !isIn
      ? `203.0.113.${11 + index}`
      : `${prefixOf(routers[`r${index - 1}`])}.${100 + index}`;
    const chain = [...(isIn ? (inside[index - 1] ?? []) : []), index];
    inside.push(chain);
    routers[`r${index}`] = {
      on: [
        [isIn ? `home${index - 1}` : 'wan', outside],
        [`home${index}`, `${network}.1`],
      ],
      nat,
      forward: forward.map(({ protocol, port: own, to, host }) => ({
        protocol: protocol as 'tcp' | 'udp',
        port: own,
        to: { address: `${network}.${7 + (host % count)}`, port: to },
      })),
      ...(isIn ? { via: `${prefixOf(routers[`r${index - 1}`])}.1` } : {}),
    };
    targets.push(outside);
    for (let number = 0; number < count; number++) {
      const name = `h${index}${number}`;
      hosts[name] = { on: [[`home${index}`, `${network}.${7 + number}`]], via: `${network}.1` };
      within.set(name, chain);
      targets.push(`${network}.${7 + number}`);
    }
  }
  const net = new Internetwork(hosts, routers, seed);
  net.event(() => {
    for (const network of net.world.networks.rows) setFaults(net.world, network, faults);
  });
  return {
    net,
    hosts: Object.keys(hosts),
    targets: [...new Set(targets)],
    routers: Object.keys(routers),
    within,
  };
}

function prefixOf(router: RouterPlace | undefined): string {
  return (router?.on[1]?.[1] ?? '').replace(/\.1$/, '');
}

const tally = new Map<string, number>();
const count = (name: string, by = 1) => tally.set(name, (tally.get(name) ?? 0) + by);

function play(world: World): void {
  const { net, hosts, targets, routers, within } = build(world);
  const sockets = new Map<string, Bound>();
  const udp = (host: string, own: number): Bound => {
    const key = `${host} ${own}`;
    const known = sockets.get(key) ?? net.udp(host, own);
    sockets.set(key, known);
    return known;
  };
  const everybody = hosts.map((host) => ({ host, at: PORTS.map((own) => udp(host, own)) }));
  for (const host of hosts) net.listener(net.process(host), 80);
  for (const each of world.deeds) {
    if (each.kind === 'wait') net.pass(each.seconds * SECOND);
    else {
      const from = hosts[each.from % hosts.length] ?? 'ana';
      const to = targets[each.to % targets.length] ?? '';
      if (each.kind === 'call') {
        net.start(net.process(from), {
          call: 'connect',
          socket: net.socket(net.process(from), 'tcp'),
          address: to,
          port: each.port,
        });
        net.settle();
        count('calls');
      } else write(net, everybody, udp(from, each.own), from, to, each.port, world, within);
    }
    for (const router of routers) holdsOnce(net, router);
  }
  net.pass(1000 * SECOND);
  net.settle();
  fates(net, world.faults.duplicateRatio > 0);
  quotes(net, world, within);
  if (world.seed % 20 === 0) stepsBack(net);
}

/** A datagram; whoever hears it answers to where it seems to come from. */
function write(
  net: Internetwork,
  everybody: readonly { readonly host: string; readonly at: readonly Bound[] }[],
  from: Bound,
  sender: string,
  to: string,
  toPort: number,
  world: World,
  within: ReadonlyMap<string, readonly number[]>,
): void {
  for (const { at } of everybody) for (const socket of at) net.heard(socket);
  net.sendTo(from, to, toPort, 'ask');
  count('datagrams');
  for (const { host, at } of everybody)
    for (const socket of at)
      for (const line of net.heard(socket)) {
        const [, address, port] = /^ask from (.*):(\d+)$/.exec(line) ?? [];
        if (address === undefined) continue;
        net.sendTo(socket, address, Number(port), 'answer');
        count('heard');
        // Linux without a second rule: an answer to a neighbour takes the short cut, past the router.
        const shared = (within.get(host) ?? []).filter((each) => within.get(sender)?.includes(each));
        if (shared.some((each) => world.homes[each]?.nat.mayOverload)) continue;
        const answers = net.heard(from).filter((each) => each.startsWith('answer'));
        const wanted = `answer from ${to}:${toPort}`;
        const who = `${sender} asked ${to}:${toPort}`;
        // What is lost is no lie; what comes, comes from whom one wrote to.
        if (world.faults.lossRatio === 0) expect(answers, who).toContain(wanted);
        for (const answer of answers) expect(answer, who).toBe(wanted);
        count('answers', answers.length);
      }
}

function holdsOnce(net: Internetwork, router: string): void {
  const host = net.host(router);
  for (const row of net.world.nats.rows)
    if (net.world.nats.host.get(row) === host && net.world.nats.mayOverload.get(row)) return;
  for (const protocol of ['tcp', 'udp'] as const) {
    const insides = new Map<string, string>();
    for (const { inside, outside } of bindings(net.world, host, protocol)) {
      const key = `${outside.address}:${outside.port}`;
      const who = `${inside.address}:${inside.port}`;
      expect(insides.get(key) ?? who, `${router} ${protocol} ${key}`).toBe(who);
      insides.set(key, who);
    }
  }
}

/** What an ICMP error quotes is what its receiver has sent, however many NATs the packet had passed by then. */
function quotes(net: Internetwork, { homes }: World, within: Built['within']): void {
  const facts: readonly Fact[] = net.simulation.log.between(0, net.simulation.log.length);
  const said = new Set(
    facts.flatMap((fact) =>
      fact.kind === 'sent' && fact.sent.packet.protocol !== 'icmp'
        ? [`${fact.host} ${endsLine(fact.sent.packet)}`]
        : [],
    ),
  );
  for (const [name, chain] of within) {
    // As for answers: netfilter lets a neighbour behind a forwarding rule answer by itself, of what it got.
    if (chain.some((each) => homes[each]?.nat.mayOverload)) continue;
    const host = net.host(name);
    for (const fact of facts) {
      if (fact.kind !== 'arrived' || fact.host !== host || fact.sent.packet.protocol !== 'icmp') continue;
      const line = endsLine(fact.sent.packet.quoted);
      expect(said.has(`${host} ${line}`), `${name} is told of ${line}`).toBe(true);
      count(fact.sent.passage?.rewrites.length ? 'errors turned' : 'errors');
    }
  }
}

function endsLine(packet: TcpSegment | UdpDatagram): string {
  const { source, destination } = endsOf(packet);
  return `${packet.protocol} ${source.address}:${source.port} > ${destination.address}:${destination.port}`;
}

/**
 * One end for each packet: somebody has it, somebody refuses it, somebody drops it and says why, or a router passes it on. Of
 * a packet that the network has doubled, each copy has one.
 */
function fates(net: Internetwork, isDoubled: boolean): void {
  const fates = new Map<number, string[]>();
  const note = (number: number, fate: string) => fates.set(number, [...(fates.get(number) ?? []), fate]);
  const { log } = net.simulation;
  const facts: readonly Fact[] = log.between(0, log.length);
  const hops = new Map<number, number>();
  for (const fact of facts) {
    if (fact.kind === 'sent') {
      const { passage, number } = fact.sent;
      fates.set(number, fates.get(number) ?? []);
      const before = passage?.from;
      if (before !== undefined) note(before.number, 'passed on');
      hops.set(number, before === undefined ? 0 : (hops.get(before.number) ?? 0) + 1);
    } else if (fact.kind === 'delivered' || fact.kind === 'refused') note(fact.sent.number, fact.kind);
    else if (fact.kind === 'dropped') note(fact.sent.number, fact.why);
  }
  for (const [number, list] of fates) {
    if (isDoubled) expect([1, 2], `packet ${number}: ${list.join(', ')}`).toContain(list.length);
    else expect(list, `packet ${number}`).toHaveLength(1);
    for (const fate of list) count(fate);
  }
  expect(Math.max(0, ...hops.values())).toBeLessThan(64);
  count('packets', fates.size);
}

/** A cell that is written past the journal would show. */
function stepsBack({ world: { memory } }: Internetwork): void {
  const end = memory.end;
  const digest = memory.digest();
  memory.seek(0);
  expect(memory.firstLeak()).toBeUndefined();
  memory.seek(end);
  expect(memory.digest()).toBe(digest);
  count('walks back');
}

const runs = fuzz.share(120, 100_000);

test(`${runs} networks of homes and routers`, { timeout: fuzz.timeout }, () => {
  fc.assert(fc.property(worlds, play), fuzz.settings('routers', runs));
  // What was never met was not tested.
  for (const fate of [
    'delivered',
    'refused',
    'passed on',
    'no-mapping',
    'filtered',
    'no-route',
    'answers',
    'loss',
  ])
    expect(tally.get(fate) ?? 0, fate).toBeGreaterThan(0);
  expect(tally.get('errors turned') ?? 0).toBeGreaterThan(0);
  if (process.env['FOURTUPLE_FUZZ'] === 'whole') console.log(Object.fromEntries(tally));
});
