// The dialogue `serve`: a program that listens, accepts, reads and answers for ever. Written with the same calls that a
// script line makes, so that everything it does is a step with a reason.
import type { Result, SocketOptions } from '../../host/call.js';
import { serviceByName } from '../../ports/services.js';
import type { Family } from '../../wire/address.js';
import { encodeText } from '../../wire/bytes.js';
import type { Protocol } from '../../wire/packet.js';
import type { ProcessId, SocketId, World } from '../../world/tables.js';
import { acceptFrom, closeSocket, openSocket, receiveOn, sendOn, sendTo } from '../deeds/deeds.js';
import type { Program, Scheduler } from '../deeds/program.js';

export interface Doorway {
  readonly protocol: Protocol;
  readonly address: string;
  readonly port: number;
  readonly family?: Family;
}

export interface ServeWish {
  readonly reply: string;
  readonly backlog: number;
  readonly options: SocketOptions;
  /** false: listens and never calls accept. */
  readonly accepts: boolean;
  readonly onSocket: (socket: SocketId) => void;
}

/** Transport and port of every door of a named service, on every local address. */
export function doorwaysOf(service: string): readonly Doorway[] {
  return (serviceByName(service)?.ports ?? []).map((each) => ({ ...each, address: '' }));
}

/** Opens the doors one after another, then serves in the background. Ends with the first refusal, if there is one. */
export function* serve(
  world: World,
  scheduler: Scheduler,
  process: ProcessId,
  doors: readonly Doorway[],
  wish: ServeWish,
): Program {
  let result: Result = { outcome: 'ok' };
  for (const { protocol, ...at } of doors) {
    const open = { listens: protocol === 'tcp', backlog: wish.backlog, options: wish.options };
    result = yield openSocket(world, process, protocol, at, open);
    if (result.outcome !== 'ok' || result.socket === undefined) return result;
    wish.onSocket(result.socket);
    if (protocol === 'udp') scheduler.start(answerDatagrams(world, process, result.socket, wish.reply));
    else if (wish.accepts) scheduler.start(acceptAll(world, scheduler, process, result.socket, wish.reply));
  }
  return result;
}

function* acceptAll(
  world: World,
  scheduler: Scheduler,
  process: ProcessId,
  listener: SocketId,
  reply: string,
): Program {
  for (;;) {
    yield {
      watch: listener,
      isReady: () => isGone(world, listener) || world.sockets.acceptableCount.get(listener) > 0,
    };
    if (isGone(world, listener)) return { outcome: 'ok' };
    const accepted = yield acceptFrom(process, listener);
    if (accepted.socket !== undefined) scheduler.start(answer(world, process, accepted.socket, reply));
  }
}

function* answer(world: World, process: ProcessId, socket: SocketId, reply: string): Program {
  for (;;) {
    yield { watch: socket, isReady: () => isGone(world, socket) || isReadable(world, socket) };
    if (isGone(world, socket)) return { outcome: 'ok' };
    const read = yield receiveOn(process, socket, 'recv', undefined);
    if (read.outcome === 'ok') yield sendOn(process, socket, encodeText(reply));
    else return yield closeSocket(process, socket);
  }
}

function* answerDatagrams(world: World, process: ProcessId, socket: SocketId, reply: string): Program {
  for (;;) {
    yield { watch: socket, isReady: () => isGone(world, socket) || isReadable(world, socket) };
    if (isGone(world, socket)) return { outcome: 'ok' };
    const read = yield receiveOn(process, socket, 'recvfrom', undefined);
    if (read.from !== undefined)
      yield sendTo(world, process, encodeText(reply), read.from, { using: socket, onSocket: () => {} });
  }
}

function isReadable({ sockets }: World, socket: SocketId): boolean {
  return (
    sockets.unreadCount.get(socket) > 0 ||
    sockets.isReceiveShut.get(socket) ||
    sockets.pendingError.get(socket) !== ''
  );
}

function isGone({ sockets }: World, socket: SocketId): boolean {
  return !sockets.rows.has(socket) || sockets.descriptors.get(socket) === 0;
}
