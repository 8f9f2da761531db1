// What a capture of a run holds: packets with their moment, their interface, and whose they are, which no header says.
// Of the whole network each packet is there once, where it leaves its sender, those that get lost too, and again where a
// router has given it other addresses or ports: a tool that follows connections takes a second sight of the same numbers for
// a retransmission. At one host it is what tcpdump sees there: what it sends and passes on, and what reaches it, whether its
// firewall lets it in or not. File format: pcapng.ts. Names: packet-story.ts.
import type { Nanos } from '../base/time.js';
import { pathOf } from '../net/path.js';
import { kindOf } from '../wire/address.js';
import type { Packet } from '../wire/packet.js';
import type { Fact, Sent } from '../world/facts.js';
import { interfacesOf, isForMany } from '../world/interfaces.js';
import type { HostId, World } from '../world/tables.js';
import type { Cast } from './cast.js';
import { storiesOf } from './packet-story.js';
import { type RecordedStep, type Recording, readAt, visitSteps } from './recording.js';

export interface CapturedInterface {
  readonly host: HostId;
  readonly hostName: string;
  /** `eth0`; `lo` only where something goes by it. */
  readonly device: string;
  readonly addresses: readonly { readonly address: string; readonly prefix: number }[];
}

export interface Frame {
  /** Since the run began. */
  readonly at: Nanos;
  readonly on: CapturedInterface;
  readonly direction: 'out' | 'in';
  readonly reach: 'unicast' | 'multicast' | 'broadcast';
  /** The packet's number in the run: the same in the captures of two hosts. */
  readonly number: number;
  readonly packet: Packet;
  /** `tx firefox/807 ●`, `rx nginx/814 ●`: who sent it and what became of it; at one host, as far as it is known there. */
  readonly comments: readonly string[];
}

export interface Capture {
  /** In order of the hosts; those by which nothing goes as well. */
  readonly interfaces: readonly CapturedInterface[];
  /** By time; ties as they happened. */
  readonly frames: readonly Frame[];
}

/** `host`: only what is seen there; undefined: the whole network. Reads; the world is left where it stood. */
export function captureOf(recording: Recording, cast: Cast, host?: HostId): Capture {
  const interfaces = new Interfaces(recording);
  const stories = storiesOf(recording, cast);
  const held = heldBack(recording);
  const frames: Frame[] = [];
  visitSteps(recording, (step) => {
    for (const fact of step.facts) {
      const sight = sightOf(recording, step, fact);
      if (sight === undefined || (sight.device !== 'lo' && held.has(sight.sent.number))) continue;
      const isSecondSight = sight.direction === 'in' || isPassedOn(sight.sent);
      if (host === undefined ? isSecondSight : sight.host !== host) continue;
      const { sent } = sight;
      const story = stories.get(sent.number);
      const ends = story?.ends.filter((each) => host === undefined || each.host === host) ?? [];
      frames.push({
        at: step.at,
        on: interfaces.named(sight.host, sight.device),
        direction: sight.direction,
        reach: reachOf(recording.world, sight.host, sent.packet.destination),
        number: sent.number,
        packet: sent.packet,
        comments: [
          ...(sight.direction === 'out' ? (story?.sender ?? []) : []),
          ...ends.map(({ words }) => words),
        ],
      });
    }
  });
  return { interfaces: interfaces.all.filter((each) => host === undefined || each.host === host), frames };
}

/** By a router that changed neither end: the same packet, a second time. */
export function isPassedOn({ passage }: Sent): boolean {
  return passage?.from !== undefined && passage.rewrites.length === 0;
}

interface Sight {
  readonly host: HostId;
  readonly device: string;
  readonly direction: Frame['direction'];
  readonly sent: Sent;
}

/** Where a fact makes a packet visible; undefined if nowhere: it is no packet's, has no way out, or was lost on its way. */
function sightOf({ world }: Recording, step: RecordedStep, fact: Fact): Sight | undefined {
  if (fact.kind === 'sent') {
    const device = readAt(world, step.after, () => wayOut(world, fact.host, fact.sent));
    return device === undefined ? undefined : { host: fact.host, device, direction: 'out', sent: fact.sent };
  }
  if ((fact.kind !== 'arrived' && fact.kind !== 'dropped') || !hasReached(step, fact)) return undefined;
  const { host, sent } = fact;
  if (host === undefined || host === sent.host) return undefined; // what goes by lo was seen when it was sent
  const hops = readAt(world, step.after, () => pathFor(world, sent.host, sent).hops);
  return { host, device: hops.find((each) => each.host === host)?.device ?? 'eth0', direction: 'in', sent };
}

/** Dropped packets came as far as the interface unless the network lost them; those that are dropped later have arrived. */
function hasReached({ facts }: RecordedStep, fact: Extract<Fact, { kind: 'arrived' | 'dropped' }>): boolean {
  if (fact.kind === 'arrived') return true;
  const isOther = (each: Fact) => each.kind !== 'arrived' || each.sent.number !== fact.sent.number;
  return fact.why !== 'loss' && fact.why !== 'script' && facts.every(isOther);
}

/** Numbers of packets that the sender itself dropped: no way leads there, nobody has the address. They never left. */
function heldBack({ steps }: Recording): ReadonlySet<number> {
  return new Set(
    steps.flatMap(({ facts }) =>
      facts.flatMap((fact) =>
        fact.kind === 'dropped' && fact.host === fact.sent.host ? [fact.sent.number] : [],
      ),
    ),
  );
}

/** What a host sends to itself goes by `lo`; what has no way out does not go. */
function wayOut(world: World, host: HostId, sent: Sent): string | undefined {
  const { out, isWayKnown } = pathFor(world, host, sent);
  return isWayKnown ? (out ?? 'lo') : undefined;
}

function pathFor(world: World, host: HostId, { packet, socket }: Sent) {
  const isThere = socket !== undefined && world.sockets.rows.has(socket);
  return pathOf(world, host, packet, isThere ? socket : undefined);
}

function reachOf(world: World, host: HostId, destination: string): Frame['reach'] {
  if (kindOf(destination) === 'multicast') return 'multicast';
  return isForMany(world, host, destination) ? 'broadcast' : 'unicast';
}

/** Every interface that a host has at the start or the end of the run, and those that turn up between. */
class Interfaces {
  private readonly byName = new Map<string, CapturedInterface>();
  private readonly world: World;

  constructor({ world, steps, start }: Recording) {
    this.world = world;
    for (const position of [steps.at(-1)?.after ?? start, start])
      readAt(world, position, () => {
        for (const host of world.hosts.rows)
          for (const id of interfacesOf(world, host)) {
            const address = world.memory.text(world.interfaces.address.get(id));
            this.give(host, world.interfaces.device.get(id), address, world.interfaces.prefix.get(id));
          }
      });
  }

  get all(): readonly CapturedInterface[] {
    return [...this.byName.values()].sort((one, other) => one.host - other.host);
  }

  named(host: HostId, device: string): CapturedInterface {
    const key = `${host} ${device}`;
    const known = this.byName.get(key);
    if (known !== undefined) return known;
    const fresh = { host, hostName: this.world.hosts.name.get(host), device, addresses: [] };
    this.byName.set(key, fresh);
    return fresh;
  }

  private give(host: HostId, device: string, address: string, prefix: number): void {
    const known = this.named(host, device);
    if (address === '') return; // it has none yet
    if (known.addresses.some((each) => each.address === address)) return;
    const addresses = [...known.addresses, { address, prefix }];
    this.byName.set(`${host} ${device}`, { ...known, addresses });
  }
}
