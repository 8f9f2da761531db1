// A header as a table: its fields in order, each with its width in bits and, where the demultiplexer reads it, as what.
// Writing, reading and showing a header all go by the same table, so that they cannot disagree about a bit.
// It knows no protocol: the tables are in ip-bytes.ts, tcp-bytes.ts, udp-bytes.ts and icmp-bytes.ts.
import { formatAddress, parseAddress } from './address.js';
import type { FourTuple } from './packet.js';

/** What the demultiplexer asks a header for: whose rules apply, and the four numbers from the receiver's side. */
export type Asked = 'protocol' | keyof FourTuple;

export interface FieldSpec {
  readonly name: string;
  /** 1 to 32; an address has 32 or 128. Headers are read most significant bit first. */
  readonly bits: number;
  /** Its value is an address as text; all other values are numbers. */
  readonly isAddress?: true;
  readonly asked?: Asked;
}
export type Layout = readonly FieldSpec[];

/** A value for each field of a layout, by name. */
export type Values<Fields extends Layout> = {
  readonly [Field in Fields[number] as Field['name']]: Field extends { readonly isAddress: true }
    ? string
    : number;
};

/** A field as it stands in the bytes of a header. */
export interface Field {
  readonly name: string;
  /** Of its first bit from the header's first: 0, 4, 8 … */
  readonly offset: number;
  readonly bits: number;
  /** An address as text, anything else as a number; options that are no number as hex digits. */
  readonly value: number | string;
  readonly asked: Asked | undefined;
}

/** Bytes that a layout takes up. */
export function sizeOf(layout: Layout): number {
  return layout.reduce((bits, field) => bits + field.bits, 0) / 8;
}

/** Writes a header at byte `at`. Numbers are cut to their field's width. */
export function writeHeader<const Fields extends Layout>(
  layout: Fields,
  values: Values<Fields>,
  into: Uint8Array,
  at = 0,
): void {
  const byName: Readonly<Record<string, number | string>> = values;
  let next = at;
  let begun = 0; // bits of the byte in hand, and how many: no group of fields that ends on a byte has more than 24
  let count = 0;
  for (const { name, bits } of layout) {
    const value = byName[name] ?? 0;
    if (typeof value === 'string') {
      const address = parseAddress(value)?.bytes ?? NO_BYTES;
      for (let index = 0; index < address.length; index++) into[next + index] = address[index] ?? 0;
      next += bits / 8;
      continue;
    }
    if (count === 0 && bits === 32) {
      into[next++] = value >>> 24;
      into[next++] = value >>> 16;
      into[next++] = value >>> 8;
      into[next++] = value;
      continue;
    }
    begun = (begun << bits) | (value & ((1 << bits) - 1));
    count += bits;
    while (count >= 8) {
      count -= 8;
      into[next++] = begun >>> count;
    }
  }
}
const NO_BYTES: readonly number[] = [];

/** The values of a header that begins at byte `at`; bytes that are not there read as 0. */
export function readHeader<const Fields extends Layout>(
  layout: Fields,
  bytes: Uint8Array,
  at = 0,
): Values<Fields> {
  const entries = fieldsOf(layout, bytes, at).map(({ name, value }) => [name, value]);
  return Object.fromEntries(entries) as Values<Fields>;
}

/** The same as a list, with the place of each field counted from `origin`, the byte where the whole header begins. */
export function fieldsOf(layout: Layout, bytes: Uint8Array, at = 0, origin = at): Field[] {
  return placed(layout).map(({ field, offset }) => ({
    name: field.name,
    offset: 8 * (at - origin) + offset,
    bits: field.bits,
    value: field.isAddress
      ? formatAddress([...bytes.subarray(at + offset / 8, at + (offset + field.bits) / 8)])
      : readBits(bytes, 8 * at + offset, field.bits),
    asked: field.asked,
  }));
}

/** Byte of a field that begins on a byte, from the header's first. */
export function byteOf<const Fields extends Layout>(layout: Fields, name: Fields[number]['name']): number {
  return (placed(layout).find(({ field }) => field.name === name)?.offset ?? 0) / 8;
}

interface Placed {
  readonly field: FieldSpec;
  readonly offset: number;
}
const places = new WeakMap<Layout, readonly Placed[]>();

/** Worked out once for each layout: captures have many packets. */
function placed(layout: Layout): readonly Placed[] {
  const known = places.get(layout);
  if (known !== undefined) return known;
  let next = 0;
  const fresh = layout.map((field) => {
    const offset = next;
    next += field.bits;
    return { field, offset };
  });
  places.set(layout, fresh);
  return fresh;
}

function readBits(bytes: Uint8Array, first: number, bits: number): number {
  let value = 0;
  for (let bit = first; bit < first + bits; bit++)
    value = (value << 1) | (((bytes[bit >> 3] ?? 0) >> (7 - (bit % 8))) & 1);
  return value >>> 0;
}
