// Socket calls as values: what a process may ask of its host, and what it gets back. One door for scenarios, dialogues,
// recordings and the sandbox. Who carries them out: perform.ts; a call that waits: waiting.ts.
import type { Nanos } from '../base/time.js';
import type { Family } from '../wire/address.js';
import type { Bytes } from '../wire/bytes.js';
import type { Protocol } from '../wire/packet.js';
import type { Errno } from '../world/errno.js';
import type { Outcome } from '../world/facts.js';
import type { ProcessId, SocketId } from '../world/tables.js';

/** Options of setsockopt(), by their effect; the name that systems use stands beside. Absent: left as it is. */
export interface SocketOptions {
  /** SO_REUSEADDR. */
  readonly mayRebind?: boolean;
  /** SO_REUSEPORT. */
  readonly sharesPort?: boolean;
  /** SO_EXCLUSIVEADDRUSE, on Windows only. */
  readonly isExclusive?: boolean;
  /** IPV6_V6ONLY. */
  readonly v6Only?: boolean;
  /** SO_BROADCAST. */
  readonly mayBroadcast?: boolean;
  /** SO_KEEPALIVE. */
  readonly keepsAlive?: boolean;
  /** TCP_USER_TIMEOUT: how long something may be unacknowledged; 0 leaves it to the system. */
  readonly userTimeout?: Nanos;
  /** SO_RCVBUF: bytes that may wait unread, up to 65535 for TCP; 0 the usual. Counts for connections made afterwards. */
  readonly receiveBuffer?: number;
  /** TCP_NODELAY: small segments go although something is unacknowledged; what waits for that goes now. */
  readonly sendsAtOnce?: boolean;
  /** SO_SNDBUF: bytes that may wait to be acknowledged before send() waits; 0 the usual. */
  readonly sendBuffer?: number;
  /** O_NONBLOCK: what would wait gives EAGAIN, connect() EINPROGRESS. Linux: a close() that lingers waits all the same. */
  readonly isNonBlocking?: boolean;
  /** SO_LINGER: how long close() may wait; 0 makes it reset the connection; undefined as a value cannot be given, so 'off'. */
  readonly linger?: Nanos | 'off';
  /** SO_BINDTODEVICE: the name of an interface (`lo`, `eth0`), '' for none. */
  readonly device?: string;
  /** IP_BIND_ADDRESS_NO_PORT. */
  readonly bindsAddressOnly?: boolean;
  /** IP_FREEBIND. */
  readonly mayBindForeign?: boolean;
  /** IP_LOCAL_PORT_RANGE: 0 leaves a bound to the host. */
  readonly portRange?: { readonly low: number; readonly high: number };
  /** IP_MULTICAST_LOOP, IP_MULTICAST_ALL, IP_MULTICAST_TTL. */
  readonly loopsMulticast?: boolean;
  readonly hearsAllGroups?: boolean;
  readonly multicastHops?: number;
  /** IP_MULTICAST_IF: a local address. */
  readonly multicastFrom?: string;
  /** IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP: the group, and a local address ('' = the system chooses) or interface name. */
  readonly join?: { readonly group: string; readonly on: string };
  readonly leave?: { readonly group: string; readonly on: string };
}

/** Addresses are canonical text, '' = any; ports 0 to 65535, 0 = choose for me. */
export type Call =
  | { readonly call: 'socket'; readonly protocol: Protocol; readonly family?: Family }
  | { readonly call: 'setsockopt'; readonly socket: SocketId; readonly options: SocketOptions }
  /** `family` of the address as it was written; 4 for ::ffff:a.b.c.d only with `isMapped`. */
  | ({ readonly call: 'bind' | 'connect'; readonly socket: SocketId } & Destination)
  | { readonly call: 'listen'; readonly socket: SocketId; readonly backlog: number }
  /** connect() to AF_UNSPEC. */
  | { readonly call: 'disconnect'; readonly socket: SocketId }
  | { readonly call: 'accept'; readonly socket: SocketId }
  /** `taken`: bytes of the same call that found room before it had to wait. */
  | {
      readonly call: 'send';
      readonly socket: SocketId;
      readonly data: Bytes;
      readonly taken?: number;
    }
  | { readonly call: 'recv' | 'recvfrom'; readonly socket: SocketId; readonly max?: number }
  | ({ readonly call: 'sendto'; readonly socket: SocketId; readonly data: Bytes } & Destination)
  | { readonly call: 'shutdown'; readonly socket: SocketId; readonly how: 'read' | 'write' | 'both' }
  | { readonly call: 'close'; readonly socket: SocketId }
  /** A second descriptor, in this process or another. */
  | { readonly call: 'dup'; readonly socket: SocketId; readonly into?: ProcessId }
  /** A child of this name, which shares every descriptor. */
  | { readonly call: 'fork'; readonly name: string }
  | { readonly call: 'setuid'; readonly user: string }
  | { readonly call: 'getsockname' | 'getpeername' | 'geterror' | 'poll'; readonly socket: SocketId }
  | { readonly call: 'exit' };

export interface Destination {
  readonly address: string;
  readonly port: number;
  /** How it was written, if not by its canonical text: `::ffff:10.0.0.1` is 10.0.0.1 as IPv6, `::` is '' as IPv6. */
  readonly family?: Family;
}

export interface Result {
  readonly outcome: Outcome;
  /** socket, accept: the new socket. */
  readonly socket?: SocketId;
  /** fork: the child. */
  readonly child?: ProcessId;
  /** recv, recvfrom: what was read. */
  readonly data?: Bytes;
  /** recvfrom: who sent it; getsockname, getpeername: the endpoint asked for. */
  readonly from?: { readonly address: string; readonly port: number };
  /** geterror: the error that was pending; undefined for none. */
  readonly error?: Errno;
  /** poll: what the socket is ready for, in this order. */
  readonly events?: readonly PollEvent[];
  /** EADDRINUSE: who is in the way. */
  readonly holder?: SocketId;
  /** send: how many bytes were taken, if fewer than given. */
  readonly taken?: number;
  /** send that is `pending`: what is left of the call, to be asked when the socket is woken. */
  readonly rest?: Call;
}
export type PollEvent = 'IN' | 'OUT' | 'ERR' | 'HUP' | 'RDHUP';

export const OK: Result = { outcome: 'ok' };
export const PENDING: Result = { outcome: 'pending' };

/** Largest backlog: Linux `somaxconn`. */
export const SOMAXCONN = 4096;
