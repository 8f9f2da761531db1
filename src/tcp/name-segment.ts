// A segment's name for the machine: sequence numbers are looked at here and nowhere else. RFC 9293 §3.10.7.2 to .4.
// One segment is one to three events in the order of the RFC: what its ACK means, its text, its FIN; or a single one
// that settles the matter (RST, SYN, out of window). What follows from an event is machine.ts.
import { ACK, FIN, has, RST, SYN, sequenceLength, type TcpSegment } from '../wire/packet.js';
import { distance, isAtMost, isBefore, plus } from '../wire/sequence.js';
import type { TcpState } from '../world/tables.js';
import type { TcpEvent } from './machine.js';

/** The variables of RFC 9293 §3.3.1 that a segment is held against. */
export interface SequenceState {
  readonly state: TcpState;
  readonly initialSend: number;
  readonly sendUnacknowledged: number;
  readonly sendNext: number;
  readonly receiveNext: number;
  readonly receiveWindow: number;
  /** Our FIN has been sent and takes the number before SND.NXT. */
  readonly isFinSent: boolean;
}

export function nameSegment(segment: TcpSegment, own: SequenceState): readonly TcpEvent[] {
  if (own.state === 'LISTEN' || own.state === 'CLOSED') return [nameForListener(segment)];
  if (own.state === 'SYN-SENT') return [nameInSynSent(segment, own)];
  return nameInWindow(segment, own);
}

/** §3.10.7.2: RST is ignored, any ACK is an error, a SYN opens, the rest is nothing. */
function nameForListener(segment: TcpSegment): TcpEvent {
  if (has(segment, RST)) return 'RST_OUTSIDE';
  if (has(segment, ACK)) return has(segment, SYN) ? 'SYN_ACK_BAD' : 'ACK_FUTURE';
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

function nameInWindow(segment: TcpSegment, own: SequenceState): readonly TcpEvent[] {
  const offset = distance(segment.sequence, own.receiveNext);
  const isInside = isAcceptable(offset, sequenceLength(segment), own.receiveWindow);
  if (has(segment, RST)) {
    if (offset === 0) return ['RST_EXACT'];
    return [isInside ? 'RST_WINDOW' : 'RST_OUTSIDE'];
  }
  if (has(segment, SYN)) {
    if (!has(segment, ACK)) return [isInside ? 'SYN' : 'SYN_OLD'];
    // Both opened at once: the SYN-ACK repeats the SYN, one left of the window, and acknowledges ours. §3.5 figure 8.
    const isAnswer = offset === -1 && segment.acknowledgment === own.sendNext;
    return [isAnswer ? 'SYN_ACK_GOOD' : isInside ? 'SYN_ACK_BAD' : 'OUT_OF_WINDOW'];
  }
  if (!isInside) return ['OUT_OF_WINDOW'];
  if (!has(segment, ACK)) return ['NO_ACK'];
  const acknowledged = nameAck(segment, own);
  if (acknowledged === 'ACK_FUTURE' || (acknowledged === 'ACK_DUP' && own.state === 'SYN-RECEIVED'))
    return [acknowledged];
  const events: TcpEvent[] = [acknowledged];
  // Text that overlaps what is here already counts from RCV.NXT on (takeText cuts it).
  if (segment.payload.length > 0) events.push(offset > 0 ? 'TEXT_LATER' : 'TEXT');
  if (has(segment, FIN)) events.push(offset > 0 ? 'TEXT_LATER' : 'FIN');
  return [...new Set(events)];
}

function nameAck(segment: TcpSegment, own: SequenceState): TcpEvent {
  const { acknowledgment } = segment;
  if (isAtMost(acknowledgment, own.sendUnacknowledged)) return 'ACK_DUP';
  if (isBefore(own.sendNext, acknowledgment)) return 'ACK_FUTURE';
  return own.isFinSent && acknowledgment === own.sendNext ? 'ACK_OF_FIN' : 'ACK_NEW';
}

/** §3.4, table of four cases; `offset` = SEG.SEQ - RCV.NXT. */
function isAcceptable(offset: number, length: number, window: number): boolean {
  if (length === 0) return window === 0 ? offset === 0 : offset >= 0 && offset < window;
  if (window === 0) return false;
  const last = offset + length - 1;
  return (offset >= 0 && offset < window) || (last >= 0 && last < window);
}

export function nextAfter(segment: TcpSegment): number {
  return plus(segment.sequence, sequenceLength(segment));
}
