// Does a fact hold? Events are counted over a stretch of steps, states are read at one position. Questions of script
// and expectation are asked here; grading and wording are ../check/.

import { DEMUX_RULES } from '../../demux/rules.js';
import type { RecordedStep } from '../../trace/recording.js';
import { sharersAt } from '../../trace/sharers.js';
import { flagWord } from '../../wire/notation.js';
import { isSameEndpoint } from '../../wire/packet.js';
import type { DropReason, Fact as LogFact } from '../../world/facts.js';
import { bindingsOf } from '../../world/flows.js';
import { localAddressOf, processOf, remoteAddressOf, remotePortOf } from '../../world/sockets.js';
import type { HostId, SocketId, SocketState, World } from '../../world/tables.js';
import type { ActorRef } from '../atoms/names.js';
import type { Count } from '../atoms/quantities.js';
import type { RowPattern, RowSide } from '../atoms/rows.js';
import type { Directory } from '../cast/directory.js';
import type { FactValue, SocketOrEndpoint } from '../schema/fact-values.js';
import { heldBy, socketAt } from './ends.js';
import { carries, isEphemeral, isLike, isPlace } from './likeness.js';
import { isParty, isSource } from './parties.js';

export type EventValue = Extract<FactValue, { kind: 'delivered' | 'packet' | 'dropped' | 'error' }>;
export type StateValue = Exclude<FactValue, EventValue>;

export function isEvent(fact: FactValue): fact is EventValue {
  return ['delivered', 'packet', 'dropped', 'error'].includes(fact.kind);
}

export function fitsCount(count: Count, times: number): boolean {
  return times >= count.least && (count.most === undefined || times <= count.most);
}

/** Something in a step that is like the fact. `sockets` may be gone by now, so the world stands after the step. */
export function matchesEvent(world: World, directory: Directory, fact: EventValue, log: LogFact): boolean {
  switch (fact.kind) {
    case 'packet':
      return (
        isOnTheWire(directory, fact.where, log) &&
        isLike(world, directory, fact.packet, log.sent.packet) &&
        carries(log.sent.packet, fact.text)
      );
    case 'dropped':
      return (
        isDrop(log) &&
        (fact.why === undefined || fact.why === dropReasonOf(log)) &&
        (fact.where === undefined || log.host === directory.hosts.get(fact.where.name)) &&
        isLike(world, directory, fact.packet, log.sent.packet)
      );
    case 'error':
      return (
        (log.kind === 'called' || log.kind === 'returned') &&
        log.outcome === fact.errno &&
        isParty(world, directory, fact.to, log.socket, log.process)
      );
    case 'delivered':
      return log.kind === 'delivered' && isDelivery(world, directory, fact, log);
  }
}

type Drop = Extract<LogFact, { kind: 'dropped' | 'refused' }>;

/** Lost, or refused without an answer. */
export function isDrop(log: LogFact): log is Drop {
  return log.kind === 'dropped' || (log.kind === 'refused' && log.answer === 'silence');
}

export function dropReasonOf(log: Drop): DropReason {
  if (log.kind === 'dropped') return log.why;
  return log.why ?? (log.socket === undefined ? 'no-taker' : 'unwilling');
}

/** Reasons of a host that lets nobody in: it has come that far. */
const AT_THE_DOOR: ReadonlySet<DropReason> = new Set(['firewall', 'no-mapping', 'filtered']);

/** Counted where it is sent; with `where`, at the host that sent it or that it came to. A firewall stands behind the wire. */
function isOnTheWire(
  directory: Directory,
  where: ActorRef | undefined,
  log: LogFact,
): log is Extract<LogFact, { kind: 'sent' | 'arrived' | 'dropped' }> {
  if (where === undefined || log.kind === 'sent')
    return log.kind === 'sent' && (where === undefined || log.host === directory.hosts.get(where.name));
  const isHere = log.kind === 'arrived' || (log.kind === 'dropped' && AT_THE_DOOR.has(log.why));
  return isHere && log.host === directory.hosts.get(where.name) && log.sent.host !== log.host;
}

function isDelivery(
  world: World,
  directory: Directory,
  fact: Extract<EventValue, { kind: 'delivered' }>,
  log: Extract<LogFact, { kind: 'delivered' }>,
): boolean {
  const { packet } = log.sent;
  if (fact.by === 'group') {
    if (sharersAt(world, log).length === 0) return false;
  } else {
    const by = DEMUX_RULES.find((rule) => rule.id === log.rule)?.by ?? log.rule; // copies have no rule of their own
    if (fact.by !== undefined && fact.by !== by) return false;
  }
  if (
    fact.text === 'SYN'
      ? packet.protocol !== 'tcp' || flagWord(packet) !== 'SYN'
      : fact.text !== 'any' && !carries(packet, fact.text)
  )
    return false;
  const process = world.sockets.rows.has(log.socket) ? processOf(world, log.socket) : undefined;
  if (!isParty(world, directory, fact.to, log.socket, process)) return false;
  return fact.from === undefined || isSource(world, directory, fact.from, log.sent);
}

/** States of sockets that are gone read CLOSED. */
export function holdsNow(world: World, directory: Directory, fact: StateValue): boolean {
  const { sockets } = world;
  switch (fact.kind) {
    case 'state':
      return stateOf(world, directory, fact.of) === fact.state;
    case 'port': {
      const port = portOf(world, directory, fact.of);
      if (port === undefined) return false;
      if (fact.port !== 'ephemeral') return port >= fact.port.first && port <= fact.port.last;
      const socket = socketAt(world, directory, fact.of);
      const host = socket === undefined ? 0 : sockets.host.get(socket);
      return host !== 0 && isEphemeral(world, host, port);
    }
    case 'sockets':
      return fitsCount(fact.count, socketsLike(world, directory, fact).length);
    case 'row':
      return fitsCount(fact.times, rowsLike(world, directory, fact).length);
    case 'same':
    case 'different': {
      const values = fact.values.map((value) => comparedValue(world, directory, value));
      if (values.includes(undefined)) return false;
      return fact.kind === 'same' ? new Set(values).size === 1 : new Set(values).size === values.length;
    }
    case 'mapping':
      return isMapped(world, directory, fact);
  }
}

/** Has a router a row for this inside endpoint, and is it known outside as that? */
function isMapped(
  world: World,
  directory: Directory,
  fact: Extract<StateValue, { kind: 'mapping' }>,
): boolean {
  const router = fact.router === undefined ? undefined : directory.hosts.get(fact.router.name);
  const inside = directory.resolve(fact.inside, 0 as HostId, undefined);
  const outside = fact.outside && directory.resolve(fact.outside, 0 as HostId, undefined);
  if (inside === undefined || (fact.outside !== undefined && outside === undefined)) return false;
  return [...world.flows.rows].some((flow) => {
    if (router !== undefined && world.flows.host.get(flow) !== router) return false;
    if (world.flows.protocol.get(flow) !== (inside.protocol ?? 'tcp')) return false;
    return [...bindingsOf(world, flow, () => false)].some(
      (binding) =>
        isSameEndpoint(binding.inside, inside) &&
        (outside === undefined || isSameEndpoint(binding.outside, outside)),
    );
  });
}

/** Only sockets that hold a port. */
export function socketsLike(
  world: World,
  directory: Directory,
  fact: Extract<StateValue, { kind: 'sockets' }>,
): SocketId[] {
  const { sockets } = world;
  const host = fact.host === undefined ? undefined : directory.hosts.get(fact.host.name);
  return [...sockets.rows].filter((socket) => {
    if (sockets.localPort.get(socket) === 0 || (host !== undefined && sockets.host.get(socket) !== host))
      return false;
    if (fact.holding !== undefined && sockets.state.get(socket) !== fact.holding) return false;
    if (fact.of === undefined) return true;
    const held = heldBy(fact.of);
    if (held === undefined) return socketAt(world, directory, fact.of) === socket;
    const { protocol = 'tcp', port, place } = held;
    return (
      sockets.protocol.get(socket) === protocol.slice(0, 3) &&
      sockets.localPort.get(socket) === directory.portOf(port) &&
      (place === undefined || directory.isAt(place, socket))
    );
  });
}

export function rowsLike(
  world: World,
  directory: Directory,
  fact: Extract<StateValue, { kind: 'row' }>,
): SocketId[] {
  const { sockets } = world;
  const host = fact.host === undefined ? undefined : directory.hosts.get(fact.host.name);
  return [...sockets.rows].filter(
    (socket) =>
      sockets.localPort.get(socket) !== 0 &&
      (host === undefined || sockets.host.get(socket) === host) &&
      isRow(world, directory, fact.row, socket),
  );
}

function isRow(world: World, directory: Directory, row: RowPattern, socket: SocketId): boolean {
  const { sockets, processes } = world;
  if (sockets.protocol.get(socket) !== row.protocol.slice(0, 3)) return false;
  if (row.state !== '*' && sockets.state.get(socket) !== row.state) return false;
  const process = processOf(world, socket);
  if (row.process !== undefined && (process === undefined || processes.name.get(process) !== row.process))
    return false;
  return (
    isRowSide(world, directory, row.local, localAddressOf(world, socket), sockets.localPort.get(socket)) &&
    isRowSide(world, directory, row.remote, remoteAddressOf(world, socket), remotePortOf(world, socket))
  );
}

/** In a row `*` is the socket's own star as soon as a port stands beside it: `*:80` holds every address. */
function isRowSide(
  world: World,
  directory: Directory,
  side: RowSide,
  address: string,
  port: number,
): boolean {
  const isPort = side.port.kind === 'any' || directory.portOf(side.port) === port;
  if (side.place.kind === 'any') return isPort && (side.port.kind === 'any' ? true : address === '');
  return isPort && isPlace(world, directory, side.place, address);
}

/** CLOSED for one that is gone, or that is not there yet. */
export function stateOf(world: World, directory: Directory, of: SocketOrEndpoint): SocketState {
  const socket = socketAt(world, directory, of);
  return socket !== undefined && world.sockets.rows.has(socket) ? world.sockets.state.get(socket) : 'CLOSED';
}

/** The port that a socket or an endpoint has at this moment; undefined if it means a socket that is not there. */
export function portOf(world: World, directory: Directory, of: SocketOrEndpoint): number | undefined {
  if (of.kind === 'endpoint') return directory.resolve(of.endpoint, 0 as HostId, undefined)?.port;
  const socket = socketAt(world, directory, of);
  return socket !== undefined && world.sockets.rows.has(socket)
    ? world.sockets.localPort.get(socket)
    : undefined;
}

/** What `same` and `different` compare, as text; undefined if it means a socket that is not there, or a port it has not. */
export function comparedValue(world: World, directory: Directory, of: SocketOrEndpoint): string | undefined {
  if (of.kind === 'socket') {
    const socket = socketAt(world, directory, of);
    return socket !== undefined && world.sockets.rows.has(socket) ? `socket ${socket}` : undefined;
  }
  const end = directory.resolve(of.endpoint, 0 as HostId, undefined);
  return end === undefined || end.port === 0 ? undefined : `${end.address}:${end.port}`;
}

/** Every fact of these steps, each with its step. */
export function* factsOf(
  steps: readonly RecordedStep[],
): Generator<{ readonly step: RecordedStep; readonly fact: LogFact }> {
  for (const step of steps) for (const fact of step.facts) yield { step, fact };
}
