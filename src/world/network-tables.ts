// Tables of networks: how long a packet takes, what may happen to it on the way, and what hosts at the end lose of it. Ratios
// in parts of a million. No rules: what a network does is ../net/faults.ts. All other tables: tables.ts.
import { choice, flag, link, text, time, uint32 } from '../store/columns.js';

export const PER_MILLION = 1_000_000;

export const networks = {
  name: text,
  /** One way. */
  delay: time,
  /**
   * The largest packet that it carries, in bytes with the IP header; 0: the usual 1500. TCP keeps to that of its own interface
   * and to what its peer says. Textbook: what is too large for a link is carried all the same, as if it went in fragments
   * that arrive together or not at all (RFC 791 §2.3); a fragment has no ports, so nobody's choice would change by it.
   * Differs: Linux forbids routers to cut TCP and most datagrams (DF), and learns from their ICMP.
   */
  mtu: uint32,
  jitter: time,
  /** How much each host can send in a second; 0 where nothing limits it. */
  kilobits: uint32,
  /** How many packets may wait at each host until they are sent; 0 where nothing limits them. */
  queueLimit: uint32,
  loss: uint32,
  duplicate: uint32,
  reorder: uint32,
  isCut: flag,
  /** Event number of the end of the wait of a packet that lets the next one overtake it; 0 = none. */
  holding: uint32,
} as const;

/** Which incoming packets a host loses on purpose: by protocol, or by the flags of a segment (`ack`: pure ACK, or data). */
export const DROP_MATCHES = ['any', 'tcp', 'udp', 'icmp', 'syn', 'synack', 'fin', 'rst', 'ack'] as const;
export type DropMatch = (typeof DROP_MATCHES)[number];

export const drops = {
  host: link('hosts'),
  match: choice(...DROP_MATCHES),
} as const;

/** Packets that a host puts on a network or that wait for it, in order: when the last bit of each is out. */
export const transmissions = {
  host: link('hosts'),
  network: link('networks'),
  ends: time,
} as const;

/** Addresses that a host asks its link for, and nobody has: until when it asks. */
export const resolutions = {
  host: link('hosts'),
  address: uint32,
  until: time,
} as const;

/** What is to happen to the next packets like this; `pattern` is their place among the patterns of the run. */
export const faults = {
  network: link('networks'),
  kind: choice('drop', 'delay', 'duplicate', 'reorder'),
  left: uint32,
  by: time,
  pattern: uint32,
} as const;
