// First in, first out, threaded through rows: a receive queue, a backlog. Kept in columns, so it steps back by itself.
// The owner has `first` and `last`, each member has `next`. A member is in at most one queue of these columns at a time.
// Of an empty queue `last` means nothing: it stays as it was, as what is not written is not remembered either.

import type { Column } from './column.js';
import type { Id, Link } from './row-id.js';

export class Queue<Owner extends string, Member extends string> {
  private readonly first: Column<Owner, Link<Member>>;
  private readonly last: Column<Owner, Link<Member>>;
  private readonly next: Column<Member, Link<Member>>;

  constructor(
    first: Column<Owner, Link<Member>>,
    last: Column<Owner, Link<Member>>,
    next: Column<Member, Link<Member>>,
  ) {
    this.first = first;
    this.last = last;
    this.next = next;
  }

  /** Puts a member at the end. */
  push(owner: Id<Owner>, member: Id<Member>): void {
    const last = this.first.get(owner) && this.last.get(owner);
    if (last === member || this.next.get(member))
      throw new Error(`${this.next.name}: row ${member} is queued already`);
    if (last) this.next.set(last, member);
    else this.first.set(owner, member);
    this.last.set(owner, member);
  }

  /** Takes the first member out, or gives 0 if there is none. */
  shift(owner: Id<Owner>): Link<Member> {
    const member = this.first.get(owner);
    if (member) this.unlink(owner, 0, member);
    return member;
  }

  /** Takes a member out wherever it stands. False if it is not in this owner's queue. Costs a walk up to it. */
  remove(owner: Id<Owner>, member: Id<Member>): boolean {
    let before: Link<Member> = 0;
    for (let at = this.first.get(owner); at; at = this.next.get(at)) {
      if (at === member) {
        this.unlink(owner, before, member);
        return true;
      }
      before = at;
    }
    return false;
  }

  /** First to last. The member in hand may be taken out meanwhile. */
  *of(owner: Id<Owner>): Generator<Id<Member>, void, undefined> {
    let member = this.first.get(owner);
    while (member) {
      const next = this.next.get(member);
      yield member;
      member = next;
    }
  }

  private unlink(owner: Id<Owner>, before: Link<Member>, member: Id<Member>): void {
    const next = this.next.get(member);
    if (before) this.next.set(before, next);
    else this.first.set(owner, next);
    if (!next && before) this.last.set(owner, before);
    this.next.set(member, 0);
  }
}
