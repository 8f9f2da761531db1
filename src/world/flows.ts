// A router's table of flows: who comes with which four numbers, and with which the answers come. A row is found from
// either side; what a packet becomes is the other side turned round. Rows only: when one is made is ../net/nat.ts.
import { type Endpoint, type Ends, isSameEndpoint, type Protocol, reversed } from '../wire/packet.js';
import type { FlowId, HostId, World } from './tables.js';

/** `original`: a packet of whoever began. `reply`: one that goes the other way. */
export interface Found {
  readonly flow: FlowId;
  readonly direction: 'original' | 'reply';
}

/** An inside endpoint, what the outside takes it for, and whom it speaks with. */
export interface Binding {
  readonly inside: Endpoint;
  readonly outside: Endpoint;
  readonly peer: Endpoint;
}

export function findFlow(
  world: World,
  host: HostId,
  protocol: Protocol,
  { source, destination }: Ends,
): Found | undefined {
  const { memory, flows, flowsByTuple, flowsByAnswer } = world;
  const key = [memory.intern(source.address), memory.intern(destination.address)] as const;
  const ports = packed(source.port, destination.port);
  for (const flow of flowsByTuple.of(host, ...key, ports))
    if (flows.protocol.get(flow) === protocol) return { flow, direction: 'original' };
  for (const flow of flowsByAnswer.of(host, ...key, ports))
    if (flows.protocol.get(flow) === protocol) return { flow, direction: 'reply' };
  return undefined;
}

/** What a packet of this flow and direction goes on as. */
export function translated(world: World, { flow, direction }: Found): Ends {
  return reversed(direction === 'original' ? answerOf(world, flow) : originalOf(world, flow));
}

/** The four numbers that the flow's first packet came with. */
export function originalOf({ flows, memory }: World, flow: FlowId): Ends {
  const ports = flows.ports.get(flow);
  return {
    source: { address: memory.text(flows.source.get(flow)), port: ports >>> 16 },
    destination: { address: memory.text(flows.destination.get(flow)), port: ports & 0xffff },
  };
}

/** The four numbers that its answers come with. */
export function answerOf({ flows, memory }: World, flow: FlowId): Ends {
  const ports = flows.answerPorts.get(flow);
  return {
    source: { address: memory.text(flows.answerSource.get(flow)), port: ports >>> 16 },
    destination: { address: memory.text(flows.answerDestination.get(flow)), port: ports & 0xffff },
  };
}

/** A new row; neither its numbers nor those of its answers may be another's. */
export function createFlow(
  world: World,
  host: HostId,
  protocol: Protocol,
  original: Ends,
  answer: Ends,
): FlowId {
  const { flows, memory } = world;
  const flow = flows.rows.create();
  flows.host.set(flow, host);
  flows.protocol.set(flow, protocol);
  flows.source.set(flow, memory.intern(original.source.address));
  flows.destination.set(flow, memory.intern(original.destination.address));
  flows.ports.set(flow, packed(original.source.port, original.destination.port));
  flows.answerSource.set(flow, memory.intern(answer.source.address));
  flows.answerDestination.set(flow, memory.intern(answer.destination.address));
  flows.answerPorts.set(flow, packed(answer.source.port, answer.destination.port));
  world.flowsByTuple.add(host, flow);
  world.flowsByAnswer.add(host, flow);
  return flow;
}

export function removeFlow(world: World, flow: FlowId): void {
  const { flows } = world;
  const host = flows.host.get(flow);
  if (host) {
    world.flowsByTuple.remove(host, flow);
    world.flowsByAnswer.remove(host, flow);
  }
  flows.rows.remove(flow);
}

/** A router's rows, oldest first. */
export function* flowsOf({ flows }: World, host: HostId): Generator<FlowId> {
  for (const flow of flows.rows) if (flows.host.get(flow) === host) yield flow;
}

/** Is any of the four numbers written anew? */
export function isTranslated(world: World, flow: FlowId): boolean {
  const { source, destination } = originalOf(world, flow);
  const answer = answerOf(world, flow);
  return !isSameEndpoint(source, answer.destination) || !isSameEndpoint(destination, answer.source);
}

/**
 * The inside endpoints that a flow speaks for: its sender's, if the source is translated; its receiver's, if the
 * destination is; both for one that goes out and comes in again (hairpin). Untranslated: `isOwn` says whose ends are
 * the router's own, which are their own outside.
 */
export function* bindingsOf(
  world: World,
  flow: FlowId,
  isOwn: (address: string) => boolean,
): Generator<Binding> {
  const { source, destination } = originalOf(world, flow);
  const answer = answerOf(world, flow);
  const isSourceNew = !isSameEndpoint(source, answer.destination);
  const isDestinationNew = !isSameEndpoint(destination, answer.source);
  if (isSourceNew || (isOwn(source.address) && !isDestinationNew))
    yield { inside: source, outside: answer.destination, peer: destination };
  if (isDestinationNew || (isOwn(destination.address) && !isSourceNew))
    yield { inside: answer.source, outside: destination, peer: answer.destination };
}

function packed(source: number, destination: number): number {
  return ((source << 16) | destination) >>> 0;
}
