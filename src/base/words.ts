// A list of 32-bit words that only grows at its end: in chunks, so that nothing is ever copied and none is half empty.

const CHUNK_BITS = 14;
const CHUNK = 1 << CHUNK_BITS;

export class Words {
  private readonly chunks: Int32Array[] = [];
  private count = 0;

  get length(): number {
    return this.count;
  }

  /** Keeps the low 32 bits. */
  push(word: number): void {
    if (this.count % CHUNK === 0) this.chunks.push(new Int32Array(CHUNK));
    const chunk = this.chunks[this.count >>> CHUNK_BITS] as Int32Array;
    chunk[this.count % CHUNK] = word;
    this.count += 1;
  }

  /** From 0 to 2^32 - 1; `index` from 0 to `length` - 1. */
  at(index: number): number {
    return ((this.chunks[index >>> CHUNK_BITS] as Int32Array)[index % CHUNK] as number) >>> 0;
  }

  set(index: number, word: number): void {
    (this.chunks[index >>> CHUNK_BITS] as Int32Array)[index % CHUNK] = word;
  }

  /** Keeps the first `count`. */
  truncate(count: number): void {
    this.chunks.length = Math.ceil(count / CHUNK);
    this.count = count;
  }
}
