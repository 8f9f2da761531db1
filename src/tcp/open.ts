// How a connection begins: connect() sends a SYN, or a listener meets one and makes a new socket for it.
// Which local port connect() gets is ../host/connect.ts; the states are machine.ts.
import type { TcpSegment } from '../wire/packet.js';
import { fourTupleOf } from '../wire/packet.js';
import type { Kernel } from '../world/kernel.js';
import { optionsOf } from '../world/options.js';
import { createSocket, holdPort, hostOf, remoteAddressOf, setTuple } from '../world/sockets.js';
import type { SocketId } from '../world/tables.js';
import { advance } from './connection.js';
import { initialNumber } from './initial-number.js';

/**
 * Sends the SYN of a socket that holds its port and knows its peer: SYN-SENT. `initial`: its number, if it has to be beyond
 * those of a connection before (reopen.ts).
 */
export function openActively(kernel: Kernel, socket: SocketId, initial?: number): void {
  const { sockets } = kernel.world;
  const isMapped = sockets.isV6.get(socket) && !remoteAddressOf(kernel.world, socket).includes(':');
  if (isMapped) sockets.mappedPeer.set(socket, sockets.remoteAddress.get(socket));
  createConnection(kernel, socket, false, initial);
  advance(kernel, socket, 'OPEN_ACTIVE');
}

/** bind() is done; from now on SYNs find the socket: LISTEN. */
export function openPassively(kernel: Kernel, socket: SocketId): void {
  advance(kernel, socket, 'OPEN_PASSIVE');
}

/**
 * A SYN for a listener: a new socket on the same port, with the caller as its peer, in SYN-RECEIVED. No process has it
 * yet: accept() will hand it out. It inherits the listener's options. RFC 9293 §3.10.7.2; Linux for the inheritance.
 * `initial` as above.
 */
export function openFromListener(
  kernel: Kernel,
  listener: SocketId,
  segment: TcpSegment,
  initial?: number,
): SocketId {
  const { sockets } = kernel.world;
  const tuple = fourTupleOf(segment);
  const child = createSocket(
    kernel.world,
    hostOf(kernel.world, listener),
    'tcp',
    sockets.user.get(listener),
    sockets.isV6.get(listener),
  );
  for (const option of [sockets.mayRebind, sockets.sharesPort, sockets.isExclusive, sockets.v6Only])
    option.set(child, option.get(listener));
  sockets.device.set(child, sockets.device.get(listener));
  sockets.isAddressBound.set(child, sockets.isAddressBound.get(listener));
  sockets.isEngaged.set(child, true);
  for (const shut of [sockets.isReceiveShut, sockets.isSendShut]) shut.set(child, shut.get(listener)); // Linux: inherited
  inheritOptions(kernel, listener, child);
  sockets.listener.set(child, listener);
  holdPort(kernel.world, child, tuple.localAddress, tuple.localPort, 'picked');
  setTuple(kernel.world, child, tuple.localAddress, tuple.remoteAddress, tuple.remotePort);
  createConnection(kernel, child, true, initial);
  return child;
}

function createConnection(kernel: Kernel, socket: SocketId, isPassive: boolean, given?: number): void {
  const { connections, sockets } = kernel.world;
  const connection = connections.rows.create();
  const initial = given ?? initialNumber(kernel.world, socket, connection);
  connections.socket.set(connection, socket);
  connections.isOpenedPassively.set(connection, isPassive);
  connections.initialSend.set(connection, initial);
  connections.sendUnacknowledged.set(connection, initial);
  connections.sendNext.set(connection, initial);
  connections.smallEnd.set(connection, initial);
  sockets.connection.set(socket, connection);
}

/** Linux: what is set on a listener holds for what it accepts. */
function inheritOptions(kernel: Kernel, listener: SocketId, child: SocketId): void {
  const { options, sockets } = kernel.world;
  const own = sockets.options.get(listener);
  if (!own) return;
  const row = optionsOf(kernel.world, child);
  for (const flag of [options.lingers, options.keepsAlive, options.sendsAtOnce]) flag.set(row, flag.get(own));
  for (const amount of [options.linger, options.userTimeout]) amount.set(row, amount.get(own));
  for (const size of [options.receiveBuffer, options.sendBuffer]) size.set(row, size.get(own));
}
