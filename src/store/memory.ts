// The memory of a world: one array of 32-bit cells, all its texts, and the journal that leads to any other position.
// Every change of a cell passes `write`, and the array itself is shown to nobody: there is no way round the journal.
// It has never heard of rows, tables or packets. Those are columns.ts and table.ts; domain code uses these.

import { Digest } from './digest.js';
import { Journal } from './journal.js';
import { Keyframes } from './keyframes.js';
import { TextPool } from './text-pool.js';

const ALLOCATED = 1; // the cell that counts allocated cells, so that going back also gives memory back
const LAST_TEXT = 2; // the cell that holds the highest code of a text, for the same reason
const FIRST_RESERVED = 3; // cell 0 stays 0: the number 0 means "none" wherever a cell is named
const MOST_CELLS = 2 ** 31 - 1; // a cell's number has to fit into a cell

/**
 * Cells that are all 0 at position 0, and change in steps. `position` counts the steps that are in effect.
 * Cells and texts are written only inside `step`, and a step runs only where there is no future: `position === end`.
 */
export class Memory {
  /** The first of the cells that exist from the start. */
  readonly firstReserved = FIRST_RESERVED;
  private readonly fixed: number;
  private cells: Int32Array;
  private readonly journal = new Journal();
  private readonly keyframes = new Keyframes();
  private readonly texts = new TextPool();
  private here = 0;

  /** `reserved`: how many cells exist from the start, beside the memory's own. */
  constructor(reserved: number) {
    this.fixed = FIRST_RESERVED + reserved;
    this.cells = new Int32Array(Math.max(1024, 2 * this.fixed));
  }

  /** How many steps are in effect: 0 before the first, `end` after the last. */
  get position(): number {
    return this.here;
  }

  /** How many steps there are. */
  get end(): number {
    return this.journal.end;
  }

  /** What the world takes as it stands here, and what its history takes: changes, positions and copies. In bytes. */
  get bytes(): { readonly cells: number; readonly history: number } {
    return { cells: 4 * this.used(), history: this.journal.bytes + this.keyframes.bytes };
  }

  /** What a cell holds, as a signed 32-bit number. */
  read(cell: number): number {
    return this.cells[cell] as number;
  }

  /** The one door. Keeps the low 32 bits of `value`. Throws outside a step, even if nothing would change. */
  write(cell: number, value: number): void {
    const { journal, cells } = this;
    if (journal.isFull) this.makeRoom();
    const change = (cells[cell] as number) ^ value;
    if (change === 0) return;
    journal.append(cell, change);
    cells[cell] = value;
  }

  /** Runs one step and gives back what `work` gives. If it throws, the world is as it was before, without a step more. */
  step<Result>(work: () => Result): Result {
    this.refuseInStep('begin another step');
    if (this.here !== this.end) {
      throw new Error(
        `cannot run at position ${this.here}: ${this.end} steps exist; seek to the end or forgetFuture() first`,
      );
    }
    this.journal.openStep();
    let isDone = false;
    try {
      const result = work();
      isDone = true;
      return result;
    } finally {
      this.journal.closeStep();
      this.here = this.end;
      if (!isDone) this.dropLastStep();
      else if (this.keyframes.isDue(this.journal.entries(), this.used())) this.keepKeyframe();
    }
  }

  /**
   * Moves the whole world to another position, `0` to `end`. Costs the writes in between, about 2 ns each, or a copy of the
   * cells and the writes from the nearest keyframe.
   */
  seek(position: number): void {
    this.refuseInStep('seek');
    if (!(Number.isInteger(position) && position >= 0 && position <= this.end)) {
      throw new Error(`cannot seek to ${position}: positions go from 0 to ${this.end}`);
    }
    const { journal } = this;
    const goal = journal.entriesBefore(position);
    const frame = this.keyframes.shortcut(goal, Math.abs(goal - journal.entriesBefore(this.here)));
    if (frame !== undefined) {
      this.cells.fill(0, frame.cells.length, this.used());
      this.cells.set(frame.cells);
      this.here = frame.position;
    }
    journal.walk(this.cells, this.here, position);
    this.here = position;
  }

  /** Makes this position the end. A copy made before keeps its own future. */
  forgetFuture(): void {
    this.refuseInStep('forget the future');
    this.journal.truncate(this.here);
    this.keyframes.truncate(this.here);
    this.texts.truncate(this.read(LAST_TEXT));
  }

  /** Takes over cells, texts, past, future and position of another memory of the same layout. Costs its cells. */
  copyFrom(other: Memory): void {
    this.refuseInStep('become a copy');
    other.refuseInStep('be copied');
    if (this.fixed !== other.fixed) throw new Error('cannot copy a world of other tables');
    this.cells = other.cells.slice();
    this.journal.copyFrom(other.journal);
    this.keyframes.copyFrom(other.keyframes);
    this.texts.copyFrom(other.texts);
    this.here = other.here;
  }

  /** Fresh cells side by side, all 0. Gives the first; they are never allocated again, short of a step back. */
  allocate(count: number): number {
    const first = this.used();
    const beyond = first + count;
    if (beyond > this.cells.length) this.growTo(beyond);
    this.write(ALLOCATED, beyond - this.fixed);
    return first;
  }

  /** The code of a text, a new one if need be. 0 is the empty text. */
  intern(text: string): number {
    const known = this.code(text);
    if (known !== undefined) return known;
    const code = this.texts.next;
    this.write(LAST_TEXT, code); // first, as it may refuse
    this.texts.append(text);
    return code;
  }

  /** The code of a text that has been interned by this position, else undefined. Changes nothing. */
  code(text: string): number | undefined {
    const code = this.texts.code(text);
    return code !== undefined && code <= this.read(LAST_TEXT) ? code : undefined;
  }

  /** The text of a code. Throws for a code that is not in use at this position. */
  text(code: number): string {
    const text = code <= this.read(LAST_TEXT) ? this.texts.text(code) : undefined;
    if (text === undefined) throw new Error(`no text has the code ${code} at position ${this.here}`);
    return text;
  }

  /**
   * 16 hexadecimal digits over every cell and text; the same for the same world, however one came to this position.
   * It depends on the layout of the tables: compare it within one build, never keep it as a golden value.
   */
  digest(): string {
    const digest = new Digest(this.texts.digestThrough(this.read(LAST_TEXT)));
    digest.absorb(this.cells, this.used()); // how many are used stands in one of them
    return digest.toString();
  }

  /** At position 0 only: the first cell that is not 0 there, hence written around the journal. Undefined if all is well. */
  firstLeak(): number | undefined {
    if (this.here !== 0) throw new Error('a leak shows at position 0 only: seek(0) first');
    const leak = this.cells.findIndex((value) => value !== 0);
    return leak < 0 ? undefined : leak;
  }

  private used(): number {
    return this.fixed + this.read(ALLOCATED);
  }

  private makeRoom(): void {
    if (!this.journal.isOpen) {
      throw new Error(
        `written outside a step, at position ${this.here} of ${this.end}: put it inside memory.step()`,
      );
    }
    this.journal.extend();
  }

  private growTo(least: number): void {
    if (least > MOST_CELLS) throw new Error('the world is full: a run cannot hold more than 2^31 cells');
    const larger = new Int32Array(Math.min(MOST_CELLS, Math.max(least, Math.ceil(1.5 * this.cells.length))));
    larger.set(this.cells);
    this.cells = larger;
  }

  private keepKeyframe(): void {
    const cells = this.cells.slice(0, this.used());
    this.keyframes.add({ position: this.here, changes: this.journal.entries(), cells });
  }

  private dropLastStep(): void {
    this.seek(this.here - 1);
    this.forgetFuture();
  }

  private refuseInStep(what: string): void {
    if (this.journal.isOpen) throw new Error(`cannot ${what} while a step runs`);
  }
}
