// Who gets the next packet, a socket or a process: the packet whose fate is decided first in the line, and every candidate
// of that decision. The decision is the demultiplexer's (../../trace/delivery-reason.ts); here nobody is compared.
import { type DecisionFact, delivery } from '../../trace/delivery-reason.js';
import { type RecordedStep, readAt } from '../../trace/recording.js';
import { addressText, type CandidateView, type EndpointView, type SocketView } from '../../trace/scene.js';
import { viewPacket, viewSocket } from '../../trace/views.js';
import type { DropReason } from '../../world/facts.js';
import { processOf } from '../../world/sockets.js';
import type { HostId, SocketId } from '../../world/tables.js';
import { factsOf } from '../holds/holds.js';
import type { Answer, Asking, Offer, Unanswered } from './offers.js';

/** Offered beside the candidates: the packet is for nobody. */
export const NOBODY = 'none';
/** As many as there are digits to choose by, `none` left out. */
const MOST_OFFERED = 9;

/** A packet that is lost on the way was never up for a decision. */
const ON_THE_WAY: ReadonlySet<DropReason> = new Set(['loss', 'script']);

interface Fate {
  readonly step: RecordedStep;
  /** One for each host that had to decide; none if the packet came to nobody's door. */
  readonly decisions: readonly DecisionFact[];
}

export function takerOf(asking: Asking): Answer | Unanswered {
  const fate = firstFate(asking);
  if (fate === undefined) return { message: 'nothing is delivered in this line' };
  const takers = new Set(
    fate.decisions.flatMap((fact) => (fact.kind === 'delivered' ? [fact.socket as number] : [])),
  );
  const candidates =
    fate.decisions.length > 0 ? candidatesOf(asking, fate) : everybodyElse(asking, fate.step, senderOf(fate));
  const offers =
    asking.question.which === 'socket'
      ? sockets(asking, candidates, takers)
      : processes(asking, fate.step, candidates, takers);
  return {
    decidedIn: fate.step.index + 1,
    offers: [...offers, { spellings: [NOBODY, 'nobody'], isRight: takers.size === 0 }],
  };
}

function firstFate({ recording, first, last }: Asking): Fate | undefined {
  const steps = recording.steps.slice(first, last);
  for (const { step, fact } of factsOf(steps)) {
    const isDecided =
      fact.kind === 'delivered' ||
      fact.kind === 'refused' ||
      (fact.kind === 'dropped' && !ON_THE_WAY.has(fact.why));
    if (!isDecided) continue;
    const copies = [...factsOf(steps)].filter(
      (each): each is { step: RecordedStep; fact: DecisionFact } =>
        (each.fact.kind === 'delivered' || each.fact.kind === 'refused') &&
        each.fact.sent.packet === fact.sent.packet,
    );
    const taken = copies.find((each) => each.fact.kind === 'delivered');
    return { step: taken?.step ?? step, decisions: copies.map((each) => each.fact) };
  }
  return undefined;
}

function candidatesOf({ recording, cast }: Asking, { step, decisions }: Fate): readonly CandidateView[] {
  const { world } = recording;
  return readAt(world, step.before, () =>
    decisions.flatMap(
      (fact) => delivery(world, cast, fact, viewPacket(cast, fact.sent, fact.host)).candidates,
    ),
  );
}

function senderOf({ step }: Fate): HostId | undefined {
  for (const fact of step.facts)
    if (fact.kind === 'dropped') return fact.sent.passage?.from?.host ?? fact.sent.host;
  return undefined;
}

/** Nobody was asked: whoever holds a port somewhere else might have been. */
function everybodyElse(
  { recording, cast }: Asking,
  step: RecordedStep,
  sender: HostId | undefined,
): readonly CandidateView[] {
  const { world } = recording;
  return readAt(world, step.before, () =>
    [...world.sockets.rows]
      .filter(
        (socket) => world.sockets.localPort.get(socket) !== 0 && world.sockets.host.get(socket) !== sender,
      )
      .map((socket) => ({
        socket: viewSocket(world, cast, socket),
        question: 'protocol' as const,
        verdict: 'reject' as const,
        field: undefined,
        expected: '',
        got: '',
        words: cast.phrase('verdict.unasked'),
      })),
  );
}

/** One for each candidate, in order of creation; those that the lookup put aside early give way if there are too many. */
function sockets(
  { directory }: Asking,
  candidates: readonly CandidateView[],
  takers: ReadonlySet<number>,
): readonly Offer[] {
  const kept = furthest(candidates);
  const spelt = kept.map((candidate) =>
    socketSpellings(candidate.socket, directory.labelOf(candidate.socket.id as SocketId)),
  );
  return kept.map((candidate, index) => ({
    spellings: clearFirst(spelt, index),
    isRight: takers.has(candidate.socket.id),
    candidate,
  }));
}

/** One for each process with a candidate, shown by the one of its sockets that came furthest. */
function processes(
  asking: Asking,
  step: RecordedStep,
  candidates: readonly CandidateView[],
  takers: ReadonlySet<number>,
): readonly Offer[] {
  const { world } = asking.recording;
  const byProcess = new Map<number, CandidateView[]>();
  readAt(world, step.before, () => {
    for (const candidate of candidates) {
      const process = holderOf(asking, candidate.socket.id as SocketId);
      if (process !== undefined) byProcess.set(process, [...(byProcess.get(process) ?? []), candidate]);
    }
  });
  const all = [...byProcess.entries()].sort(([one], [other]) => one - other).slice(0, MOST_OFFERED);
  const names = all.map(([process]) => asking.directory.processes.find((each) => each.process === process));
  const spelt = names.map((named) => {
    const host = named && [...asking.directory.hosts].find(([, id]) => id === named.host)?.[0];
    return named === undefined ? [] : [named.name, `${host}/${named.name}`];
  });
  return all.flatMap(([, own], index): Offer[] => {
    if (names[index] === undefined) return [];
    const winner = own.find(({ socket }) => takers.has(socket.id));
    const candidate = winner ?? own.toSorted((one, other) => distance(other) - distance(one))[0];
    return [
      {
        spellings: clearFirst(spelt, index),
        isRight: winner !== undefined,
        ...(candidate === undefined ? {} : { candidate }),
      },
    ];
  });
}

/** Who has it, or who will have it: a connection that nobody has accepted yet is its listener's. */
function holderOf({ recording: { world } }: Asking, socket: SocketId): number | undefined {
  const { sockets: rows } = world;
  if (!rows.rows.has(socket)) return undefined;
  const own = processOf(world, socket);
  if (own !== undefined) return own;
  const listener = rows.listener.get(socket);
  return listener && rows.rows.has(listener) ? processOf(world, listener) : undefined;
}

const QUESTIONS: readonly CandidateView['question'][] = [
  'protocol',
  'local port',
  'conversation',
  'member',
  'willing',
];
/** How far it came before it was put aside. */
function distance({ question, verdict }: CandidateView): number {
  return verdict === 'match' ? QUESTIONS.length : QUESTIONS.indexOf(question);
}

function furthest(candidates: readonly CandidateView[]): readonly CandidateView[] {
  if (candidates.length <= MOST_OFFERED) return candidates;
  const kept = new Set(
    candidates.toSorted((one, other) => distance(other) - distance(one)).slice(0, MOST_OFFERED),
  );
  return candidates.filter((candidate) => kept.has(candidate));
}

/** From the shortest to the most exact. A connection goes by its conversation's label, any other socket by its process. */
function socketSpellings(socket: SocketView, own: string | undefined): readonly string[] {
  const { label, mark, process, protocol, local, remote } = socket;
  const port = `${protocol} ${local.port}`;
  const place = `${protocol} ${endpointText(local)}`;
  const exact = remote.port === 0 ? place : `${place} < ${endpointText(remote)}`;
  const names = [...new Set([own, label, mark].filter((each) => each !== undefined))];
  const sides = [process?.name, local.owner?.host].filter((each) => each !== undefined);
  const labels = [...names, ...names.flatMap((name) => sides.map((side) => `${name}@${side}`))];
  const name = process?.name ?? socket.state;
  const isConnected = remote.port !== 0;
  if (isConnected && names.length > 0) return [...labels, exact];
  return [
    ...(isConnected ? [] : [name, `${name} ${local.port}`, `${name} ${port}`, port, String(local.port)]),
    ...labels,
    exact,
    `${name} ${exact}`,
    `${exact} (${socket.id})`,
  ];
}

function endpointText({ address, port }: EndpointView): string {
  return `${addressText(address)}:${port}`;
}

/** The spellings of one, beginning with the first that none of the others has. */
function clearFirst(spelt: readonly (readonly string[])[], index: number): readonly string[] {
  const own = spelt[index] ?? [];
  const others = new Set(spelt.filter((_, each) => each !== index).flat());
  const clear = own.find((text) => !others.has(text)) ?? own.at(-1) ?? '';
  return [clear, ...own.filter((text) => text !== clear)];
}
