// The dialogue `request`: asks somebody something and waits for the answer. TCP: connect, send, recv, close. UDP: sendto,
// recvfrom, close. On a socket that is there already: send and recv, and nothing is closed.
import { encodeText } from '../../wire/bytes.js';
import type { ProcessId, SocketId, World } from '../../world/tables.js';
import type { Target } from '../deeds/actor.js';
import { closeSocket, connectTo, receiveOn, sendOn, sendTo } from '../deeds/deeds.js';
import type { Ended, Program } from '../deeds/program.js';

export interface RequestWish {
  readonly to?: Target;
  readonly from?: Target;
  readonly using?: SocketId;
  /** Leaves the conversation open. */
  readonly keep: boolean;
  readonly onSocket: (socket: SocketId) => void;
}

/** Its result is that of the read, or of the first call that failed. */
export function* request(world: World, process: ProcessId, text: string, wish: RequestWish): Program {
  const { to, using, keep } = wish;
  if (using !== undefined && (to === undefined || world.sockets.protocol.get(using) === 'tcp'))
    return yield* talk(process, using, text);
  if (to === undefined) return { outcome: 'EDESTADDRREQ' };
  let socket = using;
  const onSocket = (opened: SocketId) => {
    socket = opened; // a connect() that waited comes back without it
    if (opened !== using) wish.onSocket(opened);
  };
  const opened =
    to.protocol === 'udp'
      ? yield sendTo(world, process, encodeText(text), to, { ...wish, onSocket })
      : yield connectTo(world, process, 'tcp', to, { ...wish, onSocket, options: {} });
  if (opened.outcome !== 'ok' || socket === undefined) return opened;
  const answer: Ended =
    to.protocol === 'udp'
      ? yield receiveOn(process, socket, 'recvfrom', undefined)
      : yield* talk(process, socket, text);
  if (!keep && using === undefined) yield closeSocket(process, socket);
  return answer;
}

function* talk(process: ProcessId, socket: SocketId, text: string): Program {
  const sent = yield sendOn(process, socket, encodeText(text));
  return sent.outcome === 'ok' ? yield receiveOn(process, socket, 'recv', undefined) : sent;
}
