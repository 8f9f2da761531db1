import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { link, uint32 } from '../../src/store/columns.js';
import { Index } from '../../src/store/index.js';
import { createWorld, type Id } from '../../src/store/table.js';

type Key = readonly [number, number, number];
type Member = Id<'members'>;

function indexed() {
  const world = createWorld({
    owners: { slots: uint32, size: uint32, count: uint32 },
    members: { a: uint32, b: uint32, c: uint32, next: link('members'), previous: link('members') },
  });
  const { memory, owners, members } = world;
  const index = new Index(memory, owners, [members.a, members.b, members.c], members.next, members.previous);
  const create = ([a, b, c]: Key): Member => {
    const member = members.rows.create();
    members.a.set(member, a);
    members.b.set(member, b);
    members.c.set(member, c);
    return member;
  };
  const twoOwners = memory.step(() => [owners.rows.create(), owners.rows.create()] as const);
  return { memory, owners, members, index, create, twoOwners };
}

// Few values: some keys have many members, clusters of slots are long, and negative or large words occur.
const words = fc.constantFrom(0, 1, 2, 80 * 65_536, 0x7fffffff, 0x80000000, 0xffffffff);
const keys = fc.tuple(words, words, fc.constantFrom(0, 1, 0xffffffff));
const actions = fc.record({
  does: fc.constantFrom('add', 'add', 'remove'),
  owner: fc.nat(1),
  key: keys,
  pick: fc.nat(),
});

describe('an index', () => {
  test('agrees with a map of arrays at every position, newest first, for keys with no, one and many members', () => {
    fc.assert(
      fc.property(
        fc.array(actions, { maxLength: 150, size: 'max' }),
        fc.array(keys),
        (program, strangers) => {
          const { memory, owners, members, index, create, twoOwners } = indexed();
          const maps = [new Map<string, Member[]>(), new Map<string, Member[]>()];
          const history: Map<string, Member[]>[][] = [[], structuredClone(maps)];
          for (const { does, owner, key, pick } of program) {
            const [ownerId, map] = [twoOwners[owner as 0 | 1], maps[owner] ?? new Map<string, Member[]>()];
            const all = [...map.values()].flat();
            const victim = all[pick % all.length];
            memory.step(() => {
              if (does === 'add') {
                const member = create(key);
                index.add(ownerId, member);
                map.set(String(key), [member, ...(map.get(String(key)) ?? [])]);
              } else if (victim !== undefined) {
                index.remove(ownerId, victim);
                members.rows.remove(victim);
                for (const [name, found] of map)
                  map.set(
                    name,
                    found.filter((member) => member !== victim),
                  );
              }
            });
            history.push(structuredClone(maps));
          }
          const asked = new Map(
            [...program.map(({ key }) => key), ...strangers].map((key) => [String(key), key]),
          );
          for (let position = memory.end; position > 0; position--) {
            memory.seek(position);
            for (const [which, ownerId] of twoOwners.entries()) {
              const map = history[position]?.[which] ?? new Map<string, Member[]>();
              const found = [...asked].map(([name, key]) => [name, [...index.of(ownerId, ...key)]]);
              expect(found).toEqual([...asked.keys()].map((name) => [name, map.get(name) ?? []]));
              expect(owners.count.get(ownerId)).toBe(
                [...map.values()].filter(({ length }) => length > 0).length,
              );
            }
          }
        },
      ),
      { seed: 2401, numRuns: 25 },
    );
  });

  test('gives the newest first and then, one after another, the older ones', () => {
    const { memory, index, create, twoOwners } = indexed();
    const [owner] = twoOwners;
    const [oldest, middle, newest] = memory.step(() => {
      const made = [create([1, 2, 3]), create([1, 2, 3]), create([1, 2, 3])] as const;
      for (const member of made) index.add(owner, member);
      return made;
    });
    expect(index.first(owner, 1, 2, 3)).toBe(newest);
    expect([index.next(newest), index.next(middle), index.next(oldest)]).toEqual([middle, oldest, 0]);
    expect(index.first(owner, 3, 2, 1)).toBe(0);
    expect(index.first(twoOwners[1], 1, 2, 3)).toBe(0);
    memory.step(() => index.remove(owner, middle));
    expect([...index.of(owner, 1, 2, 3)]).toEqual([newest, oldest]);
    memory.step(() => index.add(owner, middle));
    expect([...index.of(owner, 1, 2, 3)]).toEqual([middle, newest, oldest]);
    memory.seek(2);
    expect([...index.of(owner, 1, 2, 3)]).toEqual([newest, middle, oldest]);
  });

  test('can be emptied by whoever goes through a key', () => {
    const { memory, owners, index, create, twoOwners } = indexed();
    const [owner] = twoOwners;
    memory.step(() => {
      for (let count = 0; count < 5; count++) index.add(owner, create([7, 7, 7]));
    });
    memory.step(() => {
      for (const member of index.of(owner, 7, 7, 7)) index.remove(owner, member);
    });
    expect(index.first(owner, 7, 7, 7)).toBe(0);
    expect(owners.count.get(owner)).toBe(0);
  });

  test('refuses a member that is in already, or is not in, or whose key was changed', () => {
    const { memory, members, index, create, twoOwners } = indexed();
    const [owner, empty] = twoOwners;
    const [one, other, third] = memory.step(
      () => [create([1, 1, 1]), create([1, 1, 1]), create([2, 2, 2])] as const,
    );
    memory.step(() => {
      index.add(owner, one);
      index.add(owner, other);
    });
    expect(() => memory.step(() => index.add(owner, other))).toThrow(/indexed already/);
    expect(() => memory.step(() => index.remove(owner, third))).toThrow(/is not in the index/);
    expect(() => memory.step(() => index.remove(empty, one))).toThrow(/is not in the index/);
    memory.step(() => members.c.set(one, 9));
    expect(() => memory.step(() => index.remove(owner, one))).toThrow(/was its key changed/);
  });

  // The usual keys: one server, clients with neighbouring addresses and ports. A hash that left the low bits to one of the
  // three would pile them up: the mean would be tens or thousands of probes.
  const sequences: [string, (count: number) => Key][] = [
    ['neighbouring ports', (count) => [167_772_161, 167_772_162, (443 << 16) | (count + 1024)]],
    ['neighbouring local ports', (count) => [1, 2, ((count + 1024) << 16) | 443]],
    ['neighbouring addresses', (count) => [1, count, (443 << 16) | 40_000]],
    ['addresses and ports together', (count) => [1, count >> 7, (443 << 16) | (count & 127)]],
    ['listeners', (count) => [0, 0, count << 16]],
    ['pairs of addresses', (count) => [count & 255, count >> 8, 0]],
  ];
  test.each(sequences)('needs about one and a half probes for %s', (_name, keyOf) => {
    const { memory, owners, index, create, twoOwners } = indexed();
    const [owner] = twoOwners;
    const total = 20_000;
    memory.step(() => {
      for (let count = 0; count < total; count++) index.add(owner, create(keyOf(count)));
    });
    let hits = 0;
    let misses = 0;
    for (let count = 0; count < total; count++) {
      const [a, b, c] = keyOf(count);
      hits += index.probes(owner, a, b, c);
      misses += index.probes(owner, a, b + 77_777, c);
    }
    expect(owners.size.get(owner)).toBe(65_536);
    expect(hits / total).toBeGreaterThanOrEqual(1);
    expect(hits / total).toBeLessThan(1.6);
    expect(misses / total).toBeLessThan(2.5);
  });
});
