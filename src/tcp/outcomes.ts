// What the machine would do: every event it answers in a state, and every way from one state to another.
// Read from the compiled table, as the engine does, so that the state diagram is a third reader and not a second copy.
// Who draws it: ../app/present/state-diagram.ts.
import { TCP_STATES, type TcpState } from '../world/tables.js';
import type { TcpAction } from './actions.js';
import { EVENTS, GUARDS, type TcpEvent } from './machine.js';
import { TCP_TABLE, transitionOf } from './transition-table.js';

export interface Outcome {
  readonly event: TcpEvent;
  readonly next: TcpState;
  readonly actions: readonly TcpAction[];
}

/** What would happen on each event, in the order of EVENTS; those that are ignored are left out. */
export function outcomesIn(state: TcpState, guardBits: number): readonly Outcome[] {
  return EVENTS.map((event) => ({ event, ...transitionOf(TCP_TABLE, state, event, guardBits) })).filter(
    ({ next, actions }) => next !== state || actions.length > 0,
  );
}

/** A way from one state to another, with each event that takes it under some truth of the guards, in their order. */
export interface Way {
  readonly from: TcpState;
  readonly to: TcpState;
  readonly by: readonly Outcome[];
}

/** All ways that the machine has, in the order of states. */
export function ways(): readonly Way[] {
  const found = new Map<string, { from: TcpState; to: TcpState; by: Outcome[] }>();
  for (const from of TCP_STATES)
    for (let bits = 0; bits < 1 << GUARDS.length; bits++)
      for (const outcome of outcomesIn(from, bits)) {
        if (outcome.next === from) continue;
        const key = `${from} ${outcome.next}`;
        const way = found.get(key) ?? { from, to: outcome.next, by: [] };
        found.set(key, way);
        if (!way.by.some(({ event }) => event === outcome.event)) way.by.push(outcome);
      }
  return [...found.values()];
}
