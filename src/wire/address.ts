// IPv4 and IPv6 addresses as text in one canonical spelling (RFC 5952 for IPv6), and what kind of address a text is.
// An IPv4-mapped IPv6 address (::ffff:a.b.c.d) is spelt as the IPv4 address that it means: one peer, one spelling.
// It knows no host and no interface; whose address it is stands in ../world/interfaces.ts.

export type Family = 4 | 6;
export interface Address {
  readonly family: Family;
  /** Canonical text: the key under which the address is compared and interned everywhere. */
  readonly text: string;
  /** 4 or 16 bytes, network order. */
  readonly bytes: readonly number[];
}
export type AddressKind = 'any' | 'loopback' | 'broadcast' | 'multicast' | 'unicast';

/** "Every local address": what a socket holds that did not choose one. Both families are spelt alike in the world. */
export const ANY = '';
export const LIMITED_BROADCAST = '255.255.255.255';

/** Texts read before: every packet asks again about the same few. */
const known = new Map<string, { readonly address: Address | undefined; readonly kind: AddressKind }>();
const MOST_KNOWN = 65_536;

function look(text: string): { readonly address: Address | undefined; readonly kind: AddressKind } {
  const found = known.get(text);
  if (found !== undefined) return found;
  if (known.size >= MOST_KNOWN) known.clear();
  const address = readAddress(text);
  const fresh = { address, kind: kindOfAddress(text, address) };
  known.set(text, fresh);
  return fresh;
}

/** Reads an address without a prefix; undefined for anything that is none (10.0.0.256, 1.2.3, 1:2). */
export function parseAddress(text: string): Address | undefined {
  return look(text).address;
}

function readAddress(text: string): Address | undefined {
  if (!text.includes(':')) {
    const bytes = parseIpv4(text);
    return bytes && { family: 4, text: bytes.join('.'), bytes };
  }
  const bytes = parseIpv6(text);
  if (bytes === undefined) return undefined;
  if (isMapped(bytes)) return { family: 4, text: bytes.slice(12).join('.'), bytes: bytes.slice(12) };
  return { family: 6, text: formatIpv6(bytes), bytes };
}

/** The text of an address from its 4 or 16 bytes, as a header has them. */
export function formatAddress(bytes: readonly number[]): string {
  return bytes.length === 4 ? bytes.join('.') : formatIpv6(bytes);
}

/** RFC 1122 §3.2.1.3 for IPv4, RFC 4291 §2.4 for IPv6. A subnet's own broadcast depends on the interface, so not here. */
export function kindOf(text: string): AddressKind {
  return look(text).kind;
}

function kindOfAddress(text: string, address: Address | undefined): AddressKind {
  if (text === ANY) return 'any';
  if (address === undefined) return 'unicast';
  const [first = 0] = address.bytes;
  if (address.bytes.every((byte) => byte === 0)) return 'any';
  if (address.family === 6) {
    if (first === 0xff) return 'multicast';
    return address.text === '::1' ? 'loopback' : 'unicast';
  }
  if (address.text === LIMITED_BROADCAST) return 'broadcast';
  if (first === 127) return 'loopback';
  return first >= 224 && first < 240 ? 'multicast' : 'unicast';
}

/** IPv6 addresses that mean something only together with an interface: fe80::/10, and groups of that scope (ff?2::). */
export function isLinkLocal(text: string): boolean {
  return /^fe[89ab][0-9a-f]:/.test(text) || /^ff[0-9a-f][12]:/.test(text);
}

/** Are both addresses of one family and equal in their first `prefix` bits? */
export function isInPrefix(address: Address, network: Address, prefix: number): boolean {
  if (address.family !== network.family) return false;
  for (let index = 0; 8 * index < prefix; index++) {
    const mask = 0xff << Math.max(0, 8 - (prefix - 8 * index));
    if ((((address.bytes[index] ?? 0) ^ (network.bytes[index] ?? 0)) & mask) !== 0) return false;
  }
  return true;
}

/** `10.0.0.7:80`, `[2001:db8::1]:80`, `*:80`; port 0 reads `*`. */
export function formatEndpoint(address: string, port: number): string {
  const host = address === ANY ? '*' : address.includes(':') ? `[${address}]` : address;
  return `${host}:${port === 0 ? '*' : port}`;
}

function parseIpv4(text: string): number[] | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^(0|[1-9]\d{0,2})$/.test(part))) return undefined;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

function parseIpv6(text: string): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const groups = halves.map((half, part) =>
    half === ''
      ? []
      : half
          .split(':')
          .map((group, at, all) => parseGroup(group, part + 1 === halves.length && at + 1 === all.length)),
  );
  const [head = [], tail = []] = groups.map((half) => half.flatMap((group) => group ?? [-1]));
  const size = head.length + tail.length;
  if ([...head, ...tail].includes(-1) || (halves.length === 2 ? size > 14 : size !== 16)) return undefined;
  return [...head, ...Array<number>(16 - size).fill(0), ...tail];
}

/** Two bytes of one group, or the four of an IPv4 address in the last place (RFC 4291 §2.2). */
function parseGroup(group: string, isLast: boolean): number[] | undefined {
  if (group.includes('.')) return isLast ? parseIpv4(group) : undefined;
  if (!/^[0-9A-Fa-f]{1,4}$/.test(group)) return undefined;
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 0xff];
}

function isMapped(bytes: readonly number[]): boolean {
  return bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
}

/** RFC 5952 §4: lower case, no leading zeros, the first longest run of two or more zero groups as `::`. */
function formatIpv6(bytes: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0));
  let start = 0;
  let length = 0;
  for (let from = 0; from < 8; from++) {
    let to = from;
    while (to < 8 && groups[to] === 0) to++;
    if (to - from > length) [start, length] = [from, to - from];
  }
  const hex = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
  return length < 2 ? hex(groups) : `${hex(groups.slice(0, start))}::${hex(groups.slice(start + length))}`;
}
