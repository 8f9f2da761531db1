import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventQueue } from '../../src/engine/queue.js';

type Event = [time: number, number: number, handler: number, argument: number];

function takeFirst(queue: EventQueue): Event {
  const first: Event = [queue.time, queue.number, queue.handler, queue.argument];
  queue.pop();
  return first;
}

/** The same order by sorting: time, then number. */
function sorted(events: readonly Event[]): Event[] {
  return [...events].sort((one, other) => one[0] - other[0] || one[1] - other[1]);
}

/** Numbers that look random and are the same in every run. */
function* draws(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state >>> 8;
  }
}

/** Events come out in order, or the first that does not is named: one `expect` each would take minutes. */
function expectSame(found: readonly Event[], wanted: readonly Event[]): void {
  const wrong = found.findIndex((event, index) =>
    event.some((field, place) => field !== wanted[index]?.[place]),
  );
  expect([wrong, found[wrong], wanted[wrong]]).toEqual([-1, undefined, undefined]);
  expect(found.length).toBe(wanted.length);
}

describe('the event queue', () => {
  // Few different times: most pops have to choose among ties.
  test.each([[3], [1_000], [2 ** 24]])(
    'gives 120,000 events with times below %d in the order of sorting',
    (times) => {
      const queue = new EventQueue();
      const random = draws(times);
      const pushed: Event[] = [];
      for (let count = 1; count <= 120_000; count++) {
        const [time, handler, argument] = [random.next().value % times, count % 7, random.next().value];
        pushed.push([time, queue.push(time, handler, argument), handler, argument]);
      }
      const popped: Event[] = [];
      while (queue.size > 0) popped.push(takeFirst(queue));
      expectSame(popped, sorted(pushed));
      expect(pushed.findIndex(([, number], index) => number !== index + 1)).toBe(-1);
    },
  );

  // As a simulation uses it: time only goes on, and each event schedules others, often for this very moment.
  test('gives 150,000 events in order while others are pushed in between', () => {
    const queue = new EventQueue();
    const random = draws(5);
    const pushed: Event[] = [];
    const popped: Event[] = [];
    const delays = [0, 0, 1, 20, 1_000_000];
    const push = (time: number): void => {
      const argument = random.next().value;
      pushed.push([time, queue.push(time, 0, argument), 0, argument]);
    };
    for (let count = 0; count < 500; count++) push(random.next().value % 50);
    while (queue.size > 0) {
      const event = takeFirst(queue);
      popped.push(event);
      const more = pushed.length < 150_000 ? (random.next().value % 2) + (queue.size < 200 ? 1 : 0) : 0;
      for (let count = 0; count < more; count++)
        push(event[0] + (delays[random.next().value % delays.length] ?? 0));
    }
    expectSame(popped, sorted(pushed));
  });

  test('agrees with a sorted list after any pushes and pops', () => {
    const actions = fc.array(fc.option(fc.nat(5), { freq: 3 }), { maxLength: 200, size: 'max' });
    fc.assert(
      fc.property(actions, (program) => {
        const queue = new EventQueue();
        let list: Event[] = [];
        for (const time of program) {
          if (time !== null) list = sorted([...list, [time, queue.push(time, 1, 2), 1, 2]]);
          else if (list.length > 0) expect(takeFirst(queue)).toEqual(list.shift());
          expect(queue.time).toBe(list[0]?.[0] ?? Number.POSITIVE_INFINITY);
          expect(queue.size).toBe(list.length);
        }
        const waiting: Event[] = [];
        queue.visitAll((...event) => {
          waiting.push(event);
        });
        expect(sorted(waiting)).toEqual(list);
      }),
      { seed: 3001, numRuns: 100 },
    );
  });

  test('keeps times and arguments exactly: up to 2^53 - 1, and negative arguments', () => {
    const queue = new EventQueue();
    queue.push(Number.MAX_SAFE_INTEGER, 3, -7);
    queue.push(Number.MAX_SAFE_INTEGER - 1, 4, 0xffffffff);
    expect(takeFirst(queue)).toEqual([Number.MAX_SAFE_INTEGER - 1, 2, 4, 0xffffffff]);
    expect(takeFirst(queue)).toEqual([Number.MAX_SAFE_INTEGER, 1, 3, -7]);
    expect(() => queue.pop()).toThrow(/nothing to pop/);
  });
});
