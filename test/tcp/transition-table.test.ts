// The machine is the specification, and the engine reads the table compiled from it. So: the table says what xstate says,
// in every cell; a table that differs in one cell is seen; a machine that a table cannot hold is refused; and what the
// engine does follows from the table alone.
import { afterEach, describe, expect, test } from 'vitest';
import { type AnyStateMachine, createMachine, transition } from 'xstate';
import { EVENTS, GUARDS, tcpMachine } from '../../src/tcp/machine.js';
import {
  compileTable,
  TCP_TABLE,
  type TransitionTable,
  transitionOf,
} from '../../src/tcp/transition-table.js';
import { TCP_STATES } from '../../src/world/tables.js';
import { connectionIn } from '../builders/connection.js';

const CELLS = (TCP_STATES.length * EVENTS.length) << GUARDS.length;

/** What xstate says, for every state, event and set of guards. Asked once: an actor's step takes 14 µs. */
const WANTED = TCP_STATES.flatMap((state) =>
  EVENTS.flatMap((event) =>
    Array.from({ length: 1 << GUARDS.length }, (_, bits) => {
      const context = Object.fromEntries(
        GUARDS.map((guard, bit) => [guard, ((bits >> bit) & 1) === 1]),
      ) as Record<(typeof GUARDS)[number], boolean>;
      const [after, actions] = transition(tcpMachine, tcpMachine.resolveState({ value: state, context }), {
        type: event,
      });
      const text = [String(after.value), ...actions.map(({ type }) => type)].join(' ');
      return { state, event, bits, text };
    }),
  ),
);

/** Every cell in which the table says something else. */
const differences = (table: TransitionTable) =>
  WANTED.filter(({ state, event, bits, text }) => {
    const compiled = transitionOf(table, state, event, bits);
    return [compiled.next, ...compiled.actions].join(' ') !== text;
  });

describe('the compiled table', () => {
  test('says in every cell what xstate says: next state, and actions by name and order', () => {
    expect(WANTED).toHaveLength(CELLS);
    expect(TCP_TABLE.cells).toHaveLength(CELLS);
    expect(differences(TCP_TABLE)).toEqual([]);
    expect(CELLS).toBeGreaterThanOrEqual(11 * 28 * 2);
  });

  test.each([0, 1, 57, 200, 401, CELLS - 1])(
    'a wrong next state in cell %i is seen, and only there',
    (place) => {
      const table = { ...TCP_TABLE, cells: TCP_TABLE.cells.slice() };
      const cell = table.cells[place] ?? 0;
      table.cells[place] = (cell & ~0xff) | (((cell & 0xff) + 1) % TCP_STATES.length);
      expect(differences(table)).toHaveLength(1);
    },
  );

  test('a wrong list of actions is seen', () => {
    const table = { ...TCP_TABLE, cells: TCP_TABLE.cells.slice() };
    const cell = table.cells[300] ?? 0;
    const list = ((cell >> 8) + 1) % TCP_TABLE.actionLists.length;
    table.cells[300] = (cell & 0xff) | (list << 8);
    expect(differences(table)).toHaveLength(1);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: configurations that no type would let through are the point here
type Config = any;
const config = (): Config => structuredClone(JSON.parse(JSON.stringify(tcpMachine.config)));
/** The machine with one thing changed in its configuration. */
function changed(change: (states: Config, whole: Config) => void): AnyStateMachine {
  const whole = { ...config(), context: {} };
  change(whole.states, whole);
  return createMachine(whole);
}

test('every transition says where it is written', () => {
  const places = Object.entries(tcpMachine.root.states).flatMap(([state, { transitions }]) =>
    [...transitions].flatMap(([event, choices]) =>
      choices.map(({ description }) => [`${state} ${event}`, description ?? ''] as const),
    ),
  );
  expect(places.length).toBeGreaterThanOrEqual(TCP_STATES.length * EVENTS.length);
  const bare = places.filter(([, where]) => where === '');
  expect(bare).toEqual([]);
  const cited = places.filter(([, where]) => /RFC \d+|Linux/.test(where));
  expect(cited.length).toBeGreaterThan(0.8 * places.length);
});

describe('a machine that a table cannot hold is refused, and the place is named', () => {
  test('the unchanged copy of the configuration compiles to the same table', () => {
    expect(compileTable(changed(() => {}))).toEqual(TCP_TABLE);
  });

  test.each<[string, (states: Config, whole: Config) => void, RegExp]>([
    [
      'its states in another order',
      (states, whole) => (whole.states = Object.fromEntries(Object.entries(states).reverse())),
      /states/,
    ],
    ['a state more', (states) => (states['CLOSED-WAIT'] = { on: {} }), /states/],
    [
      'a nested state',
      (states) => Object.assign(states.LISTEN, { initial: 'a', states: { a: {} } }),
      /LISTEN/,
    ],
    ['a final state', (states) => Object.assign(states.CLOSING, { type: 'final' }), /CLOSING/],
    ['an entry action', (states) => Object.assign(states.LISTEN, { entry: 'sendAck' }), /LISTEN/],
    ['an exit action', (states) => Object.assign(states.LISTEN, { exit: 'sendAck' }), /LISTEN/],
    ['a delay', (states) => Object.assign(states['TIME-WAIT'], { after: { 100: 'CLOSED' } }), /TIME-WAIT/],
    [
      'a move by itself',
      (states) => Object.assign(states.LISTEN, { always: { target: 'CLOSED' } }),
      /LISTEN/,
    ],
    ['an invoked actor', (states) => Object.assign(states.LISTEN, { invoke: { src: 'x' } }), /LISTEN/],
    ['an event left out', (states) => delete states.ESTABLISHED.on.FIN, /ESTABLISHED says nothing about FIN/],
    ['an event of its own', (states) => (states.LISTEN.on.KNOCK = {}), /LISTEN hears KNOCK/],
    ['a wildcard', (states) => (states.LISTEN.on['*'] = {}), /LISTEN hears \*/],
    [
      'a guard that has no bit',
      (states) => (states.LISTEN.on.SYN = [{ guard: 'isTuesday', target: 'CLOSED' }, {}]),
      /LISTEN SYN/,
    ],
    ['an unknown action', (states) => (states.LISTEN.on.SYN = { actions: ['dance'] }), /LISTEN SYN.*dance/],
    [
      'two targets',
      (states) => (states.LISTEN.on.SYN = { target: ['CLOSED', 'SYN-SENT'] }),
      /LISTEN SYN has two targets/,
    ],
  ])('%s', (_, change, place) => {
    expect(() => compileTable(changed(change))).toThrow(place);
  });

  test('a guard that is a function is refused', () => {
    const machine = changed((states) => {
      states.LISTEN.on.SYN = { guard: () => true, target: 'CLOSED' };
    });
    expect(() => compileTable(machine)).toThrow(/LISTEN SYN/);
  });
});

describe('the engine has no other source of states', () => {
  const original = TCP_TABLE.cells.slice();
  afterEach(() => TCP_TABLE.cells.set(original));

  /** Closes both sides of a connection and lets all time pass. */
  function run() {
    const { net, laptop, web, client, server } = connectionIn('ESTABLISHED', { seed: 7 });
    net.call(laptop, { call: 'close', socket: client });
    net.settle();
    net.call(web, { call: 'close', socket: server });
    net.finish();
    return { digest: net.world.memory.digest(), at: net.now };
  }

  // Were there a second copy of the rule somewhere, the run would end as before.
  test('another target in the machine makes another run', () => {
    const usual = run();
    expect(run()).toEqual(usual);
    const hasty = compileTable(
      changed((states) => {
        states['FIN-WAIT-2'].on.FIN.target = 'CLOSING';
      }),
    );
    expect(hasty.actionLists).toEqual(TCP_TABLE.actionLists);
    TCP_TABLE.cells.set(hasty.cells);
    const other = run();
    expect(other.digest).not.toBe(usual.digest);
    TCP_TABLE.cells.set(original);
    expect(run()).toEqual(usual);
  });

  test('a cell set by hand is obeyed too', () => {
    const place =
      (TCP_STATES.indexOf('CLOSED') * EVENTS.length + EVENTS.indexOf('OPEN_ACTIVE')) << GUARDS.length;
    for (let bits = 0; bits < 1 << GUARDS.length; bits++)
      TCP_TABLE.cells[place + bits] =
        ((TCP_TABLE.cells[place + bits] ?? 0) & ~0xff) | TCP_STATES.indexOf('ESTABLISHED');
    expect(() => connectionIn('SYN-SENT')).toThrow('wanted SYN-SENT, got ESTABLISHED');
  });
});
