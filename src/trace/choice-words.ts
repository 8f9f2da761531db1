// How one of several sockets came to be the one, and why the others on the port are not: phrases for sentences.
// The candidates with their verdicts are delivery-reason.ts; whole sentences are arrival-sentence.ts.
// Wording: words/english/arrivals.ts.
import type { Cast } from './cast.js';
import { isOver } from './delivery-reason.js';
import type { CandidateView, DeliveryReason, SocketView } from './scene.js';
import { sharersAt } from './sharers.js';
import type { Told } from './told.js';

/** The candidates that fit: the one that won and those that are less specific or not picked. */
export function fitting(reason: DeliveryReason | undefined): readonly CandidateView[] {
  return (reason?.candidates ?? []).filter((each) => each.verdict !== 'reject');
}

/** `Two sockets fit: only friend has all four numbers and gets it`: how one of several that fit came to be the one. */
export function chosenOf(
  { world, step, cast }: Told,
  all: readonly CandidateView[],
  taker: SocketView | undefined,
): string {
  const who = owner(cast, taker);
  const isListening = taker?.state === 'LISTEN';
  const equals = all.filter((each) => each.question === 'member').length;
  const fact = step.facts.find((each) => each.kind === 'delivered' || each.kind === 'refused');
  const sharers = fact === undefined ? 0 : sharersAt(world, fact).length;
  if (sharers > 0) {
    const several = cast.phrase('several.share', { count: sharers, isListening, port: taker?.local.port });
    const isNewest = fact !== undefined && world.hosts.newestSharerWins.get(fact.host);
    return cast.phrase(isNewest ? 'choice.newest' : 'choice.hash', { several, who });
  }
  const several = cast.phrase('several.fit', { count: all.length, isListening });
  if (equals > 1) return cast.phrase('choice.last', { several, who });
  if (taker !== undefined && taker.remote.port !== 0) return cast.phrase('choice.exact', { several, who });
  if (taker !== undefined && taker.remote.address !== '*')
    return cast.phrase('choice.peer', { several, who, address: taker.remote.address });
  return cast.phrase('choice.address', { several, who, address: taker?.local.address });
}

/** `here is on 10.0.0.80 only and friend has another peer`: who holds the same port and does not fit. '' for nobody. */
export function others(cast: Cast, reason: DeliveryReason | undefined, port: number): string {
  const near = (reason?.candidates ?? []).filter(
    ({ verdict, question, socket }) =>
      verdict === 'reject' &&
      question !== 'protocol' &&
      socket.local.port === port &&
      (socket.protocol === 'udp' || socket.remote.port === 0), // a TCP connection is nobody's rival for a SYN
  );
  return near.length === 0 ? '' : cast.phrase('others.list', { all: near.map((each) => whyNot(cast, each)) });
}

function whyNot(cast: Cast, { socket: { process, local, remote }, field }: CandidateView): string {
  const who = process?.name ?? cast.phrase('others.connection');
  switch (field) {
    case 'local address':
      return local.address === '*'
        ? cast.phrase('others.family', { who })
        : cast.phrase('others.address', { who, address: local.address });
    case 'device':
      return cast.phrase('others.device', { who });
    case 'state':
      return cast.phrase('others.state', { who });
    default:
      return cast.phrase('others.peer', { who, address: remote.address, port: remote.port });
  }
}

/** The process that holds the socket, or what it is without one: not accepted yet, or left over when its program closed it. */
export function owner(cast: Cast, socket: SocketView | undefined): string {
  return socket?.process?.name ?? cast.phrase(isOver(socket) ? 'owner.over' : 'owner.none');
}

/** How many sockets were left when the local port had been asked. */
export function onPort(reason: DeliveryReason | undefined): number {
  return (
    reason?.candidates.filter((each) => each.question === 'conversation' || each.question === 'member')
      .length ?? 0
  );
}
