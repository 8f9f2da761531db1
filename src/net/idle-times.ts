// How long a NAT's row outlives its last packet, by protocol and state, and how a connection looks from between.
// The table is data; the timer that reads it is nat-timers.ts.
import { NANOS_PER_SECOND, type Nanos } from '../base/time.js';
import { ACK, FIN, has, RST, SYN, type TcpSegment, type UdpDatagram } from '../wire/packet.js';
import type { FlowState, IDLE_PLANS } from '../world/router-tables.js';

type Plan = Readonly<Record<FlowState, Nanos>>;

function seconds(plan: Readonly<Record<FlowState, number>>): Plan {
  return Object.fromEntries(
    Object.entries(plan).map(([state, time]) => [state, time * NANOS_PER_SECOND]),
  ) as Plan;
}

/** TCP that is not established: RFC 5382 §5, REQ-5: at least 4 min; established: at least 2 h 4 min. */
const RFC_5382 = {
  'SYN-SENT': 240,
  'SYN-RECEIVED': 240,
  ESTABLISHED: 7440,
  'FIN-WAIT': 240,
  'CLOSE-WAIT': 240,
  'LAST-ACK': 240,
  'TIME-WAIT': 240,
  CLOSED: 240,
} as const;

export const IDLE_TIMES: Readonly<Record<(typeof IDLE_PLANS)[number], Plan>> = {
  /** Linux 6.18, `nf_conntrack_*_timeout`. */
  linux: seconds({
    UNREPLIED: 30,
    REPLIED: 120,
    'SYN-SENT': 120,
    'SYN-RECEIVED': 60,
    ESTABLISHED: 432_000,
    'FIN-WAIT': 120,
    'CLOSE-WAIT': 60,
    'LAST-ACK': 30,
    'TIME-WAIT': 120,
    CLOSED: 10,
  }),
  /** RFC 4787 §4.3, REQ-5: five minutes for UDP. */
  rfc: seconds({ UNREPLIED: 300, REPLIED: 300, ...RFC_5382 }),
  /** Two minutes for UDP, the least that RFC 4787 allows. */
  home: seconds({ UNREPLIED: 120, REPLIED: 120, ...RFC_5382 }),
};

/** The state of a flow's first packet; undefined for a segment that begins nothing (Linux: invalid). */
export function firstState(segment: TcpSegment | UdpDatagram): FlowState | undefined {
  if (segment.protocol === 'udp') return 'UNREPLIED';
  if (has(segment, RST) || has(segment, FIN)) return undefined;
  if (has(segment, SYN)) return has(segment, ACK) ? undefined : 'SYN-SENT';
  return has(segment, ACK) ? 'ESTABLISHED' : undefined; // Linux `nf_conntrack_tcp_loose`: picked up in the middle
}

/** The state after one more segment, from either side. Linux nf_conntrack_proto_tcp.c, without what is out of window. */
export function nextState(state: FlowState, segment: TcpSegment): FlowState {
  if (has(segment, RST)) return 'CLOSED';
  if (has(segment, SYN)) {
    if (has(segment, ACK)) return state === 'SYN-SENT' ? 'SYN-RECEIVED' : state;
    return OVER.has(state) ? 'SYN-SENT' : state;
  }
  if (has(segment, FIN)) {
    if (state === 'FIN-WAIT' || state === 'CLOSE-WAIT') return 'LAST-ACK';
    return OVER.has(state) ? state : 'FIN-WAIT';
  }
  if (state === 'SYN-RECEIVED') return 'ESTABLISHED';
  if (state === 'FIN-WAIT') return 'CLOSE-WAIT';
  return state === 'LAST-ACK' ? 'TIME-WAIT' : state;
}
const OVER: ReadonlySet<FlowState> = new Set(['LAST-ACK', 'TIME-WAIT', 'CLOSED']);
