// Which outside port does an inside endpoint get? Its own if that is free, else one of its class; or the next of a range;
// or any. What counts as free: to netfilter four numbers that no other row answers to, to the others an outside port that
// stands for no other inside endpoint and for no forwarding rule (RFC 4787 §4.2.1, REQ-3: no overloading).
import { below } from '../base/random.js';
import { type Endpoint, type Ends, isSameEndpoint, type Protocol } from '../wire/packet.js';
import { type Binding, bindingsOf, findFlow, flowsOf } from '../world/flows.js';
import { isLocalAddress } from '../world/interfaces.js';
import { randomOf } from '../world/random.js';
import type { Dependence } from '../world/router-tables.js';
import { findWay } from '../world/routes.js';
import type { HostId, NatId, World } from '../world/tables.js';
import { isNetfilter, natOf } from './nat-behaviour.js';

/** The row of a table that wants an outside endpoint: who speaks, as what, with whom. */
export interface Wish {
  readonly host: HostId;
  readonly protocol: Protocol;
  readonly inside: Endpoint;
  readonly address: string;
  /** Whom it speaks with, as it sees it; and who will answer, if the destination was written anew. */
  readonly peer: Endpoint;
  readonly answersFrom: Endpoint;
}

/** Undefined: every port is taken. */
export function pickOutside(world: World, nat: NatId | undefined, wish: Wish): Endpoint | undefined {
  const known = nat && reuse(world, nat, wish);
  if (known !== undefined) return known;
  const port = pickPort(world, nat, wish);
  return port === undefined ? undefined : { address: wish.address, port };
}

/**
 * The outside endpoint that this inside endpoint has already, by a forwarding rule or by a row whose peer is near enough to
 * this one. The rule comes first: to have two would leave open which of them an answer goes out by (RFC 4787 §4.1, REQ-1).
 */
function reuse(world: World, nat: NatId, wish: Wish): Endpoint | undefined {
  const { host, protocol, inside, address, peer } = wish;
  const mapping = world.nats.mapping.get(nat);
  if (mapping === 'address-and-port-dependent') return undefined;
  for (const { outside, to } of rules(world, host, protocol, address))
    if (isSameEndpoint(to, inside)) return outside;
  for (const binding of bindings(world, host, protocol))
    if (isSameEndpoint(binding.inside, inside) && binding.outside.address === address)
      if (isNear(mapping, binding.peer, peer)) return binding.outside;
  return undefined;
}

function pickPort(world: World, nat: NatId | undefined, wish: Wish): number | undefined {
  const range = nat && world.nats.portLow.get(nat);
  const way = nat === undefined ? 'preserve' : world.nats.ports.get(nat);
  const list = nat === undefined ? '' : world.nats.portList.get(nat);
  if (list !== '')
    return list
      .split(',')
      .map(Number)
      .find((port) => isFree(world, wish, port));
  if (nat !== undefined && range && way === 'sequential') return nextOf(world, nat, wish);
  if (way === 'preserve' && isFree(world, wish, wish.inside.port)) return wish.inside.port;
  const { low, high } =
    nat !== undefined && range ? { low: range, high: world.nats.portHigh.get(nat) } : classOf(world, wish);
  const size = high - low + 1;
  const start = below(randomOf(world), size);
  // RFC 4787 §4.2.2, REQ-4: of the same parity first. Netfilter does not care.
  const keepsParity = way === 'preserve' && !isNetfilter(world, wish.host);
  let other: number | undefined;
  for (let step = 0; step < size; step++) {
    const port = low + ((start + step) % size);
    if (!isFree(world, wish, port)) continue;
    if (!keepsParity || (port - wish.inside.port) % 2 === 0) return port;
    other ??= port;
  }
  return other;
}

/** The first free one from where the last search ended, once round. */
function nextOf(world: World, nat: NatId, wish: Wish): number | undefined {
  const { nats } = world;
  const low = nats.portLow.get(nat);
  const size = nats.portHigh.get(nat) - low + 1;
  for (let step = 0; step < size; step++) {
    const place = (nats.nextPort.get(nat) + step) % size;
    if (!isFree(world, wish, low + place)) continue;
    nats.nextPort.set(nat, place + 1);
    return low + place;
  }
  return undefined;
}

/** Ports of one kind stay of that kind. Linux nf_nat_l4proto_unique_tuple; RFC 4787 §4.2.1, REQ-3 (a). */
function classOf(world: World, { host, inside: { port } }: Wish): { low: number; high: number } {
  if (!isNetfilter(world, host)) return port < 1024 ? { low: 1, high: 1023 } : { low: 1024, high: 65535 };
  if (port < 512) return { low: 1, high: 511 };
  return port < 1024 ? { low: 600, high: 1023 } : { low: 1024, high: 65535 };
}

function isFree(world: World, wish: Wish, port: number): boolean {
  const { host, protocol, inside, address, answersFrom } = wish;
  const outside = { address, port };
  const answer: Ends = { source: answersFrom, destination: outside };
  if (findFlow(world, host, protocol, answer) !== undefined) return false;
  if (isNetfilter(world, host)) return true;
  if (isForwarded(world, host, protocol, outside, inside)) return false;
  for (const binding of bindings(world, host, protocol))
    if (isSameEndpoint(binding.outside, outside) && !isSameEndpoint(binding.inside, inside)) return false;
  return true;
}

/** Does a rule send this port to somebody else? */
function isForwarded(world: World, host: HostId, protocol: Protocol, wanted: Endpoint, inside: Endpoint) {
  for (const { outside, to } of rules(world, host, protocol, wanted.address))
    if (outside.port === wanted.port && !isSameEndpoint(to, inside)) return true;
  return false;
}

/**
 * The forwarding rules for one of a host's addresses: what the outside sees, and whom it stands for. Of two rules for one
 * port the first is followed, and the other does nothing.
 */
function* rules({ forwards, memory }: World, host: HostId, protocol: Protocol, address: string) {
  const followed = new Set<number>();
  for (const row of forwards.rows) {
    if (forwards.host.get(row) !== host || forwards.protocol.get(row) !== protocol) continue;
    const own = memory.text(forwards.address.get(row));
    const port = forwards.port.get(row);
    if ((own !== '' && own !== address) || followed.has(port)) continue;
    followed.add(port);
    const outside: Endpoint = { address, port };
    const to: Endpoint = {
      address: memory.text(forwards.toAddress.get(row)),
      port: forwards.toPort.get(row),
    };
    yield { outside, to };
  }
}

/** The outside endpoints in use, with whom they stand for. */
export function* bindings(world: World, host: HostId, protocol: Protocol) {
  const isOwn = (address: string) => isLocalAddress(world, host, address);
  for (const flow of flowsOf(world, host))
    if (world.flows.protocol.get(flow) === protocol)
      for (const binding of bindingsOf(world, flow, isOwn))
        if (isOutside(world, host, binding)) yield { flow, ...binding };
}

/** What the router itself says to the inside stands for nobody outside. */
function isOutside(world: World, host: HostId, { inside, outside, peer }: Binding): boolean {
  if (!isSameEndpoint(inside, outside)) return true;
  return natOf(world, host, findWay(world, host, peer.address)?.device ?? '') !== undefined;
}

/** Is one peer as good as the other, to a NAT that looks at none, one or both of a peer's numbers? */
export function isNear(dependence: Dependence, one: Endpoint, other: Endpoint): boolean {
  if (dependence === 'endpoint-independent') return true;
  if (one.address !== other.address) return false;
  return dependence === 'address-dependent' || one.port === other.port;
}
