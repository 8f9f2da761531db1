// Which kinds of facts there are, and what may stand beside each. How they are written: facts.ts.
// It knows no schema, so that playing a scenario needs none.
import { presentKeys } from './short-forms.js';

export const EVENT_FACTS = ['delivered', 'packet', 'dropped', 'error'] as const;
export const STATE_FACTS = ['state', 'row', 'sockets', 'port', 'mapping', 'same', 'different'] as const;
export const FACT_KINDS = [...EVENT_FACTS, ...STATE_FACTS] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/** What may stand beside each fact. */
export const FACT_ARGUMENTS: Readonly<Record<FactKind, readonly string[]>> = {
  delivered: ['to', 'from', 'by', 'times'],
  packet: ['where', 'with', 'times'],
  dropped: ['where', 'times', 'why'],
  error: ['to', 'times'],
  state: ['of'],
  row: ['in', 'times'],
  sockets: ['in', 'of', 'holding'],
  port: ['of'],
  mapping: ['in', 'to'],
  same: [],
  different: [],
};

export function isFactKind(key: string): key is FactKind {
  return (FACT_KINDS as readonly string[]).includes(key);
}

/** What a fact states, of one that was validated. */
export function factKindOf(fact: Readonly<Record<string, unknown>>): FactKind | undefined {
  return presentKeys(fact).find(isFactKind);
}
