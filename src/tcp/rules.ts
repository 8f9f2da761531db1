// Where systems differ in TCP, as data: each rule has a name, and each system follows one of two ways. Linux as recorded
// from a 6.18 kernel, segment by segment (test/tcp/linux-transitions.json); `textbook` is RFC 9293 to the letter, and the
// systems of which nothing was recorded go by it too. What a rule changes: name-segment.ts, machine.ts, timers.ts, reopen.ts.
import type { Nanos } from '../base/time.js';
import type { HostId, System, World } from '../world/tables.js';

export interface TcpRules {
  /** How long one step of the clock takes that initial sequence numbers follow. */
  readonly numberTick: Nanos;
  /** A SYN reopens a TIME-WAIT if its number lies beyond RCV.NXT; else also exactly there. */
  readonly reopensBeyondNext: boolean;
  /** connect() may take over an own TIME-WAIT (`tcp_tw_reuse`, RFC 6191); else the pair exists already. */
  readonly callsFromTimeWait: boolean;
  /** A SYN with FIN for a listener is dropped; else its FIN is passed over and the peer sends it again. */
  readonly dropsSynFin: boolean;
  /** A SYN in the window of a half-open connection resets it and draws a RST; else it goes without a word. */
  readonly resetsHalfOpenOnSyn: boolean;
  /** A half-open connection of a listener looks at the ACK before anything else, as in SYN-SENT. */
  readonly halfOpenChecksAckFirst: boolean;
  /** Both opened at once: an ACK of no more than SND.UNA completes the handshake as well. */
  readonly completesOnOldAck: boolean;
  /** Both opened at once: the other's SYN-ACK is acknowledged once more. */
  readonly acknowledgesCrossedSynAck: boolean;
  /** A segment that ends exactly at RCV.NXT is too old for its text, but its ACK is still read. */
  readonly readsAckJustBefore: boolean;
  /** TIME-WAIT looks at sequence numbers only: no challenge for a RST or an ACK, an ACK for whatever carries text or FIN. */
  readonly timeWaitReadsNoAck: boolean;
  /** A RST in CLOSING or LAST-ACK is told to whoever still holds the socket. */
  readonly tellsWhileClosing: boolean;
  /** A RST for a call that was half open from our side reads ECONNRESET; else ECONNREFUSED. */
  readonly halfOpenCallerIsReset: boolean;
  /** Every ICMP error ends a connect(); a half-open connection of a listener goes with host and net, not with port. */
  readonly softErrorsEndOpening: boolean;
  /** An answer to another SYN than ours has just been reset: the SYN is sent again at once, not after its timeout. */
  readonly hurriesSyn: boolean;
  /** Nagle: a small segment waits only while a small one is unacknowledged (Minshall); else while anything is. */
  readonly holdsOnlyBehindSmall: boolean;
  /** The FIN goes with the last text if that has not gone yet; else in a segment of its own. */
  readonly finGoesWithText: boolean;
  /** A closed window is probed by an old number without text; else by the next byte. */
  readonly probesWithoutText: boolean;
  /** Least retransmission timeout after a measured round trip, and whether it comes on top of SRTT. */
  readonly leastTimeout: Nanos;
  readonly leastTimeoutIsVariation: boolean;
}

/** RFC 9293, RFC 5961, RFC 6298. */
export const RFC_RULES: TcpRules = {
  numberTick: 4000, // RFC 9293 §3.4.1
  reopensBeyondNext: false,
  callsFromTimeWait: false,
  dropsSynFin: false,
  resetsHalfOpenOnSyn: false,
  halfOpenChecksAckFirst: false,
  completesOnOldAck: false,
  acknowledgesCrossedSynAck: false,
  readsAckJustBefore: false,
  timeWaitReadsNoAck: false,
  tellsWhileClosing: false,
  halfOpenCallerIsReset: false,
  softErrorsEndOpening: false,
  hurriesSyn: false,
  holdsOnlyBehindSmall: false,
  finGoesWithText: false,
  probesWithoutText: false,
  leastTimeout: 1e9,
  leastTimeoutIsVariation: false,
};

/** tcp_input.c, tcp_minisocks.c and tcp_ipv4.c of 6.18; TCP_RTO_MIN is the least variation (tcp_rtt_estimator). */
export const LINUX_RULES: TcpRules = {
  numberTick: 64, // seq_scale()
  reopensBeyondNext: true,
  callsFromTimeWait: true,
  dropsSynFin: true,
  resetsHalfOpenOnSyn: true,
  halfOpenChecksAckFirst: true,
  completesOnOldAck: true,
  acknowledgesCrossedSynAck: true,
  readsAckJustBefore: true,
  timeWaitReadsNoAck: true,
  tellsWhileClosing: true,
  halfOpenCallerIsReset: true,
  softErrorsEndOpening: true,
  hurriesSyn: true,
  holdsOnlyBehindSmall: true,
  finGoesWithText: true, // tcp_send_fin
  probesWithoutText: true,
  leastTimeout: 200e6,
  leastTimeoutIsVariation: true,
};

export const TCP_RULES: Readonly<Record<System, TcpRules>> = {
  linux: LINUX_RULES,
  freebsd: RFC_RULES,
  macos: RFC_RULES,
  windows: RFC_RULES,
  textbook: RFC_RULES,
};

export function rulesOf(world: World, host: HostId): TcpRules {
  return TCP_RULES[world.hosts.system.get(host)];
}
