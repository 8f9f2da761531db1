// Every atom of the notation as a zod schema: validated by its own parser, described for editors.
// The value stays the author's text, so that a scenario can be written back as it was; the parsers give its meaning.
// Which atom stands where: facts.ts, calls.ts, cast-schema.ts.
import { z } from 'zod';
import {
  parseComparable,
  parseEndpoint,
  parseParty,
  parseSocketOrEndpoint,
  parseSocketRef,
} from '../atoms/endpoints.js';
import { isParam, parseActor, parseLabel, parseName, parseParam } from '../atoms/names.js';
import { parsePacketPattern } from '../atoms/packets.js';
import { notText, parsePayload } from '../atoms/payloads.js';
import { parseForward, parseHostAddress, parsePool, parseService, parseUrl } from '../atoms/places.js';
import {
  parseBandwidth,
  parseCount,
  parsePercent,
  parsePort,
  parsePortRange,
  parseTime,
} from '../atoms/quantities.js';
import { parseRow } from '../atoms/rows.js';
import { bad, good, type Parsed, show } from '../text/parsed.js';

interface Description {
  readonly id?: string;
  readonly description: string;
  readonly examples: readonly (string | number | boolean)[];
  readonly type?: 'string' | readonly string[];
}

/** A value that `parse` can read. Its flaw becomes the issue: `params` carry code and hint to whoever reports it. */
function atom<Value>(parse: (value: unknown) => Parsed<unknown>, about: Description) {
  const { type = 'string', ...rest } = about;
  return z
    .custom<Value>()
    .check((context) =>
      report(
        context.value === undefined ? bad('missing-key', 'a value is missing') : parse(context.value),
        context,
      ),
    )
    .meta({ ...rest, type, examples: [...about.examples] });
}

function key(parse: (value: string) => Parsed<unknown>) {
  return z.string().check((context) => report(parse(context.value), context));
}

/** Pushed, not added: zod then knows that this member of a union does not fit, and tells what all of them say. */
function report(parsed: Parsed<unknown>, context: z.core.ParsePayload): void {
  if (parsed.ok) return;
  const { message, ...params } = parsed.flaw;
  context.issues.push({ code: 'custom', message, params, input: context.value, path: [] });
}

const either = ['string', 'integer'];

export const name = atom<string>(parseName, {
  description: 'A name: a letter, then letters, digits, - or _',
  examples: ['nginx'],
});
export const actor = atom<string>(parseActor, {
  description: 'A process, host, router or network: nginx, or web/nginx where two hosts run one',
  examples: ['nginx', 'web/nginx'],
});
export const label = atom<string>(parseLabel, {
  description: 'A name for a socket and its conversation: a word, or one of ● ▲ ■ ◆ ★ ⬢',
  examples: ['●', 'control', 'c$n'],
});
export const address = atom<string>(parseHostAddress, {
  description: 'An IPv4 or IPv6 address, with /prefix if you like',
  examples: ['10.0.0.80', '2001:db8::80/64'],
});
export const pool = atom<string>(parsePool, {
  description: 'Addresses to lease, the first and the last',
  examples: ['10.0.0.100-10.0.0.109'],
});
export const param = atom<string>(parseParam, {
  description: 'A parameter of this scenario',
  examples: ['$door'],
});
export const port = atom<number | string>((value) => (isParam(value) ? good(value) : parsePort(value)), {
  id: 'Port',
  description: 'A port, 0 to 65535 (0 asks for one to be picked), or a parameter',
  examples: [80, '$door'],
  type: either,
});
export const portRange = atom<string>(parsePortRange, {
  description: 'A range of ports',
  examples: ['32768-60999'],
});
/** Two ports as a socket option takes them: the call refuses those that end before they begin, not the language. */
export const portPair = atom<string>(
  (value) => {
    const parsed = parsePortRange(value);
    const [, low, high] = /^(\d+)-(\d+)$/.exec(String(value)) ?? [];
    return parsed.ok || low === undefined
      ? parsed
      : ([low, high].map(parsePort).find((port) => !port.ok) ?? good(value));
  },
  { description: 'A range of ports', examples: ['32768-60999'] },
);
/** What the local port of a socket is expected to be. */
export const portFact = atom<number | string>(
  (value) => {
    if (value === 'ephemeral' || isParam(value)) return good(value);
    return typeof value === 'string' && value.includes('-') ? parsePortRange(value) : parsePort(value);
  },
  {
    description: 'A port, a range, or `ephemeral` (its host’s range)',
    examples: [80, '50000-50007', 'ephemeral'],
    type: either,
  },
);
export const endpoint = atom<number | string>(parseEndpoint, {
  id: 'Endpoint',
  description: 'An endpoint: `80`, `web:80`, `udp dns:53`, `any:80`, `local(label)`, `peer(label)`',
  examples: ['web:80', 'udp dns:53', 80],
  type: either,
});
export const socketRef = atom<number | string>(parseSocketRef, {
  id: 'Socket',
  description: 'A socket: its label, `label@process` for the end there, or its port: `80`, `udp 53`',
  examples: ['●', '●@nginx', 'udp 53'],
  type: either,
});
export const socketOrEndpoint = atom<number | string>(parseSocketOrEndpoint, {
  description: 'A socket: `●@nginx`, `udp 53`, `peer(●)`',
  examples: ['●@nginx', 'tcp 80', 'peer(●@nginx)'],
  type: either,
});
export const comparable = atom<number | string>(parseComparable, {
  description: 'What is compared: `port(●)`, `local(●)`, `web:80`, `80`, or a socket',
  examples: ['port(●)', 'peer(●@nginx)', 80],
  type: either,
});
/** A listener's label, or an endpoint to make and bind one at. */
export const listenAt = atom<number | string>(
  (value) => (parseLabel(value).ok ? good(value) : parseEndpoint(value)),
  {
    description: 'A port (makes and binds the socket) or a bound socket: `80`, `10.0.0.80:80`, `door`',
    examples: [80, 'any:80', 'door'],
    type: either,
  },
);
export const party = atom<number | string>(parseParty, {
  description: 'A process, a socket or an endpoint: `nginx`, `●@nginx`, `web:80`',
  examples: ['nginx', '●@nginx', 'web:80'],
  type: either,
});
export const packet = atom<string>(parsePacketPattern, {
  id: 'Packet',
  description: 'A packet as the transcript prints it: `tcp laptop:51004 > web:80 SYN`',
  examples: ['tcp laptop:* > web:80 SYN', 'udp * > *:53', 'icmp web > * port-unreachable'],
});
export const row = atom<string>(parseRow, {
  description: 'A row of the socket table: `tcp ESTABLISHED web:80 laptop:51004 nginx`',
  examples: ['tcp LISTEN *:80 *:* nginx', 'udp UNCONNECTED *:53 *:*'],
});
export const time = atom<string>(parseTime, {
  description: 'A time with its unit: ns us ms s m h',
  examples: ['200ms', '60s'],
});
/** In an expectation: the id of a line, a time, or `end`. */
export const moment = atom<string>(
  (value) => (typeof value === 'string' && !/^\d/.test(value) ? parseName(value) : parseTime(value)),
  {
    description: 'The id of a line, a time, or `end`',
    examples: ['handshake', '2s', 'end'],
  },
);
export const bandwidth = atom<string>(parseBandwidth, {
  description: 'Bits a second, with a unit: kbit Mbit Gbit',
  examples: ['10Mbit'],
});
export const percent = atom<string>(parsePercent, { description: 'A percentage', examples: ['2%'] });
export const count = atom<number | string>(parseCount, {
  description: 'A count: 3, 1-3 or 2+',
  examples: [1, '1-3', '2+'],
  type: either,
});
/** How many packets an order is for. */
export const times = atom<number | string>(
  (value) => {
    const parsed = parseCount(value);
    return parsed.ok && parsed.value.most === 0
      ? bad('bad-count', 'for no packet at all: at least 1')
      : parsed;
  },
  { description: 'How many packets: 3, or 2+', examples: [1, '2+'], type: either },
);
export const service = atom<string>(parseService, {
  description: 'A service by name (http, ftp, dns …) or by place: tcp 8080, udp web:27015',
  examples: ['http', 'tcp 8080'],
});
export const url = atom<string>(parseUrl, {
  description: 'http://, https:// or ftp://, then a host',
  examples: ['http://web/'],
});
/** Keys that are data: a name, a parameter (without its $), the left side of a forwarding rule. */
export const nameKey = key(parseName);
export const paramKey = key((value) => parseParam(`$${value}`));
export const forwardKey = key(parseForward);

/** What travels: text. Numbers and true/false would lose their spelling, so they are refused. */
export const payload = atom<string>(parsePayload, {
  description: 'Text; `64 bytes` for filling',
  examples: ['GET /', '64 bytes'],
});
const prose = atom<string>(parseText, { description: 'Text', examples: ['Two doors, one house.'] });
/** Prose: one text, or one per language. */
export type Text = string | { readonly [language: string]: string };
export const text = z
  .union([prose, z.record(key(parseLanguage), prose).check(atLeastOne)])
  .meta({ id: 'Text', description: 'Text, or one text per language: { en: …, de: … }' });
/** A whole number from `least` to `most`. */
export function whole(least: number, most: number, description: string) {
  return atom<number>(
    (value) => {
      if (typeof value !== 'number' || !Number.isInteger(value))
        return bad('wrong-type', `a whole number belongs here, not ${show(value)}`);
      if (value < least) return bad('bad-count', `${show(value)} is too small: at least ${least}`);
      return value > most ? bad('bad-count', `${show(value)} is too large: at most ${most}`) : good(value);
    },
    { description, examples: [least], type: ['integer'] },
  );
}

function parseText(value: unknown): Parsed<string> {
  return typeof value === 'string' ? good(value) : notText(value);
}

function atLeastOne(context: z.core.ParsePayload<object>): void {
  if (Object.keys(context.value).length === 0)
    report(bad('not-text', 'text expected, not an empty map'), context);
}

function parseLanguage(value: string): Parsed<string> {
  if (/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(value)) return good(value);
  const hint = 'a colon in a text? Put the whole text in quotes';
  return bad('not-text', `${show(value)} is not a language: en, de, pt-BR`, hint);
}
