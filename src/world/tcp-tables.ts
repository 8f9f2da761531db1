// Tables of TCP connections: the control block, and the text that it keeps in both directions. No rules.
// All other tables, and what ids are called: tables.ts.
import { choice, flag, link, text, time, uint32 } from '../store/columns.js';
import { withSpareRows } from '../store/table.js';

export const tcpTables = {
  /** The transmission control block. RFC 9293 §3.3.1; names as there: SND.UNA, SND.NXT, RCV.NXT … */
  connections: {
    socket: link('sockets'),
    isOpenedPassively: flag,
    initialSend: uint32,
    sendUnacknowledged: uint32,
    sendNext: uint32,
    /** SND.WND, MAX.SND.WND, and the segment that set it last: SND.WL1, SND.WL2. */
    sendWindow: uint32,
    maximumWindow: uint32,
    windowSequence: uint32,
    windowAcknowledgment: uint32,
    /** Bytes of text in one segment, from the peer's SYN on: Eff.snd.MSS of RFC 9293 §3.7.1. */
    segmentSize: uint32,
    receiveNext: uint32,
    /** Behind the last segment that was smaller than it could be: what Nagle's algorithm asks. */
    smallEnd: uint32,
    /** RCV.NXT + RCV.WND as the peer was told: it never moves left. RFC 9293 §3.8.6. */
    receiveEdge: uint32,
    /** Text from SND.UNA on, in transit or not sent yet. */
    firstOutgoing: link('outgoing'),
    lastOutgoing: link('outgoing'),
    outgoingCount: uint32,
    /** CLOSE was called: a FIN follows the last byte. */
    isFinWanted: flag,
    isFinSent: flag,
    /** Text behind a gap, by sequence number. */
    firstEarly: link('early'),
    lastEarly: link('early'),
    /** A FIN that came before what precedes it, and its number. */
    hasEarlyFin: flag,
    earlyFin: uint32,
    /** Event number of the timer that counts, 0 = none; what it is for, and when it goes off. */
    timer: uint32,
    purpose: choice('none', 'retransmission', 'persist', 'keepalive', 'end'),
    expires: time,
    retries: uint32,
    /** RFC 6298: SRTT and RTTVAR, 0 until something was measured; the segment whose round trip is being timed. */
    smoothedRoundTrip: time,
    roundTripVariation: time,
    isTimed: flag,
    timedSequence: uint32,
    timedSince: time,
    /** How many ACKs in a row acknowledged nothing new, RFC 5681 §2; what had been sent when something was lost last. */
    duplicateAcks: uint32,
    isRecovering: flag,
    recover: uint32,
    /** Since when nothing new has been acknowledged; when the peer was heard last. */
    stalledSince: time,
    heardAt: time,
    /** RFC 5961 §7: the last answer to something unacceptable, and how many there were since anything was in order. */
    challengedAt: time,
    challenges: uint32,
  },
  /** Text that a connection has to send. */
  outgoing: withSpareRows({ next: link('outgoing'), data: text }),
  /** Text that has come before what precedes it. */
  early: withSpareRows({ next: link('early'), sequence: uint32, data: text }),
} as const;
