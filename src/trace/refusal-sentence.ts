// Which message tells of a packet that nobody gets: refused at its host, fallen, stopped or lost on the way.
// What somebody gets: arrival-sentence.ts. Wording: words/english/arrivals.ts.
import { has, SYN } from '../wire/packet.js';
import type { Fact, Sent } from '../world/facts.js';
import { others, owner } from './choice-words.js';
import { groupOf } from './copies-reason.js';
import { stoppedAtRouter, thing } from './router-sentence.js';
import type { EndpointView, Part } from './scene.js';
import { deliveryReasonOf, hostName, type Told } from './told.js';
import { chip, code } from './words/telling.js';
import type { Said } from './words/words.js';

type Refused = Extract<Fact, { kind: 'refused' }>;
type Dropped = Extract<Fact, { kind: 'dropped' }>;

export function refused(told: Told, fact: Refused): Said {
  const { cast } = told;
  const { packet } = fact.sent;
  const host = hostName(told, fact.host);
  const from = chip(sourceOf(told, fact.sent));
  if (packet.protocol === 'icmp')
    return cast.say('arrive.icmp.nobody', { error: code(packet.error.replace('-', ' ')), host });
  if (fact.socket !== undefined)
    return fact.answer === 'rst' ? cast.say('refuse.state', { from, host }) : fallen(told, fact, from, host);
  const port = packet.destinationPort;
  if (packet.protocol === 'udp' && fact.answer === 'silence')
    return cast.say('refuse.copies', { group: groupOf(packet.destination), from, host, port });
  const place = { from, host, protocol: packet.protocol.toUpperCase(), port };
  if (fact.answer === 'silence') return cast.say('refuse.silence', place);
  if (fact.answer === 'rst' && packet.protocol === 'tcp' && !has(packet, SYN))
    return cast.say('refuse.conversation', { from, host });
  const id = `refuse.${fact.answer}` as const;
  const aside = others(cast, deliveryReasonOf(told), port);
  return aside === ''
    ? cast.say(id, place)
    : cast.say(`${id}.others`, { ...place, address: packet.destination, others: aside });
}

/** A listener that does not take it. */
function fallen(told: Told, fact: Refused, from: Part, host: string): Said {
  const { cast } = told;
  const taker = deliveryReasonOf(told)?.candidates.find((each) => each.socket.id === fact.socket)?.socket;
  return taker?.state === 'LISTEN' && taker.queued > taker.backlog
    ? cast.say('refuse.full', { from, host, count: taker.queued, who: owner(cast, taker) })
    : cast.say('refuse.falls', { from, host });
}

export function dropped(told: Told, fact: Dropped): Said {
  const { cast } = told;
  const { packet } = fact.sent;
  const stopped = stoppedAtRouter(told, fact);
  if (stopped !== undefined) return stopped;
  const from = chip(sourceOf(told, fact.sent));
  const port = packet.protocol === 'icmp' ? undefined : packet.destinationPort;
  if (fact.why === 'firewall' && fact.host !== undefined)
    return cast.say('drop.firewall', { from, host: hostName(told, fact.host), port });
  return packet.protocol === 'tcp'
    ? cast.say('drop.lost.segment', { thing: thing(cast, packet), from, port })
    : cast.say('drop.lost', { from, port });
}

export function sourceOf({ cast }: Told, { packet, host }: Sent): EndpointView {
  return cast.endpoint(packet.source, packet.protocol === 'icmp' ? 0 : packet.sourcePort, host);
}
