import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Keyframes } from '../../src/store/keyframes.js';
import { Memory } from '../../src/store/memory.js';

const CELLS = 2000;
const STEPS = 400;

/** A run long enough for several keyframes: each step writes half of some cells, and now and then takes more of them. */
function longRun(seed: number, steps = STEPS, memory = new Memory(CELLS)): Memory {
  while (memory.end < steps) {
    const step = memory.end;
    memory.step(() => {
      for (let cell = step % 2; cell < CELLS; cell += 2)
        memory.write(memory.firstReserved + cell, Math.imul(step + seed, cell + 1));
      if (step % 10 === 0) memory.write(memory.allocate(100), step);
    });
  }
  return memory;
}

describe('keyframes', () => {
  // A cell left over from a later position, or a copy that somebody wrote into, would show as another digest.
  test('bring a long run to the very state that walking brings it to', () => {
    const memory = longRun(1);
    const digests: string[] = [];
    for (let position = STEPS; position >= 0; position--) {
      memory.seek(position); // one step: never by a keyframe
      digests[position] = memory.digest();
    }
    expect(memory.firstLeak()).toBeUndefined();
    fc.assert(
      fc.property(fc.array(fc.nat(STEPS), { maxLength: 30 }), (jumps) => {
        for (const jump of jumps) {
          memory.seek(jump);
          expect(memory.digest()).toBe(digests[jump]);
        }
      }),
      { seed: 2401, numRuns: 20 },
    );
  });

  test('of a future that is forgotten are forgotten with it; a copy keeps its own', () => {
    const memory = longRun(1);
    const copy = new Memory(CELLS);
    copy.copyFrom(memory);
    memory.seek(150);
    memory.forgetFuture();
    longRun(2, STEPS, memory);
    const other = longRun(1, 150);
    longRun(2, STEPS, other);
    for (const position of [STEPS, 0, 390, 140, 310, 150]) {
      memory.seek(position);
      other.seek(position);
      expect(memory.digest()).toBe(other.digest());
    }
    copy.seek(10);
    copy.seek(STEPS);
    expect(copy.digest()).toBe(longRun(1).digest());
  });

  test('are taken more seldom the larger the world is, and asked only for what is far', () => {
    const keyframes = new Keyframes();
    const frame = (changes: number, cells: number) => ({
      position: changes,
      changes,
      cells: new Int32Array(cells),
    });
    const isDue = (cells: number, ...changes: number[]) =>
      changes.map((each) => keyframes.isDue(each, cells));
    expect(isDue(1000, 100_000, 200_000)).toEqual([false, true]);
    keyframes.add(frame(200_000, 1000));
    expect(isDue(1000, 300_000, 340_000)).toEqual([false, true]);
    keyframes.add(frame(400_000, 1_000_000));
    expect(isDue(1_000_000, 2_300_000, 2_400_000)).toEqual([false, true]);
    expect(keyframes.shortcut(210_000, 250_000)?.changes).toBe(200_000);
    expect(keyframes.shortcut(390_000, 250_000)?.changes).toBe(400_000); // dearer to copy, but nearer by more
    expect(keyframes.shortcut(260_000, 50_000)).toBeUndefined();
    expect(keyframes.shortcut(200_000, 10)).toBeUndefined();
    keyframes.truncate(300_000);
    expect(keyframes.shortcut(390_000, 250_000)?.changes).toBe(200_000);
  });
});
