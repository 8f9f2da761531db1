// Why each of several sockets got a copy of a broadcast or multicast datagram, in words: there is no winner, only takers.
// Who they are: ../demux/explain-takers.ts. One packet, one taker: delivery-reason.ts. Wording: words/english/reasons.ts.
import { kindOf } from '../wire/address.js';
import type { Fact } from '../world/facts.js';
import type { Cast } from './cast.js';
import type { CandidateView, DeliveryReason, PacketView } from './scene.js';

type Asked = DeliveryReason['questions'][number];

/** `asked`: the questions before the last two, protocol and port. */
export function copies(
  cast: Cast,
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
    headline: cast.say(takers.length === 0 ? 'why.many.none' : 'why.many', {
      isGroup: groupOf(packet.destination.address) !== undefined,
      port: packet.destination.port,
    }).parts,
    questions: [
      ...asked,
      {
        id: 'member',
        title: cast.phrase('ask.member'),
        answer:
          takers.length === 0
            ? cast.say('answer.nobody-left').parts
            : cast.say('answer.many', { count: takers.length }).parts,
        candidates: left,
      },
      takers.length === 0
        ? {
            id: 'deliver',
            title: cast.phrase('ask.drop'),
            answer: cast.say('answer.many.drop').parts,
            candidates: [],
          }
        : {
            id: 'deliver',
            title: cast.phrase('ask.deliver'),
            answer: cast.say('answer.copies', { count: takers.length, who: takerNames(cast, takers) }).parts,
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
export function takerNames(cast: Cast, takers: readonly CandidateView[]): string {
  const all = takers.map((each) => each.socket.process?.name ?? cast.phrase('taker.system'));
  return cast.phrase('others.list', { all: [...new Set(all)] });
}

/** The multicast group that it is the address of; undefined for a broadcast. */
export function groupOf(address: string): string | undefined {
  return kindOf(address) === 'multicast' ? address : undefined;
}
