import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { link } from '../../src/store/columns.js';
import { Queue } from '../../src/store/queue.js';
import { createWorld } from '../../src/store/table.js';

function twoQueues(members: number) {
  const world = createWorld({
    owners: { first: link('members'), last: link('members') },
    members: { next: link('members') },
  });
  const { memory, owners } = world;
  const made = memory.step(() => ({
    owners: [owners.rows.create(), owners.rows.create()] as const,
    members: Array.from({ length: members }, () => world.members.rows.create()),
  }));
  return {
    memory,
    queue: new Queue(owners.first, owners.last, world.members.next),
    removeRow: world.members.rows,
    ...made,
  };
}

describe('a queue', () => {
  test('agrees with an array at every position, whatever is pushed, shifted and removed', () => {
    const actions = fc.record({
      does: fc.constantFrom('push', 'push', 'shift', 'remove'),
      owner: fc.nat(1),
      member: fc.nat(9),
    });
    fc.assert(
      fc.property(fc.array(actions, { maxLength: 80, size: 'max' }), (program) => {
        const { memory, queue, owners, members } = twoQueues(10);
        const arrays: number[][] = [[], []];
        const history = [arrays.map((array) => [...array])];
        for (const action of program) {
          const [owner, member] = [owners[action.owner as 0 | 1], members[action.member]];
          const array = arrays[action.owner] ?? [];
          if (member === undefined) continue;
          memory.step(() => {
            if (action.does === 'shift') expect(queue.shift(owner)).toBe(array.shift() ?? 0);
            else if (action.does === 'remove') {
              const place = array.indexOf(member);
              expect(queue.remove(owner, member)).toBe(place >= 0);
              if (place >= 0) array.splice(place, 1);
            } else if (!arrays.flat().includes(member)) {
              queue.push(owner, member);
              array.push(member);
            }
          });
          history.push(arrays.map((one) => [...one]));
        }
        for (let position = memory.end; position > 0; position--) {
          memory.seek(position);
          expect(owners.map((owner) => [...queue.of(owner)])).toEqual(history[position - 1]);
        }
      }),
      { seed: 2301, numRuns: 150 },
    );
  });

  test('refuses a member that stands in it already', () => {
    const { memory, queue, owners, members } = twoQueues(2);
    for (const member of members) memory.step(() => queue.push(owners[0], member));
    for (const member of members) {
      expect(() => memory.step(() => queue.push(owners[0], member))).toThrow(
        /members.next: row \d+ is queued already/,
      );
    }
  });

  test('can be emptied by whoever goes through it, rows and all', () => {
    const { memory, queue, owners, members, removeRow } = twoQueues(5);
    memory.step(() => {
      for (const member of members) queue.push(owners[1], member);
    });
    memory.step(() => {
      for (const member of queue.of(owners[1])) {
        queue.shift(owners[1]);
        removeRow.remove(member);
      }
    });
    expect([...queue.of(owners[1])]).toEqual([]);
    expect(removeRow.count).toBe(0);
  });
});
