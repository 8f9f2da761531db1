// Tables of what setsockopt() changes and most sockets leave alone: a socket gets its row with the first such option. No rules.
// Options that decide about ports stand with the socket itself: tables.ts.
import { flag, link, text, time, uint32 } from '../store/columns.js';

export const optionTables = {
  /** What setsockopt() may change beside reuse and device. Nanoseconds for linger. */
  options: {
    mayBroadcast: flag,
    keepsAlive: flag,
    lingers: flag,
    linger: time,
    bindsAddressOnly: flag,
    mayBindForeign: flag,
    portLow: uint32,
    portHigh: uint32,
    isMulticastLoopOff: flag,
    hearsJoinedOnly: flag,
    /** TCP_USER_TIMEOUT: nanoseconds, 0 for the system's own patience. SO_RCVBUF: bytes, 0 for the usual. */
    userTimeout: time,
    receiveBuffer: uint32,
    /** SO_SNDBUF: bytes, 0 for the usual. */
    sendBuffer: uint32,
    /** SO_LINGER after close(): how long that call may wait for the peer; 0 while nobody has closed. */
    lingersUntil: time,
    /** O_NONBLOCK; and a connect() that was told EINPROGRESS: the next one tells what became of it. */
    isNonBlocking: flag,
    isConnecting: flag,
    /** TCP_NODELAY. */
    sendsAtOnce: flag,
    multicastHops: uint32,
    multicastFrom: uint32,
  },
  memberships: { socket: link('sockets'), group: uint32, device: text },
} as const;
