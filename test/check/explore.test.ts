// Other orders: which ones there are, that each is tried, that a failure comes with an order which gives it again.
// That the library keeps its expectations: ../fuzz/orders.test.ts.
import { describe, expect, it } from 'vitest';
import { checkScenario } from '../../src/check/check-scenario.js';
import { simplest, tryOrders } from '../../src/check/enumerate.js';
import { withOrder } from '../../src/check/with-order.js';
import { command } from '../../src/cli/command.js';
import type { Choices } from '../../src/engine/choices.js';
import { memoryMachine } from '../cli/memory-machine.js';

/** Two callers at one instant: who comes first, nothing decides. */
const RACE = `fourtuple: 1
title: A race
hosts:
  laptop: { ip: 10.0.0.7, runs: firefox, ephemeral: [51004] }
  tablet: { ip: 10.0.0.9, runs: curl, ephemeral: [51004] }
  web: { ip: 10.0.0.80, runs: nginx }
script:
  - nginx: { serve: http }
  - together: # whoever that is
      - firefox: { connect: web:80, as: ● }
      - curl: { connect: web:80, as: ▲ }
expect:
  - { state: ESTABLISHED, of: ● }
  - order: [{ delivered: SYN, from: laptop }, { delivered: SYN, from: tablet }]
    name: the laptop comes first
`;
const verdictsIn = (source: string, orders: number) =>
  checkScenario(source, { orders, id: 'race' }).verdicts.filter(({ about }) => about === 'order');

describe('trying orders', () => {
  const gather = (questions: (choices: Choices) => void, most: number, seed = 1) => {
    const shown: string[] = [];
    const told = tryOrders(questions, most, seed, ({ order }) => shown.push(order.join(' ')));
    return { ...told, shown };
  };
  const pick = (choices: Choices, count: number) => choices.pick(count, String);

  it('tries each once where they are few, even if an answer brings a question', () => {
    const { shown, ...told } = gather((choices) => {
      if (pick(choices, 2) === 1) pick(choices, 3);
      pick(choices, 2);
    }, 10);
    expect(told).toEqual({ tried: 7, isExhaustive: true });
    expect(shown).toEqual(['0 1', '1', '1 0 1', '1 1', '1 1 1', '1 2', '1 2 1']);
    expect(gather(() => {}, 10)).toEqual({ tried: 0, isExhaustive: true, shown: [] });
  });

  it('tries as many as it may by chance where they are many, each once, the same for the same seed', () => {
    const many = (choices: Choices) => {
      for (let turn = 0; turn < 20; turn++) pick(choices, 3);
    };
    const { shown, ...told } = gather(many, 50);
    expect(told).toEqual({ tried: 50, isExhaustive: false });
    expect(new Set(shown).size).toBe(50);
    expect(shown).not.toContain('');
    expect(gather(many, 50).shown).toEqual(shown);
    expect(gather(many, 50, 2).shown).not.toEqual(shown);
  });

  it('takes back every change that is not needed', () => {
    expect(simplest([1, 0, 2, 1, 1], (order) => order[2] === 2)).toEqual([0, 0, 2]);
    expect(simplest([1, 1], () => true)).toEqual([]);
  });
});

describe('a scenario that depends on its order', () => {
  it('holds as it is, and fails in another order, told with the smallest change', () => {
    expect(checkScenario(RACE).exitCode).toBe(0);
    expect(checkScenario(RACE, { orders: 40 }).exitCode).toBe(1);
    const [verdict, ...others] = verdictsIn(RACE, 40);
    expect(others).toEqual([]);
    expect(verdict).toMatchObject({
      claim: 'the laptop comes first, in another order',
      line: 14,
      points: 0,
      failure: { order: { words: [expect.stringMatching(/^(packets from laptop to web take|at \d)/)] } },
    });
  });

  it('gives that run again with this order in the file, comments and all', () => {
    const [verdict] = verdictsIn(RACE, 40);
    const text = withOrder(RACE, verdict?.failure?.order?.answers ?? []);
    expect(text).toContain('# whoever that is');
    const failed = checkScenario(text).verdicts.filter(({ passed }) => !passed);
    expect(failed.map(({ claim }) => claim)).toEqual(['the laptop comes first']);
    expect(failed[0]?.failure?.got).toBe(verdict?.failure?.got);
  });

  it('says what else may go wrong: a call that nobody expected to fail', () => {
    const text = RACE.replace('runs: nginx', 'runs: [nginx, squid]').replace(
      /- firefox.*\n.*\n/,
      '- nginx: { listen: 81 }\n      - squid: { listen: 81, gives: EADDRINUSE }\n',
    );
    const claims = verdictsIn(text.slice(0, text.indexOf('expect:')), 200).map(({ claim }) => claim);
    expect(claims).toContain('the script can be played to its end, in another order');
  });

  it('is left alone if it says why', () => {
    expect(verdictsIn(`${RACE}pinned: The laptop is nearer.\n`, 40)).toMatchObject([
      { passed: true, claim: 'no other order is tried: The laptop is nearer.' },
    ]);
  });

  it('is told by the command, and kept as a file that plays in it', () => {
    const written = new Map<string, Uint8Array>();
    const disk = memoryMachine({ 'race.yaml': RACE }, ['out'], written);
    const { exitCode, out } = command(['check', 'race.yaml', '--orders', '40', '--keep', 'out'], disk);
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^ {2}because {2}\S.*\n {2}to see {3}put `order: \[.*\]` into the file$/m);
    const kept = Buffer.from(written.get('out/race.order.yaml') ?? []).toString();
    expect(checkScenario(kept).exitCode).toBe(1);
    for (const orders of ['0', 'x', '1000000'])
      expect(command(['check', 'race.yaml', '--orders', orders], disk).exitCode).toBe(2);
    expect(command(['check', 'race.yaml', '--keep', 'out'], disk).exitCode).toBe(2);
  });
});
