// Clients and a server on one LAN, as the benches drive them: each call is an event of its own, one after another.
// Everything that a scenario has is on: journal, fact log, timers.
import type { Call, Result } from '../../src/host/call.js';
import { createProcess } from '../../src/host/descriptors.js';
import { perform } from '../../src/host/perform.js';
import { Simulation } from '../../src/net/simulation.js';
import { setSystem } from '../../src/ports/profiles.js';
import { encodeText } from '../../src/wire/bytes.js';
import { runOf } from '../../src/world/sockets.js';
import type { NetworkId, ProcessId, SocketId } from '../../src/world/tables.js';

const MESSAGE = encodeText('x'.repeat(64));
const PORT = 80;
const SERVER = '10.255.0.1';
/** Connections that one client address keeps to one port of the server: well below what its port range has. */
const PER_CLIENT = 20_000;

export interface Connection {
  readonly client: ProcessId;
  readonly near: SocketId;
  readonly far: SocketId;
}

export class Lab {
  readonly simulation = new Simulation(4);
  private readonly clients: ProcessId[] = [];
  private readonly server: ProcessId;
  private readonly listener: SocketId;
  private readonly lan: NetworkId;
  private readonly handler;
  private work: () => void = () => {};

  constructor() {
    const { world, engine } = this.simulation;
    this.handler = engine.handler(() => this.work());
    this.lan = world.memory.step(() => world.networks.rows.create());
    world.memory.step(() => world.networks.delay.set(this.lan, 1000));
    this.server = this.process('server', SERVER);
    this.listener = this.socket(this.server);
    this.call(this.server, { call: 'bind', socket: this.listener, address: '', port: PORT });
    this.call(this.server, { call: 'listen', socket: this.listener, backlog: 4096 });
  }

  /** A host of its own with one process. */
  private process(name: string, address: string): ProcessId {
    const { world } = this.simulation;
    return world.memory.step(() => {
      const host = world.hosts.rows.create();
      world.hosts.name.set(host, name);
      setSystem(world, host, 'linux');
      world.hosts.ephemeralLow.set(host, 1024);
      world.hosts.ephemeralHigh.set(host, 65_535);
      const card = world.interfaces.rows.create();
      world.interfaces.host.set(card, host);
      world.interfaces.network.set(card, this.lan);
      world.interfaces.address.set(card, world.memory.intern(address));
      world.interfaces.prefix.set(card, 8);
      return createProcess(world, host, name, 'root', 1);
    });
  }

  /** The process that opens connection number `place`. */
  private clientFor(place: number): ProcessId {
    const number = Math.floor(place / PER_CLIENT);
    const known = this.clients[number];
    if (known !== undefined) return known;
    const fresh = this.process(`c${number}`, `10.0.0.${number + 1}`);
    this.clients[number] = fresh;
    return fresh;
  }

  private call(process: ProcessId, call: Call): Result {
    let result: Result | undefined;
    this.work = () => {
      result = perform(this.simulation, process, call);
    };
    const { engine, world } = this.simulation;
    engine.at(world.run.now.get(runOf(world)), this.handler, 0);
    while (result === undefined) engine.step();
    return result;
  }

  private socket(process: ProcessId): SocketId {
    const { socket } = this.call(process, { call: 'socket', protocol: 'tcp' });
    if (socket === undefined) throw new Error('no socket');
    return socket;
  }

  private settle(): void {
    const { engine } = this.simulation;
    while (engine.stepUntilQuiet());
  }

  /** Connection number `place`, standing at both ends. */
  open(place: number): Connection {
    const client = this.clientFor(place);
    const near = this.socket(client);
    this.call(client, { call: 'connect', socket: near, address: SERVER, port: PORT });
    this.settle();
    const { socket: far } = this.call(this.server, { call: 'accept', socket: this.listener });
    if (far === undefined) throw new Error(`connection ${place} did not come to stand`);
    return { client, near, far };
  }

  /** 64 bytes from the client, read at the server; the ACK is back when this returns. */
  message({ client, near, far }: Connection): void {
    this.call(client, { call: 'send', socket: near, data: MESSAGE });
    this.settle();
    const { outcome } = this.call(this.server, { call: 'recv', socket: far });
    if (outcome !== 'ok') throw new Error(`the message gave ${outcome}`);
  }

  /** Both ends close, the client first, and are done but for its TIME-WAIT. */
  close({ client, near, far }: Connection): void {
    this.call(client, { call: 'close', socket: near });
    this.settle();
    this.call(this.server, { call: 'close', socket: far });
    this.settle();
  }
}
