// Sentences about routers: what they pass on and write anew, what they let go no further, and rows whose time is up.
// Why it was so, in more words: passage-reason.ts.
import { flagWord } from '../wire/notation.js';
import type { Packet } from '../wire/packet.js';
import type { Fact, Rewrite, Sent } from '../world/facts.js';
import type { HostId } from '../world/tables.js';
import { capital, chip, code, strong, text } from './parts.js';
import type { Part } from './scene.js';
import type { Told } from './told.js';

type Dropped = Extract<Fact, { kind: 'dropped' }>;

/** What a packet is called in a sentence, with its article. */
export function thing(packet: Packet): string {
  if (packet.protocol === 'icmp') return `ICMP ${packet.error.replace('-', ' ')}`;
  if (packet.protocol === 'udp') return 'a datagram';
  const words = {
    SYN: 'a SYN',
    'SYN-ACK': 'a SYN ACK',
    ACK: 'an ACK',
    FIN: 'a FIN',
    RST: 'a RST',
    DATA: 'a segment',
  };
  return words[flagWord(packet)];
}

/** A packet came to a router and goes on. `sent` is what it sends. */
export function passedOn(told: Told, sent: Sent): readonly Part[] {
  const router = hostName(told, sent.host);
  const { rewrites = [], before } = sent.passage ?? {};
  const what = before === undefined ? 'A packet' : capital(thing(before));
  const to = endOf(told, sent, 'destination');
  if (sent.packet.protocol === 'icmp' && rewrites.length > 0)
    return text`${what} reaches ${router}. The packet quoted inside is in its table, so ${strong('the error is turned to whom it concerns')}: ${to}.`;
  const [first, second] = rewrites;
  if (first === undefined)
    return text`${what} for ${to} reaches ${router}, which ${strong('passes it on as it is')}.`;
  if (second !== undefined)
    return text`${what} from inside for ${router}'s own outside port reaches it. ${strong('It goes in again')}: the destination becomes ${after(told, sent, first)}, and the source ${after(told, sent, second)}.`;
  return text`${what} ${first.side === 'source' ? 'from' : 'for'} ${beforeOf(told, sent, first)} reaches ${router}, which ${strong(`rewrites the ${first.side}`)} to ${after(told, sent, first)}${WHY[first.by]}.`;
}

const WHY: Readonly<Record<Rewrite['by'], string>> = {
  mapping: ' and remembers that in its table',
  known: ', as its table says',
  forward: ': a rule forwards this port',
};

/** Undefined for what is lost elsewhere, and for other reasons. */
export function stoppedAtRouter(told: Told, fact: Dropped): readonly Part[] | undefined {
  const { packet } = fact.sent;
  if (fact.host === undefined) return undefined;
  const router = hostName(told, fact.host);
  const what = capital(thing(packet));
  const to = endOf(told, fact.sent, 'destination');
  switch (fact.why) {
    case 'no-mapping':
      return text`${what} for ${to} reaches ${router}. ${strong('Its table has no row for that')}, so it is dropped. No answer is sent.`;
    case 'filtered':
      return text`${what} from ${endOf(told, fact.sent, 'source')} reaches ${router}. Its table has a row for ${to}, but ${strong('not for this sender')}: dropped. No answer is sent.`;
    case 'ttl':
      return text`${what} has passed as many routers as it may: ${router} drops it and tells its sender ${code('time exceeded')}.`;
    case 'no-route':
      return fact.host === fact.sent.host
        ? undefined
        : text`${what} for ${to} reaches ${router}, and ${strong('no way leads there')}: ICMP ${code('net unreachable')} goes back.`;
    case 'martian':
      return text`${what} reaches ${router} with a source that cannot come from there. It is dropped, and nothing is answered.`;
    case 'queue':
      return text`${what} for ${to} finds ${strong(`the queue of ${router} full`)}: too many wait already for the link. It is dropped, and nobody is told.`;
    case 'no-taker':
      return text`${what} for ${to} reaches ${router}, which is not meant and passes nothing on.`;
    case 'firewall': {
      const answer = told.step.facts.find((each) => each.kind === 'sent' && each.sent !== fact.sent);
      if (fact.sent.host === fact.host) return keptBack(what, to, router, packet.protocol === 'udp');
      return answer?.kind === 'sent'
        ? text`${what} for ${to} meets the firewall of ${router}, which ${strong('rejects it')}: ${answerWords(answer.sent.packet)} goes back.`
        : undefined;
    }
    default:
      return undefined;
  }
}

/** A host's firewall stands before what its own processes send, too. */
function keptBack(what: string, to: Part, host: string, isTold: boolean): readonly Part[] {
  const told = isTold ? text` The call gives ${code('EPERM')}.` : [];
  return [
    ...text`${what} for ${to} ${strong(`does not pass ${host}'s own firewall`)} and never leaves.`,
    ...told,
  ];
}

function answerWords(packet: Packet): string {
  return packet.protocol === 'icmp' ? `ICMP ${packet.error.replace('-', ' ')}` : 'RST';
}

/** Time has passed for a router, or for one who asked its link for an address. */
export function routerTimer(told: Told): readonly Part[] | undefined {
  for (const fact of told.step.facts) {
    if (fact.kind === 'mapping' && fact.change === 'expired') {
      const inside = chip(told.cast.endpoint(fact.inside.address, fact.inside.port, fact.host));
      const outside = chip(told.cast.endpoint(fact.outside.address, fact.outside.port, fact.host));
      return text`Nothing has passed for too long: ${hostName(told, fact.host)} ${strong('forgets the row')} that made ${inside} known as ${outside}.`;
    }
    if (fact.kind === 'dropped' && fact.why === 'no-host')
      return text`Asked three times, nobody on the network answers to ${fact.sent.packet.destination}: ${strong('the host is unreachable')}.`;
  }
  const [first] = told.step.facts;
  if (first?.kind !== 'sent' || first.sent.packet.protocol !== 'icmp') return undefined;
  return text`Nobody inside has called back: ${hostName(told, first.host)} tells ${endOf(told, first.sent, 'destination')} ICMP ${code('port unreachable')}.`;
}

function after({ cast }: Told, sent: Sent, { after: { address, port } }: Rewrite): Part {
  return chip(cast.endpoint(address, port, sent.host));
}

function beforeOf({ cast }: Told, sent: Sent, { before: { address, port } }: Rewrite): Part {
  return chip(cast.endpoint(address, port, sent.host));
}

function endOf({ cast }: Told, sent: Sent, side: 'source' | 'destination'): Part {
  const { packet, owners } = sent;
  const port =
    packet.protocol === 'icmp' ? 0 : side === 'source' ? packet.sourcePort : packet.destinationPort;
  return chip(cast.endpoint(packet[side], port, owners[side] ?? sent.host));
}

function hostName(told: Told, host: HostId): string {
  return told.world.hosts.name.get(host);
}
