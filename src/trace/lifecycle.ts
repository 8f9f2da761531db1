// The life of one TCP conversation at a position: its two ends, the state each is in, the ways they have just taken and
// what each possible event would do next. States come from the fact log, what would happen from the machine's table.
// Who draws it: ../app/panels/state.ts.

import { findSocket } from '../demux/find.js';
import { guardBitsOf } from '../tcp/connection.js';
import { type Outcome, outcomesIn } from '../tcp/outcomes.js';
import { localAddressOf } from '../world/sockets.js';
import { type HostId, type SocketId, TCP_STATES, type TcpState, type World } from '../world/tables.js';
import type { Cast } from './cast.js';
import { type Recording, readAt } from './recording.js';
import type { EndpointView, Mark, Owner } from './scene.js';

/** One change of state, told from the socket to which it happened. */
export interface Move {
  /** The number of its step, 1 … total. */
  readonly step: number;
  readonly socket: SocketId;
  readonly host: HostId;
  readonly mark: Mark;
  readonly local: EndpointView;
  readonly from: TcpState;
  readonly to: TcpState;
  /** The machine's word for what caused it. */
  readonly event: string;
}

export interface LifecycleEnd {
  readonly owner: Owner;
  readonly local: EndpointView;
  readonly state: TcpState;
  /** The moves of this step, in their order; mostly none or one. */
  readonly taken: readonly Move[];
  /** Every event that would be answered now, in the machine's order. */
  readonly next: readonly Outcome[];
}

export interface Lifecycle {
  readonly mark: Mark;
  /** Who called first; then the other. Fewer than two as long as only one is known in the whole run. */
  readonly ends: readonly LifecycleEnd[];
  /** Every state that either end is in at any step of the run. */
  readonly visited: ReadonlySet<TcpState>;
}

/** All moves of all TCP conversations of a run, in order. Read once a run: it walks through every step that has some. */
export function movesOf(recording: Recording, cast: Cast): readonly Move[] {
  const { world } = recording;
  return recording.steps.flatMap((step) => {
    const facts = step.facts.filter((fact) => fact.kind === 'state');
    return facts.flatMap((fact, at) => {
      // A connection that a listener makes begins where its listener is: it has not called listen() itself.
      if (fact.event === 'OPEN_PASSIVE' && facts.slice(at + 1).some((later) => later.socket === fact.socket))
        return [];
      const read = (): Omit<Move, 'step' | 'from' | 'to' | 'event'> | undefined =>
        whoIs(world, cast, fact.socket);
      // A socket that went in this step is known before it, one that came is known after it.
      const who = readAt(world, step.after, read) ?? readAt(world, step.before, read);
      if (who === undefined || fact.event === undefined) return [];
      const [from, to] = [tcpState(fact.from), tcpState(fact.to)];
      return from && to ? [{ ...who, step: step.index + 1, from, to, event: fact.event }] : [];
    });
  });
}

function whoIs(world: World, cast: Cast, socket: SocketId) {
  const { sockets } = world;
  if (!sockets.rows.has(socket) || sockets.localPort.get(socket) === 0) return undefined;
  const host = sockets.host.get(socket);
  const mark = cast.markOf(sockets.conversation.get(socket));
  if (!host || mark === undefined) return undefined;
  const local = cast.endpoint(localAddressOf(world, socket), sockets.localPort.get(socket), host);
  return { socket, host, mark, local };
}

/** `t`: how many steps have been taken. `moves`: those of `movesOf`. Undefined for a mark that never moved: UDP. */
export function lifecycleAt(
  recording: Recording,
  cast: Cast,
  moves: readonly Move[],
  mark: Mark,
  t: number,
): Lifecycle | undefined {
  const own = moves.filter((move) => move.mark === mark);
  if (own.length === 0) return undefined;
  const { world } = recording;
  const position = recording.steps[t - 1]?.after ?? recording.start;
  const ends = [...new Set(own.map(endKey))].slice(0, 2).map((key) => {
    const all = own.filter((move) => endKey(move) === key);
    const [first] = all;
    if (first === undefined) throw new Error('an end of a conversation has at least one move');
    const last = all.findLast(({ step }) => step <= t);
    return readAt(world, position, () => {
      const waiting = last === undefined ? listenerFor(world, first) : undefined;
      // Gone without a move: its host has restarted.
      const left = last !== undefined && world.sockets.rows.has(last.socket) ? last.to : 'CLOSED';
      const state = waiting === undefined ? left : 'LISTEN';
      const socket = waiting ?? last?.socket;
      const bits = socket !== undefined && world.sockets.rows.has(socket) ? guardBitsOf(world, socket) : 0;
      return {
        owner: cast.ownerOf(first.host),
        local: first.local,
        state,
        taken: all.filter(({ step }) => step === t),
        next: outcomesIn(state, bits),
      };
    });
  });
  const visited = new Set(own.flatMap(({ from, to }) => [from, to]));
  return { mark, ends, visited };
}

/** The listener that would make this end, as the demultiplexer finds it; it asks for no peer. */
function listenerFor(world: World, { host, local }: Move): SocketId | undefined {
  const tuple = { localAddress: local.address, localPort: local.port, remoteAddress: '', remotePort: 0 };
  const found = findSocket(world, host, 'tcp', tuple)?.socket;
  return found !== undefined && world.sockets.state.get(found) === 'LISTEN' ? found : undefined;
}

const endKey = ({ host, local }: Move): string => `${host} ${local.address} ${local.port}`;

function tcpState(state: string): TcpState | undefined {
  return TCP_STATES.find((name) => name === state);
}
