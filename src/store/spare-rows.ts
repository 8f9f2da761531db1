// Rows that come and go all the time and that nobody but their owner names: text in a queue. A row that was removed is the
// next to be created, id and all, so a run of any length takes no more cells than its fullest moment (rows.ts keeps every
// id for good). They are in no list: who wants to go through them keeps a queue. How a table is put together: table.ts.

import type { Memory } from './memory.js';
import { type Id, NEXT, ROW_HEADER, TAG } from './row-id.js';
import type { RowsPlace } from './rows.js';

export class SpareRows<Of extends string> {
  private readonly memory: Memory;
  private readonly name: string;
  private readonly tag: number;
  private readonly spare: number; // the cell that names the row removed last
  private readonly width: number;

  constructor({ memory, name, tag, list, columnCells }: RowsPlace) {
    this.memory = memory;
    this.name = name;
    this.tag = tag;
    this.spare = list;
    this.width = ROW_HEADER + columnCells;
  }

  /** A row as if it were new. Numbers 0, texts empty, flags off, choices their first name, links none. */
  create(): Id<Of> {
    const { memory, spare } = this;
    let id = memory.read(spare);
    const isSpare = id !== 0;
    if (isSpare) memory.write(spare, memory.read(id + NEXT));
    else id = memory.allocate(this.width);
    memory.write(id + TAG, this.tag);
    if (isSpare) for (let cell = ROW_HEADER; cell < this.width; cell++) memory.write(id + cell, 0);
    return id as Id<Of>;
  }

  /** Ends a row. Until it is created anew every access with its id throws. */
  remove(id: Id<Of>): void {
    const { memory, spare } = this;
    if (!this.has(id))
      throw new Error(`${this.name}: row ${id} is not here to be removed, at position ${memory.position}`);
    memory.write(id + NEXT, memory.read(spare));
    memory.write(spare, id);
    memory.write(id + TAG, -this.tag);
  }

  /** Is this the id of a living row of this table, at this position? */
  has(id: number): id is Id<Of> {
    return this.memory.read(id + TAG) === this.tag;
  }
}
