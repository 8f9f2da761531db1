// What each possible event would do next, as rows: events with the same answer share one.
// It refuses to know the DOM. Who draws it: ../panels/state.ts.
import type { Outcome } from '../../tcp/outcomes.js';
import type { TcpState } from '../../world/tables.js';
import { answerWords, EVENT_WORDS } from '../words/state.js';

export interface StateRow {
  readonly events: readonly string[];
  /** What is sent and told; '' if nothing is. */
  readonly answer: string;
  readonly next: TcpState;
  readonly isMove: boolean;
}

/** Changes of state first, each group in the machine's order. */
export function stateRows(state: TcpState, outcomes: readonly Outcome[]): readonly StateRow[] {
  const rows = new Map<string, { events: string[]; answer: string; next: TcpState; isMove: boolean }>();
  for (const { event, next, actions } of outcomes) {
    const answer = answerWords(actions);
    const key = `${next} ${answer}`;
    if (answer === '' && next === state) continue;
    const row = rows.get(key) ?? { events: [], answer, next, isMove: next !== state };
    rows.set(key, row);
    if (!row.events.includes(EVENT_WORDS[event])) row.events.push(EVENT_WORDS[event]);
  }
  const all = [...rows.values()];
  return [...all.filter(({ isMove }) => isMove), ...all.filter(({ isMove }) => !isMove)];
}
