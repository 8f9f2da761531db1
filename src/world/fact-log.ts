// The fact log: what happened, to whom, in the order it happened. Floors below append, trace and check read.
// A fact is never changed, and the log is not part of the digest: every fact follows from the same events. The last
// thousand or so are objects; what is older is packed (packed-facts.ts), so that a long run is a small one.
import type { Packet } from '../wire/packet.js';
import type { Fact, Sent } from './facts.js';
import { PackedFacts } from './packed-facts.js';
import type { HostId } from './tables.js';

const LATEST = 1000;

export class FactLog {
  private readonly past = new PackedFacts();
  private latest: Fact[] = [];

  add(fact: Fact): void {
    this.latest.push(fact);
    if (this.latest.length > 2 * LATEST) for (const old of this.latest.splice(0, LATEST)) this.past.add(old);
  }

  /** Puts a fact before those from number `place` on: what followed from it is known already. */
  insert(place: number, fact: Fact): void {
    if (place < this.past.length) this.latest = [...this.past.takeBack(place), ...this.latest];
    const { latest } = this;
    let at = latest.push(fact) - 1; // nearly always one of the last: nothing is spliced
    for (const goal = place - this.past.length; at > goal; at--) latest[at] = latest[at - 1] as Fact;
    latest[at] = fact;
  }

  get length(): number {
    return this.past.length + this.latest.length;
  }

  /** The most recent packet that arrived at a host and fits. Looks back over the last thousand facts, not further. */
  lastArrival(host: HostId, fits: (packet: Packet) => boolean): Sent | undefined {
    const end = Math.max(0, this.latest.length - LATEST);
    for (let at = this.latest.length - 1; at >= end; at--) {
      const fact = this.latest[at];
      if (fact?.kind === 'arrived' && fact.host === host && fits(fact.sent.packet)) return fact.sent;
    }
    return undefined;
  }

  /** Those from number `from` (the first is 0) up to `to`, in order. */
  between(from: number, to: number): readonly Fact[] {
    const { past, latest } = this;
    const recent = latest.slice(Math.max(0, from - past.length), Math.max(0, to - past.length));
    return from < past.length ? [...past.between(from, Math.min(to, past.length)), ...recent] : recent;
  }
}
