// Packets as the transcript prints them, with stars where anything will do: tcp laptop:* > web:80 SYN.
// It reads the pattern; whether a packet on the wire is like it, the checker asks with the cast at hand.

import { bad, didYouMean, good, type Parsed, show } from '../text/parsed.js';
import { lastColon, type Place, type PortRef, parsePlace, parsePortRef } from './endpoints.js';
import { type PortRange, parsePortRange } from './quantities.js';
import { ICMP_MESSAGES, type IcmpMessage, SEGMENT_FLAGS, type SegmentFlag } from './words.js';

/** `ephemeral`: a port out of that host's own range for ports the system picks. */
export type PortsPattern =
  | PortRef
  | { readonly kind: 'any' | 'ephemeral' }
  | ({ readonly kind: 'range' } & PortRange);

/** One side of the arrow: `*`, `web`, `web:*`, `web:80`, `web:ephemeral`, `web:32768-60999`. */
export interface SidePattern {
  readonly place: Place;
  readonly ports: PortsPattern;
}

interface Directed {
  readonly source: SidePattern;
  readonly destination: SidePattern;
}
/** What is left out is not asked for: without `flag` any segment will do. */
export type PacketPattern =
  | ({ readonly protocol: 'tcp'; readonly flag?: SegmentFlag } & Directed)
  | ({ readonly protocol: 'udp' } & Directed)
  | ({ readonly protocol: 'icmp'; readonly message?: IcmpMessage } & Directed);

const EXAMPLE = 'a packet as the transcript prints it: tcp laptop:51004 > web:80 SYN';

export function parsePacketPattern(value: unknown): Parsed<PacketPattern> {
  const words = typeof value === 'string' ? value.split(' ') : [];
  const [protocol = '', from = '', arrow, to = '', last, ...more] = words;
  const isWhole = to !== '' && arrow === '>' && more.length === 0;
  if (!isWhole || (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'icmp'))
    return bad('bad-packet', `${show(value)} is not ${EXAMPLE}`, hintFor(protocol, words));
  const source = parseSide(from, value);
  if (!source.ok) return source;
  const destination = parseSide(to, value);
  if (!destination.ok) return destination;
  const sides = { source: source.value, destination: destination.value };
  if (protocol === 'tcp') {
    const flag = oneOf(last, SEGMENT_FLAGS, 'a flag');
    return flag.ok ? good({ protocol, ...sides, ...(flag.value ? { flag: flag.value } : {}) }) : flag;
  }
  if (protocol === 'udp') {
    if (last === undefined) return good({ protocol, ...sides });
    return bad(
      'bad-packet',
      `${show(value)}: a datagram has no flags, so nothing stands after its destination`,
    );
  }
  if (sides.source.ports.kind !== 'any' || sides.destination.ports.kind !== 'any')
    return bad(
      'bad-packet',
      `${show(value)}: ICMP has no ports`,
      'write only the hosts: icmp web > laptop port-unreachable',
    );
  const message = oneOf(last, ICMP_MESSAGES, 'an ICMP message');
  return message.ok
    ? good({ protocol, ...sides, ...(message.value ? { message: message.value } : {}) })
    : message;
}

/** `*` or `web` alone means any port. */
function parseSide(text: string, whole: unknown): Parsed<SidePattern> {
  const colon = lastColon(text);
  const left = colon < 0 ? text : text.slice(0, colon);
  const place = parsePlace(left);
  if (!place.ok)
    return place.flaw.code === 'bad-name'
      ? bad('bad-packet', `${show(whole)}: ${show(left)} is not a place`)
      : place;
  const ports = colon < 0 ? good<PortsPattern>({ kind: 'any' }) : parsePorts(text.slice(colon + 1));
  return ports.ok ? good({ place: place.value, ports: ports.value }) : ports;
}

function parsePorts(text: string): Parsed<PortsPattern> {
  if (text === '*') return good({ kind: 'any' });
  if (text === 'ephemeral') return good({ kind: 'ephemeral' });
  if (/^\d+-\d+$/.test(text)) {
    const range = parsePortRange(text);
    return range.ok ? good({ kind: 'range', ...range.value }) : range;
  }
  const port = parsePortRef(text);
  if (port.ok || port.flaw.code !== 'not-a-port') return port;
  return bad('bad-packet', `${show(text)} is not a port: a number, *, a range, ephemeral or port(label)`);
}

function oneOf<Word extends string>(
  word: string | undefined,
  words: readonly Word[],
  what: string,
): Parsed<Word | undefined> {
  const known = words.find((each) => each === word);
  if (known !== undefined || word === undefined) return good(known);
  return bad('bad-packet', `${show(word)} is not ${what}: ${words.join(', ')}`, didYouMean(word, words));
}

function hintFor(protocol: string, words: readonly string[]): string | undefined {
  if (words.includes('->') || words.includes('→')) return 'the arrow is a > between two spaces';
  if (words.length > 1 && !words.includes('>')) return 'a > between two spaces parts source from destination';
  return didYouMean(protocol, ['tcp', 'udp', 'icmp']);
}
