// The living rows of one table, as a list through the rows themselves: kept in cells, so it steps back like all else.
// What a row holds is not known here: columns.ts. How a table is put together: table.ts.

import type { Memory } from './memory.js';
import { type Id, type Link, NEXT, PREVIOUS, ROW_HEADER, TAG } from './row-id.js';

const FIRST = 0;
const LAST = 1;
const COUNT = 2;

const BEFORE = -1; // no row yet

/** How many cells of the memory the list of a table takes beside its rows. */
export const CELLS_PER_LIST = 3;

/** Where a table's rows live: its tag, the first cell of its list, and how many cells the columns of a row take. */
export interface RowsPlace {
  readonly memory: Memory;
  readonly name: string;
  readonly tag: number;
  readonly list: number;
  readonly columnCells: number;
}

/** Creates and removes rows of a table and goes through those that live, in order of creation. */
export class Rows<Of extends string> {
  private readonly memory: Memory;
  private readonly name: string;
  private readonly tag: number;
  private readonly list: number;
  private readonly width: number;

  constructor({ memory, name, tag, list, columnCells }: RowsPlace) {
    this.memory = memory;
    this.name = name;
    this.tag = tag;
    this.list = list;
    this.width = ROW_HEADER + columnCells;
  }

  /** How many rows live at this position. */
  get count(): number {
    return this.memory.read(this.list + COUNT);
  }

  /** The oldest of them, or 0. */
  get first(): Link<Of> {
    return this.memory.read(this.list + FIRST) as Link<Of>;
  }

  /** A fresh row, last in order: numbers 0, texts empty, flags off, choices their first name, links none. */
  create(): Id<Of> {
    const { memory, list } = this;
    const id = memory.allocate(this.width);
    const last = memory.read(list + LAST);
    memory.write(id + TAG, this.tag);
    memory.write(id + PREVIOUS, last);
    memory.write(last === 0 ? list + FIRST : last + NEXT, id);
    memory.write(list + LAST, id);
    memory.write(list + COUNT, this.count + 1);
    return id as Id<Of>;
  }

  /** Ends a row. From now on every access with its id throws; its cells are not used again. */
  remove(id: Id<Of>): void {
    if (!this.has(id)) {
      throw new Error(
        `${this.name}: row ${id} is not here to be removed, at position ${this.memory.position}`,
      );
    }
    const { memory, list } = this;
    const previous = memory.read(id + PREVIOUS);
    const next = memory.read(id + NEXT);
    memory.write(previous === 0 ? list + FIRST : previous + NEXT, next);
    memory.write(next === 0 ? list + LAST : next + PREVIOUS, previous);
    memory.write(list + COUNT, this.count - 1);
    memory.write(id + TAG, -this.tag);
  }

  /** Is this the id of a living row of this table, at this position? */
  has(id: number): id is Id<Of> {
    return this.memory.read(id + TAG) === this.tag;
  }

  /**
   * In order of creation. Rows may be removed meanwhile, the one in hand too; removed rows are passed over. Rows created
   * meanwhile come last, unless the row in hand was the last and has been removed.
   */
  [Symbol.iterator](): Iterator<Id<Of>, undefined> {
    return new Walk(this, this.memory);
  }
}

/** By hand, as V8 compiles it away in a loop; a generator it does not. */
class Walk<Of extends string> implements Iterator<Id<Of>, undefined> {
  private readonly rows: Rows<Of>;
  private readonly memory: Memory;
  private at = BEFORE; // the row given last, 0 once all have been

  constructor(rows: Rows<Of>, memory: Memory) {
    this.rows = rows;
    this.memory = memory;
  }

  next(): IteratorResult<Id<Of>, undefined> {
    const { rows, memory } = this;
    // A removed row still knows who came after it, and so do those removed behind it.
    let id = this.at === BEFORE ? rows.first : this.at && memory.read(this.at + NEXT);
    while (id !== 0 && !rows.has(id)) id = memory.read(id + NEXT);
    this.at = id;
    return id === 0 ? { done: true, value: undefined } : { done: false, value: id as Id<Of> };
  }
}
