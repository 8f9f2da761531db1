// Who gets a packet: the ordered rules, as data. The first rule that finds a socket wins; there are no others.
// Each rule is a pattern over the four-tuple: which halves must be the packet's own, which must be "any" (nobody chosen).
// find.ts asks them through the lookup tables, explain.ts reads them socket by socket; neither knows a rule of its own.
// Sources: RFC 9293 §3.10.7 and RFC 1122 §4.1.3.5; order within UDP as recorded from Linux 6.18.
import type { Protocol } from '../wire/packet.js';

export interface DemuxRule {
  readonly id:
    | 'exact'
    | 'listener-here'
    | 'listener-any'
    | 'connected'
    | 'connected-host'
    | 'bound-here'
    | 'bound-any';
  /** The word for it in expectations and transcripts: `by: listener`. */
  readonly by: 'exact' | 'listener' | 'connected' | 'unconnected';
  readonly protocol: Protocol;
  /** The socket's local address: the packet's destination itself, or any. */
  readonly local: 'same' | 'any';
  /** The socket's remote address and port: the packet's source itself, its address alone (port 0), or none chosen. */
  readonly remote: 'same' | 'address' | 'any';
}

export const DEMUX_RULES: readonly DemuxRule[] = [
  { id: 'exact', by: 'exact', protocol: 'tcp', local: 'same', remote: 'same' },
  { id: 'listener-here', by: 'listener', protocol: 'tcp', local: 'same', remote: 'any' },
  { id: 'listener-any', by: 'listener', protocol: 'tcp', local: 'any', remote: 'any' },
  { id: 'connected', by: 'connected', protocol: 'udp', local: 'same', remote: 'same' },
  // Linux: who connects to port 0 of an address hears every port of it.
  { id: 'connected-host', by: 'connected', protocol: 'udp', local: 'same', remote: 'address' },
  { id: 'bound-here', by: 'unconnected', protocol: 'udp', local: 'same', remote: 'any' },
  { id: 'bound-any', by: 'unconnected', protocol: 'udp', local: 'any', remote: 'any' },
];

export type RuleId = DemuxRule['id'];
