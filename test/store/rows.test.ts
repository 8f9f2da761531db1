import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { uint32 } from '../../src/store/columns.js';
import { createWorld } from '../../src/store/table.js';

const shapes = { rows1: { number: uint32 }, rows2: { number: uint32 } };

function filled(count: number) {
  const world = createWorld(shapes);
  const ids = world.memory.step(() => Array.from({ length: count }, () => world.rows1.rows.create()));
  return { memory: world.memory, rows: world.rows1.rows, others: world.rows2.rows, ids };
}

describe('rows', () => {
  test('are listed in order of creation, each table its own', () => {
    const { memory, rows, others, ids } = filled(4);
    memory.step(() => others.create());
    expect([...rows]).toEqual(ids);
    expect([rows.count, others.count]).toEqual([4, 1]);
  });

  test('are counted and listed at the position where one looks', () => {
    const { memory, rows, ids } = filled(3);
    memory.step(() => ids.slice(0, 2).map((id) => rows.remove(id)));
    memory.step(() => rows.create());
    const seen = [1, 2, 3, 0].map((position) => {
      memory.seek(position);
      return [rows.count, [...rows].length];
    });
    expect(seen).toEqual([
      [3, 3],
      [1, 1],
      [2, 2],
      [0, 0],
    ]);
  });

  test('never get an id again that was in use before', () => {
    const { memory, rows, ids } = filled(3);
    memory.step(() => ids.map((id) => rows.remove(id)));
    const fresh = memory.step(() => [rows.create(), rows.create()]);
    expect(new Set([...ids, ...fresh]).size).toBe(5);
  });

  test('that are gone, foreign or made up cannot be removed', () => {
    const { memory, rows, others, ids } = filled(2);
    const [first = 0 as never] = ids;
    memory.step(() => rows.remove(first));
    const foreign = memory.step(() => others.create());
    expect(() => memory.step(() => rows.remove(first))).toThrow(/rows1: row \d+ is not here to be removed/);
    expect(() => memory.step(() => rows.remove(foreign as never))).toThrow(/not here/);
    expect([rows.has(first), rows.has(foreign), rows.has(0), rows.has(-3), rows.has(first + 1)]).toEqual(
      Array(5).fill(false),
    );
    expect(() => rows.create()).toThrow(/outside a step/);
  });

  test('may be removed while one goes through them: the one in hand, those behind, those before', () => {
    const subsets = fc.array(fc.array(fc.nat(7), { maxLength: 4 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(subsets, (removedAt) => {
        const { memory, rows, ids } = filled(8);
        const alive = new Set(ids);
        memory.step(() => {
          const met: number[] = [];
          for (const id of rows) {
            expect(alive.has(id)).toBe(true); // what is met lives
            for (const which of removedAt[ids.indexOf(id)] ?? []) {
              const victim = ids[which];
              if (victim === undefined || !alive.delete(victim)) continue;
              rows.remove(victim);
            }
            met.push(id);
          }
          expect(met).toEqual([...met].sort((one, other) => one - other));
          expect([...alive].every((id) => met.includes(id))).toBe(true); // what lives to the end was met
        });
        expect([...rows]).toEqual([...alive]);
      }),
      { seed: 2201, numRuns: 300 },
    );
  });

  test('that are created meanwhile come at the end', () => {
    const { memory, rows, ids } = filled(2);
    let created = 0;
    const met = memory.step(() => {
      const all: number[] = [];
      for (const id of rows) {
        if (created++ < 2) rows.create();
        all.push(id);
      }
      return all;
    });
    expect(met.slice(0, 2)).toEqual(ids);
    expect(met.length).toBe(4);
  });
});
