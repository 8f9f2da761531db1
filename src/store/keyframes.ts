// Copies of all cells, taken now and then while a run goes on, so that a far seek begins near its goal. How often follows
// from sizes alone: each time the changes since the last copy take four times its memory. So copies cost at most a quarter
// of the journal. Measured in a run of a million events on 1,000 connections: a seek takes half a millisecond, and 20 to
// 40 without them. Who copies and restores: memory.ts.

/** So many changes at least lie between two copies: about as long as walking over them takes nobody notices. */
const FEWEST_CHANGES = 1 << 17;
/** A change takes two cells of the journal. */
const CHANGES_PER_CELL = 2;
/** Copying a cell is so much cheaper than applying a change. */
const CELLS_PER_CHANGE = 8;

export interface Keyframe {
  readonly position: number;
  /** How many changes lie before it. */
  readonly changes: number;
  readonly cells: Int32Array;
}

/** In order of position. */
export class Keyframes {
  private frames: Keyframe[] = [];

  get bytes(): number {
    return this.frames.reduce((sum, { cells }) => sum + cells.byteLength, 0);
  }

  /** The world is at its end, after so many changes, and takes so many cells: is it time for a copy? */
  isDue(changes: number, cells: number): boolean {
    const last = this.frames.at(-1)?.changes ?? 0;
    return changes - last >= FEWEST_CHANGES && changes - last >= CHANGES_PER_CELL * cells;
  }

  add(frame: Keyframe): void {
    this.frames.push(frame);
  }

  /** The copy from which the way to `goal`, a number of changes, is cheaper than a walk over `walk` of them; if there is one. */
  shortcut(goal: number, walk: number): Keyframe | undefined {
    if (walk < FEWEST_CHANGES / 4) return undefined;
    let best: Keyframe | undefined;
    let least = walk;
    for (const frame of this.frames) {
      const way = Math.abs(goal - frame.changes) + frame.cells.length / CELLS_PER_CHANGE;
      if (way >= least) continue;
      best = frame;
      least = way;
    }
    return best;
  }

  /** Forgets those behind a position. */
  truncate(position: number): void {
    this.frames = this.frames.filter((frame) => frame.position <= position);
  }

  copyFrom(other: Keyframes): void {
    this.frames = other.frames.slice(); // a copy never changes: both may have it
  }
}
