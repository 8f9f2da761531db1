// Finds rows by three of their cells, in the time of about two reads: a hash table with linear probing, kept in cells.
// So it steps back, copies and digests by itself and can be asked at any position. Several rows may have one key.
// What the three cells mean, and which row is the right one, is not known here.

import type { Column, NumberColumn } from './column.js';
import type { Memory } from './memory.js';
import type { Id, Link } from './row-id.js';

/** Columns of the owner in which an index keeps itself: where its slots begin, how many there are, how many are taken. */
export interface IndexOwner<Owner extends string> {
  readonly slots: NumberColumn<Owner>;
  readonly size: NumberColumn<Owner>;
  readonly count: NumberColumn<Owner>;
}

const SMALLEST = 16;

/**
 * A multimap from keys of three numbers to member rows; each owner row has one of its own, empty at first.
 * A slot holds the newest member of a key; the others hang behind it through `next`, newest to oldest, and know through
 * `previous` who hangs before them: a port that a million connections share lets one go as quickly as a port with one. The key stays
 * in the member's row and must not change while the member is in; a member is in one index of these columns at a time.
 */
export class Index<Owner extends string, Member extends string> {
  private readonly memory: Memory;
  private readonly owner: IndexOwner<Owner>;
  private readonly link: Column<Member, Link<Member>>;
  private readonly back: Column<Member, Link<Member>>;
  // How many cells after a member's first its key stands.
  private readonly a: number;
  private readonly b: number;
  private readonly c: number;

  constructor(
    memory: Memory,
    owner: IndexOwner<Owner>,
    key: readonly [NumberColumn<Member>, NumberColumn<Member>, NumberColumn<Member>],
    next: Column<Member, Link<Member>>,
    previous: Column<Member, Link<Member>>,
  ) {
    this.memory = memory;
    this.owner = owner;
    this.link = next;
    this.back = previous;
    this.a = key[0].offset;
    this.b = key[1].offset;
    this.c = key[2].offset;
  }

  /** The newest member with this key, or 0. */
  first(owner: Id<Owner>, a: number, b: number, c: number): Link<Member> {
    const size = this.owner.size.get(owner);
    if (size === 0) return 0;
    const slot = this.slotOf(this.owner.slots.get(owner), size - 1, a | 0, b | 0, c | 0);
    return this.memory.read(slot) as Link<Member>;
  }

  /** The member of the same key that was added before this one, or 0. */
  next(member: Id<Member>): Link<Member> {
    return this.link.get(member);
  }

  /** All members with this key, newest to oldest. The one in hand may be removed meanwhile. */
  *of(owner: Id<Owner>, a: number, b: number, c: number): Generator<Id<Member>, void, undefined> {
    let member = this.first(owner, a, b, c);
    while (member) {
      const next = this.link.get(member);
      yield member;
      member = next;
    }
  }

  /** How many slots are looked at to find the first member with this key, or none. For tests and benchmarks. */
  probes(owner: Id<Owner>, a: number, b: number, c: number): number {
    const size = this.owner.size.get(owner);
    if (size === 0) return 0;
    const slots = this.owner.slots.get(owner);
    const home = scatter(a | 0, b | 0, c | 0) & (size - 1);
    const slot = this.slotOf(slots, size - 1, a | 0, b | 0, c | 0) - slots;
    return ((slot - home) & (size - 1)) + 1;
  }

  /** Takes a member in, as the newest of its key. */
  add(owner: Id<Owner>, member: Id<Member>): void {
    const { memory, link, back } = this;
    const { size, count } = this.owner;
    if (2 * (count.get(owner) + 1) > size.get(owner)) this.grow(owner);
    const slot = this.slotOfMember(owner, member);
    const older = memory.read(slot) as Link<Member>;
    if (older === member || link.get(member) || back.get(member))
      throw new Error(`${link.name}: row ${member} is indexed already`);
    if (older) {
      link.set(member, older);
      back.set(older, member);
    } else count.add(owner, 1);
    memory.write(slot, member);
  }

  /** Takes a member out; the others of its key keep their order. Throws if it is not in. */
  remove(owner: Id<Owner>, member: Id<Member>): void {
    const { memory, link, back } = this;
    if (this.owner.size.get(owner) === 0) this.refuse(member);
    const slot = this.slotOfMember(owner, member);
    if (memory.read(slot) === 0) this.refuse(member);
    const older = link.get(member);
    const newer = back.get(member);
    if (newer) link.set(newer, older);
    else if (memory.read(slot) !== member) this.refuse(member);
    else if (older) memory.write(slot, older);
    else this.vacate(owner, slot);
    if (older) back.set(older, newer);
    link.set(member, 0);
    back.set(member, 0);
  }

  /** The cell of the slot that holds this key, or of the free one where it belongs. */
  private slotOf(slots: number, mask: number, a: number, b: number, c: number): number {
    const { memory } = this;
    let place = scatter(a, b, c) & mask;
    for (;;) {
      const id = memory.read(slots + place);
      if (id === 0) break;
      if (memory.read(id + this.c) === c && memory.read(id + this.b) === b && memory.read(id + this.a) === a)
        break;
      place = (place + 1) & mask;
    }
    return slots + place;
  }

  private slotOfMember(owner: Id<Owner>, member: number): number {
    const { memory } = this;
    const mask = this.owner.size.get(owner) - 1;
    const slots = this.owner.slots.get(owner);
    return this.slotOf(
      slots,
      mask,
      memory.read(member + this.a),
      memory.read(member + this.b),
      memory.read(member + this.c),
    );
  }

  /** Where the search for a member's key begins, before it is cut to the size of the table. */
  private homeOf(member: number): number {
    const { memory } = this;
    return scatter(memory.read(member + this.a), memory.read(member + this.b), memory.read(member + this.c));
  }

  /** Frees a slot and moves later ones of its cluster back, so that no search ends too early. No tombstones. */
  private vacate(owner: Id<Owner>, slot: number): void {
    const { memory } = this;
    const slots = this.owner.slots.get(owner);
    const mask = this.owner.size.get(owner) - 1;
    let hole = slot - slots;
    for (let place = (hole + 1) & mask; ; place = (place + 1) & mask) {
      const id = memory.read(slots + place);
      if (id === 0) break;
      const fromHome = (place - this.homeOf(id)) & mask;
      const fromHole = (place - hole) & mask;
      if (fromHome < fromHole) continue; // in the hole it would stand before its home
      memory.write(slots + hole, id);
      hole = place;
    }
    memory.write(slots + hole, 0);
    this.owner.count.add(owner, -1);
  }

  /** Doubles the slots. The old ones stay where they are, as earlier positions read them. */
  private grow(owner: Id<Owner>): void {
    const { memory } = this;
    const { slots, size } = this.owner;
    const oldSize = size.get(owner);
    const oldSlots = slots.get(owner);
    const newSize = Math.max(SMALLEST, 2 * oldSize);
    slots.set(owner, memory.allocate(newSize));
    size.set(owner, newSize);
    for (let place = 0; place < oldSize; place++) {
      const id = memory.read(oldSlots + place);
      if (id !== 0) memory.write(this.slotOfMember(owner, id), id);
    }
  }

  private refuse(member: number): never {
    throw new Error(`${this.link.name}: row ${member} is not in the index; was its key changed meanwhile?`);
  }
}

/** 96 bits to 32. Sequential addresses and ports are the usual keys, so the low bits have to depend on all of them. */
function scatter(a: number, b: number, c: number): number {
  let mixed = Math.imul(a ^ 0x5bd1e995, 0x7feb352d);
  mixed = Math.imul((mixed ^ (mixed >>> 15)) + b, 0x846ca68b);
  mixed = Math.imul((mixed ^ (mixed >>> 14)) + c, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca77);
  return mixed ^ (mixed >>> 15);
}
