// Typed columns: `world.sockets.state.get(socket)` and `.set(socket, 'LISTEN')`. How they are declared: columns.ts.
// Each access makes sure that the id is a living row of the column's table at this position.
// The classes repeat a few lines on purpose: lines shared by several classes turn megamorphic in V8, and these are the
// most travelled lines of all. What happens to a cell that is written: memory.ts.

import type { Nanos } from '../base/time.js';
import type { Memory } from './memory.js';
import { type Id, type Link, TAG } from './row-id.js';

/** Where a column lives. `name` is for messages: `sockets.state`. */
export interface ColumnPlace {
  readonly memory: Memory;
  readonly name: string;
  readonly tag: number;
  /** How many cells after the row's first. */
  readonly offset: number;
  /** Of flags and choices, which share cells: how many bits of the cell lie below its own. */
  readonly shift: number;
}

/** One value for each row of a table. */
export abstract class Column<Of extends string, Value> {
  readonly name: string;
  /** How many cells after the row's first: for readers inside the store. */
  readonly offset: number;
  protected readonly memory: Memory;
  protected readonly tag: number;

  constructor({ memory, name, tag, offset }: ColumnPlace) {
    this.memory = memory;
    this.name = name;
    this.tag = tag;
    this.offset = offset;
  }

  abstract get(id: Id<Of>): Value;
  abstract set(id: Id<Of>, value: Value): void;

  protected refuse(id: number): never {
    const found = this.memory.read(id + TAG) || 0;
    const what = found === 0 ? 'does not exist' : found === -this.tag ? 'was removed' : 'is of another table';
    throw new Error(`${this.name}: row ${id} ${what} at position ${this.memory.position}`);
  }
}

/** 32 bits, read as 0 to 2^32 - 1. `set` and `add` wrap, as sequence numbers do. A fresh row has 0. */
export class NumberColumn<Of extends string> extends Column<Of, number> {
  get(id: Id<Of>): number {
    const { memory } = this;
    if (memory.read(id + TAG) !== this.tag) this.refuse(id);
    return memory.read(id + this.offset) >>> 0;
  }

  set(id: Id<Of>, value: number): void {
    const { memory } = this;
    if (memory.read(id + TAG) !== this.tag) this.refuse(id);
    memory.write(id + this.offset, value);
  }

  /** Adds a whole number, which may be negative. */
  add(id: Id<Of>, amount: number): void {
    const { memory } = this;
    if (memory.read(id + TAG) !== this.tag) this.refuse(id);
    memory.write(id + this.offset, memory.read(id + this.offset) + amount);
  }
}

/** A moment or a length of time, in two cells: the multiples of 2^32 and the rest. A fresh row has 0. */
export class TimeColumn<Of extends string> extends Column<Of, Nanos> {
  get(id: Id<Of>): Nanos {
    const { memory } = this;
    if (memory.read(id + TAG) !== this.tag) this.refuse(id);
    return memory.read(id + this.offset) * 2 ** 32 + (memory.read(id + this.offset + 1) >>> 0);
  }

  set(id: Id<Of>, nanos: Nanos): void {
    const { memory } = this;
    if (memory.read(id + TAG) !== this.tag) this.refuse(id);
    if (!(Number.isSafeInteger(nanos) && nanos >= 0)) this.refuseTime(nanos);
    memory.write(id + this.offset, Math.floor(nanos / 2 ** 32));
    memory.write(id + this.offset + 1, nanos >>> 0);
  }

  private refuseTime(nanos: number): never {
    throw new Error(`${this.name}: ${nanos} is no time; times are whole nanoseconds from 0 to 2^53 - 1`);
  }
}

/** Any text, interned. A fresh row has the empty text. */
export class TextColumn<Of extends string> extends Column<Of, string> {
  get(id: Id<Of>): string {
    const { memory } = this;
    if (memory.read(id + TAG) !== this.tag) this.refuse(id);
    return memory.text(memory.read(id + this.offset));
  }

  set(id: Id<Of>, text: string): void {
    const { memory } = this;
    if (memory.read(id + TAG) !== this.tag) this.refuse(id);
    memory.write(id + this.offset, memory.intern(text));
  }
}

/** A row of some table, or 0 for none, as in a fresh row. Nothing keeps that row from being removed. */
export class LinkColumn<Of extends string, To extends string> extends Column<Of, Link<To>> {
  get(id: Id<Of>): Link<To> {
    const { memory } = this;
    if (memory.read(id + TAG) !== this.tag) this.refuse(id);
    return memory.read(id + this.offset) as Link<To>;
  }

  set(id: Id<Of>, row: Link<To>): void {
    const { memory } = this;
    if (memory.read(id + TAG) !== this.tag) this.refuse(id);
    memory.write(id + this.offset, row);
  }
}

/** One of a list of names; some bits of a cell hold its place in the list. A fresh row has the first. */
export class ChoiceColumn<Of extends string, Name extends string> extends Column<Of, Name> {
  readonly names: readonly Name[];
  private readonly shift: number;
  private readonly mask: number;

  constructor(place: ColumnPlace, names: readonly Name[]) {
    super(place);
    this.names = names;
    this.shift = place.shift;
    this.mask = (1 << bitsFor(names.length)) - 1;
  }

  get(id: Id<Of>): Name {
    const { memory } = this;
    if (memory.read(id + TAG) !== this.tag) this.refuse(id);
    return this.names[(memory.read(id + this.offset) >>> this.shift) & this.mask] as Name;
  }

  set(id: Id<Of>, name: Name): void {
    const { memory } = this;
    if (memory.read(id + TAG) !== this.tag) this.refuse(id);
    const code = this.names.indexOf(name);
    if (code < 0) this.refuseChoice(name);
    const others = memory.read(id + this.offset) & ~(this.mask << this.shift);
    memory.write(id + this.offset, others | (code << this.shift));
  }

  /** The place of the row's name in `names`, for tables that are compiled from the same list. */
  code(id: Id<Of>): number {
    const { memory } = this;
    if (memory.read(id + TAG) !== this.tag) this.refuse(id);
    return (memory.read(id + this.offset) >>> this.shift) & this.mask;
  }

  setCode(id: Id<Of>, code: number): void {
    const { memory } = this;
    if (memory.read(id + TAG) !== this.tag) this.refuse(id);
    if (this.names[code] === undefined) this.refuseChoice(code);
    const others = memory.read(id + this.offset) & ~(this.mask << this.shift);
    memory.write(id + this.offset, others | (code << this.shift));
  }

  private refuseChoice(choice: string | number): never {
    throw new Error(`${this.name}: ${JSON.stringify(choice)} is none of ${this.names.join(', ')}`);
  }
}

/** How many bits a choice among so many names takes. */
export function bitsFor(names: number): number {
  return Math.max(1, 32 - Math.clz32(names - 1));
}

/** Yes or no, in one bit of a cell. A fresh row has no. */
export class FlagColumn<Of extends string> extends Column<Of, boolean> {
  private readonly bit: number;

  constructor(place: ColumnPlace) {
    super(place);
    this.bit = 1 << place.shift;
  }

  get(id: Id<Of>): boolean {
    const { memory } = this;
    if (memory.read(id + TAG) !== this.tag) this.refuse(id);
    return (memory.read(id + this.offset) & this.bit) !== 0;
  }

  set(id: Id<Of>, isSet: boolean): void {
    const { memory } = this;
    if (memory.read(id + TAG) !== this.tag) this.refuse(id);
    const cell = memory.read(id + this.offset);
    memory.write(id + this.offset, isSet ? cell | this.bit : cell & ~this.bit);
  }
}
