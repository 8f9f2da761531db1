// Why each of several sockets got a copy of a broadcast or multicast datagram, in words: there is no winner, only takers.
// Who they are: ../demux/explain-takers.ts. One packet, one taker: delivery-reason.ts.
import { kindOf } from '../wire/address.js';
import type { Fact } from '../world/facts.js';
import { capital, counted, listed, strong, text } from './parts.js';
import type { CandidateView, DeliveryReason, PacketView, Part } from './scene.js';

type Asked = DeliveryReason['questions'][number];

/** `asked`: the questions before the last two, protocol and port. */
export function copies(
  fact: Extract<Fact, { kind: 'delivered' | 'refused' }>,
  packet: PacketView,
  candidates: readonly CandidateView[],
  asked: readonly Asked[],
): DeliveryReason {
  const takers = candidates.filter((each) => each.verdict === 'match');
  const left = candidates.filter((each) => each.question === 'conversation' || each.question === 'member');
  return {
    kind: 'delivery',
    host: fact.host,
    packet,
    headline: headline(packet, takers),
    questions: [
      ...asked,
      {
        id: 'member',
        title: 'Who gets a copy?',
        answer:
          takers.length === 0
            ? text`Nobody is left to ask.`
            : text`It is for everybody, so nobody is preferred: ${strong(takers.length === 1 ? 'one socket, one copy' : `${counted(takers.length, 'socket')}, a copy each`)}.`,
        candidates: left,
      },
      takers.length === 0
        ? {
            id: 'deliver',
            title: 'Drop',
            answer: text`Nothing is answered: an error to everybody's question would be a flood.`,
            candidates: [],
          }
        : {
            id: 'deliver',
            title: 'Deliver',
            answer: text`${takers.length === 1 ? 'A copy' : 'A copy each'} for ${takerNames(takers)}.`,
            candidates: [],
          },
    ],
    candidates,
    rule: fact.kind === 'delivered' ? fact.rule : undefined,
    winner: takers[0]?.socket.id,
    answer: fact.kind === 'refused' ? fact.answer : 'delivered',
  };
}

/** `mdns and cast`, each name once. */
export function takerNames(takers: readonly CandidateView[]): string {
  return listed([...new Set(takers.map((each) => each.socket.process?.name ?? 'the system'))]);
}

/** `broadcast`, or `multicast` for a group. */
export function kindOfMany(address: string): 'broadcast' | 'multicast' {
  return kindOf(address) === 'multicast' ? 'multicast' : 'broadcast';
}

function headline(packet: PacketView, takers: readonly CandidateView[]): readonly Part[] {
  const kind = capital(kindOfMany(packet.destination.address));
  return takers.length === 0
    ? text`${kind}: no socket here takes UDP port ${packet.destination.port}, and nobody is told.`
    : text`${kind}: every socket on UDP port ${packet.destination.port} gets a copy.`;
}
