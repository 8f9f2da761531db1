// Dialogues over UDP: a server that answers datagrams one by one, and a client that asks again when nothing comes back.
import type { Nanos } from '../../base/time.js';
import type { Result } from '../../host/call.js';
import { encodeText } from '../../wire/bytes.js';
import type { SocketId } from '../../world/tables.js';
import { receiveOn, sendTo } from '../deeds/deeds.js';
import type { Program } from '../deeds/program.js';
import { type Desk, leave, type Talk, textOf } from './desk.js';
import { hear, isGone, untilReadable } from './hear.js';
import type { Call } from './speak.js';

/** A client waits so long and asks again, twice in all: resolv.conf(5), `timeout` and `attempts`. */
const PATIENCE: Nanos = 5e9;
const ATTEMPTS = 2;

/** Answers each datagram by what `answerTo` makes of its text; undefined is silence. */
export function posting(answerTo: (text: string) => string | undefined): Talk {
  return function* (desk, socket) {
    for (;;) {
      const read = yield hear(desk.world, desk.process, socket);
      if (isGone(desk.world, socket)) return { outcome: 'ok' };
      yield* answer(desk, socket, read, answerTo);
    }
  };
}

/** The same answer to every datagram; that it reads is a step of its own. */
export function replyingByPost(reply: string): Talk {
  return function* (desk, socket) {
    for (;;) {
      yield untilReadable(desk.world, socket);
      if (isGone(desk.world, socket)) return { outcome: 'ok' };
      const read = yield receiveOn(desk.process, socket, 'recvfrom', undefined);
      yield* answer(desk, socket, read, () => reply);
    }
  };
}

function* answer(
  { world, process }: Desk,
  socket: SocketId,
  read: Result,
  answerTo: (text: string) => string | undefined,
): Program {
  const question = textOf(read);
  const text = question === undefined ? undefined : answerTo(question);
  if (text === undefined || read.from === undefined) return read;
  return yield sendTo(world, process, encodeText(text), read.from, { using: socket, onSocket: () => {} });
}

/** From a fresh socket, which is closed again. Its result is the answer; `timeout` if none came. */
export function* askByPost(desk: Desk, question: string, { to, from, onSocket }: Call): Program {
  const { world, process } = desk;
  let socket: SocketId | undefined;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const sent = yield sendTo(world, process, encodeText(question), to, {
      onSocket: (opened) => {
        if (socket === undefined) onSocket(opened);
        socket = opened;
      },
      ...(socket === undefined ? {} : { using: socket }),
      ...(from && socket === undefined ? { from } : {}),
    });
    if (sent.outcome !== 'ok' || socket === undefined) return sent;
    const heard = yield hear(world, process, socket, PATIENCE);
    if (heard.outcome === 'EAGAIN') continue;
    yield leave(desk, socket);
    return heard;
  }
  if (socket !== undefined) yield leave(desk, socket);
  return { outcome: 'timeout' };
}
