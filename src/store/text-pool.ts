// Every text of a run once, under a small number: cells hold the number. Names, addresses and payloads live here.
// The pool only grows, so it needs no journal: how much of it exists at a position is a cell of the memory (memory.ts).

import { Digest } from './digest.js';

/** Texts numbered 0, 1, 2, … in order of arrival; 0 is the empty text, which is always there. */
export class TextPool {
  private texts = [''];
  private codes = new Map([['', 0]]);
  private digests = [new Digest()]; // at each code: of all texts up to it, so that no text is read twice

  get next(): number {
    return this.texts.length;
  }

  /** Appends a text that is not here yet, under the code `next`. */
  append(text: string): void {
    const digest = new Digest(this.digestThrough(this.next - 1));
    digest.absorbText(text);
    this.codes.set(text, this.next);
    this.texts.push(text);
    this.digests.push(digest);
  }

  code(text: string): number | undefined {
    return this.codes.get(text);
  }

  text(code: number): string | undefined {
    return this.texts[code];
  }

  /** Of all texts with this code or a lower one. */
  digestThrough(code: number): Digest {
    return this.digests[code] as Digest;
  }

  /** Forgets every text with a higher code than this. */
  truncate(lastCode: number): void {
    for (const text of this.texts.splice(lastCode + 1)) this.codes.delete(text);
    this.digests.length = this.texts.length;
  }

  copyFrom(other: TextPool): void {
    this.texts = other.texts.slice();
    this.codes = new Map(other.codes);
    this.digests = other.digests.slice();
  }
}
