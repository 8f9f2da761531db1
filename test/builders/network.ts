// A small network for tests: hosts on one LAN, processes on them, and socket calls made one after another.
// Everything goes through the doors that scenarios use (perform, the engine, transmit), so a test says what people
// would: who calls what, and what came of it. It knows no rule; the expectations are in the tests.
import type { Call, Result, SocketOptions } from '../../src/host/call.js';
import { createProcess } from '../../src/host/descriptors.js';
import { perform } from '../../src/host/perform.js';
import { isWaitingCall } from '../../src/host/waiting.js';
import { addFilter, type Filter, removeFilters } from '../../src/net/firewall.js';
import { Simulation } from '../../src/net/simulation.js';
import { LINUX_PORTS } from '../../src/ports/profiles.js';
import { Recorder } from '../../src/trace/recording.js';
import { encodeText } from '../../src/wire/bytes.js';
import type { Packet, Protocol, TcpSegment } from '../../src/wire/packet.js';
import type { Fact, Outcome } from '../../src/world/facts.js';
import { addressesOf } from '../../src/world/interfaces.js';
import type { Settings } from '../../src/world/kernel.js';
import { runOf } from '../../src/world/sockets.js';
import type { HostId, ProcessId, SocketId, SocketState } from '../../src/world/tables.js';

export const MILLI = 1e6;
export const SECOND = 1e9;
/** More than any test here needs. */
const MOST_STEPS = 20_000;
/** One way over the LAN. */
export const DELAY = MILLI;

export interface HostSpec {
  /** The first is the primary one; all on 10.0.0.0/24 or 2001:db8::/64. */
  readonly addresses: readonly string[];
  readonly ephemeral?: readonly [low: number, high: number];
  readonly pinned?: readonly number[];
  readonly privilegedBelow?: number;
}
export interface NetSpec {
  readonly seed?: number;
  readonly settings?: Partial<Settings>;
}

/** A call that may wait: `result` is there once it has come back. */
export interface Pending {
  result: Result | undefined;
}

export class Net {
  readonly simulation: Simulation;
  readonly recorder: Recorder;
  protected readonly hosts = new Map<string, HostId>();
  private readonly work: (() => void)[] = [];
  private readonly handler;
  private pid = 100;
  steps = 0;

  constructor(hosts: Readonly<Record<string, string | HostSpec>>, spec: NetSpec = {}) {
    this.simulation = new Simulation(spec.seed ?? 1, spec.settings);
    const { world, engine } = this.simulation;
    world.memory.step(() => {
      const lan = world.networks.rows.create();
      world.networks.name.set(lan, 'lan');
      world.networks.delay.set(lan, DELAY);
      for (const [name, given] of Object.entries(hosts)) {
        const host = world.hosts.rows.create();
        const entry = typeof given === 'string' ? { addresses: [given] } : given;
        this.hosts.set(name, host);
        world.hosts.name.set(host, name);
        world.hosts.privilegedBelow.set(host, entry.privilegedBelow ?? LINUX_PORTS.privilegedBelow);
        world.hosts.ephemeralLow.set(host, entry.ephemeral?.[0] ?? LINUX_PORTS.ephemeralLow);
        world.hosts.ephemeralHigh.set(host, entry.ephemeral?.[1] ?? LINUX_PORTS.ephemeralHigh);
        for (const port of entry.pinned ?? []) {
          const pin = world.pinned.rows.create();
          world.pinned.port.set(pin, port);
          world.pinnedPorts.push(host, pin);
        }
        for (const address of entry.addresses) {
          const card = world.interfaces.rows.create();
          world.interfaces.host.set(card, host);
          world.interfaces.network.set(card, lan);
          world.interfaces.device.set(card, 'eth0');
          world.interfaces.address.set(card, world.memory.intern(address));
          world.interfaces.prefix.set(card, address.includes(':') ? 64 : 24);
        }
      }
    });
    this.recorder = new Recorder(world, this.simulation.log);
    engine.onStep = () => this.recorder.note();
    this.handler = engine.handler((number) => this.work[number]?.());
  }

  get world() {
    return this.simulation.world;
  }

  get now(): number {
    return this.world.run.now.get(runOf(this.world));
  }

  host(name: string): HostId {
    const host = this.hosts.get(name);
    if (host === undefined) throw new Error(`the test has no host ${name}`);
    return host;
  }

  /** Every address that a host has, the primary ones first. */
  addresses(): string[] {
    const all = [...this.hosts.values()].map((host) => addressesOf(this.world, host));
    return [...all.map(([primary = '']) => primary), ...all.flatMap(([, ...others]) => others)];
  }

  /** A process, of root unless another user is named. */
  process(host: string, user = 'root'): ProcessId {
    return this.event(() =>
      createProcess(this.world, this.host(host), `${host}-${this.pid}`, user, this.pid++),
    );
  }

  /** Does something as an event of its own, at this instant; what follows from it is still on its way. */
  event<Value>(work: () => Value): Value {
    let done: { value: Value } | undefined;
    const { engine } = this.simulation;
    const number = this.work.push(() => {
      done = { value: work() };
    });
    engine.at(this.now, this.handler, number - 1);
    while (done === undefined) if (!engine.step()) throw new Error('the event was never run');
    return done.value;
  }

  /** A firewall, as an event of its own. */
  block(filter: Filter): void {
    this.event(() => addFilter(this.world, filter));
  }

  /** Takes a host's firewall away. */
  unblock(host: string): void {
    this.event(() => removeFilters(this.world, this.host(host)));
  }

  /** One socket call, as it comes back at once: `pending` if it would wait. */
  call(process: ProcessId, call: Call): Result {
    return this.event(() => perform(this.simulation, process, call));
  }

  /** A call that may wait for what others do. */
  start(process: ProcessId, call: Call): Pending {
    const pending: Pending = { result: undefined };
    this.event(() => {
      const result = perform(this.simulation, process, call);
      if (result.outcome !== 'pending' || !isWaitingCall(call)) pending.result = result;
      else {
        const left = result.rest !== undefined && isWaitingCall(result.rest) ? result.rest : call;
        this.simulation.calls.sleep(process, left, (late) => (pending.result = late));
      }
    });
    return pending;
  }

  /** The call, and everything that is on its way because of it; a waiting call's late result if it has one by then. */
  outcome(process: ProcessId, call: Call): Outcome {
    const pending = this.start(process, call);
    this.settle();
    return pending.result?.outcome ?? 'pending';
  }

  /** Hosts that answer each other for ever would never be quiet. */
  private step(until?: 'until quiet'): boolean {
    if (this.steps++ > MOST_STEPS) throw new Error(`the network is not quiet after ${MOST_STEPS} steps`);
    const { engine } = this.simulation;
    return until === undefined ? engine.step() : engine.stepUntilQuiet();
  }

  /** Until nothing is on its way; timers do not count. */
  settle(): void {
    while (this.step('until quiet'));
  }

  /** Lets time go by, with every timer in it. */
  pass(nanos: number): void {
    const { engine } = this.simulation;
    const until = this.now + nanos;
    engine.at(until, this.handler, this.work.push(() => {}) - 1);
    while ((engine.nextTime ?? Number.POSITIVE_INFINITY) <= until && this.step());
  }

  /** Until nothing is left at all, timers included. */
  finish(): void {
    while (this.step());
  }

  /** Puts a packet on the wire that no socket made. */
  inject(host: string, packet: Packet): void {
    this.event(() => this.simulation.transmit(this.host(host), packet, {}));
  }

  socket(process: ProcessId, protocol: Protocol, options?: SocketOptions): SocketId {
    const { socket } = this.call(process, { call: 'socket', protocol });
    if (socket === undefined) throw new Error('socket() gave none');
    if (options !== undefined) this.call(process, { call: 'setsockopt', socket, options });
    return socket;
  }

  /** A socket that is bound; the test fails here if it may not. */
  bound(process: ProcessId, protocol: Protocol, port: number, address = ''): SocketId {
    const socket = this.socket(process, protocol);
    const { outcome } = this.call(process, { call: 'bind', socket, address, port });
    if (outcome !== 'ok') throw new Error(`bind ${protocol} ${address}:${port} gave ${outcome}`);
    return socket;
  }

  listener(process: ProcessId, port: number, { address = '', backlog = 8 } = {}): SocketId {
    const socket = this.bound(process, 'tcp', port, address);
    const { outcome } = this.call(process, { call: 'listen', socket, backlog });
    if (outcome !== 'ok') throw new Error(`listen ${address}:${port} gave ${outcome}`);
    return socket;
  }

  /** A TCP socket that has called connect(); the handshake is still on its way. */
  caller(process: ProcessId, address: string, port: number, from = 0): { socket: SocketId; call: Pending } {
    const socket = from === 0 ? this.socket(process, 'tcp') : this.bound(process, 'tcp', from);
    return { socket, call: this.start(process, { call: 'connect', socket, address, port }) };
  }

  accepted(process: ProcessId, listener: SocketId): SocketId {
    const { outcome, socket } = this.call(process, { call: 'accept', socket: listener });
    if (socket === undefined) throw new Error(`accept gave ${outcome}`);
    return socket;
  }

  send(process: ProcessId, socket: SocketId, text: string): Outcome {
    return this.call(process, { call: 'send', socket, data: encodeText(text) }).outcome;
  }

  recv(process: ProcessId, socket: SocketId): string {
    const { outcome, data } = this.call(process, { call: 'recv', socket });
    return outcome === 'ok' ? (data ?? '') : `!${outcome}`;
  }

  stateOf(socket: SocketId): SocketState | 'gone' {
    return this.world.sockets.rows.has(socket) ? this.world.sockets.state.get(socket) : 'gone';
  }

  localAddressOf(socket: SocketId): string {
    return this.world.memory.text(this.world.sockets.localAddress.get(socket));
  }

  portOf(socket: SocketId): number {
    return this.world.sockets.localPort.get(socket);
  }

  /** Sockets of a host that hold a port and are there for packets, in order of creation. */
  socketsOn(host: string): SocketId[] {
    const { sockets } = this.world;
    return [...sockets.rows].filter(
      (each) =>
        sockets.host.get(each) === this.host(host) &&
        sockets.localPort.get(each) !== 0 &&
        sockets.state.get(each) !== 'CLOSED',
    );
  }

  /** Their states. */
  statesOn(host: string): SocketState[] {
    return this.socketsOn(host).map((each) => this.world.sockets.state.get(each));
  }

  facts<Kind extends Fact['kind']>(kind: Kind): Extract<Fact, { kind: Kind }>[] {
    const { log } = this.simulation;
    return log.between(0, log.length).filter((fact) => fact.kind === kind) as Extract<Fact, { kind: Kind }>[];
  }

  /** Segments that a host has sent, in order. */
  segmentsFrom(host: string): TcpSegment[] {
    return this.facts('sent').flatMap(({ host: sender, sent }) =>
      sender === this.host(host) && sent.packet.protocol === 'tcp' ? [sent.packet] : [],
    );
  }
}
