// A packet passes a host that translates. `enter` before routing: a row that is known, else rules for its destination.
// `leave` after routing: the source, and a row for a new flow. Answers are turned back from the row, no rule is asked.
// The order is netfilter's: DNAT, routing, SNAT. ICMP errors: nat-errors.ts. Which port: external-port.ts.
import {
  type Endpoint,
  type Ends,
  endsOf,
  isSameEndpoint,
  type Packet,
  type TcpSegment,
  type UdpDatagram,
  withEnds,
} from '../wire/packet.js';
import type { DropReason, Rewrite } from '../world/facts.js';
import { createFlow, findFlow, translated } from '../world/flows.js';
import { isForMany, isLocalAddress, primaryAddress } from '../world/interfaces.js';
import type { ConversationId, HostId, NatId, World } from '../world/tables.js';
import { bindings, isNear, pickOutside } from './external-port.js';
import { firstState } from './idle-times.js';
import { isNetfilter, isTracking, natOf } from './nat-behaviour.js';
import { errorPasses } from './nat-errors.js';
import { announce, begin, type NatKernel, touch } from './nat-timers.js';

/** A packet on its way through a host, as far as it has been written anew. */
export interface Passing {
  readonly before: Packet;
  readonly packet: Packet;
  readonly rewrites: readonly Rewrite[];
  /** What the row it belongs to makes of it. */
  readonly becomes?: Ends;
  /** It begins a flow: a row is made when it leaves. `source`: chosen already, for what comes in again. */
  readonly begins?: { readonly source?: Endpoint };
}
export interface Refusal {
  readonly why: DropReason;
  /** RFC 5382 §4.3, REQ-4: the sender is told after a while, unless somebody inside calls it meanwhile. */
  readonly isToldLate: boolean;
}
type Ported = TcpSegment | UdpDatagram;

export function isRefusal(result: Passing | Refusal): result is Refusal {
  return 'why' in result;
}

/** `device`: where it came in; undefined for what the host itself sends. */
export function enter(
  kernel: NatKernel,
  host: HostId,
  packet: Packet,
  device: string | undefined,
): Passing | Refusal {
  const { world } = kernel;
  const plain: Passing = { before: packet, packet, rewrites: [] };
  if (!isTracking(world, host) || isForMany(world, host, packet.destination)) return plain;
  if (packet.protocol === 'icmp') return errorPasses(world, host, packet, device) ?? refuse('no-mapping');
  const found = findFlow(world, host, packet.protocol, endsOf(packet));
  if (found !== undefined) {
    const becomes = translated(world, found);
    touch(kernel, found, packet);
    return { ...withDestination(plain, packet, becomes.destination, 'known'), becomes };
  }
  const isOwn = device === undefined;
  if (firstState(packet) === undefined)
    return isOwn || isNetfilter(world, host) ? plain : refuse('no-mapping');
  const target = forwarded(world, host, packet, isOwn);
  if (isNetfilter(world, host)) return { ...towards(plain, packet, target), begins: {} };
  if (isOwn) return { ...plain, begins: {} };
  const outside = natOf(world, host, device);
  return outside === undefined
    ? enterFromInside(world, host, plain, packet, target)
    : enterFromOutside(world, host, plain, packet, target, outside);
}

/** The source, and for a new flow its row. `device`: what it goes out by; undefined if it is for the host itself. */
export function leave(
  kernel: NatKernel,
  host: HostId,
  passing: Passing,
  device: string | undefined,
  conversation: ConversationId | undefined,
): Passing | Refusal {
  const { world } = kernel;
  const { packet, before, becomes, begins } = passing;
  if (packet.protocol === 'icmp' || before.protocol === 'icmp') return passing;
  if (becomes !== undefined) return withSource(passing, packet, becomes.source, 'known');
  if (begins === undefined) return passing;
  const address = device && primaryAddress(world, host, 4, device);
  const out = device && address ? { device, address } : undefined;
  if (isInsideOnly(world, host, passing, out?.device)) return passing;
  const original = endsOf(before);
  const { destination } = endsOf(packet);
  const source = begins.source ?? chooseSource(world, host, original, destination, packet, out);
  if (source === undefined) return refuse('no-mapping');
  const answer = { source: destination, destination: source };
  const flow = createFlow(world, host, packet.protocol, original, answer);
  begin(kernel, flow, before, conversation);
  announce(kernel, flow, 'created');
  return withSource(passing, packet, source, 'mapping');
}

/** What stays inside is no business of a NAT. Netfilter remembers everything that passes. */
function isInsideOnly(
  world: World,
  host: HostId,
  { begins, rewrites }: Passing,
  device: string | undefined,
): boolean {
  if (isNetfilter(world, host) || begins?.source !== undefined || rewrites.length > 0) return false;
  return device === undefined || natOf(world, host, device) === undefined;
}

/** Masquerading: the address of the device it leaves by. Elsewhere its own, but for numbers that would be answered twice. */
function chooseSource(
  world: World,
  host: HostId,
  { source, destination }: Ends,
  answersFrom: Endpoint,
  { protocol }: Ported,
  out: { readonly device: string; readonly address: string } | undefined,
): Endpoint | undefined {
  const nat = out && natOf(world, host, out.device);
  const address = nat === undefined || out === undefined ? source.address : out.address;
  return pickOutside(world, nat, { host, protocol, inside: source, address, peer: destination, answersFrom });
}

/** From outside: along a rule or a row that lets this sender in; else nobody inside is meant. */
function enterFromOutside(
  world: World,
  host: HostId,
  plain: Passing,
  packet: Ported,
  target: Endpoint | undefined,
  nat: NatId,
): Passing | Refusal {
  if (!isLocalAddress(world, host, packet.destination)) return refuse('filtered');
  if (target !== undefined) return { ...towards(plain, packet, target), begins: {} };
  const { source } = endsOf(packet);
  const inside = letIn(world, host, packet, nat, source);
  if (inside === 'filtered') return refuse('filtered');
  if (inside !== undefined) return { ...withDestination(plain, packet, inside, 'known'), begins: {} };
  const isToldLate = world.nats.unsolicited.get(nat) === 'icmp' && packet.protocol === 'tcp';
  return world.nats.unsolicited.get(nat) === 'rst'
    ? { ...plain, begins: {} }
    : refuse('no-mapping', isToldLate);
}

/** From inside: out; or to an outside endpoint of somebody inside, and in again with an outside source (hairpin). */
function enterFromInside(
  world: World,
  host: HostId,
  plain: Passing,
  packet: Ported,
  target: Endpoint | undefined,
): Passing | Refusal {
  const nat = natOf(world, host);
  const { source, destination } = endsOf(packet);
  const isOut = nat === undefined || !isLocalAddress(world, host, destination.address);
  if (isOut || !world.nats.hairpins.get(nat)) return { ...plain, begins: {} };
  const pick = (answersFrom: Endpoint) =>
    pickOutside(world, nat, {
      host,
      protocol: packet.protocol,
      inside: source,
      address: destination.address,
      peer: destination,
      answersFrom,
    });
  if (target !== undefined) {
    const outside = pick(target);
    if (outside === undefined) return refuse('no-mapping');
    return { ...towards(plain, packet, target), begins: { source: outside } };
  }
  const outside = pick(destination);
  if (outside === undefined) return refuse('no-mapping');
  const inside = letIn(world, host, packet, nat, outside);
  if (inside === 'filtered') return refuse('filtered');
  if (inside === undefined || isSameEndpoint(inside, destination)) return { ...plain, begins: {} };
  return { ...withDestination(plain, packet, inside, 'known'), begins: { source: outside } };
}

/** Whom an outside port stands for, if this sender may come in by it. */
function letIn(
  world: World,
  host: HostId,
  packet: Ported,
  nat: NatId,
  sender: Endpoint,
): Endpoint | 'filtered' | undefined {
  const { destination } = endsOf(packet);
  const filtering = world.nats.filtering.get(nat);
  let isKnown = false;
  for (const { inside, outside, peer } of bindings(world, host, packet.protocol)) {
    if (!isSameEndpoint(outside, destination)) continue;
    if (isNear(filtering, peer, sender)) return inside;
    isKnown = true;
  }
  return isKnown ? 'filtered' : undefined;
}

/** Where a rule sends it. */
function forwarded(
  { forwards, memory }: World,
  host: HostId,
  packet: Ported,
  isOwn: boolean,
): Endpoint | undefined {
  for (const row of forwards.rows) {
    if (forwards.host.get(row) !== host || forwards.protocol.get(row) !== packet.protocol) continue;
    if (isOwn && !forwards.isForOwn.get(row)) continue;
    const address = memory.text(forwards.address.get(row));
    if (forwards.port.get(row) !== packet.destinationPort) continue;
    if (address !== '' && address !== packet.destination) continue;
    return { address: memory.text(forwards.toAddress.get(row)), port: forwards.toPort.get(row) };
  }
  return undefined;
}

function towards(plain: Passing, packet: Ported, target: Endpoint | undefined): Passing {
  return target === undefined ? plain : withDestination(plain, packet, target, 'forward');
}

function withDestination(passing: Passing, packet: Ported, after: Endpoint, by: Rewrite['by']): Passing {
  const { source, destination: before } = endsOf(packet);
  if (isSameEndpoint(before, after)) return passing;
  return {
    ...passing,
    packet: withEnds(packet, { source, destination: after }),
    rewrites: [...passing.rewrites, { side: 'destination', before, after, by }],
  };
}

function withSource(passing: Passing, packet: Ported, after: Endpoint, by: Rewrite['by']): Passing {
  const { source: before, destination } = endsOf(packet);
  if (isSameEndpoint(before, after)) return passing;
  return {
    ...passing,
    packet: withEnds(packet, { source: after, destination }),
    rewrites: [...passing.rewrites, { side: 'source', before, after, by }],
  };
}

function refuse(why: DropReason, isToldLate = false): Refusal {
  return { why, isToldLate };
}
