// What a server says at a door: the table of its service, a service with a file of its own, or the author's one reply.
// Which service is spoken there: `speaks` of the line, else the name by which the door was opened. A port alone names nothing.
import type { SocketOptions } from '../../host/call.js';
import { payloadText } from '../atoms/payloads.js';
import { parsePool } from '../atoms/places.js';
import { type Actor, endpointOf, optionsBeside } from '../deeds/actor.js';
import type { Act } from '../schema/calls.js';
import { accepted } from '../text/parsed.js';
import { conversing, type Manners, replying } from './converse.js';
import type { Talk } from './desk.js';
import { broadcasting, serveDhcp, usualPool } from './dhcp.js';
import { serveDns, USUAL_LIMIT } from './dns.js';
import { serveFtp } from './ftp.js';
import { posting, replyingByPost } from './post.js';
import type { Doorway } from './serve.js';
import { speak } from './speak.js';
import { SPOKEN, withReply } from './spoken.js';

const DEFAULT_REPLY = 'OK';
/** Client and server; symmetric active and passive. RFC 5905 §3. */
const NTP_ANSWERS: Readonly<Record<string, string>> = { 'mode 3': 'mode 4', 'mode 1': 'mode 2' };

/** What is set before the door is opened, beside what the line says. */
export function optionsAt(actor: Actor, act: Act, door: Doorway): SocketOptions {
  const service = act.speaks ?? door.service;
  return { ...optionsBeside(act), ...(service === 'dhcp' ? broadcasting(actor.world, actor.who.host) : {}) };
}

export function talkAt(actor: Actor, act: Act, door: Doorway): Talk {
  const service = act.speaks ?? door.service ?? '';
  const reply = act.reply === undefined ? undefined : payloadText(act.reply);
  const manners = mannersOf(actor, act);
  if (service === 'ftp') {
    const passive = act.passive === undefined ? undefined : endpointOf(actor, act.passive);
    return serveFtp({ reply, passive: passive?.port ?? 0 });
  }
  if (service === 'dns') {
    const zone = { sizes: act.zone, limit: act.limit ?? USUAL_LIMIT };
    if (reply === undefined) return serveDns(door.protocol, zone, manners);
  }
  if (service === 'dhcp') {
    const pool =
      act.pool === undefined ? usualPool(actor.world, actor.who.host) : accepted(parsePool(act.pool));
    return serveDhcp(pool);
  }
  if (service === 'ntp' && reply === undefined) return posting((question) => NTP_ANSWERS[question]);
  if (door.protocol === 'udp') return replyingByPost(reply ?? DEFAULT_REPLY);
  const spoken = SPOKEN[service];
  const told = spoken === undefined || reply === undefined ? spoken : withReply(spoken, reply);
  return told === undefined ? replying(reply ?? DEFAULT_REPLY, manners) : conversing(told, manners);
}

function mannersOf(actor: Actor, act: Act): Manners {
  const next = act.relay === undefined ? undefined : endpointOf(actor, act.relay);
  const closes = act.closes ?? 'after';
  if (next === undefined) return { closes };
  const relay: Manners['relay'] = (desk, said) =>
    speak(desk, {
      to: next,
      onSocket: () => {},
      hasGreeting: act.reply === undefined,
      turns: said.map((says) => ({ says, answers: '' })),
      end: 'stays',
    });
  return { closes, relay };
}
