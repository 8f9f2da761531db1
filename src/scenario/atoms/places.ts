// Where a host lives and what it offers, as authors write it: an address with its prefix, a service, a URL, a forwarding.
// Which ports a service has by name is ../ports/services.ts; who answers there the run decides.
import { SERVICES } from '../../ports/services.js';
import { parseAddress } from '../../wire/address.js';
import type { Protocol } from '../../wire/packet.js';
import { bad, didYouMean, good, type Parsed, show } from '../text/parsed.js';
import { type Place, type PlacedEndpoint, parseEndpoint, parsePlace } from './endpoints.js';
import { isParam } from './names.js';
import { parsePort } from './quantities.js';

/** An address of a host; `prefix` in bits, where it was given. */
export type HostAddress =
  | { readonly kind: 'address'; readonly address: string; readonly prefix: number | undefined }
  | { readonly kind: 'param'; readonly name: string };

/** What somebody serves: by name (http), or by transport and port (tcp 8080, udp web:27015). */
export type ServiceRef =
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'at'; readonly endpoint: PlacedEndpoint };

export interface Url {
  readonly scheme: 'http' | 'https' | 'ftp';
  readonly place: Place;
  /** Undefined: the scheme's own. */
  readonly port: number | undefined;
  /** With its leading slash. */
  readonly path: string;
}

/** `10.0.0.80`, `10.0.0.80/24`, `2001:db8::80/64`, `$address`. */
export function parseHostAddress(value: unknown): Parsed<HostAddress> {
  if (isParam(value)) return good({ kind: 'param', name: String(value).slice(1) });
  const text = typeof value === 'string' ? value : '';
  const [ip = '', bits, ...more] = text.split('/');
  const address = parseAddress(ip);
  if (address === undefined || more.length > 0)
    return bad('bad-address', `${show(value)} is not an IPv4 or IPv6 address`);
  if (bits === undefined) return good({ kind: 'address', address: address.text, prefix: undefined });
  const most = address.family === 6 ? 128 : 32;
  const prefix = /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
  if (prefix <= most) return good({ kind: 'address', address: address.text, prefix });
  return bad('bad-address', `${show(value)}: a prefix is a number of bits from 0 to ${most}`);
}

export function parseService(value: unknown): Parsed<ServiceRef> {
  const names = SERVICES.map((service) => service.name);
  if (typeof value !== 'string')
    return bad('bad-service', `${show(value)} is not a service: http, ftp, dns …, tcp 8080 or udp web:27015`);
  if (names.includes(value)) return good({ kind: 'named', name: value });
  const hasProtocol = /^(?:tcp6?|udp6?) /.test(value);
  const endpoint = parseEndpoint(value);
  if (hasProtocol && endpoint.ok && endpoint.value.kind === 'place')
    return good({ kind: 'at', endpoint: endpoint.value });
  if (hasProtocol && !endpoint.ok && endpoint.flaw.code !== 'bad-endpoint') return endpoint;
  const hint = endpoint.ok ? `say over what: \`tcp ${value}\` or \`udp ${value}\`` : didYouMean(value, names);
  return bad(
    'bad-service',
    `${show(value)} is not a service: ${names.join(', ')}, tcp 8080 or udp web:27015`,
    hint,
  );
}

/** `http://web/`, `http://router:8080/photos`, `ftp://server/readme`. */
export function parseUrl(value: unknown): Parsed<Url> {
  const text = typeof value === 'string' ? value : '';
  const [, scheme, host = '', port, path = '/'] =
    /^(https?|ftp):\/\/(\[[^\]\s]*\]|[^\s/:]+)(?::([^\s/]*))?(\/\S*)?$/.exec(text) ?? [];
  if (scheme !== 'http' && scheme !== 'https' && scheme !== 'ftp') {
    const hint = /^[^\s/]+\/?$/.test(text) ? `did you mean \`http://${text}\`?` : undefined;
    return bad('bad-url', `${show(value)} is not a URL: http://, https:// or ftp://, then a host`, hint);
  }
  const place = parsePlace(host);
  if (!place.ok)
    return place.flaw.code === 'bad-address'
      ? place
      : bad('bad-url', `${show(host)} is not the name of a host`);
  if (place.value.kind === 'any') return bad('bad-url', `${show(value)} names no host`);
  if (port === undefined || isParam(port)) return good({ scheme, place: place.value, port: undefined, path });
  const number = parsePort(port);
  if (!number.ok)
    return number.flaw.code === 'not-a-port' ? bad('bad-url', `${show(port)} is not a port`) : number;
  return good({ scheme, place: place.value, port: number.value, path });
}

/** The left side of a forwarding rule, `tcp 8080`. */
export function parseForward(value: unknown): Parsed<{ readonly protocol: Protocol; readonly port: number }> {
  const [, protocol, digits] = typeof value === 'string' ? (/^(tcp|udp) (\d+)$/.exec(value) ?? []) : [];
  if (protocol !== 'tcp' && protocol !== 'udp')
    return bad('bad-forward', `${show(value)} is not a forwarded port: \`tcp 8080: nas:80\``);
  const port = parsePort(digits);
  return port.ok ? good({ protocol, port: port.value }) : port;
}

/** A pool with more addresses than this is not for people to read. */
const MOST_ADDRESSES = 1024;

/** `10.0.0.100-10.0.0.109`, IPv4, both included. */
export function parsePool(value: unknown): Parsed<readonly string[]> {
  const [from = '', to = '', ...more] = typeof value === 'string' ? value.split('-') : [];
  const [first, last] = [ipv4Number(from), ipv4Number(to)];
  if (first === undefined || last === undefined || more.length > 0)
    return bad('bad-range', `${show(value)} is not a range of IPv4 addresses: 10.0.0.100-10.0.0.109`);
  if (first > last) return bad('bad-range', `${show(value)} ends before it begins`);
  if (last - first >= MOST_ADDRESSES)
    return bad('bad-range', `${show(value)} has more than ${MOST_ADDRESSES} addresses`);
  const addresses = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  return good(addresses.map((each) => [24, 16, 8, 0].map((shift) => (each >>> shift) & 255).join('.')));
}

function ipv4Number(text: string): number | undefined {
  if (parseAddress(text)?.family !== 4) return undefined;
  return text.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
}
