// Tables of networks: how long a packet takes, and what may happen to it on the way. Ratios in parts of a million. No rules:
// what a network does is ../net/faults.ts. All other tables: tables.ts.
import { choice, flag, link, text, time, uint32 } from '../store/columns.js';

export const PER_MILLION = 1_000_000;

export const networks = {
  name: text,
  /** One way. */
  delay: time,
  jitter: time,
  loss: uint32,
  duplicate: uint32,
  reorder: uint32,
  isCut: flag,
  /** Event number of the end of the wait of a packet that lets the next one overtake it; 0 = none. */
  holding: uint32,
} as const;

/** What is to happen to the next packets like this; `pattern` is their place among the patterns of the run. */
export const faults = {
  network: link('networks'),
  kind: choice('drop', 'delay', 'duplicate', 'reorder'),
  left: uint32,
  by: time,
  pattern: uint32,
} as const;
