import { describe, expect, test } from 'vitest';
import { Engine } from '../../src/engine/engine.js';
import { time, uint32 } from '../../src/store/columns.js';
import { createWorld } from '../../src/store/table.js';

/** A world with a clock and one number, and a diary of what ran: `time argument`. */
function running() {
  const world = createWorld({ clocks: { now: time, number: uint32 } });
  const { memory, clocks } = world;
  const clock = memory.step(() => clocks.rows.create());
  const engine = new Engine(memory, {
    get: () => clocks.now.get(clock),
    set: (now) => clocks.now.set(clock, now),
  });
  const diary: string[] = [];
  const note = (argument: number): void => {
    diary.push(`${clocks.now.get(clock)} ${argument}`);
    clocks.number.add(clock, argument);
  };
  const now = () => clocks.now.get(clock);
  const number = () => clocks.number.get(clock);
  const add = (amount: number) => clocks.number.add(clock, amount);
  return { memory, engine, diary, note, now, number, add };
}

describe('running', () => {
  test('takes events in order of time, of equal times in order of scheduling, and sets the clock first', () => {
    const { engine, diary, note, now } = running();
    const event = engine.handler(note);
    const other = engine.handler((argument) => note(argument));
    expect([engine.at(20, event, 1), engine.at(10, other, 2), engine.at(20, other, 3)]).toEqual([1, 2, 3]);
    expect(engine.after(0, event, 4)).toBe(4);
    while (engine.step());
    expect(diary).toEqual(['0 4', '10 2', '20 1', '20 3']);
    expect(now()).toBe(20);
  });

  test('makes one step of the memory of each event, and tells its position', () => {
    const { memory, engine, note, now, number } = running();
    const event = engine.handler(note);
    const positions: number[] = [];
    engine.onStep = (position) => positions.push(position);
    for (const moment of [5, 6, 7]) engine.at(moment, event, 1);
    expect([engine.step(), engine.step(), engine.step(), engine.step()]).toEqual([true, true, true, false]);
    expect(positions).toEqual([2, 3, 4]);
    memory.seek(3);
    expect([now(), number()]).toEqual([6, 2]);
    memory.seek(1);
    expect([now(), number()]).toEqual([0, 0]);
  });

  test('runs what an event schedules: for this very moment after all that waits for it already', () => {
    const { engine, diary, note } = running();
    const leaf = engine.handler(note);
    const root = engine.handler((argument) => {
      note(argument);
      engine.after(0, leaf, argument + 1);
      engine.after(3, leaf, argument + 2);
    });
    engine.at(10, root, 100);
    engine.at(10, leaf, 5);
    expect(engine.runUntil(1_000)).toBe(4);
    expect(diary).toEqual(['10 100', '10 5', '10 101', '13 102']);
  });

  test('until a time includes that time, and leaves the clock at the last event', () => {
    const { engine, diary, note, now } = running();
    const event = engine.handler(note);
    for (const moment of [1, 5, 5, 6]) engine.at(moment, event, moment);
    expect(engine.runUntil(5)).toBe(3);
    expect(engine.runUntil(5)).toBe(0);
    expect(now()).toBe(5);
    expect(engine.nextTime).toBe(6);
    expect(engine.runUntil(100)).toBe(1);
    expect(now()).toBe(6);
    expect(diary.length).toBe(4);
  });

  test('refuses to schedule what has gone by and what is no time', () => {
    const { engine, note } = running();
    const event = engine.handler(note);
    engine.at(10, event, 1);
    engine.step();
    for (const moment of [9, 10.5, -1, Number.NaN, 2 ** 53]) {
      expect(() => engine.at(moment, event, 1)).toThrow(`cannot schedule for ${moment}: it is 10`);
    }
    expect(() => engine.after(-1, event, 1)).toThrow(/cannot schedule for 9/);
    expect(() => engine.at(11, 99 as typeof event, 1)).toThrow(/no such handler/);
    expect(engine.isEmpty).toBe(true);
  });
});

describe('timers', () => {
  // The pattern of the project: a row keeps the number of the timer that counts; forgetting it cancels.
  test('that are not due when their time comes are passed over: no step, no clock', () => {
    const { memory, engine, diary, note, now } = running();
    const counting = new Map<number, number>();
    const timer = engine.handler(note, { timer: true, isDue: (row, event) => counting.get(row) === event });
    const event = engine.handler(note);
    counting.set(1, engine.at(10, timer, 1));
    counting.set(1, engine.at(30, timer, 1)); // set anew: the first does not count any more
    counting.set(2, engine.at(20, timer, 2));
    engine.at(25, event, 3);
    counting.delete(2);
    expect(engine.nextTime).toBe(25);
    expect(engine.runUntil(24)).toBe(0);
    expect([memory.end, now()]).toEqual([1, 0]);
    while (engine.step());
    expect(diary).toEqual(['25 3', '30 1']);
    expect(memory.end).toBe(3);
  });

  test('are asked when their turn comes, not when somebody asks what comes next', () => {
    const { engine, diary, note } = running();
    let isArmed = false;
    const timer = engine.handler(note, { timer: true, isDue: () => isArmed });
    const arm = engine.handler(() => {
      isArmed = true;
    });
    engine.at(20, timer, 1);
    expect(engine.nextTime).toBeUndefined();
    engine.at(10, arm, 0);
    expect(engine.nextTime).toBe(10);
    while (engine.step());
    expect(diary).toEqual(['20 1']);
  });

  test('leave the network quiet: nothing waits but them', () => {
    const { engine, note } = running();
    const timer = engine.handler(note, { timer: true });
    const event = engine.handler(note);
    expect([engine.isQuiet, engine.isEmpty]).toEqual([true, true]);
    engine.at(50, timer, 1);
    expect([engine.isQuiet, engine.isEmpty]).toEqual([true, false]);
    engine.at(10, event, 2);
    engine.at(60, event, 3);
    expect(engine.isQuiet).toBe(false);
    const quiet: boolean[] = [];
    while (engine.step()) quiet.push(engine.isQuiet);
    expect(quiet).toEqual([false, false, true]);
    expect([engine.isQuiet, engine.isEmpty, engine.nextTime]).toEqual([true, true, undefined]);
  });

  test('passed over to the last let no timer run: it is quiet before', () => {
    const { engine, note } = running();
    const never = engine.handler(note, { isDue: () => false });
    const timer = engine.handler(note, { timer: true });
    engine.at(1, engine.handler(note), 0);
    engine.at(2, never, 0);
    engine.at(9, timer, 0);
    expect([engine.stepUntilQuiet(), engine.isQuiet]).toEqual([true, false]);
    expect([engine.stepUntilQuiet(), engine.isQuiet, engine.nextTime]).toEqual([false, true, 9]);
    expect(engine.step()).toBe(true);
  });

  test('passed over to the last leave nothing: step says so', () => {
    const { memory, engine, note } = running();
    const never = engine.handler(note, { isDue: () => false });
    for (let count = 0; count < 10; count++) engine.at(count, never, 0);
    expect([engine.isQuiet, engine.nextTime]).toEqual([false, undefined]);
    expect(engine.step()).toBe(false);
    expect([engine.isQuiet, engine.isEmpty, memory.end]).toEqual([true, true, 1]);
  });
});

describe('an event that throws', () => {
  test('leaves the world undone and the engine stopped; every position can still be sought', () => {
    const { memory, engine, note, now, number, add } = running();
    const event = engine.handler(note);
    const boom = new Error('boom');
    const failing = engine.handler(() => {
      add(1_000);
      engine.after(1, event, 1);
      throw boom;
    });
    const positions: number[] = [];
    engine.onStep = (position) => positions.push(position);
    engine.at(1, event, 5);
    engine.at(2, failing, 0);
    engine.at(3, event, 6);
    expect(engine.stoppedBy).toBeUndefined();
    expect(() => engine.runUntil(10)).toThrow(boom);
    expect([now(), number(), memory.end]).toEqual([1, 5, 2]);
    expect(engine.stoppedBy).toBe(boom);
    expect(positions).toEqual([2]);
    for (const attempt of [() => engine.step(), () => engine.runUntil(10)]) {
      expect(attempt).toThrow('the engine was stopped by an event that threw: Error: boom');
    }
    for (const position of [0, 1, 2]) memory.seek(position);
    expect(number()).toBe(5);
  });

  test('stops the engine even if it throws nothing to speak of, or throws when asked whether it is due', () => {
    const first = running();
    const nothing: unknown = undefined;
    const throwNothing = () => {
      throw nothing;
    };
    first.engine.at(1, first.engine.handler(throwNothing), 0);
    let caught: unknown = 'not thrown';
    try {
      first.engine.step();
    } catch (error) {
      caught = error;
    }
    expect(caught).toBe(nothing);
    expect(() => first.engine.step()).toThrow(/was stopped/);
    const second = running();
    const asking = () => {
      throw new Error('asked too much');
    };
    second.engine.at(
      1,
      second.engine.handler(() => {}, { isDue: asking }),
      0,
    );
    expect(() => second.engine.step()).toThrow('asked too much');
    expect(() => second.engine.step()).toThrow(/was stopped/);
  });

  test('that runs the engine from within is such an event', () => {
    const { engine } = running();
    const nested = engine.handler(() => {
      engine.step();
    });
    engine.at(1, nested, 0);
    engine.at(2, nested, 0);
    expect(() => engine.step()).toThrow(/while a step runs/);
  });
});

describe('the past', () => {
  test('is only read: running and scheduling are refused until one is back at the end', () => {
    const { memory, engine, diary, note } = running();
    const event = engine.handler(note);
    for (const moment of [1, 2, 3]) engine.at(moment, event, 1);
    engine.runUntil(2);
    memory.seek(2);
    expect(() => engine.step()).toThrow('cannot run at position 2 of 3: the past is only read');
    expect(() => engine.runUntil(9)).toThrow(/only read/);
    expect(() => engine.at(9, event, 1)).toThrow('cannot schedule at position 2 of 3');
    expect(diary.length).toBe(2);
    memory.seek(3);
    expect(engine.step()).toBe(true);
    expect(diary.length).toBe(3);
  });

  // Views may seek as they like: whoever would run an event again to get there is found out here.
  test('is reached without running anything: a halted engine throws, and every position can be sought', () => {
    const { memory, engine, note } = running();
    const event = engine.handler((argument) => {
      note(argument);
      if (argument < 40) engine.after(argument % 3, event, argument + 1);
    });
    engine.at(0, event, 1);
    const digests = [memory.digest()];
    engine.onStep = () => digests.push(memory.digest());
    engine.runUntil(1_000);
    engine.at(2_000, event, 1);
    engine.halt();
    expect(() => engine.step()).toThrow('the engine was halted');
    expect(() => engine.runUntil(5_000)).toThrow('the engine was halted');
    for (let position = memory.end; position >= 1; position--) {
      memory.seek(position);
      expect(memory.digest()).toBe(digests[position - 1]);
    }
    memory.seek(0);
    expect(memory.firstLeak()).toBeUndefined();
    memory.seek(memory.end);
    expect(memory.digest()).toBe(digests.at(-1));
  });
});
