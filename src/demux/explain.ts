// Why that socket: every candidate once, at the question that put it aside, from the same rules that find.ts asks.
// A candidate is any socket of the host that holds a port. It reads socket by socket and uses no lookup table, except
// for the order of equals; a fuzz test holds both readers and a brute-force scorer together.

import { formatEndpoint } from '../wire/address.js';
import type { FourTuple, Protocol } from '../wire/packet.js';
import type { HostId, SocketId, World } from '../world/tables.js';
import { hears, pickMember } from './member.js';
import { DEMUX_RULES, type DemuxRule, type RuleId } from './rules.js';

export type Question = 'protocol' | 'local port' | 'conversation' | 'member';
export type Field =
  | 'protocol'
  | 'local port'
  | 'local address'
  | 'remote port'
  | 'remote address'
  | 'device'
  | 'state';

export interface Candidate {
  readonly socket: SocketId;
  /** The last question it was asked. */
  readonly question: Question;
  readonly verdict: 'match' | 'fallback' | 'reject';
  /** For a rejection: what differs, what the packet wants, what the socket has. */
  readonly field: Field | undefined;
  readonly expected: string;
  readonly got: string;
  /** The rule under which it fits. */
  readonly rule: RuleId | undefined;
}

export interface Explanation {
  readonly candidates: readonly Candidate[];
  readonly winner: { readonly socket: SocketId; readonly rule: RuleId } | undefined;
}

/** Candidates in order of creation; at most one has the verdict `match`, and it is what `findSocket` returns. */
export function explainDemux(
  world: World,
  host: HostId,
  protocol: Protocol,
  tuple: FourTuple,
  device = '',
  rules: readonly DemuxRule[] = DEMUX_RULES,
): Explanation {
  const judged = [...socketsWithPort(world, host)].map((socket) =>
    judge(world, socket, protocol, tuple, device, rules),
  );
  const fitting = judged.filter((candidate) => candidate.rule !== undefined);
  const best = Math.min(...fitting.map((candidate) => rank(rules, candidate.rule)));
  const equals = fitting.filter((candidate) => rank(rules, candidate.rule) === best);
  const rule = rules.find((each) => each.id === equals[0]?.rule);
  const chosen = rule && pickMember(world, host, newestFirst(world, host, equals), rule, tuple, device);
  const newest = equals.find((candidate) => candidate.socket === chosen);
  const candidates = judged.map((candidate): Candidate => {
    if (candidate.rule === undefined) return candidate;
    if (candidate === newest)
      return { ...candidate, question: equals.length > 1 ? 'member' : 'conversation', verdict: 'match' };
    return {
      ...candidate,
      question: equals.includes(candidate) ? 'member' : 'conversation',
      verdict: 'fallback',
    };
  });
  return {
    candidates,
    winner: newest?.rule === undefined ? undefined : { socket: newest.socket, rule: newest.rule },
  };
}

/** Every socket of the host that holds a port, in order of creation. */
export function* socketsWithPort(world: World, host: HostId): Generator<SocketId> {
  for (const socket of world.sockets.rows)
    if (world.sockets.host.get(socket) === host && world.sockets.localPort.get(socket) !== 0) yield socket;
}

function judge(
  world: World,
  socket: SocketId,
  protocol: Protocol,
  tuple: FourTuple,
  device: string,
  rules: readonly DemuxRule[],
): Candidate {
  const { sockets, memory } = world;
  const reject = (
    question: Question,
    field: Field,
    expected: string | number,
    got: string | number,
  ): Candidate => ({
    socket,
    question,
    verdict: 'reject',
    field,
    expected: String(expected),
    got: String(got),
    rule: undefined,
  });
  const own = sockets.protocol.get(socket);
  if (own !== protocol) return reject('protocol', 'protocol', protocol, own);
  const localPort = sockets.localPort.get(socket);
  if (localPort !== tuple.localPort) return reject('local port', 'local port', tuple.localPort, localPort);
  const localAddress = memory.text(sockets.localAddress.get(socket));
  const local = localAddress === '' ? 'any' : 'same';
  if (local === 'same' && localAddress !== tuple.localAddress)
    return reject('local port', 'local address', tuple.localAddress, localAddress);
  if (!hears(world, socket, tuple, device)) {
    const tied = sockets.device.get(socket);
    if (tied !== '' && tied !== device) return reject('local port', 'device', device, tied);
    return reject(
      'local port',
      'local address',
      tuple.localAddress,
      sockets.isV6.get(socket) ? 'IPv6' : 'IPv4',
    );
  }
  const state = sockets.state.get(socket);
  if (state === 'CLOSED') return reject('conversation', 'state', 'LISTEN', state); // bound, and not there for packets
  const remoteAddress = memory.text(sockets.remoteAddress.get(socket));
  const remotePort = sockets.ports.get(socket) & 0xffff;
  const remote = remoteAddress === '' ? 'any' : 'same';
  if (remote === 'same' && remoteAddress !== tuple.remoteAddress)
    return reject('conversation', 'remote address', tuple.remoteAddress, remoteAddress);
  const hasPort = remotePort === tuple.remotePort;
  const fits = (wanted: DemuxRule['remote']) =>
    wanted === 'any' || remote === 'any' ? wanted === remote : wanted === 'same' ? hasPort : remotePort === 0;
  const rule = rules.find((each) => each.protocol === protocol && each.local === local && fits(each.remote));
  if (rule === undefined && remote === 'same' && !hasPort)
    return reject('conversation', 'remote port', tuple.remotePort, remotePort);
  if (rule === undefined)
    return reject('conversation', 'state', 'a rule for it', formatEndpoint(remoteAddress, remotePort));
  return {
    socket,
    question: 'conversation',
    verdict: 'fallback',
    field: undefined,
    expected: '',
    got: '',
    rule: rule.id,
  };
}

function rank(rules: readonly DemuxRule[], id: RuleId | undefined): number {
  return rules.findIndex((rule) => rule.id === id);
}

/** The equal ones in the order of their chain. */
function newestFirst(world: World, host: HostId, equals: readonly Candidate[]): readonly SocketId[] {
  const { sockets } = world;
  const first = equals[0]?.socket;
  if (first === undefined) return [];
  const table = sockets.protocol.get(first) === 'tcp' ? world.tcpByTuple : world.udpByTuple;
  const key = [
    sockets.localAddress.get(first),
    sockets.remoteAddress.get(first),
    sockets.ports.get(first),
  ] as const;
  return [...table.of(host, ...key)].filter((socket) => equals.some((each) => each.socket === socket));
}
