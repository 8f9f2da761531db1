// Facts: what happened, and to whom. Values that never change and that follow from the same events each time. In which order
// they are kept: fact-log.ts. Sentences about facts: ../trace/step-sentence.ts.
import type { Endpoint, Packet, Protocol } from '../wire/packet.js';
import type { Errno } from './errno.js';
import type { ConversationId, FlowId, HostId, ProcessId, SocketId, SocketState } from './tables.js';

/**
 * Names of calls, as POSIX spells them; `listen` also stands for socket, bind and listen in one, `drain` and `acceptall` for
 * as many recv and accept as there is something to have.
 */
export type CallName =
  | 'socket'
  | 'setsockopt'
  | 'bind'
  | 'listen'
  | 'connect'
  | 'accept'
  | 'send'
  | 'sendto'
  | 'recv'
  | 'recvfrom'
  | 'shutdown'
  | 'close'
  | 'disconnect'
  | 'dup'
  | 'fork'
  | 'exit'
  | 'kill'
  | 'setuid'
  | 'getsockname'
  | 'getpeername'
  | 'getsockopt'
  | 'poll'
  | 'drain'
  | 'acceptall';

/** A call's outcome as its process sees it. `pending`: it waits. `eof`: the other side has closed. */
export type Outcome = 'ok' | 'pending' | 'eof' | Errno;

/** A packet on the wire, with what only the simulator knows of it. */
export interface Sent {
  /** 1, 2, 3 … in order of sending. */
  readonly number: number;
  readonly packet: Packet;
  /** Who put it on the wire: its sender, or the router that passed it on. */
  readonly host: HostId;
  readonly socket: SocketId | undefined;
  readonly conversation: ConversationId | undefined;
  /** Whose its addresses are, as its sender's network has it: the same address behind two routers is two. */
  readonly owners: { readonly source: HostId | undefined; readonly destination: HostId | undefined };
  /** What a router made of it. Absent for one that is as its sender made it. */
  readonly passage?: Passage | undefined;
}

/** What became of a packet in a host that passes it on, or that translates its own. */
export interface Passage {
  /** As it came in; undefined for a packet of the host's own processes. */
  readonly from: Sent | undefined;
  readonly before: Packet;
  readonly rewrites: readonly Rewrite[];
}
/** One end written anew. `forward`: by a rule for this port. `mapping`: by a new row. `known`: by a row that was there. */
export interface Rewrite {
  readonly side: 'source' | 'destination';
  readonly before: Endpoint;
  readonly after: Endpoint;
  readonly by: 'forward' | 'mapping' | 'known';
}

/**
 * Why a segment was sent that no call and no timer explains at first sight. `challenge`: an answer to something unacceptable,
 * RFC 5961. `window-probe`, `keepalive`: questions to a silent peer. `window-update`: there is room again. `gap`: three ACKs
 * in a row asked for it.
 */
export const SEND_REASONS = ['challenge', 'window-probe', 'keepalive', 'window-update', 'gap'] as const;
export type SendReason = (typeof SEND_REASONS)[number];

/**
 * Why a packet got no further. `queue`: too many wait already for a link without enough bandwidth. `no-host`: nobody on the link answers to the address. `no-mapping`: a NAT has no row for it, or
 * no port left for one. `filtered`: a NAT has a row for its destination, and not for this sender. `backlog` and
 * `unwilling` are the socket's own refusals.
 */
export const DROP_REASONS = [
  'no-mapping',
  'filtered',
  'firewall',
  'loss',
  'queue',
  'script',
  'backlog',
  'no-route',
  'no-taker',
  'ttl',
  'no-host',
  'martian',
  'checksum',
  'unwilling',
] as const;
export type DropReason = (typeof DROP_REASONS)[number];

export type HostChange =
  | 'assign'
  | 'unassign'
  | 'block'
  | 'reject'
  | 'unblock'
  | 'forward'
  | 'forget'
  | 'sysctl'
  | 'restart';

export type Fact =
  /** `address`, `port`: what the caller named. `text`: payload handed over or received. */
  | {
      readonly kind: 'called' | 'returned';
      readonly call: CallName;
      readonly process: ProcessId;
      readonly socket: SocketId | undefined;
      readonly outcome: Outcome;
      readonly protocol?: 'tcp' | 'udp';
      readonly address?: string;
      readonly port?: number;
      readonly text?: string;
      readonly accepted?: SocketId;
      /** fork: the child. dup: the process that has the second descriptor, if it is another. */
      readonly child?: ProcessId;
      /** drain, acceptall: how many messages or connections. send: how many bytes had room, if not all. */
      readonly count?: number;
      /** Options set in the same breath. */
      readonly options?: { readonly mayRebind?: boolean; readonly sharesPort?: boolean };
      /** connect, sendto: the local port was picked by the system in this call. */
      readonly isPortChosen?: boolean;
      /** EADDRINUSE: who is in the way. */
      readonly holder?: SocketId;
    }
  | {
      readonly kind: 'sent';
      readonly host: HostId;
      readonly sent: Sent;
      readonly to: HostId | undefined;
      readonly isRetry: boolean;
      readonly why?: SendReason | undefined;
    }
  | { readonly kind: 'arrived'; readonly host: HostId; readonly sent: Sent }
  /** Handed to a socket by the rule so named; `created` is the new socket that a listener made for it. */
  | {
      readonly kind: 'delivered';
      readonly host: HostId;
      readonly sent: Sent;
      /** The interface that the lookup was asked for. */
      readonly device: string;
      readonly socket: SocketId;
      readonly rule: string;
      readonly created: SocketId | undefined;
      /** TCP: what the segment meant, in the machine's words and in order; left out for a listener. */
      readonly heard?: readonly string[] | undefined;
    }
  /** Nobody takes it, or the one who would is not willing: what the host answers. */
  | {
      readonly kind: 'refused';
      readonly host: HostId;
      readonly sent: Sent;
      /** The interface that the lookup was asked for. */
      readonly device: string;
      readonly socket: SocketId | undefined;
      readonly rule: string | undefined;
      readonly answer: 'rst' | 'icmp' | 'silence';
      /** The socket would have it, had it room. */
      readonly why?: 'backlog' | undefined;
    }
  | {
      readonly kind: 'dropped';
      readonly host: HostId | undefined;
      readonly sent: Sent;
      readonly why: DropReason;
    }
  | {
      readonly kind: 'state';
      readonly socket: SocketId;
      readonly from: SocketState;
      readonly to: SocketState;
      /** TCP: the event that the machine heard, in its own word. */
      readonly event?: string;
    }
  /** A process learns of an error, now or at its next call. */
  | {
      readonly kind: 'told';
      readonly socket: SocketId;
      readonly process: ProcessId | undefined;
      readonly errno: Errno;
    }
  /** Somebody has changed a host from outside: an address, a firewall, a router's rules or table. */
  | { readonly kind: 'changed'; readonly host: HostId; readonly change: HostChange; readonly text: string }
  /** A router's table: a row came or went. `inside` and `outside` are alike where nothing is translated. */
  | {
      readonly kind: 'mapping';
      readonly host: HostId;
      readonly flow: FlowId;
      readonly change: 'created' | 'expired' | 'forgotten' | 'reset';
      readonly protocol: Protocol;
      readonly inside: Endpoint;
      readonly outside: Endpoint;
      readonly peer: Endpoint;
    }
  /** The socket's row is about to go: its port is free. */
  | { readonly kind: 'freed'; readonly socket: SocketId; readonly port: number };
