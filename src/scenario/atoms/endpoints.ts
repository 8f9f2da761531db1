// Endpoints and sockets as authors write them: 80, web:80, udp dns:53, any:80, local(door), peer(●); ●@nginx, udp 53.
// A place is whatever may stand left of the colon. Which host is called so, and which socket is meant, the run knows.
// Packets and rows are made of the same places and ports: packets.ts, rows.ts.
import { parseAddress } from '../../wire/address.js';
import { bad, good, type Parsed, show } from '../text/parsed.js';
import {
  type ActorRef,
  isParam,
  type LabelRef,
  parseActor,
  parseLabelRef,
  parseName,
  parseParam,
} from './names.js';
import { parsePort } from './quantities.js';
import type { SocketType } from './words.js';

/**
 * Left of the colon. `any`: every local address (written any or *). `broadcast`: that of the sender's network.
 * `localhost`: the loopback address. `address`: as the wire spells it. `name`: a host or router.
 */
export type Place =
  | { readonly kind: 'any' | 'broadcast' | 'localhost' }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'param'; readonly name: string };

/** Right of the colon: a number, the local port of a socket (`port(door)`), or a parameter. */
export type PortRef =
  | { readonly kind: 'number'; readonly port: number }
  | { readonly kind: 'of'; readonly socket: LabelRef }
  | { readonly kind: 'param'; readonly name: string };

/** An address and port by name. Without `protocol` the verb decides, TCP unless it says otherwise. */
export interface PlacedEndpoint {
  readonly kind: 'place';
  readonly protocol?: SocketType;
  readonly place: Place;
  readonly port: PortRef;
}

/** `local(door)` and `peer(●)`: the own address and port of a socket, and those of its other end, when it is asked. */
export type Endpoint = PlacedEndpoint | { readonly kind: 'local' | 'peer'; readonly socket: LabelRef };

/** A socket by label, or by what it holds: `80`, `udp 53`, `tcp web:80`. */
export type SocketRef =
  | ({ readonly kind: 'label' } & LabelRef)
  | { readonly kind: 'port'; readonly protocol?: SocketType; readonly place?: Place; readonly port: PortRef };

/** Who sends or receives, in an expectation. A `name` is a process, a host, or the label of a socket: the cast knows. */
export type Party =
  | { readonly kind: 'name'; readonly name: ActorRef }
  | { readonly kind: 'socket'; readonly socket: SocketRef }
  | { readonly kind: 'endpoint'; readonly endpoint: Endpoint };

const WRAPPED = /^(local|peer|port)\((.*)\)$/;
const PREFIXED = /^(?:(tcp6?|udp6?) )?(.*)$/s;

export function parsePlace(text: string): Parsed<Place> {
  if (text === '*' || text === 'any') return good({ kind: 'any' });
  if (text === 'broadcast' || text === 'localhost') return good({ kind: text });
  if (isParam(text)) return good({ kind: 'param', name: text.slice(1) });
  if (text.startsWith('[') && text.endsWith(']')) return parseLiteral(text.slice(1, -1));
  if (/^[\d.]+$/.test(text)) return parseLiteral(text);
  if (text.includes(':'))
    return bad(
      'bad-address',
      `${show(text)} is not a place`,
      `an IPv6 address stands in brackets: [${text}]:80`,
    );
  const name = parseName(text);
  return name.ok ? good({ kind: 'name', name: name.value }) : name;
}

/** An address without brackets and without a prefix; the wire's spelling is the value. */
function parseLiteral(text: string): Parsed<Place> {
  const address = parseAddress(text);
  if (address === undefined) return bad('bad-address', `${show(text)} is not an IPv4 or IPv6 address`);
  return good({ kind: 'address', address: address.text });
}

export function parsePortRef(text: string): Parsed<PortRef> {
  if (isParam(text)) {
    const param = parseParam(text);
    return param.ok ? good({ kind: 'param', name: param.value }) : param;
  }
  const [, word, inner = ''] = WRAPPED.exec(text) ?? [];
  if (word === 'port') {
    const socket = parseLabelRef(inner);
    return socket.ok ? good({ kind: 'of', socket: socket.value }) : socket;
  }
  const port = parsePort(text);
  return port.ok ? good({ kind: 'number', port: port.value }) : port;
}

/** Where the colon between place and port is: the last one outside of ( ) and [ ]; -1 if there is none. */
export function lastColon(text: string): number {
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    const symbol = text[at];
    if (symbol === ')' || symbol === ']') depth++;
    else if (symbol === '(' || symbol === '[') depth--;
    else if (symbol === ':' && depth === 0) return at;
  }
  return -1;
}

/** `80` · `web:80` · `udp dns:53` · `any:80` · `[::1]:80` · `laptop:port(door)` · `local(door)` · `peer(●@nginx)` · `$door`. */
export function parseEndpoint(value: unknown): Parsed<Endpoint> {
  if (typeof value === 'number') return parsePlaced('', String(value), undefined, value);
  if (typeof value !== 'string') return notAnEndpoint(value);
  const [, word, inner = ''] = WRAPPED.exec(value) ?? [];
  if (word === 'local' || word === 'peer') {
    const socket = parseLabelRef(inner);
    return socket.ok ? good({ kind: word, socket: socket.value }) : socket;
  }
  const [, protocol, rest = ''] = PREFIXED.exec(value) ?? [];
  const colon = lastColon(rest);
  return parsePlaced(
    rest.slice(0, Math.max(colon, 0)),
    rest.slice(colon + 1),
    protocol as SocketType | undefined,
    value,
  );
}

function parsePlaced(
  left: string,
  right: string,
  protocol: SocketType | undefined,
  whole: string | number,
): Parsed<PlacedEndpoint> {
  const port = parsePortRef(right);
  if (!port.ok) return port.flaw.code === 'not-a-port' ? notAnEndpoint(whole) : port;
  const place = left === '' ? good<Place>({ kind: 'any' }) : parsePlace(left);
  if (!place.ok) return place.flaw.code === 'bad-name' ? notAnEndpoint(whole) : place;
  return good({ kind: 'place', ...(protocol ? { protocol } : {}), place: place.value, port: port.value });
}

function notAnEndpoint(value: unknown): Parsed<never> {
  const isPlace = typeof value === 'string' && parsePlace(value).ok;
  const hint = isPlace ? `a port is missing: \`${value}:80\`` : undefined;
  return bad(
    'bad-endpoint',
    `${show(value)} is not an endpoint: 80, web:80, udp dns:53, any:80 or local(label)`,
    hint,
  );
}

/** `●` · `control` · `●@nginx` · `80` · `udp 53` · `tcp web:80`. */
export function parseSocketRef(value: unknown): Parsed<SocketRef> {
  const text = Number.isInteger(value) ? String(value) : value;
  if (typeof text !== 'string') return notASocket(value);
  const isHeld = /^(?:tcp6?|udp6?) /.test(text) || /^\d+$/.test(text) || isParam(text);
  if (!isHeld) {
    const label = parseLabelRef(text);
    return label.ok ? good({ kind: 'label', ...label.value }) : notASocket(value);
  }
  const endpoint = parseEndpoint(text);
  if (!endpoint.ok) return endpoint.flaw.code === 'bad-endpoint' ? notASocket(value) : endpoint;
  if (endpoint.value.kind !== 'place') return notASocket(value);
  const { protocol, place, port } = endpoint.value;
  const named = place.kind === 'any' ? {} : { place };
  return good({ kind: 'port', ...(protocol ? { protocol } : {}), ...named, port });
}

function notASocket(value: unknown): Parsed<never> {
  return bad(
    'bad-socket',
    `${show(value)} is not a socket: its label, label@process for the end there, or its port: 80, udp 53`,
  );
}

/** A socket, or an endpoint: for `of`, which may also say `peer(●)`. A label or a bare port is read as a socket. */
export function parseSocketOrEndpoint(value: unknown): Parsed<Exclude<Party, { kind: 'name' }>> {
  const socket = parseSocketRef(value);
  if (socket.ok) return good({ kind: 'socket', socket: socket.value });
  const endpoint = parseEndpoint(value);
  if (endpoint.ok) return good({ kind: 'endpoint', endpoint: endpoint.value });
  return endpoint.flaw.code === 'bad-endpoint' ? socket : endpoint;
}

/** What is compared: `port(●)`, `local(●)`, `web:80`, `80`; a label alone stands for its socket. */
export function parseComparable(value: unknown): Parsed<Exclude<Party, { kind: 'name' }>> {
  const endpoint = parseEndpoint(value);
  return endpoint.ok ? good({ kind: 'endpoint', endpoint: endpoint.value }) : parseSocketOrEndpoint(value);
}

/** Who sends or receives: `nginx`, `web/nginx`, `●`, `●@nginx`, `udp 53`, `web:80`. */
export function parseParty(value: unknown): Parsed<Party> {
  const actor = parseActor(value);
  return actor.ok ? good({ kind: 'name', name: actor.value }) : parseSocketOrEndpoint(value);
}
