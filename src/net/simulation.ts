// A running network: tables, clock, fact log and the wire between hosts, put together. The kernel that lower floors ask.
// A packet leaves a host (passes its NAT, if it has one), takes the network's delay, and arrives: for the host itself, or
// to be passed on. Whom it reaches next: path.ts. What a NAT makes of it: nat.ts. No ARP, no Ethernet: who has an address
// on a link is known, or found to be nobody after a while. Scripts and dialogues: ../scenario/.
import { seedRandom } from '../base/random.js';
import { NANOS_PER_SECOND, type Nanos } from '../base/time.js';
import type { Choices } from '../engine/choices.js';
import { Engine, type Handler } from '../engine/engine.js';
import { receivePacket } from '../host/deliver.js';
import { WaitingCalls } from '../host/waiting.js';
import { isTimerDue, timerFired } from '../tcp/expire.js';
import { resetFor } from '../tcp/reset.js';
import { endsOf, type IcmpErrorKind, INITIAL_TTL, isOpening, type Packet } from '../wire/packet.js';
import { FactLog } from '../world/fact-log.js';
import type { DropReason, Passage, Sent } from '../world/facts.js';
import { findFlow } from '../world/flows.js';
import { isForMany, isLocalAddress, leavesFromLoopback, ownerOf } from '../world/interfaces.js';
import { DEFAULT_SETTINGS, type Origin, type Settings } from '../world/kernel.js';
import { randomOf } from '../world/random.js';
import { runOf } from '../world/sockets.js';
import {
  type ConnectionId,
  type FlowId,
  type HostId,
  newWorld,
  type SocketId,
  type World,
} from '../world/tables.js';
import { type About, errorAbout } from './complaint.js';
import { conversationOfPacket } from './conversation.js';
import type { FaultPlan } from './faults.js';
import { applyFilters, type Direction } from './firewall.js';
import { foldIn } from './fold.js';
import { isDropped } from './lab.js';
import { isMartian } from './martian.js';
import { enter, isRefusal, leave, type Passing } from './nat.js';
import { endRow, isFlowTimerDue, type NatKernel } from './nat-timers.js';
import { pathOf } from './path.js';
import { giveUpAddress } from './resolution.js';
import { Wire } from './wire.js';
import type { Work } from './work.js';

/** RFC 5382 §4.3, REQ-4: so long nothing is said to a SYN that nobody asked for. */
const LATE_NANOS: Nanos = 6 * NANOS_PER_SECOND;

export class Simulation implements NatKernel {
  readonly world: World = newWorld();
  readonly log = new FactLog();
  readonly engine: Engine;
  readonly settings: Settings;
  readonly calls: WaitingCalls;
  private readonly wire: Wire;
  private readonly timer: Handler;
  private readonly alarm: Handler;
  private readonly flowTimer: Handler;
  private count = 0;

  /**
   * The world at position 1: an empty run with its clock at 0 and its generator seeded. `choices`: what decides the order of
   * events of one instant, and how late packets are from one host to another.
   */
  constructor(seed: number, settings: Partial<Settings> = {}, choices?: Choices) {
    const { run } = this.world;
    this.settings = { ...DEFAULT_SETTINGS, ...settings };
    this.world.memory.step(() => {
      run.rows.create();
      seedRandom(randomOf(this.world), seed);
    });
    const row = runOf(this.world);
    this.engine = new Engine(this.world.memory, {
      get: () => run.now.get(row),
      set: (now) => run.now.set(row, now),
    });
    this.engine.choices = choices;
    this.calls = new WaitingCalls(this);
    this.wire = new Wire(this.world, this.engine, (work) => this.carryOut(work), choices);
    this.timer = this.engine.handler((argument) => timerFired(this, argument as ConnectionId), {
      timer: true,
      isDue: (argument, event) => isTimerDue(this, argument, event),
    });
    this.alarm = this.engine.handler((argument) => this.wake(argument as SocketId), {
      timer: true,
      isDue: (argument) => this.calls.isAwaited(argument as SocketId, 'close'),
    });
    this.flowTimer = this.engine.handler((argument) => endRow(this, argument as FlowId, 'expired'), {
      timer: true,
      isDue: (argument, event) => isFlowTimerDue(this, argument, event),
    });
  }

  transmit(host: HostId, packet: Packet, origin: Origin): boolean {
    const conversation = conversationOfPacket(this, host, packet, origin.socket);
    const passing = enter(this, host, packet, undefined);
    if (isRefusal(passing)) {
      this.sendNothing(host, packet, passing.why);
      return true;
    }
    const { socket, isRetry, why } = origin;
    return this.send(host, passing, {
      socket,
      isRetry,
      why,
      conversation,
      from: undefined,
      device: undefined,
    });
  }

  /** On its way out, of the host's own or passed on: the path, the source, the wire. False: the own firewall has it. */
  private send(host: HostId, passing: Passing, origin: Leaving): boolean {
    const { world } = this;
    const { socket, conversation, from } = origin;
    const path = pathOf(world, host, passing.packet, socket);
    if (from !== undefined && !path.isWayKnown) {
      this.log.add({ kind: 'dropped', host, sent: from, why: 'no-route' });
      this.complain(host, complaintOf(passing, origin.device, from), 'net-unreachable');
      return true;
    }
    const left = leave(this, host, passing, path.out, conversation);
    if (isRefusal(left)) {
      if (from === undefined) this.sendNothing(host, passing.before, left.why);
      else this.log.add({ kind: 'dropped', host, sent: from, why: left.why });
      return true;
    }
    const { packet, before, rewrites } = left;
    const [only, second] = path.hops;
    const isChanged = from !== undefined || rewrites.length > 0;
    const passage: Passage | undefined = isChanged ? { from, before, rewrites } : undefined;
    const sent: Sent = {
      number: ++this.count,
      packet,
      host,
      socket,
      conversation,
      owners: {
        source: from === undefined ? host : ownerOf(world, host, packet.source),
        destination: path.isLast ? only?.host : ownerOf(world, host, packet.destination),
      },
      passage,
    };
    foldIn(world, packet);
    const to = second === undefined ? only?.host : undefined;
    this.log.add({ kind: 'sent', host, sent, to, isRetry: origin.isRetry ?? false, why: origin.why });
    // Before the source is written anew: netfilter's order.
    if (from === undefined && this.isFiltered(host, passing, 'out', sent, undefined)) return false;
    const isAstray =
      rewrites.length > 0 && leavesFromLoopback(world, host, packet.source, packet.destination, '');
    if (isAstray || !path.isWayKnown) this.log.add({ kind: 'dropped', host, sent, why: 'no-route' });
    else if (only === undefined)
      this.wire.sendToNobody(host, sent, complaintOf(passing, origin.device, sent));
    else this.wire.send(path.hops, sent);
    return true;
  }

  /** What was ordered to happen to the next packets of a network. */
  get faults(): FaultPlan {
    return this.wire.faults;
  }

  wake(socket: SocketId): void {
    this.calls.wake(socket);
  }

  setTimer(connection: ConnectionId, after: Nanos): number {
    return this.engine.after(after, this.timer, connection);
  }

  setAlarm(socket: SocketId, after: Nanos): void {
    this.engine.after(after, this.alarm, socket);
  }

  setFlowTimer(flow: FlowId, after: Nanos): number {
    return this.engine.after(after, this.flowTimer, flow);
  }

  private carryOut(work: Work): void {
    if (work.kind === 'arrival') return this.arrive(work.host, work.sent, work.device);
    if (work.kind === 'loss')
      return this.log.add({ kind: 'dropped', host: work.host, sent: work.sent, why: work.why });
    if (work.kind === 'complaint') return this.complainLate(work.host, work.about);
    this.log.add({ kind: 'dropped', host: work.host, sent: work.sent, why: 'no-host' });
    if (work.about === undefined) return;
    giveUpAddress(this.world, work.host, work.sent.packet.destination);
    this.complain(work.host, work.about, 'host-unreachable');
  }

  private arrive(host: HostId, sent: Sent, device: string): void {
    const { world, log } = this;
    const drop = (why: DropReason) => log.add({ kind: 'dropped', host, sent, why });
    if (isMartian(world, host, sent, device)) return drop('martian');
    if (isDropped(world, host, sent.packet)) return drop('script');
    const isFromOutside = sent.host !== host;
    const passing = isFromOutside
      ? enter(this, host, sent.packet, device)
      : { before: sent.packet, packet: sent.packet, rewrites: [] };
    if (isRefusal(passing)) {
      drop(passing.why);
      if (passing.isToldLate && isOpening(sent.packet)) {
        const about = { packet: sent.packet, device, sent, isRedirected: false };
        this.wire.complainAfter(LATE_NANOS, host, about);
      }
      return;
    }
    const { packet } = passing;
    const { destination } = packet;
    const isHere =
      device === 'lo' || isLocalAddress(world, host, destination) || isForMany(world, host, destination);
    if (this.isFiltered(host, passing, isHere ? 'in' : 'forward', sent, device)) return;
    log.add({ kind: 'arrived', host, sent });
    if (isHere) return this.take(host, sent, passing, device);
    if (!world.hosts.forwards.get(host)) return drop('no-taker');
    this.passOn(host, sent, passing, device);
  }

  /** The firewall has it: it is dropped, and if it is rejected its sender is told. */
  private isFiltered(
    host: HostId,
    passing: Passing,
    direction: Direction,
    sent: Sent,
    device: string | undefined,
  ): boolean {
    const { packet, before, becomes, begins } = passing;
    const isNew = begins !== undefined || (becomes === undefined && isOpening(packet));
    const action = applyFilters(this.world, host, packet, direction, isNew);
    if (action === undefined) return false;
    this.log.add({ kind: 'dropped', host, sent, why: 'firewall' });
    if (action === 'rst') {
      const reset = before.protocol === 'tcp' ? resetFor(before) : undefined;
      if (reset !== undefined) this.answer(host, reset, sent);
    } else if (action !== 'drop') {
      const isRedirected = direction === 'in';
      this.complain(host, { packet: before, device, sent, isRedirected }, action);
    }
    return true;
  }

  /** It is for this host. */
  private take(host: HostId, sent: Sent, passing: Passing, device: string): void {
    const left = leave(this, host, passing, undefined, sent.conversation);
    if (isRefusal(left)) return this.log.add({ kind: 'dropped', host, sent, why: left.why });
    const { packet, before, rewrites } = left;
    const isChanged = rewrites.length > 0;
    const passage: Passage = { from: sent, before, rewrites };
    receivePacket(this, host, isChanged ? { ...sent, packet, passage } : sent, device);
  }

  /** It is for somebody else, and this host is a router. RFC 1812 §5.2.1, §5.3.1. */
  private passOn(host: HostId, sent: Sent, passing: Passing, device: string): void {
    const ttl = (passing.packet.ttl ?? INITIAL_TTL) - 1;
    if (ttl === 0) {
      this.log.add({ kind: 'dropped', host, sent, why: 'ttl' });
      const about = { packet: passing.before, device, sent, isRedirected: false };
      return this.complain(host, about, 'time-exceeded');
    }
    this.send(
      host,
      { ...passing, packet: { ...passing.packet, ttl } },
      { from: sent, device, conversation: sent.conversation },
    );
  }

  private complain(host: HostId, about: About, error: IcmpErrorKind): void {
    const packet = errorAbout(this.world, host, about, error);
    if (packet !== undefined) this.answer(host, packet, about.sent);
  }

  /** In the host's own name or in that of whom a packet was for: past its own tables, in the same conversation. */
  private answer(host: HostId, packet: Packet, to: Sent | undefined): void {
    const passing = { before: packet, packet, rewrites: [] };
    this.send(host, passing, { from: undefined, device: undefined, conversation: to?.conversation });
  }

  /** Nobody inside has called the sender meanwhile. */
  private complainLate(host: HostId, about: About): void {
    const { packet } = about;
    if (packet.protocol === 'icmp') return;
    const isCalled = findFlow(this.world, host, packet.protocol, endsOf(packet)) !== undefined;
    if (!isCalled) this.complain(host, about, 'port-unreachable');
  }

  /** Its way ended before it began. */
  private sendNothing(host: HostId, packet: Packet, why: DropReason): void {
    const owners = { source: host, destination: undefined };
    const number = ++this.count;
    const sent: Sent = { number, packet, host, socket: undefined, conversation: undefined, owners };
    this.log.add({ kind: 'sent', host, sent, to: undefined, isRetry: false });
    this.log.add({ kind: 'dropped', host, sent, why });
  }
}

/** What a host complains about that could not send something on. */
function complaintOf({ before, rewrites }: Passing, device: string | undefined, sent: Sent): About {
  return { packet: before, device, sent, isRedirected: rewrites.some(({ side }) => side === 'destination') };
}

interface Leaving extends Origin {
  /** As it came in; undefined for the host's own. */
  readonly from: Sent | undefined;
  readonly device: string | undefined;
  readonly conversation: Sent['conversation'];
}
