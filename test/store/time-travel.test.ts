// What a run must be able to rely on: any position, from anywhere, in any world that was copied, is the same world.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  apply,
  everyDigest,
  newOffice,
  perform,
  pictureOf,
  picturesWithoutStore,
  play,
  programs,
} from './post-office.js';

/** What a command needs beside its body, where nothing of it matters. */
const quiet = { from: 0, to: 0, stamp: 0, kind: 'card' as const, isRead: false, posted: 0 };

describe('seeking', () => {
  // A change that passed by the journal, or a list kept outside the cells, would show as another digest or picture.
  test('goes back to 0 and forward again over the same digests, and leaves nothing behind at 0', () => {
    fc.assert(
      fc.property(programs, (program) => {
        const { office, digests } = play(program);
        const { memory } = office;
        const backwards = [];
        for (let position = memory.end; position >= 0; position--) {
          memory.seek(position);
          backwards.unshift(memory.digest());
        }
        expect(backwards).toEqual(digests);
        expect(memory.firstLeak()).toBeUndefined();
        expect(everyDigest(office)).toEqual(digests);
      }),
      { seed: 2001, numRuns: 60 },
    );
  });

  test('shows at each position what plain arrays held there: rows, queues, indexes, every kind of column', () => {
    fc.assert(
      fc.property(programs, fc.array(fc.nat(), { minLength: 20, maxLength: 20 }), (program, jumps) => {
        const { office } = play(program);
        const wanted = picturesWithoutStore(program);
        for (const jump of [office.memory.end, 0, ...jumps]) {
          const position = jump % (office.memory.end + 1);
          office.memory.seek(position);
          expect(pictureOf(office)).toEqual(wanted[position]);
        }
      }),
      { seed: 2002, numRuns: 60 },
    );
  });

  test('lands on the same digest from anywhere, and a second run gives the same digests', () => {
    fc.assert(
      fc.property(programs, fc.array(fc.nat()), (program, jumps) => {
        const { office, digests } = play(program);
        for (const jump of jumps) {
          office.memory.seek(jump % digests.length);
          expect(office.memory.digest()).toBe(digests[jump % digests.length]);
        }
        expect(play(program).digests).toEqual(digests);
      }),
      { seed: 2003, numRuns: 40 },
    );
  });
});

describe('a copy', () => {
  // Both worlds go on after the copy was made: a shared chunk, text or mark would let one write into the other's past.
  test('has the same past and another future, equal to a fresh run; the original keeps its own', () => {
    fc.assert(
      fc.property(programs, programs, fc.nat(), (program, other, cut) => {
        const kept = cut % (program.length + 1);
        const { office, digests } = play(program);
        const fork = newOffice(office);
        fork.memory.seek(kept);
        fork.memory.forgetFuture();
        for (const [index, command] of other.entries()) {
          apply(fork, command, kept + index + 1);
          if (index < 5) apply(office, command, index);
        }
        expect(everyDigest(fork)).toEqual(play([...program.slice(0, kept), ...other]).digests);
        expect(everyDigest(office).slice(0, digests.length)).toEqual(digests);
      }),
      { seed: 2004, numRuns: 40 },
    );
  });

  test('made in the past of its original stands there and can go to the end', () => {
    fc.assert(
      fc.property(programs, fc.nat(), (program, cut) => {
        const { office, digests } = play(program);
        const position = cut % digests.length;
        office.memory.seek(position);
        const view = newOffice(office);
        expect(view.memory.position).toBe(position);
        expect(view.memory.digest()).toBe(digests[position]);
        expect(everyDigest(view)).toEqual(digests);
        expect(office.memory.position).toBe(position);
      }),
      { seed: 2005, numRuns: 20 },
    );
  });

  test('that forgets texts leaves them to its original', () => {
    const { office } = play([{ ...quiet, does: 'open', pick: 0, body: 'alpha' }]);
    const { memory } = office;
    const fork = newOffice(office).memory;
    fork.seek(0);
    fork.forgetFuture();
    expect(fork.code('alpha')).toBeUndefined();
    expect([memory.code('alpha'), memory.text(1)]).toEqual([1, 'alpha']);
    fork.step(() => fork.intern('omega'));
    expect([memory.code('omega'), memory.text(1), fork.text(1)]).toEqual([undefined, 'alpha', 'omega']);
  });

  // Texts of a forgotten future must be gone: their codes would differ from those of a fresh run.
  test('interns after a fork as a fresh run does', () => {
    const texts = ['alpha', 'beta', 'gamma'].map((body, pick) => ({
      ...quiet,
      does: 'open' as const,
      pick,
      body,
    }));
    const { office } = play(texts);
    office.memory.seek(1);
    expect(office.memory.code('beta')).toBeUndefined();
    office.memory.forgetFuture();
    expect(office.memory.step(() => office.memory.intern('gamma'))).toBe(2);
    expect(() => office.memory.text(3)).toThrow(/no text/);
  });
});

describe('a step that throws', () => {
  test('leaves the world as it was: cells, texts, position and every step before', () => {
    fc.assert(
      fc.property(programs, programs, (program, doomed) => {
        const { office, digests } = play(program);
        const failing = () =>
          office.memory.step(() => {
            for (const command of doomed) perform(office, command, 9_999);
            office.memory.intern('a text that nobody else uses');
            throw new Error('boom');
          });
        expect(failing).toThrow('boom');
        expect(office.memory.end).toBe(program.length);
        expect(office.memory.code('a text that nobody else uses')).toBeUndefined();
        expect(office.memory.digest()).toBe(digests.at(-1));
        for (const [index, command] of doomed.entries()) apply(office, command, program.length + index + 1);
        expect(everyDigest(office)).toEqual(play([...program, ...doomed]).digests);
      }),
      { seed: 2006, numRuns: 30 },
    );
  });
});

describe('a long run', () => {
  // Several chunks of the journal and of its marks, several doublings of the cells and of the index.
  test('grows through chunks and doublings without disturbing what was', () => {
    const office = newOffice();
    const { memory, boxes, letters, byKey, inBox } = office;
    const box = memory.step(() => boxes.rows.create());
    const digests = new Map<number, string>();
    for (let serial = 0; serial < 20_000; serial++) {
      memory.step(() => {
        const letter = letters.rows.create();
        letters.from.set(letter, serial);
        letters.body.set(letter, `letter ${serial}`);
        inBox.push(box, letter);
        byKey.add(box, letter);
      });
      if (serial % 2_500 === 0) digests.set(memory.position, memory.digest());
    }
    for (const [position, digest] of [...digests].reverse()) {
      memory.seek(position);
      expect(memory.digest()).toBe(digest);
      expect(letters.rows.count).toBe(position - 1);
      expect([...inBox.of(box)].length).toBe(position - 1);
      expect(byKey.first(box, position - 1, 0, 0)).toBe(0);
      expect(byKey.first(box, position - 2, 0, 0)).toBe([...letters.rows].at(-1) ?? 0);
    }
    memory.seek(0);
    expect(memory.firstLeak()).toBeUndefined();
    const fork = newOffice(office);
    fork.memory.seek(12_345);
    fork.memory.forgetFuture();
    fork.memory.step(() => fork.letters.rows.create());
    fork.memory.seek(10_002);
    expect(fork.memory.digest()).toBe(digests.get(10_002));
    office.memory.seek(office.memory.end);
    expect(letters.rows.count).toBe(20_000);
  });
});
