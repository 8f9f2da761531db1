// A random program of socket calls over one to three hosts: sensible enough to connect and talk, senseless enough to
// do everything in the wrong order. One description in, one played network out; nothing is left to chance in between.
import fc from 'fast-check';
import type { Call } from '../../src/host/call.js';
import { addFilter } from '../../src/net/firewall.js';
import type { RecordedStep } from '../../src/trace/recording.js';
import { encodeText } from '../../src/wire/bytes.js';
import type { ProcessId, SocketId } from '../../src/world/tables.js';
import { MILLI, Net, type Pending, SECOND } from './network.js';

const ADDRESSES = [['10.0.0.1'], ['10.0.0.2'], ['10.0.0.3', '10.0.0.4']] as const;
const NAMES = ['ada', 'bob', 'cyd'] as const;
const PORTS = [53, 80, 5000, 5001] as const;

const port = fc.constantFrom(...PORTS);
const pick = fc.nat(30);
const flag = fc.boolean();
const protocol = fc.constantFrom<'tcp' | 'udp'>('tcp', 'tcp', 'udp');
/** Mostly one of the network's own addresses, by number; else one that leads nowhere, or home. */
const peer = fc.oneof(
  { weight: 6, arbitrary: fc.nat(11) },
  { weight: 1, arbitrary: fc.constantFrom('127.0.0.1', '10.0.0.9', '203.0.113.1', '') },
);
type Peer = number | string;
const text = fc.constantFrom('', 'x', 'hello', 'y'.repeat(1_600));

const deed = fc.oneof(
  // Whole gestures, so that conversations come about at all.
  {
    weight: 6,
    arbitrary: fc.record({ does: fc.constant('talk'), pick, other: pick, protocol, port, text, ends: flag }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('open'),
      pick,
      protocol,
      at: fc.option(pick),
      port,
      mayRebind: flag,
      sharesPort: flag,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('call'),
      pick,
      protocol,
      peer,
      port,
      from: fc.option(port, { freq: 3 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('settle') }) },
  // And single calls.
  { weight: 2, arbitrary: fc.record({ does: fc.constant('socket'), pick, protocol }) },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('bind'), pick, peer, port: fc.oneof(port, fc.constant(0)) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('listen'), pick, backlog: fc.constantFrom(0, 1, 5, -1) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('connect'), pick, peer, port: fc.oneof(port, fc.constant(0)) }),
  },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('accept'), pick }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('send'), pick, text }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('sendto'), pick, text, peer, port }) },
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant('recv'), pick, max: fc.option(fc.constantFrom(0, 1, 3)) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('shutdown'),
      pick,
      how: fc.constantFrom<'read' | 'write' | 'both'>('read', 'write', 'both'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('close'), pick }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('set'),
      pick,
      mayRebind: flag,
      sharesPort: flag,
      device: fc.constantFrom('', '', 'lo', 'eth0'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('pass'),
      nanos: fc.constantFrom(MILLI / 2, MILLI, 2 * SECOND, 70 * SECOND),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('exit'), pick: fc.nat(60) }) },
);
type Deed = typeof deed extends fc.Arbitrary<infer Value> ? Value : never;

export const programs = fc.record({
  hosts: fc.integer({ min: 1, max: 3 }),
  seed: fc.nat(),
  /** Automatic ports, so few that they run out. */
  range: fc.constantFrom<[number, number]>([40_000, 40_003], [40_000, 40_000], [40_000, 40_999]),
  /** What the first host's firewall swallows. */
  wall: fc.option(
    fc.record({ protocol: fc.constantFrom<'tcp' | 'udp' | 'icmp'>('tcp', 'udp', 'icmp'), port }),
    { freq: 3 },
  ),
  deeds: fc.array(deed, { minLength: 5, maxLength: 40 }),
});
export type Program = typeof programs extends fc.Arbitrary<infer Value> ? Value : never;

export interface Played {
  readonly net: Net;
  /** Events of the engine that left facts: arrivals and timers. */
  readonly steps: readonly RecordedStep[];
  /** Names of calls with what they gave, and how often. */
  readonly outcomes: ReadonlyMap<string, number>;
}

export function play(program: Program): Played {
  const names = NAMES.slice(0, program.hosts);
  const net = new Net(
    Object.fromEntries(
      names.map((name, index) => [
        name,
        { addresses: [...(ADDRESSES[index] ?? [])], ephemeral: program.range },
      ]),
    ),
    { seed: program.seed },
  );
  if (program.wall !== null) {
    const anyone = { address: undefined, ports: undefined };
    const door = { low: program.wall.port, high: program.wall.port };
    const { protocol: kind } = program.wall;
    const destination = kind === 'icmp' ? anyone : { ...anyone, ports: door };
    net.event(() =>
      addFilter(net.world, { host: net.host('ada'), protocol: kind, source: anyone, destination }),
    );
  }
  const steps: RecordedStep[] = [];
  const { log, engine } = net.simulation;
  let known = 0;
  engine.onStep = (after) => {
    const facts = log.between(known, log.length);
    known = log.length;
    if (facts.length === 0) return;
    const hasArrived = facts.some((fact) => fact.kind === 'arrived' || fact.kind === 'dropped');
    const kind = hasArrived ? 'arrival' : 'timer';
    steps.push({ index: steps.length, kind, at: net.now, before: after - 1, after, facts, line: -1 });
  };
  const player = new Player(
    net,
    names.flatMap((name) => [net.process(name), net.process(name, 'ann')]),
  );
  for (const each of program.deeds) player.play(each);
  net.settle();
  net.pass(200 * SECOND);
  player.countLate();
  return { net, steps, outcomes: player.outcomes };
}

class Player {
  readonly outcomes = new Map<string, number>();
  private readonly net: Net;
  private readonly processes: readonly ProcessId[];
  private readonly late: { readonly call: Call['call']; readonly pending: Pending }[] = [];
  private readonly held: { readonly process: ProcessId; readonly socket: SocketId }[] = [];

  constructor(net: Net, processes: readonly ProcessId[]) {
    this.net = net;
    this.processes = processes;
  }

  play(given: Deed): void {
    const { net } = this;
    switch (given.does) {
      case 'settle':
        return net.settle();
      case 'pass':
        return 'nanos' in given ? net.pass(given.nanos) : undefined;
      case 'talk':
        return this.talk(given);
      case 'open':
      case 'socket':
      case 'call':
        return this.open(given);
      case 'exit': {
        const process = 'pick' in given ? this.processes[given.pick] : undefined;
        return process && this.ask(process, { call: 'exit' });
      }
    }
    if (!('pick' in given)) return;
    const one = this.held[given.pick % Math.max(1, this.held.length)];
    if (one === undefined) return;
    const { socket } = one;
    switch (given.does) {
      case 'bind':
      case 'connect':
        if ('peer' in given && 'port' in given)
          this.ask(one.process, {
            call: given.does,
            socket,
            address: this.addressOf(given.peer),
            port: given.port,
          });
        return;
      case 'listen':
        return this.ask(one.process, {
          call: 'listen',
          socket,
          backlog: 'backlog' in given ? given.backlog : 0,
        });
      case 'send':
        return this.ask(one.process, {
          call: 'send',
          socket,
          data: encodeText('text' in given ? given.text : ''),
        });
      case 'sendto':
        if ('peer' in given && 'text' in given && 'port' in given)
          this.ask(one.process, {
            call: 'sendto',
            socket,
            data: encodeText(given.text),
            address: this.addressOf(given.peer) || '127.0.0.1',
            port: given.port,
          });
        return;
      case 'recv': {
        const max = 'max' in given && given.max !== null ? { max: given.max } : {};
        return this.ask(one.process, { call: 'recv', socket, ...max });
      }
      case 'shutdown':
        return this.ask(one.process, { call: 'shutdown', socket, how: 'how' in given ? given.how : 'both' });
      case 'set': {
        // Linux lets one move a conversation to another interface, even to where another has its four numbers: not tried.
        const { sockets } = this.net.world;
        const isAlone = sockets.rows.has(socket) && sockets.remoteAddress.get(socket) === 0;
        const device = 'device' in given && isAlone ? { device: given.device } : {};
        const options =
          'sharesPort' in given
            ? { mayRebind: given.mayRebind, sharesPort: given.sharesPort, ...device }
            : {};
        return this.ask(one.process, { call: 'setsockopt', socket, options });
      }
      case 'accept':
      case 'close':
        return this.ask(one.process, { call: given.does, socket });
    }
  }

  private open(given: Deed): void {
    if (!('protocol' in given)) return;
    const process = this.processes[given.pick % this.processes.length];
    if (process === undefined || !this.net.world.processes.isRunning.get(process)) return;
    const socket = this.net.socket(process, given.protocol);
    this.held.push({ process, socket });
    if ('sharesPort' in given) {
      const options = { mayRebind: given.mayRebind, sharesPort: given.sharesPort };
      this.ask(process, { call: 'setsockopt', socket, options });
      this.ask(process, { call: 'bind', socket, address: '', port: given.port });
      if (given.protocol === 'tcp') this.ask(process, { call: 'listen', socket, backlog: 2 });
    }
    if (!('peer' in given)) return;
    if ('from' in given && given.from !== null)
      this.ask(process, { call: 'bind', socket, address: '', port: given.from });
    this.ask(process, { call: 'connect', socket, address: this.addressOf(given.peer), port: given.port });
  }

  /** One opens a door, another one calls, and both say something. What fails on the way fails. */
  private talk(given: Deed): void {
    if (!('other' in given)) return;
    const { net } = this;
    const [server, client] = [given.other, given.pick].map(
      (each) => this.processes[each % this.processes.length],
    );
    if (server === undefined || client === undefined) return;
    if (![server, client].every((each) => net.world.processes.isRunning.get(each))) return;
    const { protocol: kind, port: door } = given;
    const data = encodeText(given.text);
    const [listener, socket] = [net.socket(server, kind), net.socket(client, kind)];
    this.held.push({ process: server, socket: listener }, { process: client, socket });
    this.ask(server, { call: 'bind', socket: listener, address: '', port: door });
    if (kind === 'tcp') this.ask(server, { call: 'listen', socket: listener, backlog: 3 });
    const address = this.addressOf(this.processes.indexOf(server) >> 1);
    this.ask(client, { call: 'connect', socket, address, port: door });
    net.settle();
    this.ask(client, { call: 'send', socket, data });
    if (kind === 'tcp') this.ask(server, { call: 'accept', socket: listener });
    net.settle();
    const { process, socket: answering } = this.held.at(-1) ?? { process: server, socket: listener };
    this.ask(process, { call: 'recv', socket: answering });
    if (!given.ends) return;
    this.ask(client, { call: 'close', socket });
    net.settle();
    this.ask(process, { call: 'close', socket: answering });
    net.settle();
  }

  private addressOf(place: Peer): string {
    if (typeof place === 'string') return place;
    const there = this.net.addresses();
    return there[place % there.length] ?? '';
  }

  /** What the calls that waited came back with in the end. */
  countLate(): void {
    for (const { call, pending } of this.late) this.count(call, pending.result?.outcome ?? 'never');
  }

  private count(call: string, outcome: string): void {
    const what = `${call} ${outcome}`;
    this.outcomes.set(what, (this.outcomes.get(what) ?? 0) + 1);
  }

  /** Calls that would wait do wait, and take part in what comes later. */
  private ask(process: ProcessId, call: Call): void {
    if (!this.net.world.processes.isRunning.get(process)) return;
    const pending = this.net.start(process, call);
    const { result } = pending;
    if (result === undefined) this.late.push({ call: call.call, pending });
    this.count(call.call, result?.outcome ?? 'waits');
    if (call.call === 'accept' && result?.socket !== undefined)
      this.held.push({ process, socket: result.socket });
  }
}
