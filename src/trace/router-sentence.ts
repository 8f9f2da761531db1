// Which message tells of a router: what it passes on and writes anew, what it lets go no further, and rows whose time is up.
// Why it was so, in more words: passage-reason.ts. Wording: words/english/routers.ts.
import { flagWord } from '../wire/notation.js';
import type { Packet } from '../wire/packet.js';
import type { Fact, Rewrite, Sent } from '../world/facts.js';
import type { Cast } from './cast.js';
import type { Part } from './scene.js';
import { hostName, type Told } from './told.js';
import { chip, code } from './words/telling.js';
import type { Said } from './words/words.js';

type Dropped = Extract<Fact, { kind: 'dropped' }>;

/** What a packet is called in a sentence, with its article. */
export function thing(cast: Cast, packet: Packet | undefined): string {
  if (packet === undefined) return cast.phrase('thing.packet');
  if (packet.protocol === 'icmp') return cast.phrase('thing.icmp', { error: packet.error.replace('-', ' ') });
  return cast.phrase(packet.protocol === 'udp' ? 'thing.datagram' : `thing.${flagWord(packet)}`);
}

/** A packet came to a router and goes on. `sent` is what it sends. */
export function passedOn(told: Told, sent: Sent): Said {
  const { cast } = told;
  const router = hostName(told, sent.host);
  const { rewrites = [], before } = sent.passage ?? {};
  const what = thing(cast, before);
  const to = endOf(told, sent, 'destination');
  if (sent.packet.protocol === 'icmp' && rewrites.length > 0)
    return cast.say('pass.error', { thing: what, router, to });
  const [first, second] = rewrites;
  if (first === undefined) return cast.say('pass.on', { thing: what, to, router });
  const end = ({ address, port }: Rewrite['before']): Part => chip(cast.endpoint(address, port, sent.host));
  if (second !== undefined)
    return cast.say('pass.hairpin', {
      thing: what,
      router,
      destination: end(first.after),
      source: end(second.after),
    });
  return cast.say(`pass.${first.side}`, {
    thing: what,
    was: end(first.before),
    now: end(first.after),
    router,
    why: cast.phrase(`pass.by.${first.by}`),
  });
}

/** Undefined for what is lost elsewhere, and for other reasons. */
export function stoppedAtRouter(told: Told, fact: Dropped): Said | undefined {
  const { cast } = told;
  const { packet } = fact.sent;
  if (fact.host === undefined) return undefined;
  const router = hostName(told, fact.host);
  const args = { thing: thing(cast, packet), to: endOf(told, fact.sent, 'destination'), router };
  switch (fact.why) {
    case 'filtered':
      return cast.say('stop.filtered', { ...args, from: endOf(told, fact.sent, 'source') });
    case 'ttl':
      return cast.say('stop.ttl', { ...args, error: code('time exceeded') });
    case 'no-route':
      return fact.host === fact.sent.host
        ? undefined
        : cast.say('stop.no-route', { ...args, error: code('net unreachable') });
    case 'no-mapping':
    case 'martian':
    case 'queue':
    case 'no-taker':
      return cast.say(`stop.${fact.why}`, args);
    case 'firewall':
      return atFirewall(told, fact, args);
    default:
      return undefined;
  }
}

/** A host's firewall stands before what its own processes send, too. */
function atFirewall(
  { cast, step }: Told,
  { sent, host }: Dropped,
  args: { readonly thing: string; readonly to: Part; readonly router: string },
): Said | undefined {
  if (sent.host === host) {
    const own = { ...args, host: args.router };
    return sent.packet.protocol === 'udp'
      ? cast.say('stop.own.told', { ...own, errno: code('EPERM') })
      : cast.say('stop.own', own);
  }
  const answer = step.facts.find((each) => each.kind === 'sent' && each.sent !== sent);
  if (answer?.kind !== 'sent') return undefined;
  const { packet } = answer.sent;
  return cast.say('stop.rejected', {
    ...args,
    answer: packet.protocol === 'icmp' ? thing(cast, packet) : 'RST',
  });
}

/** Time has passed for a router, or for one who asked its link for an address. */
export function routerTimer(told: Told): Said | undefined {
  const { cast } = told;
  for (const fact of told.step.facts) {
    if (fact.kind === 'mapping' && fact.change === 'expired')
      return cast.say('timer.row', {
        router: hostName(told, fact.host),
        inside: chip(cast.endpoint(fact.inside.address, fact.inside.port, fact.host)),
        outside: chip(cast.endpoint(fact.outside.address, fact.outside.port, fact.host)),
      });
    if (fact.kind === 'dropped' && fact.why === 'no-host')
      return cast.say('timer.no-host', { address: fact.sent.packet.destination });
  }
  const [first] = told.step.facts;
  if (first?.kind !== 'sent' || first.sent.packet.protocol !== 'icmp') return undefined;
  const to = endOf(told, first.sent, 'destination');
  return cast.say('timer.nobody-inside', {
    router: hostName(told, first.host),
    to,
    error: code('port unreachable'),
  });
}

function endOf({ cast }: Told, sent: Sent, side: 'source' | 'destination'): Part {
  const { packet, owners } = sent;
  const port =
    packet.protocol === 'icmp' ? 0 : side === 'source' ? packet.sourcePort : packet.destinationPort;
  return chip(cast.endpoint(packet[side], port, owners[side] ?? sent.host));
}
