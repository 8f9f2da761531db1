// The life of a TCP connection in five words for beginners, each standing for some of the eleven states.
// It changes no state and hides no step: the words only gather. The whole diagram: state-diagram.ts.
import type { Lifecycle } from '../../trace/lifecycle.js';
import type { Owner } from '../../trace/scene.js';
import { TCP_STATES, type TcpState } from '../../world/tables.js';

export const PLAIN_STATES = ['closed', 'opening', 'open', 'closing', 'waiting'] as const;
export type PlainState = (typeof PLAIN_STATES)[number];

const PLAIN: Readonly<Record<TcpState, PlainState>> = {
  CLOSED: 'closed',
  LISTEN: 'closed',
  'SYN-SENT': 'opening',
  'SYN-RECEIVED': 'opening',
  ESTABLISHED: 'open',
  'FIN-WAIT-1': 'closing',
  'FIN-WAIT-2': 'closing',
  'CLOSE-WAIT': 'closing',
  CLOSING: 'closing',
  'LAST-ACK': 'closing',
  'TIME-WAIT': 'waiting',
};

export interface PlainNode {
  readonly state: PlainState;
  /** The states that it stands for, in the machine's order. */
  readonly names: readonly TcpState[];
  readonly ends: readonly { readonly owner: Owner; readonly state: TcpState; readonly isNow: boolean }[];
}

export function plainStates({ ends }: Lifecycle): readonly PlainNode[] {
  return PLAIN_STATES.map((plain) => ({
    state: plain,
    names: TCP_STATES.filter((state) => PLAIN[state] === plain),
    ends: ends
      .filter(({ state }) => PLAIN[state] === plain)
      .map(({ owner, state, taken }) => ({
        owner,
        state,
        isNow: taken.some(({ from, to }) => PLAIN[from] !== plain && to === state),
      })),
  }));
}
