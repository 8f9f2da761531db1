// What a process is told when its connection ends otherwise than by its own close: at its next call, as SO_ERROR.
// RFC 9293 §3.10.7 and §3.9.2.2; the errno as POSIX and Linux have it.
import type { IcmpErrorKind } from '../wire/packet.js';
import type { Errno } from '../world/errno.js';
import { ERRNOS } from '../world/errno.js';
import type { Kernel } from '../world/kernel.js';
import { hostOf, processOf } from '../world/sockets.js';
import type { SocketId } from '../world/tables.js';
import type { TcpAction } from './actions.js';
import { rulesOf } from './rules.js';

type Ending = Extract<
  TcpAction,
  'tellRefused' | 'tellUnreachable' | 'tellReset' | 'tellTimedOut' | 'noteError'
>;

/** Linux icmp_err_convert; RFC 1122 §4.2.3.9 leaves the words to the system. */
const UNREACHABLE: Readonly<Record<IcmpErrorKind, Errno>> = {
  'port-unreachable': 'ECONNREFUSED',
  'host-unreachable': 'EHOSTUNREACH',
  'net-unreachable': 'ENETUNREACH',
  'admin-prohibited': 'EHOSTUNREACH',
  'time-exceeded': 'EHOSTUNREACH',
};

/** An ICMP error about a segment in flight has arrived: what it says, kept for whatever the machine decides. */
export function noteIcmp(kernel: Kernel, socket: SocketId, error: IcmpErrorKind): void {
  kernel.world.sockets.softError.set(socket, UNREACHABLE[error]);
}

export function tellEnd(kernel: Kernel, socket: SocketId, ending: Ending): void {
  const { sockets } = kernel.world;
  const soft = ERRNOS.find((errno) => errno === sockets.softError.get(socket));
  switch (ending) {
    case 'noteError':
      return;
    case 'tellRefused':
      return tell(kernel, socket, refusalOf(kernel, socket));
    case 'tellUnreachable':
      return tell(kernel, socket, soft ?? 'ECONNREFUSED');
    case 'tellReset':
      // Linux: a reset after the peer's FIN reads EPIPE, as recorded; while both close it is ECONNRESET again.
      return tell(kernel, socket, isPipeBroken(kernel, socket) ? 'EPIPE' : 'ECONNRESET');
    case 'tellTimedOut':
      return tell(kernel, socket, soft ?? 'ETIMEDOUT');
  }
}

/** A call that both opened at once, reset half-way: refused by the RFC, reset by Linux. */
function refusalOf(kernel: Kernel, socket: SocketId): Errno {
  const { world } = kernel;
  const connection = world.sockets.connection.get(socket);
  const knowsPeer = connection !== 0 && world.connections.receiveEdge.get(connection) !== 0;
  return knowsPeer && rulesOf(world, hostOf(world, socket)).halfOpenCallerIsReset
    ? 'ECONNRESET'
    : 'ECONNREFUSED';
}

function isPipeBroken({ world: { sockets, connections } }: Kernel, socket: SocketId): boolean {
  const connection = sockets.connection.get(socket);
  return sockets.hasPeerFin.get(socket) && !(connection !== 0 && connections.isFinWanted.get(connection));
}

/** The process learns of it at its next call; nothing more can be sent or received. */
function tell(kernel: Kernel, socket: SocketId, errno: Errno): void {
  kernel.world.sockets.pendingError.set(socket, errno);
  kernel.world.sockets.softError.set(socket, '');
  kernel.log.add({ kind: 'told', socket, process: processOf(kernel.world, socket), errno });
}
