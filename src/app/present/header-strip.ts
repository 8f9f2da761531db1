// A packet's headers in a few wide rows, for the strip below the ladder: who carries it, what the demultiplexer reads, and
// the flags. It leaves out what routing and fragmenting need; every bit stands in the header panel: header-grid.ts.
// Drawn by ../panels/header-strip.ts.
import type { FieldView, HeaderView, PacketHeaders } from '../../trace/packet-headers.js';
import { messages } from '../messages.js';
import { FLAG_NAMES, valueWords } from '../words/header.js';
import type { Hue } from './chip.js';
import { headerKey } from './header-grid.js';

export interface StripCell {
  /** The same key as in the header panel. */
  readonly key: string;
  readonly name: string;
  /** `—` where it means nothing in this packet. */
  readonly value: string;
  /** Bits across, of 32. */
  readonly span: number;
  readonly hue: Hue | undefined;
  readonly isAsked: boolean;
  /** What stood here before the last router, in words, with the letter of its owner. */
  readonly was: string | undefined;
}

export interface StripRow {
  readonly key: string;
  readonly header: HeaderView;
  readonly kind: 'network' | 'ports' | 'rest' | 'flags';
  readonly cells: readonly StripCell[];
  readonly lamps: readonly { readonly key: string; readonly name: string; readonly isSet: boolean }[];
  /** Options in short: `MSS 1460`. */
  readonly options: readonly string[];
}

/** The fields of a row with their widths; an address of any family has the same. */
const ROWS: Readonly<
  Record<string, readonly (readonly [kind: StripRow['kind'], ...fields: (readonly [string, number])[]])[]>
> = {
  IPv4: [['network', ['protocol', 8], ['source', 12], ['destination', 12]]],
  IPv6: [['network', ['next header', 6], ['source', 13], ['destination', 13]]],
  TCP: [
    ['ports', ['source port', 16], ['destination port', 16]],
    ['rest', ['sequence number', 16], ['acknowledgment number', 16]],
    ['flags', ['window', 9]],
  ],
  UDP: [
    ['ports', ['source port', 16], ['destination port', 16]],
    ['rest', ['length', 16], ['checksum', 16]],
  ],
  ICMP: [['rest', ['type', 16], ['code', 16]]],
  ICMPv6: [['rest', ['type', 16], ['code', 16]]],
};
/** Of a quoted header only the ends are told: there is room for no more, and the error is found by them. */
const QUOTED: readonly StripRow['kind'][] = ['network', 'ports'];

export function headerStrip({ headers }: PacketHeaders): readonly StripRow[] {
  return headers.flatMap((header) => {
    const rows = ROWS[header.name] ?? [];
    const shown = header.isQuoted ? rows.filter(([kind]) => QUOTED.includes(kind)) : rows;
    return shown.map(([kind, ...wanted]): StripRow => {
      const flags = kind === 'flags' ? header.fields.filter(({ name }) => FLAG_NAMES.has(name)) : [];
      return {
        key: `${headerKey(header)} ${kind}`,
        ...{ header, kind },
        cells: wanted.flatMap(([name, span]) => {
          const field = header.fields.find((each) => each.name === name);
          return field === undefined ? [] : [cellOf(header, field, span)];
        }),
        lamps: flags.map(({ name, value }) => ({
          key: `${headerKey(header)} ${name}`,
          name,
          isSet: value === 1,
        })),
        options: kind === 'flags' ? optionsOf(header) : [],
      };
    });
  });
}

function cellOf(header: HeaderView, field: FieldView, span: number): StripCell {
  const hasAck = header.fields.some(({ name, value }) => name === 'ACK' && value === 1);
  const isEmpty = field.name === 'acknowledgment number' && !hasAck;
  return {
    key: `${headerKey(header)} ${field.name}`,
    name: field.name,
    value: isEmpty ? '—' : valueWords(header, field),
    span,
    hue: field.owner?.hue,
    isAsked: field.asked !== undefined,
    was: field.was === undefined ? undefined : messages.header.was(field.was, field.wasOwner?.letter),
  };
}

function optionsOf({ fields }: HeaderView): readonly string[] {
  return fields.flatMap(({ name, value }) => (name === 'maximum segment size' ? [`MSS ${value}`] : []));
}
