// A running network: tables, clock, fact log and the wire between hosts, put together. The kernel that lower floors ask.
// One LAN or several without routers: a packet reaches the host that owns its destination on a network of the sender's,
// after that network's delay, or nobody. No ARP, no Ethernet, no loss yet. Scripts and dialogues: ../scenario/.
import { seedRandom } from '../base/random.js';
import type { Nanos } from '../base/time.js';
import { Engine, type Handler } from '../engine/engine.js';
import { receivePacket } from '../host/deliver.js';
import { WaitingCalls } from '../host/waiting.js';
import { isTimerDue, timerFired } from '../tcp/expire.js';
import { kindOf } from '../wire/address.js';
import type { Packet } from '../wire/packet.js';
import { FactLog, type Sent } from '../world/facts.js';
import {
  deviceOf,
  hostOfAddress,
  interfacesOf,
  interfaceTowards,
  isForMany,
  isLocalAddress,
} from '../world/interfaces.js';
import { DEFAULT_SETTINGS, type Kernel, type Origin, type Settings } from '../world/kernel.js';
import { hasOption } from '../world/options.js';
import { randomOf } from '../world/random.js';
import { runOf } from '../world/sockets.js';
import { setSysctl } from '../world/sysctls.js';
import { type ConnectionId, type HostId, newWorld, type SocketId, type World } from '../world/tables.js';
import { type BlockRule, isBlocked } from './firewall.js';
import { assignAddress, type DropMatch, fitsDrop, unassignAddress } from './lab.js';

interface Arrival {
  readonly host: HostId;
  readonly sent: Sent;
  readonly device: string;
}
/** Where a packet goes on its way to one host. */
interface Way {
  readonly host: HostId;
  readonly delay: Nanos;
  readonly device: string;
}

export class Simulation implements Kernel {
  readonly world: World = newWorld();
  readonly log = new FactLog();
  readonly engine: Engine;
  readonly settings: Settings;
  readonly calls: WaitingCalls;
  /** Firewall rules of hosts. */
  readonly blocks: BlockRule[] = [];
  /** Packets that hosts lose on purpose. */
  readonly drops: { readonly host: HostId; readonly match: DropMatch }[] = [];
  private readonly arrivals: Arrival[] = [];
  private readonly arrival: Handler;
  private readonly timer: Handler;
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
    this.arrival = this.engine.handler((argument) => this.arrive(argument));
    this.timer = this.engine.handler((argument) => timerFired(this, argument as ConnectionId), {
      timer: true,
      isDue: (argument, event) => isTimerDue(this, argument, event),
    });
  }

  transmit(host: HostId, packet: Packet, origin: Origin): void {
    const { world } = this;
    const { socket } = origin;
    const own =
      socket !== undefined && world.sockets.rows.has(socket) ? world.sockets.conversation.get(socket) : 0;
    const conversation = own || this.log.lastArrival(host, (each) => isAnswer(packet, each))?.conversation;
    const sent: Sent = { number: ++this.count, packet, host, socket, conversation };
    this.fold(packet);
    const ways = this.waysTo(host, packet, socket);
    const [only, second] = ways;
    this.log.add({
      kind: 'sent',
      host,
      sent,
      to: second === undefined ? only?.host : undefined,
      isRetry: origin.isRetry ?? false,
      ...(origin.why === undefined ? {} : { why: origin.why }),
    });
    if (only === undefined) return this.log.add({ kind: 'dropped', host, sent, why: 'no-route' });
    for (const way of ways)
      this.engine.after(
        way.delay,
        this.arrival,
        this.arrivals.push({ host: way.host, sent, device: way.device }) - 1,
      );
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
    const [first] = interfacesOf(this.world, host);
    const device = first === undefined ? 'eth0' : this.world.interfaces.device.get(first);
    const network = first === undefined ? 0 : this.world.interfaces.network.get(first);
    assignAddress(this.world, host, { address, prefix, device, network: network || undefined });
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

  private arrive(number: number): void {
    const arrival = this.arrivals[number];
    if (arrival === undefined) return;
    const { host, sent, device } = arrival;
    if (this.isMartian(host, sent, device))
      return this.log.add({ kind: 'dropped', host, sent, why: 'martian' });
    if (isBlocked(this.blocks, host, sent.packet))
      return this.log.add({ kind: 'dropped', host, sent, why: 'firewall' });
    if (this.drops.some((each) => each.host === host && fitsDrop(each.match, sent.packet)))
      return this.log.add({ kind: 'dropped', host, sent, why: 'script' });
    this.log.add({ kind: 'arrived', host, sent });
    receivePacket(this, host, sent, device);
  }

  /**
   * A loopback address does not come from outside, RFC 1122 §3.2.1.3 (g), RFC 4291 §2.5.3. What a socket sends by `lo` to
   * somebody else comes back: a datagram is taken in, a segment is not, since nothing can be answered from there (Linux).
   */
  private isMartian(host: HostId, { host: sender, packet }: Sent, device: string): boolean {
    const { source, destination } = packet;
    if (sender !== host) return kindOf(source) === 'loopback';
    if (device !== 'lo' || packet.protocol !== 'tcp') return false;
    return !isLocalAddress(this.world, host, destination) && !isForMany(this.world, host, destination);
  }

  /** One way to a host's own address, one to the host that owns a unicast address, many for broadcast and multicast. */
  private waysTo(host: HostId, packet: Packet, socket: SocketId | undefined): Way[] {
    const { world } = this;
    const { destination } = packet;
    // SO_BINDTODEVICE: what leaves by the loopback interface comes back by it, whoever it is for.
    const isHeldBack = socket !== undefined && world.sockets.device.get(socket) === 'lo';
    if (isHeldBack) return [{ host, delay: 0, device: 'lo' }];
    if (isForMany(world, host, destination)) return this.waysToMany(host, packet, socket);
    if (isLocalAddress(world, host, destination))
      return [{ host, delay: 0, device: deviceOf(world, host, destination) }];
    const out = interfaceTowards(world, host, destination);
    const network = out && world.interfaces.network.get(out);
    const owner = hostOfAddress(world, destination);
    if (!network || owner === undefined) return [];
    const there = [...interfacesOf(world, owner)].find((id) => world.interfaces.network.get(id) === network);
    if (there === undefined) return [];
    return [
      { host: owner, delay: world.networks.delay.get(network), device: world.interfaces.device.get(there) },
    ];
  }

  /** The sender hears its own broadcast, and its own multicast unless IP_MULTICAST_LOOP is off. */
  private waysToMany(host: HostId, packet: Packet, socket: SocketId | undefined): Way[] {
    const { world } = this;
    const out = [...interfacesOf(world, host)].find((id) => {
      const address = world.memory.text(world.interfaces.address.get(id));
      return address === packet.source && world.interfaces.device.get(id) !== 'lo';
    });
    const isLoopOff =
      socket !== undefined &&
      hasOption(world, socket, 'isMulticastLoopOff') &&
      kindOf(packet.destination) === 'multicast';
    const own: Way[] = isLoopOff ? [] : [{ host, delay: 0, device: out === undefined ? 'lo' : 'eth0' }];
    const network = out && world.interfaces.network.get(out);
    if (!network) return own;
    const others = new Set<HostId>();
    for (const id of world.interfaces.rows) {
      const other = world.interfaces.host.get(id);
      if (other && other !== host && world.interfaces.network.get(id) === network) others.add(other);
    }
    return [
      ...own,
      ...[...others].map((each) => ({
        host: each,
        delay: world.networks.delay.get(network),
        device: 'eth0',
      })),
    ];
  }

  /** What was sent so far, as one number in the world: two runs that differ on the wire differ in their digests. */
  private fold(packet: Packet): void {
    const { run } = this.world;
    const row = runOf(this.world);
    let hash = run.sent.get(row);
    const add = (value: number) => {
      hash = Math.imul(hash ^ value, 0x01000193); // FNV-1a, 32 bits
    };
    const quoted = packet.protocol === 'icmp' ? packet.quoted : packet;
    for (const text of [packet.protocol, packet.source, packet.destination, quoted.payload])
      for (let at = 0; at < text.length; at++) add(text.charCodeAt(at));
    add(quoted.sourcePort);
    add(quoted.destinationPort);
    if (quoted.protocol === 'tcp')
      for (const value of [quoted.flags, quoted.sequence, quoted.acknowledgment, quoted.window]) add(value);
    run.sent.set(row, hash >>> 0);
  }
}

/** Does `answer` go back to where `packet` came from? RST and ICMP errors, and datagrams of a socket with many peers. */
function isAnswer(answer: Packet, packet: Packet): boolean {
  if (packet.protocol === 'icmp') return false;
  const about = answer.protocol === 'icmp' ? answer.quoted : undefined;
  if (about !== undefined) return about === packet;
  if (answer.protocol === 'icmp' || answer.protocol !== packet.protocol) return false;
  return (
    answer.destination === packet.source &&
    answer.destinationPort === packet.sourcePort &&
    answer.sourcePort === packet.destinationPort
  );
}
