// Why a call got what it got: who holds the port, since when and in which state; or why nobody is in the way.
// The decision is ../ports/explain.ts, read at the position before the step; here it gets words.
import { formatNanos } from '../base/time.js';
import type { Claim } from '../ports/claim.js';
import { explainBind, type Neighbour } from '../ports/explain.js';
import { rangeOf } from '../ports/ranges.js';
import { ERRNOS, type Errno } from '../world/errno.js';
import type { Fact } from '../world/facts.js';
import type { HostId, SocketId, World } from '../world/tables.js';
import type { Cast } from './cast.js';
import { errnoWords } from './errno-words.js';
import { capital, code, text } from './parts.js';
import { addressText, type CallReason, type Part } from './scene.js';
import { viewSocket } from './views.js';

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
    headline: text`${fact.call} gives ${code(errno)}: ${errnoWords(errno, fact)}.`,
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
  const place = `${protocol.toUpperCase()} port ${port}`;
  const lines = neighbours.map((each) => neighbourLine(world, cast, each));
  const inTheWay = neighbours.filter((each) => each.relation === 'conflict').map((each) => each.socket);
  const holders = (inTheWay.length > 0 ? inTheWay : fact.holder ? [fact.holder] : []).filter((each) =>
    world.sockets.rows.has(each),
  );
  const headline =
    errno !== undefined
      ? text`${code(errno)}: ${errnoWords(errno, fact)}.`
      : port === 0
        ? text`Port 0 asks for a number to be picked.`
        : neighbours.length === 0
          ? text`${capital(`nobody here holds ${place}`)}, so it can be had.`
          : text`${place} can be had: nobody in the way.`;
  if (errno === undefined && rangeOf(port) === 'system')
    lines.push(text`Ports below 1024 need privilege; this process has it.`);
  return {
    kind: 'call',
    host,
    headline,
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
  const who =
    view.process?.name ??
    (view.state === 'TIME-WAIT' ? 'a connection in TIME-WAIT' : 'a connection that nobody has accepted');
  const place = `${view.protocol.toUpperCase()} ${addressText(view.local.address)}:${view.local.port}`;
  switch (relation) {
    case 'other-protocol':
      return text`${who} holds ${place}: TCP and UDP have separate ports.`;
    case 'other-device':
      return text`${who} holds ${place}: both are tied to devices, and to different ones.`;
    case 'other-address':
      return text`${who} holds ${place}: another local address.`;
    case 'both-rebind':
      return text`${who} holds ${place}: both set ${code('SO_REUSEADDR')} and it does not listen.`;
    case 'both-share':
      return text`${who} holds ${place}: both set ${code('SO_REUSEPORT')}.`;
    case 'known-sharer':
      return text`${who} holds ${place}: not asked, the port remembers this user's ${code('SO_REUSEPORT')}.`;
    case 'newcomer-rebinds':
      return text`${who} holds ${place}: the newcomer's option is enough here, as the address differs or has a peer.`;
    case 'time-wait':
      return text`${who} holds ${place}: ${code('TIME-WAIT')} is in nobody's way on this system.`;
    case 'conversation':
      return text`${who} holds ${place}: a connection, and neither is exclusive.`;
    case 'windows-table':
      return text`${who} holds ${place}: Windows lets these two options stand side by side.`;
    case 'asked-at-bind':
      return text`${who} holds ${place}: on this system only bind asks, not listen.`;
    case 'conflict':
      return text`${who} holds ${place} since ${formatNanos(world.sockets.since.get(socket))}, ${code(view.state)}${waitsUntil(world, socket)}.`;
  }
}

/** How long a TIME-WAIT still lasts. */
function waitsUntil(world: World, socket: SocketId): string {
  const connection = world.sockets.connection.get(socket);
  if (!connection || world.sockets.state.get(socket) !== 'TIME-WAIT') return '';
  return `, until ${formatNanos(world.connections.expires.get(connection))}`;
}
