// What is so when the line is done: the outcome of its call, a port, a state, a count, a claim.
import { ways } from '../../tcp/outcomes.js';
import { readAt } from '../../trace/recording.js';
import { remotePortOf } from '../../world/sockets.js';
import { type SocketState, TCP_STATES, UDP_STATES, type World } from '../../world/tables.js';
import { parseSocketOrEndpoint } from '../atoms/endpoints.js';
import { parseActor } from '../atoms/names.js';
import { factsOf, fitsCount, holdsNow, isEvent, portOf, socketsLike, stateOf } from '../holds/holds.js';
import { occurrencesOf } from '../holds/occurrences.js';
import { readFact, type SocketOrEndpoint } from '../schema/fact-values.js';
import { accepted } from '../text/parsed.js';
import { type Answer, type Asking, offer, type Unanswered } from './offers.js';
import { outcomesOf } from './outcomes.js';

export function outcomeOf({ act, first, last }: Asking): Answer | Unanswered {
  if (act === undefined) return { message: 'nobody makes a call in this line' };
  const outcome = act.outcome === 'stuck' ? 'pending' : act.outcome;
  return {
    decidedIn: Math.max(first + 1, last),
    offers: outcomesOf(act.line.verb, outcome).map((word) => offer(word, word === outcome)),
  };
}

/** Beside the answer, the numbers in play: those of the packets of this line, then those of the sockets, and 0. */
export function portAfter(asking: Asking): Answer | Unanswered {
  const { recording, directory, first, last } = asking;
  const { world } = recording;
  const of = subjectOf(asking);
  const port = of && atEnd(asking, () => portOf(world, directory, of));
  if (port === undefined) return { message: notThere(asking), key: 'of' };
  const inPlay = new Set([0, port]);
  for (const { fact } of factsOf(recording.steps.slice(first, last)))
    if (fact.kind === 'sent' && fact.sent.packet.protocol !== 'icmp') {
      inPlay.add(fact.sent.packet.sourcePort);
      inPlay.add(fact.sent.packet.destinationPort);
    }
  for (const held of atEnd(asking, () => portsOf(world))) inPlay.add(held);
  if (inPlay.size < FEWEST) inPlay.add(port + 1);
  const offered = [...inPlay].slice(0, MOST_NUMBERS).sort((one, other) => one - other);
  return {
    decidedIn: Math.max(first + 1, last),
    offers: offered.map((number) => offer(number, number === port)),
  };
}
const FEWEST = 3;
const MOST_NUMBERS = 6;

function portsOf(world: World): readonly number[] {
  return [...world.sockets.rows].flatMap((socket) => [
    world.sockets.localPort.get(socket),
    remotePortOf(world, socket),
  ]);
}

/** The state it had before, the one it has, and what is one event away from either; all in the order of a life. */
export function stateAfter(asking: Asking): Answer | Unanswered {
  const { recording, directory, first, last } = asking;
  const { world } = recording;
  const of = subjectOf(asking);
  if (of === undefined) return { message: notThere(asking), key: 'of' };
  const state = atEnd(asking, () => stateOf(world, directory, of));
  const before = readAt(world, recording.steps[first - 1]?.after ?? recording.start, () =>
    stateOf(world, directory, of),
  );
  const isUdp = (UDP_STATES as readonly string[]).includes(state === 'CLOSED' ? before : state);
  const near = new Set<SocketState>([state, before]);
  for (const way of ways()) {
    if (way.from === state || way.from === before) near.add(way.to);
    if (way.to === state) near.add(way.from);
  }
  const life: readonly SocketState[] = isUdp ? [...UDP_STATES, 'CLOSED'] : TCP_STATES;
  const shown = isUdp ? life : life.filter((each) => near.has(each));
  return {
    decidedIn: Math.max(first + 1, last),
    offers: shown.map((each) => offer(each, each === state)),
  };
}

/** Four numbers in a row; where the answer stands among them goes by the place of the question in the run. */
export function countAfter(asking: Asking): Answer | Unanswered {
  const { recording, directory, question, first, last } = asking;
  const of = question.of === undefined ? undefined : subjectOf(asking);
  const host = question.in === undefined ? undefined : accepted(parseActor(question.in));
  const fact = {
    kind: 'sockets',
    count: { least: 0, most: undefined },
    host,
    of,
    holding: undefined,
  } as const;
  const count = atEnd(asking, () => socketsLike(recording.world, directory, fact).length);
  const lowest = Math.max(0, count - (first % NUMBERS));
  return {
    decidedIn: Math.max(first + 1, last),
    offers: Array.from({ length: NUMBERS }, (_, index) => offer(lowest + index, lowest + index === count)),
  };
}
const NUMBERS = 4;

/** An event is true if it happens in the line, a state if it holds at the end of it. */
export function claimHolds(asking: Asking): Answer | Unanswered {
  const { recording, directory, question, first, last } = asking;
  if (question.claim === undefined) return { message: 'nothing is claimed' };
  const fact = readFact(question.claim);
  const found = isEvent(fact) ? occurrencesOf(recording, directory, { first, last }, fact) : [];
  const holds = isEvent(fact)
    ? fitsCount(fact.times, found.length)
    : atEnd(asking, () => holdsNow(recording.world, directory, fact));
  return {
    decidedIn: found[0]?.step ?? Math.max(first + 1, last),
    offers: [true, false].map((each) => offer(each, each === holds)),
  };
}

function subjectOf({ question: { of } }: Asking): SocketOrEndpoint | undefined {
  return of === undefined ? undefined : accepted(parseSocketOrEndpoint(of));
}

function notThere({ question }: Asking): string {
  return `there is no \`${String(question.of)}\` after this line`;
}

function atEnd<Value>({ recording, last }: Asking, read: () => Value): Value {
  return readAt(recording.world, recording.steps[last - 1]?.after ?? recording.start, read);
}
