// What a run looks like at one position, as plain values: the only thing that views, reports and grading read.
// It holds no world ids to follow and nothing to compute: owners, marks, verdicts and sentences are filled in already.
// Who fills it: read-scene.ts. Where a sentence is worded: sentences.ts. Who decides a delivery: ../demux/.
import type { Nanos } from '../base/time.js';
import type { System } from '../world/tables.js';

/** Whom a number belongs to on screen: the letter and hue of its host. Given once a run, by role (trace/cast.ts). */
export interface Owner {
  readonly host: string;
  /** One letter on the badge: A, B for callers, S for the first that listens, R for a router, then D and on. */
  readonly letter: string;
  readonly hue: 'A' | 'B' | 'S' | 'R' | 'D';
}

/** An address and a port with their owner. `address` is `*` for "any"; `port` 0 is none. Nobody owns `*`. */
export interface EndpointView {
  readonly address: string;
  readonly port: number;
  readonly owner: Owner | undefined;
}

/** The sign of one conversation, the same at both ends and in every view; undefined when more than six are open. */
export type Mark = '●' | '▲' | '■' | '◆' | '★' | '⬢';
/** In the order in which they are given out. */
export const MARKS: readonly Mark[] = ['●', '▲', '■', '◆', '★', '⬢'];

/** RFC 9293 states for TCP (CLOSED also for a socket that is only bound), UNCONNECTED and CONNECTED for UDP. */
export type SocketStateName =
  | 'CLOSED'
  | 'LISTEN'
  | 'SYN-SENT'
  | 'SYN-RECEIVED'
  | 'ESTABLISHED'
  | 'FIN-WAIT-1'
  | 'FIN-WAIT-2'
  | 'CLOSE-WAIT'
  | 'CLOSING'
  | 'LAST-ACK'
  | 'TIME-WAIT'
  | 'UNCONNECTED'
  | 'CONNECTED';

export interface SocketView {
  readonly id: number;
  readonly protocol: 'tcp' | 'udp';
  readonly state: SocketStateName;
  readonly local: EndpointView;
  readonly remote: EndpointView;
  /** Absent for a connection nobody has accepted yet, for orphans and TIME-WAIT. */
  readonly process: { readonly id: number; readonly name: string; readonly pid: number } | undefined;
  /** Lowest descriptor number in that process. */
  readonly descriptor: number | undefined;
  readonly mark: Mark | undefined;
  /** The author's name for it, or the mark itself. */
  readonly label: string | undefined;
  /** LISTEN: completed connections waiting for accept(), and the backlog. */
  readonly queued: number;
  readonly backlog: number;
  /** Bytes (TCP) or datagrams (UDP) waiting to be read. */
  readonly unread: number;
}

export interface ProcessView {
  readonly id: number;
  readonly name: string;
  readonly pid: number;
  readonly user: string;
  readonly isRunning: boolean;
}

export interface HostView {
  readonly id: number;
  readonly name: string;
  readonly owner: Owner;
  readonly addresses: readonly string[];
  /** Names of the networks it is on, in the order of its interfaces. */
  readonly networks: readonly string[];
  readonly processes: readonly ProcessView[];
  /** Listeners first, then in order of creation. */
  readonly sockets: readonly SocketView[];
  /** Whose rules it follows: `linux`, `freebsd` … */
  readonly system: System;
  /** What its system picks from when a program asks for any port: both ends are in it. */
  readonly picksFrom: { readonly low: number; readonly high: number };
  /** Ports below this one need privilege; 0 where none does. */
  readonly privilegedBelow: number;
  /** What it translates and forwards; absent for a host that passes nothing on. */
  readonly router?: RouterView;
}

export interface RouterView {
  /** The networks that it hides behind its address by translating, with their IPv4 range: `192.168.1.0/24`, '' if none. */
  readonly hides: readonly { readonly network: string; readonly range: string }[];
  /** Rows that speak for somebody inside, oldest first. */
  readonly mappings: readonly MappingView[];
  readonly forwards: readonly {
    readonly protocol: 'tcp' | 'udp';
    /** `address` is `*` for any. */
    readonly from: EndpointView;
    readonly to: EndpointView;
  }[];
}
/** One inside endpoint, what the outside takes it for, and whom it speaks with. */
export interface MappingView {
  readonly id: number;
  readonly protocol: 'tcp' | 'udp';
  readonly inside: EndpointView;
  readonly outside: EndpointView;
  readonly peer: EndpointView;
  /** As the router sees the conversation from between. */
  readonly state: string;
  readonly mark: Mark | undefined;
  /** When it goes unless a packet comes. */
  readonly expires: Nanos;
}

export interface PacketView {
  readonly id: number;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly source: EndpointView;
  readonly destination: EndpointView;
  /** `SYN`, `SYN ACK`, `PSH ACK`, `FIN ACK`, `RST` …; '' for UDP; for ICMP the kind, `port unreachable`. */
  readonly flags: string;
  /** Payload as text, '' if none; an ICMP error: the packet it complains about, in notation. */
  readonly payload: string;
  readonly length: number;
  /** As the transcript prints it: `tcp laptop:51004 > web:80 SYN`. */
  readonly notation: string;
  readonly mark: Mark | undefined;
  readonly from: { readonly host: number; readonly socket: number | undefined };
  /** The host it is on its way to, undefined for a broadcast. */
  readonly toHost: number | undefined;
  /** An ICMP error: the protocol and the ends of the packet that it complains about. */
  readonly quoted?: Pick<PacketView, 'protocol' | 'source' | 'destination'>;
  /** What a router that has just passed it on wrote anew: the ends as they were before. */
  readonly was?: { readonly source?: EndpointView; readonly destination?: EndpointView };
}

// ── Reasons ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export type Question = 'protocol' | 'local port' | 'conversation' | 'member' | 'willing';
export type Field =
  | 'protocol'
  | 'local port'
  | 'local address'
  | 'remote port'
  | 'remote address'
  | 'device'
  | 'state';

/** One candidate is a socket of the host that holds a port, whichever. It stands once, at the question that put it aside, or at the last. */
export interface CandidateView {
  readonly socket: SocketView;
  readonly question: Question;
  /** `fallback`: fits, but a more specific socket won. */
  readonly verdict: 'match' | 'fallback' | 'reject';
  /** What differs, with both values as text; absent for match and fallback. */
  readonly field: Field | undefined;
  readonly expected: string;
  readonly got: string;
  /** At most four words: `port 51005 ≠ 51004`, `other host`, `LISTEN · fallback`, `all four`. */
  readonly words: string;
}

/** Why a packet went where it went. Read at the position before the step, from the rules that decided. */
export interface DeliveryReason {
  readonly kind: 'delivery';
  readonly host: number;
  readonly packet: PacketView;
  /** One line for the head of the panel. */
  readonly headline: readonly Part[];
  /** The questions in order, each with its answer in one or two sentences; the last says deliver, create or refuse. */
  readonly questions: readonly {
    readonly id: Question | 'deliver';
    readonly title: string;
    readonly answer: readonly Part[];
    readonly candidates: readonly CandidateView[];
  }[];
  readonly candidates: readonly CandidateView[];
  /** The rule that won: exact, listener, connected, unconnected …; undefined if nobody was there. */
  readonly rule: string | undefined;
  readonly winner: number | undefined;
  /** What became of it. */
  readonly answer: 'delivered' | 'rst' | 'icmp' | 'silence';
}

/** Why a call was refused (or allowed): who holds what. */
export interface CallReason {
  readonly kind: 'call';
  readonly host: number;
  readonly headline: readonly Part[];
  readonly lines: readonly (readonly Part[])[];
  /** The sockets in the way. */
  readonly holders: readonly SocketView[];
  readonly errno: string | undefined;
}
/** Why a router made of a packet what it did, or let it go no further. Read before the step. */
export interface PassageReason {
  readonly kind: 'passage';
  readonly host: number;
  readonly packet: PacketView;
  readonly headline: readonly Part[];
  readonly lines: readonly (readonly Part[])[];
  /** One for each end that was written anew. */
  readonly rewrites: readonly {
    readonly side: 'source' | 'destination';
    readonly before: EndpointView;
    readonly after: EndpointView;
  }[];
}
export type Reason = DeliveryReason | CallReason | PassageReason;

// ── Sentences ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Text with atoms in it; `strong` is the phrase a caption underlines. `plainText(parts)` gives the sentence as a string. */
export type Part =
  | string
  | { readonly chip: EndpointView }
  | { readonly mark: Mark }
  | { readonly strong: string }
  | { readonly code: string };

export interface StepView {
  /** 1 … total. */
  readonly number: number;
  readonly at: Nanos;
  readonly kind: 'call' | 'arrival' | 'timer';
  /** `data-kind` and the glyph on the lane. */
  readonly glyph:
    | 'call'
    | 'listen'
    | 'syn'
    | 'data'
    | 'ack'
    | 'fin'
    | 'rst'
    | 'icmp'
    | 'datagram'
    | 'drop'
    | 'error'
    | 'timer';
  readonly phase: string | undefined;
  /** Which message it is, in every language, and what fills it (words/words.ts). */
  readonly said: { readonly id: string; readonly args: Readonly<Record<string, unknown>> };
  /** Exactly one sentence: caption, live region, transcript and tooltip. */
  readonly sentence: readonly Part[];
  readonly plain: string;
  /** The author's words for this step, if any. */
  readonly say: string | undefined;
  /** Where it happened: the host that is opened. */
  readonly host: number | undefined;
  readonly process: number | undefined;
  /** Sockets this step is about. */
  readonly sockets: readonly number[];
  readonly mark: Mark | undefined;
  /** The packet that arrived, or the first that was sent. */
  readonly packet: PacketView | undefined;
  readonly isDelivery: boolean;
  readonly changesState: boolean;
  /** The question asked before this step, if the scenario asks one here. */
  readonly ask: { readonly which: string; readonly text: string } | undefined;
}

/** One conversation's lane: `steps` are step numbers with their glyphs, ascending. */
export interface LaneView {
  readonly mark: Mark | undefined;
  readonly endpoint: EndpointView;
  readonly steps: readonly { readonly number: number; readonly glyph: StepView['glyph'] }[];
}

export interface Scene {
  /** Steps taken: 0 … total. */
  readonly t: number;
  readonly total: number;
  readonly at: Nanos;
  /** The step that led here; undefined at 0. */
  readonly step: StepView | undefined;
  readonly reason: Reason | undefined;
  readonly hosts: readonly HostView[];
  /** On the wire now, in order of sending. */
  readonly inFlight: readonly PacketView[];
}

/** An address as it stands before a port: IPv6 in brackets (RFC 3986 §3.2.2). */
export function addressText(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}

/** What a chip shows: `10.0.0.7:51004`; without a port the address alone, `*:*` for nobody in particular. */
function endpointText({ address, port, owner }: EndpointView): string {
  if (port !== 0) return `${addressText(address)}:${port}`;
  return owner === undefined ? `${addressText(address)}:*` : addressText(address);
}

/** The sentence as text: chips as address:port, marks as the sign. */
export function plainText(parts: readonly Part[]): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('chip' in part) return endpointText(part.chip);
      if ('mark' in part) return part.mark;
      return 'strong' in part ? part.strong : part.code;
    })
    .join('');
}
