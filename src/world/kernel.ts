// What the transport floors need around them: the tables, the fact log, the event loop, a way out and a way to wake.
// `transmit` and `wake` are put in by the floors above (../net/, ../host/), so that arrows keep pointing down.
import type { Nanos } from '../base/time.js';
import type { Engine } from '../engine/engine.js';
import type { Packet } from '../wire/packet.js';
import type { FactLog } from './fact-log.js';
import type { SendReason } from './facts.js';
import type { ConnectionId, HostId, SocketId, World } from './tables.js';

export interface Origin {
  readonly socket?: SocketId | undefined;
  /** A copy of something sent before. */
  readonly isRetry?: boolean | undefined;
  readonly why?: SendReason | undefined;
}

export interface Kernel {
  readonly world: World;
  readonly log: FactLog;
  readonly engine: Engine;
  readonly settings: Settings;
  /**
   * Hands a packet to the network, at this instant. What becomes of it is told by facts; false if the host's own firewall
   * keeps it back, which Linux tells a sender of datagrams at once (EPERM).
   */
  transmit(host: HostId, packet: Packet, origin: Origin): boolean;
  /** Something changed for who waits on this socket: data, a connection, an error. */
  wake(socket: SocketId): void;
  /** Wakes the socket after a while, if a close() still waits there then (SO_LINGER). */
  setAlarm(socket: SocketId, after: Nanos): void;
  /** Sets the connection's only timer; what it means follows from the state (../tcp/timers.ts). Returns its event number. */
  setTimer(connection: ConnectionId, after: Nanos): number;
}

/** Knobs of a run that do not change while it goes on. Times in nanoseconds. */
export interface Settings {
  /** Maximum segment lifetime; TIME-WAIT lasts twice this. RFC 9293 §3.4.2 says 2 min, Linux has 2 × 30 s. */
  readonly mslNanos: number;
  /** First retransmission timeout. RFC 6298 §2.1: 1 s. */
  readonly rtoNanos: number;
}

export const DEFAULT_SETTINGS: Settings = { mslNanos: 30e9, rtoNanos: 1e9 };
