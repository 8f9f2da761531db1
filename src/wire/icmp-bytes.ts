// ICMP errors as bytes: type, code, and as much of the culprit as fits. RFC 792 for IPv4, RFC 4443 §3 for IPv6.
import { sizeOf } from './header.js';
import type { IcmpErrorKind } from './packet.js';

export const ICMP_HEADER = [
  { name: 'type', bits: 8 },
  { name: 'code', bits: 8 },
  { name: 'checksum', bits: 16 },
  { name: 'unused', bits: 32 },
] as const;

export const ICMP_SIZE = sizeOf(ICMP_HEADER);

interface TypeAndCode {
  readonly type: number;
  readonly code: number;
}
/** Destination unreachable is type 3 (ICMPv6: 1), time exceeded 11 (3); code 13 is RFC 1812 §5.2.7.1. */
export const ICMP_ERRORS: Readonly<
  Record<IcmpErrorKind, { readonly v4: TypeAndCode; readonly v6: TypeAndCode }>
> = {
  'net-unreachable': { v4: { type: 3, code: 0 }, v6: { type: 1, code: 0 } },
  'host-unreachable': { v4: { type: 3, code: 1 }, v6: { type: 1, code: 3 } },
  'port-unreachable': { v4: { type: 3, code: 3 }, v6: { type: 1, code: 4 } },
  'admin-prohibited': { v4: { type: 3, code: 13 }, v6: { type: 1, code: 1 } },
  'time-exceeded': { v4: { type: 11, code: 0 }, v6: { type: 3, code: 0 } },
};

/** How long the whole packet may get, IP header included: RFC 1812 §4.3.2.3 and RFC 4443 §2.4 (c). */
export const LONGEST_ERROR = { v4: 576, v6: 1280 } as const;

/** The kind that a type and code stand for; undefined for all that is not told here. */
export function errorKindOf(version: 'v4' | 'v6', type: number, code: number): IcmpErrorKind | undefined {
  const kinds = Object.keys(ICMP_ERRORS) as IcmpErrorKind[];
  return kinds.find((kind) => {
    const known = ICMP_ERRORS[kind][version];
    return known.type === type && known.code === code;
  });
}
