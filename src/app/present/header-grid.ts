// A header as rows of 32 bits: which fields stand in which row, how wide, and what each cell says. A field that goes on in
// the next row has a cell in both; an IPv6 address is one cell four rows high.
// Drawn by ../panels/header.ts; short names and values are worded in ../words/header.ts.
import type { FieldView, HeaderView, PacketHeaders } from '../../trace/packet-headers.js';
import { FLAG_NAMES, SHORT_NAMES, valueWords } from '../words/header.js';
import type { Hue } from './chip.js';

export const ROW_BITS = 32;

export interface FieldCell {
  /** The same field has the same key at every step: `TCP window`, `quoted UDP length`. */
  readonly key: string;
  readonly field: FieldView;
  /** Bits across, 1 to 32, and rows down. */
  readonly span: number;
  readonly rows: number;
  /** What fits: `dest. port`; a single letter for a flag; '' where the field only goes on. */
  readonly name: string;
  readonly value: string;
  readonly hue: Hue | undefined;
  readonly isAsked: boolean;
  readonly isFlag: boolean;
  readonly isSet: boolean;
}

export interface HeaderGrid {
  readonly key: string;
  readonly header: HeaderView;
  readonly rows: readonly (readonly FieldCell[])[];
  /** TCP's flags by name, in the header's order; empty for others. */
  readonly lamps: readonly { readonly key: string; readonly name: string; readonly isSet: boolean }[];
}

/** `TCP`, `quoted UDP`. */
export function headerKey({ name, isQuoted }: HeaderView): string {
  return isQuoted ? `quoted ${name}` : name;
}

export function headerGrids({ headers }: PacketHeaders): readonly HeaderGrid[] {
  return headers.map((header) => {
    const key = headerKey(header);
    const rows: FieldCell[][] = Array.from({ length: Math.ceil((8 * header.size) / ROW_BITS) }, () => []);
    for (const [index, field] of header.fields.entries())
      for (const cell of cellsOf(
        header,
        field,
        `${key} ${field.name}${isRepeated(header, index) ? ` ${index}` : ''}`,
      ))
        rows[cell.row]?.push(cell);
    const flags = header.name === 'TCP' ? header.fields.filter(({ name }) => FLAG_NAMES.has(name)) : [];
    const lamps = flags.map(({ name, value }) => ({ key: `${key} ${name}`, name, isSet: value === 1 }));
    return { key, header, rows, lamps };
  });
}

/** The field to speak of while none is chosen: where the packet wants to go. */
export function chosenCell(grids: readonly HeaderGrid[], key: string | undefined): FieldCell | undefined {
  const cells = grids.flatMap(({ rows }) => rows.flat());
  const isPort = ({ field }: FieldCell) => field.asked === 'localPort';
  return cells.find((cell) => cell.key === key) ?? cells.find(isPort) ?? cells[0];
}

/** Sixteen bytes as two groups of digits and their letters would be wide; eight fit a phone: `0010  0a 00 …  ..`. */
export function hexLines(bytes: Uint8Array): readonly string[] {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 8) {
    const part = [...bytes.subarray(at, at + 8)];
    const digits = part.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const letters = part.map((byte) => (byte > 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${at.toString(16).padStart(4, '0')}  ${digits.padEnd(23)}  ${letters}`);
  }
  return lines;
}

/** Options may have the same names several times. */
function isRepeated({ fields }: HeaderView, index: number): boolean {
  return fields.findIndex(({ name }) => name === fields[index]?.name) !== index;
}

function* cellsOf(
  header: HeaderView,
  field: FieldView,
  key: string,
): Generator<FieldCell & { readonly row: number }> {
  const about = {
    key,
    field,
    hue: field.owner?.hue,
    isAsked: field.asked !== undefined,
    isFlag: field.bits === 1,
    isSet: field.bits === 1 && field.value === 1,
  };
  const first = Math.floor(field.offset / ROW_BITS);
  const isTall = field.bits > ROW_BITS && field.offset % ROW_BITS === 0 && field.bits % ROW_BITS === 0;
  const name = SHORT_NAMES[field.name] ?? field.name;
  const value = field.bits === 1 ? '' : valueWords(header, field);
  if (isTall) {
    yield { ...about, row: first, span: ROW_BITS, rows: field.bits / ROW_BITS, name, value };
    return;
  }
  for (let bit = field.offset; bit < field.offset + field.bits; ) {
    const span = Math.min(ROW_BITS - (bit % ROW_BITS), field.offset + field.bits - bit);
    const words = bit === field.offset ? { name, value } : { name: '', value: '' };
    yield { ...about, row: Math.floor(bit / ROW_BITS), span, rows: 1, ...words };
    bit += span;
  }
}
