// A world: named tables of named columns over one memory. This is the door through which other floors use the store.
// Which tables there are is decided elsewhere; here they only get their places. Cells and journal: memory.ts.

import { invariant } from '../base/invariant.js';
import { bitsOf, type ColumnOf, columnFrom, type Spec } from './columns.js';
import { Memory } from './memory.js';
import { ROW_HEADER, tagOf } from './row-id.js';
import { CELLS_PER_LIST, Rows } from './rows.js';
import { SpareRows } from './spare-rows.js';

export type { Id, Link } from './row-id.js';
export { Rows } from './rows.js';

/** The columns of a table, by name. */
export type Shape = Readonly<Record<string, Spec>>;

declare const spare: unique symbol;
/** The columns of a table whose rows are used again: spare-rows.ts. */
export type SpareShape<S extends Shape> = S & { readonly [spare]: true };
const SPARE_SHAPES = new WeakSet<Shape>();

/** A table of rows that come and go, and that nobody but their owner names. */
export function withSpareRows<const S extends Shape>(shape: S): SpareShape<S> {
  SPARE_SHAPES.add(shape);
  return shape as SpareShape<S>;
}

/** The tables of a world, by name. */
export type Shapes = Readonly<Record<string, Shape>>;

/** A table: its columns by name, and `rows`, which creates and removes them. */
export type Table<Of extends string, S extends Shape> = {
  readonly [Name in keyof S & string]: ColumnOf<Of, S[Name]>;
} & { readonly rows: S extends SpareShape<Shape> ? SpareRows<Of> : Rows<Of> };

/** The world that `createWorld` makes of these shapes: its tables by name, and `memory`. */
export type WorldOf<S extends Shapes> = {
  readonly [Name in keyof S & string]: Table<Name, S[Name]>;
} & { readonly memory: Memory };

/**
 * A world of these tables, empty and at position 0. With `original`, a world of the same shapes: a copy of it, at the
 * same position and with the same past and future, that from now on goes its own way.
 */
export function createWorld<const S extends Shapes>(shapes: S, original?: WorldOf<S>): WorldOf<S> {
  const names = Object.keys(shapes);
  const memory = new Memory(CELLS_PER_LIST * names.length);
  const tables: Record<string, unknown> = {};
  for (const [number, [name, shape]] of Object.entries<Shape>(shapes).entries()) {
    invariant(name !== 'memory', 'a table cannot be called memory: a world has its memory under this name');
    checkShape(name, shape, names);
    tables[name] = createTable(memory, name, number, shape);
  }
  if (original !== undefined) memory.copyFrom(original.memory);
  // The one place where names become properties, which no type can follow.
  return { ...tables, memory } as unknown as WorldOf<S>;
}

function createTable(memory: Memory, name: string, number: number, shape: Shape): Record<string, unknown> {
  const tag = tagOf(number + 1);
  const columns: Record<string, unknown> = {};
  let offset = ROW_HEADER;
  let shared = { offset, shift: 32 }; // the cell of the small columns, and how many of its bits are taken
  for (const [column, spec] of Object.entries(shape)) {
    const bits = bitsOf(spec);
    const isSmall = bits < 32;
    if (isSmall && shared.shift + bits > 32) shared = { offset: offset++, shift: 0 };
    const at = isSmall ? shared : { offset, shift: 0 };
    columns[column] = columnFrom(spec, { memory, name: `${name}.${column}`, tag, ...at });
    if (isSmall) shared = { ...shared, shift: shared.shift + bits };
    else offset += bits / 32;
  }
  const list = memory.firstReserved + CELLS_PER_LIST * number;
  const place = { memory, name, tag, list, columnCells: offset - ROW_HEADER };
  return { ...columns, rows: SPARE_SHAPES.has(shape) ? new SpareRows(place) : new Rows(place) };
}

function checkShape(name: string, shape: Shape, tables: readonly string[]): void {
  for (const [column, spec] of Object.entries(shape)) {
    const place = `${name}.${column}`;
    invariant(
      column !== 'rows',
      `${place}: a column cannot be called rows: a table has its rows under this name`,
    );
    if (spec.holds === 'link')
      invariant(tables.includes(spec.to), `${place}: there is no table ${spec.to} to link to`);
    if (spec.holds === 'choice') {
      const isFine = spec.names.length > 0 && new Set(spec.names).size === spec.names.length;
      invariant(isFine, `${place}: a choice needs at least one name, and each once`);
    }
  }
}
