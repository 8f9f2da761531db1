// Rows of the socket table, in the columns of `ss`: tcp LISTEN *:80 *:* nginx. A star is anything.
// It reads the pattern; the table at a moment of the run is compared by the checker.

import { bad, didYouMean, good, type Parsed, show } from '../text/parsed.js';
import { lastColon, type Place, type PortRef, parsePlace, parsePortRef } from './endpoints.js';
import { parseName } from './names.js';
import { SOCKET_STATES, SOCKET_TYPES, type SocketStateWord, type SocketType, UDP_STATES } from './words.js';

/**
 * An address and port of a row. Place `any` is the row's own star: a socket that chose no address (left), or has no
 * peer (right). `*` alone and a port `*` ask for nothing.
 */
export interface RowSide {
  readonly place: Place;
  readonly port: PortRef | { readonly kind: 'any' };
}

export interface RowPattern {
  readonly protocol: SocketType;
  readonly state: SocketStateWord | '*';
  readonly local: RowSide;
  readonly remote: RowSide;
  /** Undefined and `*`: whoever holds it, or nobody. */
  readonly process: string | undefined;
}

const EXAMPLE = 'a row of the socket table: tcp ESTABLISHED web:80 laptop:51004 nginx';

export function parseRow(value: unknown): Parsed<RowPattern> {
  const words = typeof value === 'string' ? value.split(' ') : [];
  const [first, second = '', left, right, last, ...more] = words;
  const protocol = SOCKET_TYPES.find((type) => type === first);
  if (protocol === undefined || left === undefined || right === undefined || more.length > 0)
    return bad('bad-row', `${show(value)} is not ${EXAMPLE}`);
  const state = second === '*' ? second : SOCKET_STATES.find((each) => each === second);
  if (state === undefined)
    return bad('bad-row', `${show(second)} is not a state`, didYouMean(second, SOCKET_STATES));
  const isOfUdp = (UDP_STATES as readonly string[]).includes(state);
  if (state !== '*' && isOfUdp !== protocol.startsWith('udp'))
    return bad(
      'bad-row',
      `${show(value)}: ${state} is no state of ${protocol}`,
      isOfUdp ? undefined : `a UDP socket is ${UDP_STATES.join(' or ')}`,
    );
  const local = parseRowSide(left);
  if (!local.ok) return local;
  const remote = parseRowSide(right);
  if (!remote.ok) return remote;
  const process = last === undefined || last === '*' ? good(undefined) : parseName(last);
  if (!process.ok) return bad('bad-row', `${show(last)} is not the name of a process`);
  return good({ protocol, state, local: local.value, remote: remote.value, process: process.value });
}

function parseRowSide(text: string): Parsed<RowSide> {
  if (text === '*') return good({ place: { kind: 'any' }, port: { kind: 'any' } });
  const colon = lastColon(text);
  if (colon < 0) return bad('bad-row', `${show(text)} is not an address and port: web:80, *:80, *:*`);
  const place = parsePlace(text.slice(0, colon));
  if (!place.ok)
    return place.flaw.code === 'bad-name'
      ? bad('bad-row', `${show(text)} is not an address and port`)
      : place;
  const right = text.slice(colon + 1);
  const port = right === '*' ? good({ kind: 'any' } as const) : parsePortRef(right);
  if (!port.ok)
    return port.flaw.code === 'not-a-port'
      ? bad('bad-row', `${show(text)} is not an address and port`)
      : port;
  return good({ place: place.value, port: port.value });
}
