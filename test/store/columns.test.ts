import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { choice, flag, link, text, time, uint32 } from '../../src/store/columns.js';
import { createWorld, type Id, type Link } from '../../src/store/table.js';

const shapes = {
  things: {
    number: uint32,
    at: time,
    label: text,
    colour: choice('red', 'green', 'blue'),
    isOn: flag,
    next: link('things'),
    owner: link('owners'),
  },
  owners: { name: text },
};

function oneThing() {
  const world = createWorld(shapes);
  const thing = world.memory.step(() => world.things.rows.create());
  return { ...world, thing };
}

describe('columns', () => {
  test('of a fresh row hold 0, no text, the first choice, no, and no row', () => {
    const { things, thing } = oneThing();
    const { number, at, label, colour, isOn, next } = things;
    const read = [number, at, label, colour, isOn, next].map((column) => column.get(thing));
    expect(read).toEqual([0, 0, '', 'red', false, 0]);
    expect(colour.code(thing)).toBe(0);
  });

  test('give back what they were given, and leave their neighbours alone', () => {
    const { memory, things, owners, thing } = oneThing();
    const [before, after] = memory.step(() => [things.rows.create(), owners.rows.create()]);
    const digestOfOthers = () => [things.number.get(before), things.at.get(before), owners.name.get(after)];
    const others = digestOfOthers();
    const values = fc.record({
      number: fc.nat(0xffffffff),
      at: fc.oneof(
        fc.maxSafeNat(),
        fc.constantFrom(0, 2 ** 31, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER),
      ),
      label: fc.string({ unit: 'binary' }),
      colour: fc.constantFrom('red' as const, 'green' as const, 'blue' as const),
      isOn: fc.boolean(),
      next: fc.constantFrom<Link<'things'>>(0, thing, before),
    });
    fc.assert(
      fc.property(values, (given) => {
        memory.step(() => {
          things.number.set(thing, given.number);
          things.at.set(thing, given.at);
          things.label.set(thing, given.label);
          things.colour.set(thing, given.colour);
          things.isOn.set(thing, given.isOn);
          things.next.set(thing, given.next);
        });
        const { number, at, label, colour, isOn, next } = things;
        const read = [number, at, label, colour, isOn, next].map((column) => column.get(thing));
        expect(read).toEqual([given.number, given.at, given.label, given.colour, given.isOn, given.next]);
        expect(colour.code(thing)).toBe(colour.names.indexOf(given.colour));
      }),
      { seed: 2101, numRuns: 300 },
    );
    expect(digestOfOthers()).toEqual(others);
  });

  test('of numbers wrap at 2^32 when set or added to, as sequence numbers do', () => {
    const { memory, things, thing } = oneThing();
    const added = (start: number, amount: number) =>
      memory.step(() => {
        things.number.set(thing, start);
        things.number.add(thing, amount);
        return things.number.get(thing);
      });
    expect(added(0xfffffffa, 10)).toBe(4);
    expect(added(4, -10)).toBe(0xfffffffa);
    expect(added(0xffffffff, 0xffffffff)).toBe(0xfffffffe);
    expect(added(2 ** 32 + 5, 0)).toBe(5);
    expect(added(-1, 0)).toBe(0xffffffff);
  });

  test.each([-1, 0.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY])('%d is no time', (nanos) => {
    const { memory, things, thing } = oneThing();
    expect(() => memory.step(() => things.at.set(thing, nanos))).toThrow(/things.at: .* is no time/);
  });

  test('of choices take a code too, and refuse what is not on the list', () => {
    const { memory, things, thing } = oneThing();
    memory.step(() => things.colour.setCode(thing, 2));
    expect(things.colour.get(thing)).toBe('blue');
    for (const code of [3, -1, 0.5]) {
      expect(() => memory.step(() => things.colour.setCode(thing, code))).toThrow(/none of red, green, blue/);
    }
    // @ts-expect-error: the compiler refuses it first
    expect(() => memory.step(() => things.colour.set(thing, 'mauve'))).toThrow(
      'things.colour: "mauve" is none of',
    );
  });
});

describe('ids', () => {
  const readers = Object.keys(shapes.things) as (keyof typeof shapes.things)[];

  // Each column class checks by itself: one that forgot would read the cells of whatever is there.
  test.each(readers)('that are stale, of the future, foreign or made up are refused by column %s', (name) => {
    const { memory, things, owners, thing } = oneThing();
    const owner = memory.step(() => owners.rows.create());
    memory.step(() => things.rows.remove(thing));
    const column = things[name];
    const write = (id: Id<'things'>) =>
      memory.step(() => {
        if (column === things.label) things.label.set(id, 'x');
        else if (column === things.colour) things.colour.set(id, 'red');
        else if (column === things.isOn) things.isOn.set(id, true);
        else if (column === things.next || column === things.owner) things.next.set(id, 0);
        else if (column === things.at) things.at.set(id, 1);
        else things.number.set(id, 1);
      });
    expect(() => column.get(thing)).toThrow(`things.${name}: row ${thing} was removed at position 3`);
    expect(() => write(thing)).toThrow(/was removed at position/);
    expect(() => column.get(owner as unknown as Id<'things'>)).toThrow(/is of another table/);
    expect(() => write(owner as unknown as Id<'things'>)).toThrow(/is of another table/);
    for (const madeUp of [0, -1, 0.5, 1e9, Number.NaN] as Id<'things'>[]) {
      expect(() => column.get(madeUp)).toThrow(/does not exist/);
      expect(() => write(madeUp)).toThrow(/does not exist/);
    }
    memory.seek(2);
    expect(column.get(thing)).toBeDefined();
    memory.seek(0);
    expect(() => column.get(thing)).toThrow(/does not exist at position 0/);
  });

  test('are checked by add, code and setCode too', () => {
    const { memory, things } = oneThing();
    const none = 0 as Id<'things'>;
    for (const access of [
      () => things.number.add(none, 1),
      () => things.colour.code(none),
      () => things.colour.setCode(none, 1),
    ]) {
      expect(() => memory.step(access)).toThrow(/does not exist/);
    }
  });

  test('are told apart by the compiler', () => {
    const { memory, things, owners, thing } = oneThing();
    const owner = memory.step(() => owners.rows.create());
    // @ts-expect-error: an owner is no thing
    expect(() => things.number.get(owner)).toThrow(/another table/);
    // @ts-expect-error: nor may one be linked as one
    const linkWrongly = () => things.next.set(thing, owner);
    // @ts-expect-error: a plain number is no id
    const readWrongly = () => things.number.get(7);
    // @ts-expect-error: a link may be none, an id may not
    const readNothing = () => things.number.get(things.next.get(thing));
    for (const wrong of [readWrongly, readNothing]) expect(wrong).toThrow();
    expect(linkWrongly).toThrow(/outside a step/);
    const next = things.next.get(thing);
    if (next) things.number.get(next); // compiles: narrowed by the test
  });
});

describe('createWorld', () => {
  test('refuses shapes that cannot be', () => {
    expect(() => createWorld({ memory: { number: uint32 } })).toThrow(/cannot be called memory/);
    expect(() => createWorld({ things: { rows: uint32 } })).toThrow(/things.rows: .* cannot be called rows/);
    expect(() => createWorld({ things: { owner: link('nobody') } })).toThrow(/there is no table nobody/);
    expect(() => createWorld({ things: { colour: choice() } })).toThrow(/at least one name/);
    expect(() => createWorld({ things: { colour: choice('red', 'red') } })).toThrow(/each once/);
  });

  test('makes worlds that know nothing of each other', () => {
    const [one, other] = [oneThing(), oneThing()];
    one.memory.step(() => one.things.label.set(one.thing, 'mine'));
    expect(other.things.label.get(other.thing)).toBe('');
    expect(other.memory.end).toBe(1);
  });
});
