import { describe, expect, test } from 'vitest';
import { flag, link, text, time, uint32 } from '../../src/store/columns.js';
import { createWorld, withSpareRows } from '../../src/store/table.js';

function fresh() {
  const world = createWorld({
    notes: withSpareRows({ body: text, at: time, count: uint32, isRead: flag, next: link('notes') }),
  });
  return { ...world, create: () => world.memory.step(() => world.notes.rows.create()) };
}

describe('spare rows', () => {
  test('are used again, the one that was removed last first', () => {
    const { memory, notes, create } = fresh();
    const [one, two] = [create(), create()];
    memory.step(() => notes.rows.remove(one));
    memory.step(() => notes.rows.remove(two));
    expect([create(), create()]).toEqual([two, one]);
    expect(create()).toBeGreaterThan(Math.max(one, two));
  });

  test('are as fresh as new ones, whatever they held', () => {
    const { memory, notes, create } = fresh();
    const note = create();
    memory.step(() => {
      notes.body.set(note, 'old');
      notes.at.set(note, 2 ** 40);
      notes.count.set(note, 7);
      notes.isRead.set(note, true);
      notes.next.set(note, note);
    });
    memory.step(() => notes.rows.remove(note));
    expect(create()).toBe(note);
    const { body, at, count, isRead, next } = notes;
    expect([body, at, count, isRead, next].map((column) => column.get(note))).toEqual(['', 0, 0, false, 0]);
  });

  test('cannot be read, written or removed while they are spare', () => {
    const { memory, notes, create } = fresh();
    const note = create();
    memory.step(() => notes.rows.remove(note));
    expect(notes.rows.has(note)).toBe(false);
    expect(() => notes.count.get(note)).toThrow(/notes.count: row \d+ was removed/);
    expect(() => memory.step(() => notes.rows.remove(note))).toThrow(
      /notes: row \d+ is not here to be removed/,
    );
  });

  test('step back, spare and living', () => {
    const { memory, notes, create } = fresh();
    const digests = [memory.digest()];
    const keep = () => digests.push(memory.digest());
    const one = create();
    keep();
    memory.step(() => notes.body.set(one, 'kept'));
    keep();
    memory.step(() => notes.rows.remove(one));
    keep();
    create();
    keep();
    for (const position of [0, 4, 2, 3, 1]) {
      memory.seek(position);
      expect(memory.digest()).toBe(digests[position]);
      expect(notes.rows.has(one)).toBe([1, 2, 4].includes(position));
    }
    memory.seek(2);
    expect(notes.body.get(one)).toBe('kept');
  });
});
