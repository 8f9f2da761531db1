// Numbers as authors write them: ports and ranges of ports, counts (3, 1-3, 2+), times with a unit, percentages.
// Whether a port is free or a time has passed is no matter here.
import { type Nanos, parseDuration as parseNanos } from '../../base/time.js';
import { bad, good, type Parsed, show } from '../text/parsed.js';
import { isParam, parseParam } from './names.js';

/** Ports are 16 bits wide in every header: RFC 9293 §3.1, RFC 768. */
export const LARGEST_PORT = 65535;

/** First and last port, both belong to it. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** Both bounds belong to it; without `most` there is no upper one (`2+`). */
export interface Count {
  readonly least: number;
  readonly most: number | undefined;
}

/** A length of time, or the parameter it is drawn from. */
export type Time =
  | { readonly kind: 'time'; readonly nanos: Nanos }
  | { readonly kind: 'param'; readonly name: string };

/** A number from 0 to 65535; digits as text will do. 0 asks the system to pick one. */
export function parsePort(value: unknown): Parsed<number> {
  const isDigits = typeof value === 'string' && /^\d+$/.test(value);
  const port = isDigits ? Number(value) : value;
  if (typeof port !== 'number' || !Number.isInteger(port))
    return bad('not-a-port', `${show(value)} is not a port: a whole number from 0 to ${LARGEST_PORT}`);
  if (port < 0) return bad('port-range', `${show(value)} is no port: a port is at least 0`);
  if (port > LARGEST_PORT)
    return bad(
      'port-range',
      `${show(value)} is no port: a port is at most ${LARGEST_PORT}`,
      portHint(String(port)),
    );
  return good(port);
}

/** A digit too many is the usual slip: 80000 for 8000, 70000 for 7000. */
function portHint(digits: string): string {
  const shorter = digits.slice(0, 4);
  return digits.length === 5
    ? `did you mean \`${shorter}\`? A port is 16 bits wide`
    : 'a port is 16 bits wide';
}

/** `32768-60999`. */
export function parsePortRange(value: unknown): Parsed<PortRange> {
  const [, low, high] = typeof value === 'string' ? (/^(\d+)-(\d+)$/.exec(value) ?? []) : [];
  if (low === undefined || high === undefined)
    return bad('bad-range', `${show(value)} is not a range of ports: 32768-60999`);
  const first = parsePort(low);
  if (!first.ok) return first;
  const last = parsePort(high);
  if (!last.ok) return last;
  if (first.value > last.value)
    return bad('bad-range', `${show(value)} ends before it begins`, `write \`${high}-${low}\``);
  return good({ first: first.value, last: last.value });
}

/** `3`, `1-3`, `2+`. */
export function parseCount(value: unknown): Parsed<Count> {
  const text = typeof value === 'number' ? String(value) : value;
  const [, low, plus, high] =
    typeof text === 'string' ? (/^(\d{1,9})(?:(\+)|-(\d{1,9}))?$/.exec(text) ?? []) : [];
  if (low === undefined) return bad('bad-count', `${show(value)} is not a count: 3, 1-3 or 2+`);
  const least = Number(low);
  if (plus !== undefined) return good({ least, most: undefined });
  const most = high === undefined ? least : Number(high);
  if (most < least)
    return bad('bad-count', `${show(value)} ends before it begins`, `write \`${high}-${low}\``);
  return good({ least, most });
}

/** The most that a count allows; undefined: as many as there are. It was accepted. */
export function mostOf(value: unknown): number | undefined {
  const count = parseCount(value);
  return count.ok ? count.value.most : undefined;
}

/** Is `times` one of those that the count allows? */
export function isWithin(count: Count, times: number): boolean {
  return times >= count.least && (count.most === undefined || times <= count.most);
}

/** `200ms`, `1.5s`, `2m`, or a parameter. */
export function parseTime(value: unknown): Parsed<Time> {
  if (isParam(value)) {
    const param = parseParam(value);
    return param.ok ? good({ kind: 'param', name: param.value }) : param;
  }
  const nanos = typeof value === 'string' ? parseNanos(value) : undefined;
  if (nanos !== undefined) return good({ kind: 'time', nanos });
  const isBare = typeof value === 'number' || (typeof value === 'string' && /^\d+(\.\d+)?$/.test(value));
  const hint = isBare ? `did you mean \`${value}s\` or \`${value}ms\`?` : undefined;
  return bad('missing-unit', `${show(value)} is not a time: a time needs a unit: 200ms, 5s, 2m`, hint);
}

/** `64kbit`, `10Mbit`, `1Gbit`, in thousands of bits a second. */
export function parseBandwidth(value: unknown): Parsed<number> {
  const [, digits, unit] =
    typeof value === 'string' ? (/^(\d{1,6}(?:\.\d{1,3})?)(kbit|Mbit|Gbit)$/.exec(value) ?? []) : [];
  const kilobits = Math.round(Number(digits) * (unit === 'kbit' ? 1 : unit === 'Mbit' ? 1e3 : 1e6));
  if (digits !== undefined && kilobits > 0 && kilobits <= 4e9) return good(kilobits);
  const hint = /^\d+$/.test(String(value)) ? `did you mean \`${String(value)}Mbit\`?` : undefined;
  const message = `${show(value)} is not a bandwidth: bits a second need a unit: 64kbit, 10Mbit, 1Gbit`;
  return bad('missing-unit', message, hint);
}

/** `2%`: 0.02. */
export function parsePercent(value: unknown): Parsed<number> {
  const [, digits] = typeof value === 'string' ? (/^(\d{1,3}(?:\.\d{1,6})?)%$/.exec(value) ?? []) : [];
  const percent = Number(digits ?? Number.NaN);
  if (percent <= 100) return good(percent / 100);
  return bad('bad-percent', `${show(value)} is not a percentage from 0% to 100%`);
}
