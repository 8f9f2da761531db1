import { describe, expect, test } from 'vitest';
import { Memory } from '../../src/store/memory.js';
import { newOffice, play } from './post-office.js';

const [cellA, cellB] = [3, 4];

/** The array behind a memory: what a mutant would write to. Nobody in the project can reach it without such a trick. */
function cellsBehind(memory: Memory): Int32Array {
  return Reflect.get(memory, 'cells');
}

describe('writing', () => {
  test('is refused outside a step, even if nothing would change', () => {
    const memory = new Memory(2);
    expect(() => memory.write(cellA, 1)).toThrow(/outside a step/);
    expect(() => memory.write(cellA, 0)).toThrow(/outside a step/);
    memory.step(() => memory.write(cellA, 1));
    expect(() => memory.write(cellA, 1)).toThrow(/outside a step/);
    expect(() => memory.write(cellA, 2)).toThrow(/outside a step/);
    expect(() => memory.allocate(4)).toThrow(/outside a step/);
    expect(() => memory.intern('new')).toThrow(/outside a step/);
    expect(memory.code('new')).toBeUndefined();
    expect(memory.read(cellA)).toBe(1);
  });

  // The refusal rests on the same comparison as "the chunk is full": try it with a chunk that is exactly full.
  test.each([16_383, 16_384, 16_385])('is refused outside a step after %d entries too', (entries) => {
    const memory = new Memory(2);
    memory.step(() => {
      for (let count = 1; count <= entries; count++) memory.write(cellA, count);
    });
    expect(() => memory.write(cellA, 0)).toThrow(/outside a step/);
    memory.step(() => memory.write(cellB, 1));
    memory.seek(1);
    expect([memory.read(cellA), memory.read(cellB)]).toEqual([entries, 0]);
    memory.seek(0);
    expect(memory.firstLeak()).toBeUndefined();
    memory.seek(2);
    expect([memory.read(cellA), memory.read(cellB)]).toEqual([entries, 1]);
  });

  test('keeps 32 bits, signed', () => {
    const memory = new Memory(2);
    for (const [value, kept] of [
      [0xffffffff, -1],
      [2 ** 32, 0],
      [2 ** 31, -(2 ** 31)],
      [-5, -5],
    ] as const) {
      memory.step(() => memory.write(cellA, value));
      expect(memory.read(cellA)).toBe(kept);
    }
  });

  test('of a cell again and again in one step is undone to what it was before', () => {
    const memory = new Memory(2);
    memory.step(() => memory.write(cellA, 5));
    memory.step(() => {
      for (const value of [1, 2, 5, 3]) memory.write(cellA, value);
    });
    memory.seek(1);
    expect(memory.read(cellA)).toBe(5);
  });
});

describe('forgetting the future', () => {
  // Where a chunk of the journal ends, appending has to begin a new one, and only one.
  test.each([16_383, 16_384, 16_385])('after %d entries goes on as if it had never been', (entries) => {
    const memory = new Memory(2);
    memory.step(() => {
      for (let count = 1; count <= entries; count++) memory.write(cellA, count);
    });
    memory.step(() => {
      for (let count = 1; count <= 20_000; count++) memory.write(cellB, count);
    });
    memory.seek(1);
    memory.forgetFuture();
    memory.step(() => memory.write(cellB, 7));
    for (const [position, wanted] of [
      [1, 0],
      [2, 7],
      [0, 0],
      [2, 7],
    ] as const) {
      memory.seek(position);
      expect([memory.read(cellA), memory.read(cellB)]).toEqual([position === 0 ? 0 : entries, wanted]);
    }
  });
});

describe('steps', () => {
  test('count even if they change nothing, and give back what their work gives', () => {
    const memory = new Memory(0);
    expect(memory.step(() => 'done')).toBe('done');
    expect([memory.position, memory.end]).toEqual([1, 1]);
  });

  test('do not nest, and nobody travels while one runs', () => {
    const memory = new Memory(0);
    const refused = [
      () => memory.step(() => {}),
      () => memory.seek(0),
      () => memory.forgetFuture(),
      () => memory.copyFrom(new Memory(0)),
      () => new Memory(0).copyFrom(memory),
    ];
    memory.step(() => {
      for (const attempt of refused) expect(attempt).toThrow(/while a step runs/);
    });
    expect(memory.end).toBe(1);
  });

  test('are refused in the past until the future is forgotten', () => {
    const memory = new Memory(2);
    for (const value of [1, 2, 3]) memory.step(() => memory.write(cellA, value));
    memory.seek(1);
    expect(() => memory.step(() => {})).toThrow(/cannot run at position 1: 3 steps exist/);
    memory.forgetFuture();
    expect(memory.end).toBe(1);
    memory.step(() => memory.write(cellA, 9));
    expect(() => memory.seek(3)).toThrow(/positions go from 0 to 2/);
    memory.seek(1);
    expect(memory.read(cellA)).toBe(1);
  });

  test.each([-1, 2, 0.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'there is no position %d of 1',
    (position) => {
      const memory = new Memory(0);
      memory.step(() => {});
      expect(() => memory.seek(position)).toThrow(/cannot seek/);
      expect(memory.position).toBe(1);
    },
  );
});

describe('texts', () => {
  test('have one code each, which is known from the step on that interned them', () => {
    const memory = new Memory(0);
    const [first, second] = memory.step(() => [memory.intern('10.0.0.1'), memory.intern('::1')]);
    const again = memory.step(() => memory.intern('10.0.0.1'));
    expect([first, second, again]).toEqual([1, 2, 1]);
    expect(memory.text(2)).toBe('::1');
    expect([memory.text(0), memory.code('')]).toEqual(['', 0]);
    expect(memory.intern('::1')).toBe(2); // known already: nothing is written
    memory.seek(0);
    expect(memory.code('::1')).toBeUndefined();
    expect(() => memory.intern('::1')).toThrow(/outside a step/);
    expect(() => memory.text(1)).toThrow(/no text has the code 1 at position 0/);
    expect(() => memory.text(-1)).toThrow(/no text/);
  });
});

describe('allocating', () => {
  test('gives fresh cells side by side, and the same ones again after a step back', () => {
    const memory = new Memory(2);
    const first = memory.step(() => memory.allocate(3));
    const second = memory.step(() => memory.allocate(5_000));
    expect(second).toBe(first + 3);
    memory.step(() => memory.write(second + 4_999, 7));
    memory.seek(1);
    memory.forgetFuture();
    expect(memory.step(() => memory.allocate(1))).toBe(second);
    expect(memory.read(second + 4_999)).toBe(0);
  });
});

describe('digest', () => {
  const digestAfter = (work: (memory: Memory) => void): string => {
    const memory = new Memory(2);
    memory.step(() => work(memory));
    return memory.digest();
  };

  test('tells apart what differs in a cell, in a place, in an allocation, in a text', () => {
    const digests = [
      () => {},
      (memory: Memory) => memory.write(cellA, 1),
      (memory: Memory) => memory.write(cellB, 1),
      (memory: Memory) => memory.write(cellA, -1),
      (memory: Memory) => memory.allocate(1),
      (memory: Memory) => memory.allocate(2),
      (memory: Memory) => memory.intern('ab'),
      (memory: Memory) => memory.intern('ba'),
      (memory: Memory) => ['a', 'b'].map((text) => memory.intern(text)),
      (memory: Memory) => ['b', 'a'].map((text) => memory.intern(text)),
      (memory: Memory) => ['a', 'bc'].map((text) => memory.intern(text)),
      (memory: Memory) => ['ab', 'c'].map((text) => memory.intern(text)),
    ].map(digestAfter);
    expect(new Set(digests).size).toBe(digests.length);
    for (const digest of digests) expect(digest).toMatch(/^[0-9a-f]{16}$/);
  });

  test('of 100,000 worlds that differ in two small numbers is never the same twice, in either half', () => {
    const memory = new Memory(2);
    const seen = new Set<string>();
    const halves = new Set<string>();
    for (let world = 0; world < 100_000; world++) {
      memory.step(() => {
        memory.write(cellA, world % 316);
        memory.write(cellB, Math.floor(world / 316));
      });
      const digest = memory.digest();
      seen.add(digest);
      halves.add(digest.slice(0, 8));
    }
    expect(seen.size).toBe(100_000);
    expect(halves.size).toBeGreaterThan(99_990); // about one pair among 2^32 by chance
  });

  // Integers only, so these very digits come out on every machine. They change when the digest is changed, on purpose.
  test('is made of the same digits everywhere', () => {
    expect(digestAfter((memory) => [memory.write(cellA, 42), memory.intern('10.0.0.1')])).toBe(
      '792f3b3b5e81a50f',
    );
  });
});

describe('a write around the journal', () => {
  test('is seen at position 0', () => {
    const { office } = play([]);
    const { memory } = office;
    memory.step(() => office.boxes.rows.create());
    cellsBehind(memory)[20] = 99;
    expect(() => memory.firstLeak()).toThrow(/position 0 only/);
    memory.seek(0);
    expect(memory.firstLeak()).toBe(20);
  });

  test('is seen by the digests on the way back and forth too', () => {
    const { memory, boxes } = newOffice();
    const box = memory.step(() => boxes.rows.create());
    const digest = memory.digest();
    cellsBehind(memory)[box + 5] = 1;
    memory.seek(0);
    memory.seek(1);
    expect(memory.digest()).not.toBe(digest);
  });
});

test('a copy is refused between worlds of other tables', () => {
  expect(() => new Memory(2).copyFrom(new Memory(3))).toThrow(/other tables/);
});
