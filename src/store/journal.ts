// The history of the cells: every change as (cell, old XOR new), cut into steps.
// XOR makes undoing and redoing the same walk over the same entries. What a cell means is not known here.
// Memory (memory.ts) is the only one who appends; the list grows in chunks, so nothing written is ever copied.

const CHUNK_BITS = 14; // 16,384 entries, 128 KiB
const CHUNK_ENTRIES = 1 << CHUNK_BITS;
const ENTRY_MASK = CHUNK_ENTRIES - 1;
const NO_ROOM = new Int32Array(0);

/** A list of steps, each a range of changes. Open while a step runs; closed, it takes no change. */
export class Journal {
  private chunks: Int32Array[] = [];
  private chunk = NO_ROOM; // the last of `chunks`
  private slot = 0; // where the next entry goes in `chunk`
  private first = 0; // where the first of this step went, or could have gone, in `chunk`
  private limit = 0; // where `slot` has to stop: the chunk's end while open, at once while closed
  private open = false;
  private steps = 0;
  private marks = [new Uint32Array(CHUNK_ENTRIES)]; // how many entries there are before each position, in chunks too

  get end(): number {
    return this.steps;
  }

  /** What it takes: two words a change, one a step. */
  get bytes(): number {
    return 8 * this.entries() + 4 * this.steps;
  }

  get isOpen(): boolean {
    return this.open;
  }

  /** Nothing can be appended before `extend`. One comparison stands for two questions: is it open, is there room. */
  get isFull(): boolean {
    return this.slot === this.limit;
  }

  /** Makes room for further entries. The caller has made sure that the journal is open. */
  extend(): void {
    this.chunk = new Int32Array(2 * CHUNK_ENTRIES);
    this.chunks.push(this.chunk);
    this.slot = 0;
    this.first = 0;
    this.limit = this.chunk.length;
  }

  /** A cell that is written twice in a row, as flags that share one are, changes once. */
  append(cell: number, change: number): void {
    const { chunk, slot } = this;
    if (slot > this.first && chunk[slot - 2] === cell) {
      chunk[slot - 1] = (chunk[slot - 1] as number) ^ change;
      return;
    }
    chunk[slot] = cell;
    chunk[slot + 1] = change;
    this.slot = slot + 2;
  }

  openStep(): void {
    this.open = true;
    this.first = this.slot;
    this.limit = this.chunk.length;
  }

  closeStep(): void {
    this.open = false;
    this.limit = this.slot;
    this.steps += 1;
    if ((this.steps & ENTRY_MASK) === 0) this.marks.push(new Uint32Array(CHUNK_ENTRIES));
    const marks = this.marks[this.steps >> CHUNK_BITS] as Uint32Array;
    marks[this.steps & ENTRY_MASK] = this.entries();
  }

  /** Applies all changes between two positions to `cells`, in whichever direction; about 2 ns each. */
  walk(cells: Int32Array, from: number, to: number): void {
    let entry = this.entriesBefore(Math.min(from, to));
    const stop = this.entriesBefore(Math.max(from, to));
    while (entry < stop) {
      const chunk = this.chunks[entry >> CHUNK_BITS] as Int32Array;
      const first = entry & ENTRY_MASK;
      const beyond = Math.min(first + stop - entry, CHUNK_ENTRIES);
      for (let slot = 2 * first; slot < 2 * beyond; slot += 2) {
        const cell = chunk[slot] as number;
        cells[cell] = (cells[cell] as number) ^ (chunk[slot + 1] as number);
      }
      entry += beyond - first;
    }
  }

  /** Keeps the first `steps` steps. Another world that shares the chunks keeps all of its own. */
  truncate(steps: number): void {
    this.chunks.length = Math.ceil(this.entriesBefore(steps) / CHUNK_ENTRIES);
    this.marks.length = (steps >> CHUNK_BITS) + 1;
    this.steps = steps;
    this.ownWhatGrows();
  }

  /** The same steps as `other`. Chunks that are full never change again and are shared. */
  copyFrom(other: Journal): void {
    this.chunks = other.chunks.slice();
    this.marks = other.marks.slice();
    this.steps = other.steps;
    this.ownWhatGrows();
  }

  private ownWhatGrows(): void {
    const marks = this.marks.length - 1;
    this.marks[marks] = (this.marks[marks] as Uint32Array).slice();
    const chunks = this.chunks.length - 1;
    this.chunk = this.chunks[chunks]?.slice() ?? NO_ROOM;
    if (chunks >= 0) this.chunks[chunks] = this.chunk;
    this.slot = chunks >= 0 ? 2 * (this.entriesBefore(this.steps) - chunks * CHUNK_ENTRIES) : 0;
    this.limit = this.slot;
  }

  /** How many changes there are. */
  entries(): number {
    return this.chunks.length === 0 ? 0 : (this.chunks.length - 1) * CHUNK_ENTRIES + this.slot / 2;
  }

  /** How many changes lie before a position. */
  entriesBefore(position: number): number {
    return (this.marks[position >> CHUNK_BITS] as Uint32Array)[position & ENTRY_MASK] as number;
  }
}
