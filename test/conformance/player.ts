// Plays one scenario, op by op, and tells what came back in the words of the recordings, with ports as they are.
// It is told what was recorded only where labels hang on it: children of sockets that share a port (collect.ts).
// Ops on one socket: socket-calls.ts. What is seen beside answers: observe.ts.
import type { Call, Result } from '../../src/host/call.js';
import { addDrop, assignToFirst, removeDrops, unassignAddress } from '../../src/net/lab.js';
import { addForward, addNat, NAT_PROFILES } from '../../src/net/nat-behaviour.js';
import type { Simulation } from '../../src/net/simulation.js';
import type { SocketId } from '../../src/world/tables.js';
import {
  build,
  type Cast,
  hostNamed,
  isKeptByRoute,
  type Process,
  prefixOf,
  setSysctl,
  userOf,
} from './build-hosts.js';
import { objection } from './chosen-port.js';
import { acceptAll, drain } from './collect.js';
import { type Label, Labels } from './labels.js';
import { endpointOf, localText } from './names.js';
import { PacketLines, socketTable, tcpStates } from './observe.js';
import type { ChosenPort, Op, OpResult, Scenario } from './recording.js';
import { callSocket, NoSocket, plain } from './socket-calls.js';
import { readForward, readMatch } from './socket-options.js';
import { Stage } from './stage.js';
import { unplayable } from './unplayable.js';

const FRESH = {
  isOpen: true,
  sharesPort: false,
  device: '',
  range: undefined,
  isStale: false,
  children: 0,
} as const;

/** Ops after which the recorder does not look for packets: it finds them after the next that is none of these. */
const LOOKS_AWAY = new Set(
  'socket setsockopt bind sysctl setuid name poll soerror sockets dup drop undrop'.split(' '),
);

/** How often a close() that lingers is looked at: every 20 ms of simulated time, for a minute. */
const LOOK_AGAIN_MILLIS = 20;
const MOST_ASKED = 3000;

export class Player {
  readonly simulation: Simulation;
  readonly stage: Stage;
  readonly labels = new Labels();
  /** Could a recorded text, ports being symbols, mean this one? */
  readonly isSame: (recorded: string, got: string) => boolean;
  private readonly scenario: Scenario;
  private readonly cast: Cast;
  private readonly packets = new PacketLines();
  private readonly uncaught: string[] = [];
  private states = new Map<string, string>();

  /** Throws `Unplayable` for a cast that cannot be expressed. */
  constructor(scenario: Scenario, seed: number, isSame: (recorded: string, got: string) => boolean) {
    this.scenario = scenario;
    this.isSame = isSame;
    this.cast = build(scenario, seed);
    this.simulation = this.cast.simulation;
    this.stage = new Stage(this.simulation);
  }

  /** `recorded`: what the kernel gave. Throws `Unplayable` for what cannot be expressed. */
  play(op: Op, recorded: OpResult): OpResult {
    const { place } = this.stage;
    let result: OpResult;
    try {
      result = this.carryOut(op, recorded);
    } catch (error) {
      if (!(error instanceof NoSocket)) throw error;
      result = { r: 'NOSOCK' };
    }
    const states = tcpStates(this.simulation, this.labels);
    const changed = [...states].filter(([name, state]) => (this.states.get(name) ?? 'CLOSE') !== state);
    this.states = states;
    if (changed.length > 0) result.st = Object.fromEntries(changed);
    this.uncaught.push(...this.packets.of(this.simulation, this.stage.factsSince(place)));
    if (LOOKS_AWAY.has(op.op)) return result;
    const packets = this.uncaught.splice(0);
    if (packets.length > 0 && !this.scenario.nopk) result.pk = packets;
    return result;
  }

  /** Why the kernel would not choose this port in this op; undefined if it might. */
  objection(chosen: ChosenPort, port: number, { sock }: Op): string | undefined {
    return objection(this.cast, chosen, port, this.labels.find(sock));
  }

  processNamed(name = ''): Process {
    return this.cast.processes.get(name) ?? unplayable(`no process ${name}`);
  }

  /** One that lingers holds the recorder up until it comes back. */
  close(label: Label): Result {
    label.isOpen = false;
    const call: Call = { call: 'close', socket: label.socket };
    let result = this.stage.ask(label.process.id, call);
    for (let asked = 0; result.outcome === 'pending' && asked < MOST_ASKED; asked++) {
      this.stage.wait(LOOK_AGAIN_MILLIS);
      result = this.stage.askAgain(label.process.id, call);
    }
    return result;
  }

  /** An accepted connection gets its label. */
  adopt(name: string, socket: SocketId, listener: Label, from: Result['from'], process: string | undefined) {
    const owner = process === undefined ? listener.process : this.processNamed(process);
    const { protocol, isV6 } = listener;
    const child: Label = { name, process: owner, socket, protocol, isV6, ...FRESH };
    this.labels.add(child);
    return { local: localText(this.simulation, child), peer: endpointOf(from, child) ?? '' };
  }

  private carryOut(op: Op, recorded: OpResult): OpResult {
    switch (op.op) {
      case 'socket':
        return this.socket(op);
      case 'drain':
        return { r: 'ok', got: drain(this) };
      case 'acceptall':
        return { r: 'ok', got: acceptAll(this, recorded) };
      case 'exit':
        for (const label of this.labels.open) if (label.process.name === op.proc) this.close(label);
        return { r: 'ok' };
      case 'setuid': {
        const { id } = this.processNamed(op.proc);
        return plain(this.stage.ask(id, { call: 'setuid', user: userOf(op.uid ?? 0) }));
      }
      case 'wait':
        this.stage.wait(op.ms ?? 0);
        return { r: 'ok' };
      case 'sockets':
        return { r: 'ok', table: socketTable(this.simulation, this.labels, op.host) };
      case 'sysctl':
      case 'addr':
      case 'drop':
      case 'undrop':
      case 'dnat':
      case 'masquerade':
        this.stage.run(() => this.changeHost(op));
        return { r: 'ok' };
      default:
        return callSocket(this, op);
    }
  }

  private socket(op: Op): OpResult {
    const process = this.processNamed(op.proc);
    const isV6 = op.type?.endsWith('6') ?? false;
    const protocol = op.type?.startsWith('tcp') ? 'tcp' : 'udp';
    const { outcome, socket } = this.stage.ask(process.id, {
      call: 'socket',
      protocol,
      family: isV6 ? 6 : 4,
    });
    if (outcome !== 'ok' || socket === undefined) return plain({ outcome });
    this.labels.add({ name: op.sock ?? '', process, socket, protocol, isV6, ...FRESH });
    return { r: 'ok' };
  }

  private changeHost(given: Op): void {
    const { op, host: name = '', key = '', value, action, addr = '', match = 'any' } = given;
    const { simulation, hosts, isOnLan } = this.cast;
    const host = hostNamed(hosts, name);
    if (op === 'sysctl') setSysctl(this.cast, name, key, String(value));
    else if (op === 'undrop') removeDrops(simulation.world, host);
    else if (op === 'drop') addDrop(simulation.world, host, readMatch(match));
    else if (op === 'dnat') addForward(simulation.world, host, readForward(given));
    else if (op === 'masquerade') addNat(simulation.world, host, given.dev ?? 'eth0', NAT_PROFILES.linux);
    else if (isKeptByRoute(this.scenario, name, addr, isOnLan)) return;
    else if (action === 'add') assignToFirst(simulation.world, host, addr, prefixOf(addr, isOnLan));
    else unassignAddress(simulation.world, host, addr);
  }
}
