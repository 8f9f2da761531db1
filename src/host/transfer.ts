// send, recv, sendto, recvfrom: bytes between a process and its socket. TCP hands out what is there, UDP one datagram.
import { claimOf } from '../ports/claim.js';
import { advance } from '../tcp/connection.js';
import { tellRoom } from '../tcp/incoming.js';
import { queueText } from '../tcp/outgoing.js';
import { sendRoom } from '../tcp/send-buffer.js';
import { largestDatagramTo, routeFor, sendDatagram } from '../udp/datagram.js';
import { kindOf } from '../wire/address.js';
import { type Bytes, joinBytes, sliceBytes } from '../wire/bytes.js';
import type { Packet } from '../wire/packet.js';
import { isForManyBy } from '../world/interfaces.js';
import type { Kernel } from '../world/kernel.js';
import { hasOption } from '../world/options.js';
import {
  conversationOf,
  hasPort,
  holdPort,
  hostOf,
  localAddressOf,
  remoteAddressOf,
  remotePortOf,
} from '../world/sockets.js';
import type { SocketId } from '../world/tables.js';
import { pickFree } from './bind.js';
import { type Call, type Destination, OK, PENDING, type Result } from './call.js';
import { takeError } from './errors.js';
import { meantAddress, refuseFamily } from './peer.js';

/**
 * To the peer. TCP: a pending error is told first; not connected is EPIPE. As much is taken as the send buffer has room for;
 * with more than that the call is `pending`, and `rest` goes on when the peer has acknowledged enough. If the connection ends
 * meanwhile, it gives the count that was `taken`, and the next call the error (Linux). UDP: see `sendto`.
 */
export function send(kernel: Kernel, socket: SocketId, data: Bytes, taken = 0): Result {
  const { sockets } = kernel.world;
  if (sockets.protocol.get(socket) === 'udp') return sendUdp(kernel, socket, data, undefined);
  const state = sockets.state.get(socket);
  const isOver = sockets.isSendShut.get(socket) || (state !== 'ESTABLISHED' && state !== 'CLOSE-WAIT');
  if (taken > 0 && isOver) return { outcome: 'ok', taken };
  const error = takeError(kernel, socket);
  if (error) return { outcome: error };
  if (state === 'SYN-SENT' || state === 'SYN-RECEIVED') return { outcome: 'EAGAIN' };
  const connection = sockets.connection.get(socket);
  if (isOver || !connection) return { outcome: 'EPIPE' };
  const text = sliceBytes(data, 0, sendRoom(kernel.world, connection));
  if (text.length > 0 || data.length === 0) {
    queueText(kernel.world, connection, text);
    advance(kernel, socket, 'SEND');
  }
  if (text.length === data.length) return OK;
  const count = taken + text.length;
  const rest: Call = { call: 'send', socket, data: sliceBytes(data, text.length), taken: count };
  return { outcome: 'pending', rest, ...(count > 0 ? { taken: count } : {}) };
}

/** One datagram to anybody; TCP sends to its peer, whoever is named. */
export function sendto(kernel: Kernel, socket: SocketId, data: Bytes, to: Destination): Result {
  return kernel.world.sockets.protocol.get(socket) === 'tcp'
    ? send(kernel, socket, data)
    : sendUdp(kernel, socket, data, to);
}

/**
 * In the order of Linux: port 0 is nobody's (EINVAL); a socket without a port gets one on every address (EAGAIN if none is
 * left) and keeps it whatever follows; more than one datagram can carry (EMSGSIZE, again when the way is known); shut for writing (EPIPE); no peer (EDESTADDRREQ); a pending error, told once;
 * no way there (ENETUNREACH); a broadcast without SO_BROADCAST (EACCES); at last, the host's own firewall (EPERM).
 */
function sendUdp(kernel: Kernel, socket: SocketId, data: Bytes, to: Destination | undefined): Result {
  const { world } = kernel;
  const { sockets } = world;
  if (!hasPort(world, socket)) {
    const chosen = pickFree(kernel, socket, claimOf(world, socket));
    if (chosen === undefined) return { outcome: 'EAGAIN' };
    holdPort(world, socket, localAddressOf(world, socket), chosen, 'picked');
  }
  if (data.length > 65535 && !sockets.isV6.get(socket)) return { outcome: 'EMSGSIZE' };
  if (to !== undefined) {
    const family = refuseFamily(kernel, socket, to, false);
    const isPortFirst = to.port === 0 && sockets.isV6.get(socket) && to.address.includes(':');
    if (family !== undefined && !isPortFirst) return { outcome: family };
    if (to.port === 0) return { outcome: 'EINVAL' };
  }
  if (to === undefined && sockets.state.get(socket) !== 'CONNECTED') return { outcome: 'EDESTADDRREQ' };
  // Linux hands a datagram to a mapped peer on as if its address had been named in the call (udpv6_sendmsg).
  const isNamedAgain =
    to === undefined && sockets.isV6.get(socket) && !remoteAddressOf(world, socket).includes(':');
  if (isNamedAgain && remotePortOf(world, socket) === 0) return { outcome: 'EINVAL' };
  const [address, port] =
    to === undefined
      ? [remoteAddressOf(world, socket), remotePortOf(world, socket)]
      : [meantAddress(kernel, socket, to), to.port];
  const host = hostOf(world, socket);
  const isBroadcast =
    kindOf(address) !== 'multicast' && isForManyBy(world, host, address, sockets.device.get(socket));
  const isAnswer = (packet: Packet) =>
    packet.protocol === 'udp' && packet.source === address && packet.sourcePort === port;
  // A server's one socket has many peers: what it sends belongs to the conversation of whom it answers.
  if (kernel.log.lastArrival(host, isAnswer) === undefined) conversationOf(world, socket);
  const mayBroadcast = hasOption(world, socket, 'mayBroadcast');
  const route = routeFor(kernel, socket, address, isBroadcast && !mayBroadcast);
  if (route.errno !== undefined) return { outcome: route.errno };
  if (data.length > largestDatagramTo(address)) return { outcome: 'EMSGSIZE' };
  const error = takeError(kernel, socket);
  if (error) return { outcome: error };
  if (sockets.isSendShut.get(socket)) return { outcome: 'EPIPE' };
  return sendDatagram(kernel, socket, route.source, address, port, data) ? OK : { outcome: 'EPERM' };
}

/**
 * What is there, at most `max` bytes; `pending` if nothing is. The peer's FIN reads `eof` when all is read, for ever; an
 * error is told once before that, and `eof` after it (Linux, as recorded). ENOTCONN without a peer.
 */
export function recv(kernel: Kernel, socket: SocketId, max: number | undefined): Result {
  const { sockets } = kernel.world;
  const isTcp = sockets.protocol.get(socket) === 'tcp';
  if (isTcp && sockets.state.get(socket) === 'LISTEN') return { outcome: 'ENOTCONN' };
  if (!isTcp) {
    const error = takeError(kernel, socket);
    if (error) return { outcome: error };
  }
  if (sockets.firstUnread.get(socket))
    return isTcp ? readStream(kernel, socket, max) : readDatagram(kernel, socket, max);
  if (!isTcp) return PENDING;
  if (sockets.hasPeerFin.get(socket)) return { outcome: 'eof' };
  const error = takeError(kernel, socket);
  if (error) return { outcome: error };
  if (sockets.isReceiveShut.get(socket)) return { outcome: 'eof' };
  return sockets.state.get(socket) === 'CLOSED' ? { outcome: 'ENOTCONN' } : PENDING;
}

function readStream(kernel: Kernel, socket: SocketId, max = Number.POSITIVE_INFINITY): Result {
  const { unread, unreadOf, sockets } = kernel.world;
  const parts: Bytes[] = [];
  let length = 0;
  for (
    let item = sockets.firstUnread.get(socket);
    item && length < max;
    item = sockets.firstUnread.get(socket)
  ) {
    const bytes = unread.data.get(item) as Bytes;
    const taken = sliceBytes(bytes, 0, max - length);
    parts.push(taken);
    length += taken.length;
    if (taken.length < bytes.length) unread.data.set(item, sliceBytes(bytes, taken.length));
    else {
      unreadOf.shift(socket);
      unread.rows.remove(item);
    }
  }
  sockets.unreadCount.set(socket, sockets.unreadCount.get(socket) - length);
  tellRoom(kernel, socket);
  return { outcome: 'ok', data: joinBytes(...parts) };
}

/** One datagram; what does not fit is lost, as recorded. */
function readDatagram(kernel: Kernel, socket: SocketId, max: number | undefined): Result {
  const { unread, unreadOf, sockets, memory } = kernel.world;
  const item = unreadOf.shift(socket);
  if (!item) return PENDING;
  sockets.unreadCount.set(socket, sockets.unreadCount.get(socket) - 1);
  const data = sliceBytes(unread.data.get(item) as Bytes, 0, max);
  const from = { address: memory.text(unread.sourceAddress.get(item)), port: unread.sourcePort.get(item) };
  unread.rows.remove(item);
  return { outcome: 'ok', data, from };
}
