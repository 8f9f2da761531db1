// Who speaks next, and what comes back: read from the packets of the line. A router that passes something on is not its speaker.
import { flagWord } from '../../wire/notation.js';
import type { Packet } from '../../wire/packet.js';
import type { Sent } from '../../world/facts.js';
import { factsOf } from '../holds/holds.js';
import { type Answer, type Asking, offer, type Unanswered } from './offers.js';

/** Who sends the next packet, the caller's own included. Every host is offered, in the order of the file. */
export function speakerOf({ recording, directory, first, last }: Asking): Answer | Unanswered {
  for (const { step, fact } of factsOf(recording.steps.slice(first, last)))
    if (fact.kind === 'sent' && fact.sent.passage?.from === undefined)
      return {
        decidedIn: step.index + 1,
        offers: [...directory.hosts].map(([name, host]) => offer(name, host === fact.host)),
      };
  return { message: 'nobody sends anything in this line' };
}

/** What an answer can be; an author may offer the other words of a segment too. */
const REPLIES: readonly string[] = ['data', 'SYN-ACK', 'RST', 'ICMP', 'nothing'];
const OTHER_REPLIES: readonly string[] = ['SYN', 'ACK', 'FIN'];

/** The first packet of an offered kind that comes to the caller's host; a bare ACK counts only where it is offered. */
export function replyTo(asking: Asking): Answer {
  const { recording, question, first, last } = asking;
  const written = [...(question.options ?? []), ...(question.answer === undefined ? [] : [question.answer])];
  const offered = [...REPLIES, ...OTHER_REPLIES].filter((word) =>
    question.options === undefined
      ? REPLIES.includes(word) || written.includes(word)
      : question.options.includes(word),
  );
  const own = ownCall(asking);
  const back = [...factsOf(recording.steps.slice(first, last))].find(
    ({ fact }) =>
      fact.kind === 'arrived' &&
      (own === undefined || (fact.host === own.host && fact.sent.socket !== own.socket)) &&
      offered.includes(replyWord(fact.sent)),
  );
  const word = back?.fact.kind === 'arrived' ? replyWord(back.fact.sent) : 'nothing';
  const all = offered.includes('nothing') || word !== 'nothing' ? offered : [...offered, 'nothing'];
  return {
    decidedIn: back === undefined ? Math.max(first + 1, last) : back.step.index + 1,
    offers: all.map((each) => offer(each, each === word)),
  };
}

function replyWord({ packet }: Sent): string {
  return WORDS[packet.protocol](packet);
}
const WORDS: Readonly<Record<Packet['protocol'], (packet: Packet) => string>> = {
  icmp: () => 'ICMP',
  udp: () => 'data',
  tcp: (packet) => {
    const word = packet.protocol === 'tcp' ? flagWord(packet) : 'DATA';
    return word === 'DATA' ? 'data' : word;
  },
};

/** Where the line's actor makes its call, and on which socket. */
function ownCall({ recording, directory, act, calledFrom, last }: Asking) {
  const actor = act && directory.findProcess(act.line.actor);
  if (actor === undefined) return undefined;
  for (const { fact } of factsOf(recording.steps.slice(calledFrom, last)))
    if (fact.kind === 'called' && fact.process === actor.process)
      return { host: actor.host, socket: fact.socket };
  return undefined;
}
