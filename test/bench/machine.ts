// One transition of a TCP connection: the compiled table that the engine reads, beside an actor of the same xstate machine
// and xstate's own pure function. The table is why a machine can be the specification and still cost nothing.
import { createActor, transition } from 'xstate';
import { type TcpEvent, tcpMachine } from '../../src/tcp/machine.js';
import { TCP_TABLE, transitionOf } from '../../src/tcp/transition-table.js';
import type { TcpState } from '../../src/world/tables.js';
import { medianNanos, ratio } from './rounds.js';

/** The life of a client: the calls and segments from CLOSED to CLOSED. */
const LIFE: readonly TcpEvent[] = [
  'OPEN_ACTIVE',
  'SYN_ACK_GOOD',
  'TEXT',
  'ACK_NEW',
  'CLOSE',
  'ACK_OF_FIN',
  'FIN',
  'TIME_WAIT_TIMEOUT',
];
const TABLE_LIVES = 100_000;
const ACTOR_LIVES = 300;

export function benchMachine(): void {
  let state: TcpState = 'CLOSED';
  const table = {
    name: 'table',
    count: TABLE_LIVES * LIFE.length,
    run: () => {
      for (let life = 0; life < TABLE_LIVES; life++)
        for (const event of LIFE) state = transitionOf(TCP_TABLE, state, event, 0).next;
    },
  };
  const actor = createActor(tcpMachine, { input: {} });
  actor.start();
  const sends = {
    name: 'actor',
    count: ACTOR_LIVES * LIFE.length,
    run: () => {
      for (let life = 0; life < ACTOR_LIVES; life++) for (const type of LIFE) actor.send({ type });
    },
  };
  let snapshot = actor.getSnapshot();
  const pure = {
    name: 'transition()',
    count: ACTOR_LIVES * LIFE.length,
    run: () => {
      for (let life = 0; life < ACTOR_LIVES; life++)
        for (const type of LIFE) [snapshot] = transition(tcpMachine, snapshot, { type });
    },
  };
  const [fast = 0, sent = 0, called = 0] = medianNanos([table, sends, pure]);
  if (state !== 'CLOSED' || actor.getSnapshot().value !== 'CLOSED' || snapshot.value !== 'CLOSED')
    throw new Error('a life did not end in CLOSED');
  console.log('machine: nanoseconds of processor time a transition, medians of 7 interleaved rounds');
  console.log(`  compiled table      ${fast.toFixed(1)}`);
  console.log(`  actor.send          ${sent.toFixed(0)}, ${ratio(sent, fast)} times as much`);
  console.log(`  xstate transition() ${called.toFixed(0)}, ${ratio(called, fast)} times as much`);
}
