// A running network: tables, clock, fact log and the wire between hosts, put together. The kernel that lower floors ask.
// A packet leaves a host (passes its NAT, if it has one), takes the network's delay, and arrives: for the host itself, or
// to be passed on. Whom it reaches next: path.ts. What a NAT makes of it: nat.ts. No ARP, no Ethernet: who has an address
// on a link is known, or found to be nobody after a while. Scripts and dialogues: ../scenario/.
import { seedRandom } from '../base/random.js';
import { NANOS_PER_SECOND, type Nanos } from '../base/time.js';
import { Engine, type Handler } from '../engine/engine.js';
import { receivePacket } from '../host/deliver.js';
import { WaitingCalls } from '../host/waiting.js';
import { isTimerDue, timerFired } from '../tcp/expire.js';
import { endsOf, type IcmpErrorKind, INITIAL_TTL, isOpening, type Packet } from '../wire/packet.js';
import { type DropReason, FactLog, type Passage, type Sent } from '../world/facts.js';
import { findFlow } from '../world/flows.js';
import { isForMany, isLocalAddress, leavesFromLoopback, ownerOf } from '../world/interfaces.js';
import { DEFAULT_SETTINGS, type Origin, type Settings } from '../world/kernel.js';
import { randomOf } from '../world/random.js';
import { runOf } from '../world/sockets.js';
import { setSysctl } from '../world/sysctls.js';
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
import { FaultPlan } from './faults.js';
import { type Direction, filterOf } from './firewall.js';
import { foldIn } from './fold.js';
import { HoldBack } from './hold-back.js';
import { assignToFirst, type DropMatch, fitsDrop, unassignAddress } from './lab.js';
import { isMartian } from './martian.js';
import { enter, isRefusal, leave, type Passing } from './nat.js';
import { endRow, isFlowTimerDue, type NatKernel } from './nat-timers.js';
import { type Hop, pathOf } from './path.js';

/** What an event of the wire is about: a packet that comes in, one that nobody on the link takes, a late complaint. */
type Work =
  | { readonly kind: 'arrival'; readonly host: HostId; readonly sent: Sent; readonly device: string }
  | { readonly kind: 'loss'; readonly sent: Sent; readonly why: 'loss' | 'script' }
  | { readonly kind: 'absent'; readonly host: HostId; readonly sent: Sent; readonly about: About | undefined }
  | { readonly kind: 'complaint'; readonly host: HostId; readonly about: About };
/** Linux asks three times, a second apart, who has an address (`mcast_solicit`, `retrans_time_ms`). */
const RESOLUTION_NANOS: Nanos = 3 * NANOS_PER_SECOND;
/** RFC 5382 §4.3, REQ-4: so long nothing is said to a SYN that nobody asked for. */
const LATE_NANOS: Nanos = 6 * NANOS_PER_SECOND;

export class Simulation implements NatKernel {
  readonly world: World = newWorld();
  readonly log = new FactLog();
  readonly engine: Engine;
  readonly settings: Settings;
  readonly calls: WaitingCalls;
  /** Packets that hosts lose on purpose. */
  readonly drops: { readonly host: HostId; readonly match: DropMatch }[] = [];
  /** What was ordered to happen to the next packets of a network. */
  readonly faults = new FaultPlan();
  private readonly holdBack: HoldBack;
  private readonly works: Work[] = [];
  /** Until when a host asks its link who has an address. */
  private readonly asked = new Map<string, Nanos>();
  private readonly wire: Handler;
  private readonly late: Handler;
  private readonly timer: Handler;
  private readonly flowTimer: Handler;
  private count = 0;

  /** The world at position 1: an empty run with its clock at 0 and its generator seeded. */
  constructor(seed: number, settings: Partial<Settings> = {}) {
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
    this.calls = new WaitingCalls(this);
    this.holdBack = new HoldBack(this.world, this.engine, (argument) => this.carryOut(argument));
    this.wire = this.engine.handler((argument) => this.carryOut(argument));
    this.late = this.engine.handler((argument) => this.carryOut(argument), { timer: true });
    this.timer = this.engine.handler((argument) => timerFired(this, argument as ConnectionId), {
      timer: true,
      isDue: (argument, event) => isTimerDue(this, argument, event),
    });
    this.flowTimer = this.engine.handler((argument) => endRow(this, argument as FlowId, 'expired'), {
      timer: true,
      isDue: (argument, event) => isFlowTimerDue(this, argument, event),
    });
  }

  transmit(host: HostId, packet: Packet, origin: Origin): void {
    const conversation = conversationOfPacket(this, host, packet, origin.socket);
    const passing = enter(this, host, packet, undefined);
    if (isRefusal(passing)) return this.sendNothing(host, packet, passing.why);
    const { socket, isRetry, why } = origin;
    this.send(host, passing, { socket, isRetry, why, conversation, from: undefined, device: undefined });
  }

  /** On its way out, of the host's own or passed on: the path, the source, the wire. */
  private send(host: HostId, passing: Passing, origin: Leaving): void {
    const { world } = this;
    const { socket, conversation, from } = origin;
    const path = pathOf(world, host, passing.packet, socket);
    if (from !== undefined && !path.isWayKnown) {
      this.log.add({ kind: 'dropped', host, sent: from, why: 'no-route' });
      return this.complain(host, complaintOf(passing, origin.device, from), 'net-unreachable');
    }
    const left = leave(this, host, passing, path.out, conversation);
    if (isRefusal(left)) {
      if (from === undefined) return this.sendNothing(host, passing.before, left.why);
      return this.log.add({ kind: 'dropped', host, sent: from, why: left.why });
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
    if (from === undefined && this.isFiltered(host, left, 'out', sent, undefined)) return;
    const isAstray =
      rewrites.length > 0 && leavesFromLoopback(world, host, packet.source, packet.destination, '');
    if (isAstray || !path.isWayKnown) return this.log.add({ kind: 'dropped', host, sent, why: 'no-route' });
    if (only === undefined) return this.awaitNobody(host, sent, complaintOf(passing, origin.device, sent));
    for (const hop of path.hops) this.carry(hop, sent);
  }

  /** Nobody on the link has the address: the first packet for it is complained about, those that came meanwhile are lost with it. */
  private awaitNobody(host: HostId, sent: Sent, about: About): void {
    const key = `${host} ${sent.packet.destination}`;
    const now = this.world.run.now.get(runOf(this.world));
    const known = this.asked.get(key) ?? 0;
    const isFirst = known <= now;
    const until = isFirst ? now + RESOLUTION_NANOS : known;
    this.asked.set(key, until);
    this.schedule(this.wire, until - now, { kind: 'absent', host, sent, about: isFirst ? about : undefined });
  }

  /** Over the link to one host, with what may happen there; inside a host nothing does. A loss shows half-way. */
  private carry({ host, network, delay, device }: Hop, sent: Sent): void {
    const arrival: Work = { kind: 'arrival', host, sent, device };
    if (network === 0) return this.schedule(this.wire, delay, arrival);
    const fate = this.faults.fateOf(this.world, network, delay, sent.packet);
    if (fate.kind === 'lost')
      return this.schedule(this.wire, Math.floor(delay / 2), { kind: 'loss', sent, why: fate.why });
    if (fate.isHeld && this.holdBack.holds(network) === undefined)
      return this.holdBack.hold(network, this.works.push(arrival) - 1);
    for (const after of fate.after) this.schedule(this.wire, after, arrival);
    const held = this.holdBack.release(network);
    if (held !== undefined) this.engine.after((fate.after[0] ?? delay) + 1, this.wire, held);
  }

  /** From now on the host loses incoming packets like this. */
  drop(host: HostId, match: DropMatch): void {
    this.drops.push({ host, match });
  }

  /** The host loses nothing on purpose any more. */
  undrop(host: HostId): void {
    this.drops.splice(0, this.drops.length, ...this.drops.filter((each) => each.host !== host));
  }

  /** Turns a switch of a host; false if there is none of this name. To be called within a step. */
  setSysctl(host: HostId, name: string, value: string): boolean {
    return setSysctl(this.world, host, name, value);
  }

  /** One more address on the host's first interface. To be called within a step. */
  assign(host: HostId, address: string, prefix: number): void {
    assignToFirst(this.world, host, address, prefix);
  }

  /** False if the host does not have it. To be called within a step. */
  unassign(host: HostId, address: string): boolean {
    return unassignAddress(this.world, host, address);
  }

  wake(socket: SocketId): void {
    this.calls.wake(socket);
  }

  setTimer(connection: ConnectionId, after: Nanos): number {
    return this.engine.after(after, this.timer, connection);
  }

  setFlowTimer(flow: FlowId, after: Nanos): number {
    return this.engine.after(after, this.flowTimer, flow);
  }

  private schedule(handler: Handler, after: Nanos, work: Work): void {
    this.engine.after(after, handler, this.works.push(work) - 1);
  }

  private carryOut(number: number): void {
    const work = this.works[number];
    if (work === undefined) return;
    if (work.kind === 'arrival') return this.arrive(work.host, work.sent, work.device);
    if (work.kind === 'loss')
      return this.log.add({ kind: 'dropped', host: undefined, sent: work.sent, why: work.why });
    if (work.kind === 'complaint') return this.complainLate(work.host, work.about);
    this.log.add({ kind: 'dropped', host: work.host, sent: work.sent, why: 'no-host' });
    if (work.about !== undefined) this.complain(work.host, work.about, 'host-unreachable');
  }

  private arrive(host: HostId, sent: Sent, device: string): void {
    const { world, log } = this;
    const drop = (why: DropReason) => log.add({ kind: 'dropped', host, sent, why });
    if (isMartian(world, host, sent, device)) return drop('martian');
    if (this.drops.some((each) => each.host === host && fitsDrop(each.match, sent.packet)))
      return drop('script');
    const isFromOutside = sent.host !== host;
    const passing = isFromOutside
      ? enter(this, host, sent.packet, device)
      : { before: sent.packet, packet: sent.packet, rewrites: [] };
    if (isRefusal(passing)) {
      drop(passing.why);
      if (passing.isToldLate && isOpening(sent.packet)) {
        const about = { packet: sent.packet, device, sent, isRedirected: false };
        this.schedule(this.late, LATE_NANOS, { kind: 'complaint', host, about });
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
    const verdict = filterOf(this.world, host, packet, direction, isNew);
    if (verdict === undefined) return false;
    this.log.add({ kind: 'dropped', host, sent, why: 'firewall' });
    const isRedirected = direction === 'in';
    if (verdict === 'reject')
      this.complain(host, { packet: before, device, sent, isRedirected }, 'port-unreachable');
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
    if (packet === undefined) return;
    const passing = { before: packet, packet, rewrites: [] };
    const conversation = about.sent?.conversation;
    this.send(host, passing, { from: undefined, device: undefined, conversation });
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
