// Which message tells of sending and reading: what leaves, what has to wait and why, what is read.
// Other calls: call-sentence.ts. Wording: words/english/talk.ts.
import { unsentCount, usableWindow } from '../tcp/outgoing.js';
import { kindOf } from '../wire/address.js';
import type { Fact } from '../world/facts.js';
import { isForMany } from '../world/interfaces.js';
import type { CallFact } from './call-reason.js';
import type { Cast } from './cast.js';
import type { SocketView } from './scene.js';
import type { Told } from './told.js';
import { chip } from './words/telling.js';
import type { Said } from './words/words.js';

export function sending(told: Told, fact: CallFact, who: string, socket: SocketView | undefined): Said {
  const { cast } = told;
  const sent = told.step.facts.find((each): each is Extract<Fact, { kind: 'sent' }> => each.kind === 'sent');
  const payload = payloadLine(cast, fact.text);
  const isWaiting = fact.outcome === 'pending';
  if (isWaiting || (fact.count !== undefined && fact.protocol !== 'udp'))
    return cast.say('call.send.full', { who, payload, room: fact.count, isWaiting });
  if (sent === undefined && socket?.state !== undefined && fact.outcome === 'ok' && fact.text)
    return isHeldBack(told, fact)
      ? cast.say('call.send.nagle', { who, payload })
      : cast.say('call.send.window', { who, payload });
  if (sent === undefined || socket === undefined) return cast.say('call.send.something', { who });
  const { packet } = sent.sent;
  if (packet.protocol === 'icmp') return cast.say('call.send.icmp', { who });
  const isForAll = isForMany(told.world, sent.host, packet.destination);
  return cast.say('call.send', {
    who,
    payload,
    protocol: packet.protocol,
    from: chip(cast.endpoint(packet.source, packet.sourcePort, sent.host)),
    to: chip(cast.endpoint(packet.destination, packet.destinationPort, sent.to)),
    picked: fact.isPortChosen ? packet.sourcePort : undefined,
    hearers: !isForAll ? 'one' : kindOf(packet.destination) === 'multicast' ? 'group' : 'all',
  });
}

/** The other side has room, and all the same nothing went. */
function isHeldBack({ world }: Told, { socket }: CallFact): boolean {
  const connection =
    socket !== undefined && world.sockets.rows.has(socket) && world.sockets.connection.get(socket);
  return connection ? usableWindow(world, connection) >= unsentCount(world, connection) : false;
}

export function reading({ cast }: Told, fact: CallFact, who: string, socket: SocketView | undefined): Said {
  if (fact.outcome === 'pending') return cast.say('call.recv.wait', { who });
  if (fact.outcome === 'eof') return cast.say('call.recv.end', { who, mark: socket?.mark });
  const from =
    fact.address === undefined ? undefined : chip(cast.endpoint(fact.address, fact.port ?? 0, undefined));
  return cast.say('call.recv', { who, payload: payloadLine(cast, fact.text), from });
}

/** Payload in quotation marks, cut to one line's length. */
export function payloadLine(cast: Cast, payload: string | undefined): string {
  const line = (payload ?? '').replace(/\s+/g, ' ').trim();
  if (line === '') return cast.phrase('payload.empty');
  return cast.phrase('payload', { line: line.length > 40 ? `${line.slice(0, 39)}…` : line });
}
