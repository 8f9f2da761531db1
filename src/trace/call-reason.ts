// Why a call got what it got: who holds the port, since when and in which state; or why nobody is in the way.
// The decision is ../ports/explain.ts, read at the position before the step. Wording: words/english/ports.ts.
import { formatNanos } from '../base/time.js';
import type { Claim } from '../ports/claim.js';
import { explainBind, type Neighbour } from '../ports/explain.js';
import { rangeOf } from '../ports/ranges.js';
import { ERRNOS, type Errno } from '../world/errno.js';
import type { Fact } from '../world/facts.js';
import type { HostId, SocketId, World } from '../world/tables.js';
import type { Cast } from './cast.js';
import { errnoWords } from './errno-words.js';
import { addressText, type CallReason, type Part } from './scene.js';
import { viewSocket } from './views.js';
import { code } from './words/telling.js';

export type CallFact = Extract<Fact, { kind: 'called' | 'returned' }>;

/** A reason for every bind and listen and for every call that failed; undefined for the rest. `world`: before the step. */
export function callReason(world: World, cast: Cast, fact: CallFact): CallReason | undefined {
  const host = world.processes.rows.has(fact.process) ? world.processes.host.get(fact.process) : 0;
  if (!host) return undefined;
  const errno = ERRNOS.find((each) => each === fact.outcome);
  const isAboutPort = (fact.call === 'bind' || fact.call === 'listen') && fact.port !== undefined;
  if (isAboutPort) return portReason(world, cast, host, fact, errno);
  if (errno === undefined) return undefined;
  return {
    kind: 'call',
    host,
    headline: cast.say('why.call', {
      call: fact.call,
      errno: code(errno),
      why: errnoWords(cast, errno, fact),
    }).parts,
    lines: [],
    holders: [],
    errno,
  };
}

function portReason(
  world: World,
  cast: Cast,
  host: HostId,
  fact: CallFact,
  errno: Errno | undefined,
): CallReason {
  const protocol = fact.protocol ?? 'tcp';
  const port = fact.port ?? 0;
  const neighbours = explainBind(world, host, claimOf(world, fact, protocol, port), fact.socket);
  const place = { protocol: protocol.toUpperCase(), port };
  const lines = neighbours.map((each) => neighbourLine(world, cast, each));
  const inTheWay = neighbours.filter((each) => each.relation === 'conflict').map((each) => each.socket);
  const holders = (inTheWay.length > 0 ? inTheWay : fact.holder ? [fact.holder] : []).filter((each) =>
    world.sockets.rows.has(each),
  );
  const headline =
    errno !== undefined
      ? cast.say('why.port', { errno: code(errno), why: errnoWords(cast, errno, fact) })
      : port === 0
        ? cast.say('why.port.picked')
        : neighbours.length === 0
          ? cast.say('why.port.free', place)
          : cast.say('why.port.shared', place);
  if (errno === undefined && rangeOf(port) === 'system') lines.push(cast.say('why.privilege').parts);
  return {
    kind: 'call',
    host,
    headline: headline.parts,
    lines,
    holders: holders.map((each) => viewSocket(world, cast, each)),
    errno,
  };
}

function claimOf(world: World, fact: CallFact, protocol: 'tcp' | 'udp', port: number): Claim {
  const { sockets } = world;
  const socket = fact.socket && sockets.rows.has(fact.socket) ? fact.socket : undefined;
  return {
    protocol,
    address: fact.address ?? '',
    port,
    isV6: false,
    v6Only: false,
    isMappedOnly: false,
    device: '',
    mayRebind: fact.options?.mayRebind ?? (socket !== undefined && sockets.mayRebind.get(socket)),
    sharesPort: fact.options?.sharesPort ?? (socket !== undefined && sockets.sharesPort.get(socket)),
    user: world.processes.user.get(fact.process),
    isListening: fact.call === 'listen',
    isTimeWait: false,
    hasPeer: false,
    isExclusive: socket !== undefined && sockets.isExclusive.get(socket),
  };
}

function neighbourLine(world: World, cast: Cast, { socket, relation }: Neighbour): readonly Part[] {
  const view = viewSocket(world, cast, socket);
  const { process, state, protocol, local } = view;
  const who =
    process?.name ??
    (state === 'TIME-WAIT' ? cast.phrase('holder.state', { state }) : cast.phrase('owner.none'));
  const held = { who, place: `${protocol.toUpperCase()} ${addressText(local.address)}:${local.port}` };
  switch (relation) {
    case 'both-rebind':
      return cast.say('held.both-rebind', { ...held, option: code('SO_REUSEADDR') }).parts;
    case 'both-share':
    case 'known-sharer':
      return cast.say(`held.${relation}`, { ...held, option: code('SO_REUSEPORT') }).parts;
    case 'time-wait':
      return cast.say('held.time-wait', { ...held, state: code('TIME-WAIT') }).parts;
    case 'conflict': {
      const since = formatNanos(world.sockets.since.get(socket));
      const until = waitsUntil(world, socket);
      return cast.say('held.conflict', { ...held, since, state: code(state), until }).parts;
    }
    default:
      return cast.say(`held.${relation}`, held).parts;
  }
}

/** How long a TIME-WAIT still lasts. */
function waitsUntil(world: World, socket: SocketId): string | undefined {
  const connection = world.sockets.connection.get(socket);
  if (!connection || world.sockets.state.get(socket) !== 'TIME-WAIT') return undefined;
  return formatNanos(world.connections.expires.get(connection));
}
