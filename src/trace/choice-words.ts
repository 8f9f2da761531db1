// How one of several sockets came to be the one, and why the others on the port are not: phrases for sentences.
// The candidates with their verdicts are delivery-reason.ts; whole sentences are arrival-sentence.ts.
import { ownerless } from './delivery-reason.js';
import { capital, counted, listed } from './parts.js';
import type { CandidateView, DeliveryReason, SocketView } from './scene.js';
import { sharersAt } from './sharers.js';
import type { Told } from './told.js';

/** The candidates that fit: the one that won and those that are less specific or not picked. */
export function fitting(reason: DeliveryReason | undefined): readonly CandidateView[] {
  return (reason?.candidates ?? []).filter((each) => each.verdict !== 'reject');
}

/** `Two sockets fit: only friend has all four numbers and gets it`: how one of several that fit came to be the one. */
export function chosenOf(told: Told, all: readonly CandidateView[], taker: SocketView | undefined): string {
  const name = owner(taker);
  const noun = taker?.state === 'LISTEN' ? 'listener' : 'socket';
  const several = `${capital(counted(all.length, noun))} fit`;
  const equals = all.filter((each) => each.question === 'member').length;
  const fact = told.step.facts.find((each) => each.kind === 'delivered' || each.kind === 'refused');
  const sharers = fact === undefined ? 0 : sharersAt(told.world, fact).length;
  const share = `${capital(counted(sharers, noun))} share port ${taker?.local.port}`;
  if (sharers > 0 && fact !== undefined && told.world.hosts.newestSharerWins.get(fact.host))
    return `${share}, and this system gives everything to the newest: ${name}`;
  if (sharers > 0) return `${share}: a hash of the four numbers picks ${name}`;
  if (equals > 1) return `${several} equally: ${name} was bound last and gets it`;
  if (taker !== undefined && taker.remote.port !== 0)
    return `${several}: only ${name} has all four numbers and gets it`;
  if (taker !== undefined && taker.remote.address !== '*')
    return `${several}: ${name} is connected to every port of ${taker.remote.address} and gets it`;
  return `${several}: ${name} is bound to ${taker?.local.address} itself and gets it`;
}

/** `here is on 10.0.0.80 only and friend has another peer`: who holds the same port and does not fit. '' for nobody. */
export function others(reason: DeliveryReason | undefined, port: number): string {
  const near = (reason?.candidates ?? []).filter(
    ({ verdict, question, socket }) =>
      verdict === 'reject' &&
      question !== 'protocol' &&
      socket.local.port === port &&
      (socket.protocol === 'udp' || socket.remote.port === 0), // a TCP connection is nobody's rival for a SYN
  );
  return listed(near.map(whyNot));
}

function whyNot({ socket, field }: CandidateView): string {
  const name = socket.process?.name ?? 'another connection';
  switch (field) {
    case 'local address':
      return socket.local.address === '*'
        ? `${name} is of another family`
        : `${name} is on ${socket.local.address} only`;
    case 'device':
      return `${name} is tied to another interface`;
    case 'state':
      return `${name} does not listen`;
    default:
      return `${name} hears ${socket.remote.address} port ${socket.remote.port} only`;
  }
}

/** The process that holds the socket, or what it is without one. */
export function owner(socket: SocketView | undefined): string {
  return socket?.process?.name ?? `a connection ${ownerless(socket)}`;
}

/** How many sockets were left when the local port had been asked. */
export function onPort(reason: DeliveryReason | undefined): number {
  return (
    reason?.candidates.filter((each) => each.question === 'conversation' || each.question === 'member')
      .length ?? 0
  );
}
