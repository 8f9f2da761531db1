// A segment's name for the machine: sequence numbers are looked at here and nowhere else. RFC 9293 §3.10.7.2 to .4.
// One segment is one to three events in the order of the RFC: what its ACK means, its text, its FIN; or a single one
// that settles the matter (RST, SYN, out of window). What follows from an event is machine.ts; where systems look at
// another thing first, rules.ts.
import { ACK, FIN, has, RST, SYN, sequenceLength, type TcpSegment } from '../wire/packet.js';
import { distance, isAtMost, isBefore } from '../wire/sequence.js';
import type { TcpState } from '../world/tables.js';
import type { TcpEvent } from './machine.js';
import type { TcpRules } from './rules.js';

/** The variables of RFC 9293 §3.3.1 that a segment is held against. */
export interface SequenceState {
  readonly state: TcpState;
  readonly isOpenedPassively: boolean;
  readonly initialSend: number;
  readonly sendUnacknowledged: number;
  readonly sendNext: number;
  /** MAX.SND.WND: the largest window that the peer ever offered. */
  readonly maximumWindow: number;
  readonly receiveNext: number;
  readonly receiveWindow: number;
  /** Our FIN has been sent and takes the number before SND.NXT. */
  readonly isFinSent: boolean;
}

export function nameSegment(segment: TcpSegment, own: SequenceState, rules: TcpRules): readonly TcpEvent[] {
  if (own.state === 'LISTEN' || own.state === 'CLOSED') return [nameForListener(segment, rules)];
  if (own.state === 'SYN-SENT') return [nameInSynSent(segment, own)];
  const isHalfOpen = own.state === 'SYN-RECEIVED' && own.isOpenedPassively;
  if (isHalfOpen && rules.halfOpenChecksAckFirst && has(segment, ACK) && !has(segment, RST)) {
    if (segment.acknowledgment !== own.sendNext) return ['ACK_FUTURE'];
  }
  if (own.state === 'TIME-WAIT' && rules.timeWaitReadsNoAck) return [nameInTimeWait(segment, own)];
  return nameInWindow(segment, own, rules);
}

/** §3.10.7.2: RST is ignored, any ACK is an error, a SYN opens, the rest is nothing. */
function nameForListener(segment: TcpSegment, rules: TcpRules): TcpEvent {
  if (has(segment, RST)) return 'RST_OUTSIDE';
  if (has(segment, ACK)) return has(segment, SYN) ? 'SYN_ACK_BAD' : 'ACK_FUTURE';
  if (has(segment, FIN) && rules.dropsSynFin) return 'NO_ACK';
  return has(segment, SYN) ? 'SYN' : 'NO_ACK';
}

/** §3.10.7.3: first the ACK, then RST, then SYN. */
function nameInSynSent(segment: TcpSegment, own: SequenceState): TcpEvent {
  const acknowledges = has(segment, ACK);
  const isGood =
    isBefore(own.initialSend, segment.acknowledgment) && isAtMost(segment.acknowledgment, own.sendNext);
  if (has(segment, RST)) {
    if (!acknowledges) return 'RST_EXACT';
    return isGood ? 'RST_ACK_GOOD' : 'RST_ACK_BAD';
  }
  if (acknowledges && !isGood) return has(segment, SYN) ? 'SYN_ACK_BAD' : 'ACK_FUTURE';
  if (has(segment, SYN)) return acknowledges ? 'SYN_ACK_GOOD' : 'SYN';
  return acknowledges ? 'ACK_NEW' : 'NO_ACK';
}

/** Linux (tcp_timewait_state_process): the ACK is not read. */
function nameInTimeWait(segment: TcpSegment, own: SequenceState): TcpEvent {
  const offset = distance(segment.sequence, own.receiveNext);
  if (has(segment, RST)) return offset === 0 ? 'RST_EXACT' : 'RST_OUTSIDE';
  if (has(segment, SYN)) return 'SYN_OLD';
  if (sequenceLength(segment) === 0 && offset === 0) return 'ACK_DUP';
  return 'OUT_OF_WINDOW';
}

function nameInWindow(segment: TcpSegment, own: SequenceState, rules: TcpRules): readonly TcpEvent[] {
  const offset = distance(segment.sequence, own.receiveNext);
  const length = sequenceLength(segment);
  const isInside = isAcceptable(offset, length, own.receiveWindow);
  if (has(segment, RST)) {
    if (offset === 0) return ['RST_EXACT'];
    return [isInside ? 'RST_WINDOW' : 'RST_OUTSIDE'];
  }
  if (has(segment, SYN)) {
    if (!has(segment, ACK)) return [isInside ? 'SYN' : 'SYN_OLD'];
    // Both opened at once: the SYN-ACK repeats the SYN, one left of the window, and acknowledges ours. §3.5 figure 7.
    const isAnswer = offset === -1 && segment.acknowledgment === own.sendNext;
    const isCrossed = own.state === 'SYN-RECEIVED' && !own.isOpenedPassively;
    if (isAnswer && isCrossed && rules.acknowledgesCrossedSynAck) return ['SYN_ACK_GOOD', 'OUT_OF_WINDOW'];
    return [isAnswer ? 'SYN_ACK_GOOD' : isInside ? 'SYN_ACK_BAD' : 'OUT_OF_WINDOW'];
  }
  if (!isInside) {
    const refusal: TcpEvent = has(segment, FIN) ? 'FIN_OLD' : 'OUT_OF_WINDOW';
    return isAckRead(offset, length, own, rules) && has(segment, ACK)
      ? [...nameAck(segment, own, rules), refusal]
      : [refusal];
  }
  if (!has(segment, ACK)) return ['NO_ACK'];
  const acknowledged = nameAck(segment, own, rules);
  const [first] = acknowledged;
  const isHalfOpen = own.state === 'SYN-RECEIVED';
  if (first === 'ACK_FUTURE' || first === 'ACK_ANCIENT' || (first === 'ACK_DUP' && isHalfOpen))
    return acknowledged;
  const events: TcpEvent[] = [...acknowledged];
  // Text that overlaps what is here already counts from RCV.NXT on (takeText cuts it), and up to the window's end.
  if (segment.payload.length > 0) events.push(offset > 0 ? 'TEXT_LATER' : 'TEXT');
  const isFinInside = has(segment, FIN) && offset + length <= own.receiveWindow;
  if (isFinInside) events.push(offset > 0 ? 'FIN_LATER' : 'FIN');
  return events;
}

/**
 * §3.10.7.4 first: with a closed window nothing is acceptable, but the ACK of what lies at RCV.NXT is read all the same.
 * Linux reads it also where a segment ends exactly there; not for a listener's half-open connection.
 */
function isAckRead(offset: number, length: number, own: SequenceState, rules: TcpRules): boolean {
  if (own.receiveWindow === 0 && offset === 0) return true;
  const isHalfOpen = own.state === 'SYN-RECEIVED' && own.isOpenedPassively;
  return rules.readsAckJustBefore && length > 0 && offset + length === 0 && !isHalfOpen;
}

function nameAck(segment: TcpSegment, own: SequenceState, rules: TcpRules): readonly [TcpEvent] {
  const { acknowledgment } = segment;
  if (isBefore(own.sendNext, acknowledgment)) return ['ACK_FUTURE'];
  if (isAtMost(acknowledgment, own.sendUnacknowledged)) {
    const isHalfOpen = own.state === 'SYN-RECEIVED';
    if (isHalfOpen) {
      const completes = rules.completesOnOldAck && acknowledgment === own.sendUnacknowledged;
      return [completes && !own.isOpenedPassively ? 'ACK_NEW' : 'ACK_DUP'];
    }
    const back = distance(own.sendUnacknowledged, acknowledgment);
    return [back > own.maximumWindow ? 'ACK_ANCIENT' : 'ACK_DUP'];
  }
  return [own.isFinSent && acknowledgment === own.sendNext ? 'ACK_OF_FIN' : 'ACK_NEW'];
}

/** §3.4, table of four cases; `offset` = SEG.SEQ - RCV.NXT. */
function isAcceptable(offset: number, length: number, window: number): boolean {
  if (length === 0) return window === 0 ? offset === 0 : offset >= 0 && offset < window;
  if (window === 0) return false;
  const last = offset + length - 1;
  return (offset >= 0 && offset < window) || (last >= 0 && last < window);
}
