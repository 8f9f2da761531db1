// The dialogue `serve`: a program that listens, accepts, and talks for ever. Written with the same calls that a script line
// makes, so that everything it does is a step with a reason. What is said at a door: converse.ts, and a file a service.
import type { Result, SocketOptions } from '../../host/call.js';
import { serviceByName } from '../../ports/services.js';
import type { Family } from '../../wire/address.js';
import type { Protocol } from '../../wire/packet.js';
import type { SocketId } from '../../world/tables.js';
import { acceptFrom, openSocket } from '../deeds/deeds.js';
import type { Program } from '../deeds/program.js';
import type { Desk, Talk } from './desk.js';
import { isGone, untilCalled } from './hear.js';

export interface Doorway {
  readonly protocol: Protocol;
  readonly address: string;
  readonly port: number;
  readonly family?: Family;
  /** What is spoken at this door, if it was named by its service. */
  readonly service?: string;
}

export interface ServeWish {
  readonly backlog: number;
  readonly optionsAt: (door: Doorway) => SocketOptions;
  /** false: listens and never calls accept. */
  readonly accepts: boolean;
  readonly onSocket: (socket: SocketId) => void;
  readonly talkAt: (door: Doorway) => Talk;
}

/** Transport and port of every door of a named service, on every local address. */
export function doorwaysOf(service: string): readonly Doorway[] {
  return (serviceByName(service)?.ports ?? []).map((each) => ({ ...each, address: '', service }));
}

/** Opens the doors one after another, then serves in the background. Ends with the first refusal, if there is one. */
export function* serve(desk: Desk, doors: readonly Doorway[], wish: ServeWish): Program {
  let result: Result = { outcome: 'ok' };
  for (const door of doors) {
    const { protocol, service: _, ...at } = door;
    const open = { listens: protocol === 'tcp', backlog: wish.backlog, options: wish.optionsAt(door) };
    result = yield openSocket(desk.world, desk.process, protocol, at, open);
    const { outcome, socket } = result;
    if (outcome !== 'ok' || socket === undefined) return result;
    wish.onSocket(socket);
    const talk = wish.talkAt(door);
    if (protocol === 'udp') desk.scheduler.start(talk(desk, socket));
    else if (wish.accepts) desk.scheduler.start(acceptAll(desk, socket, talk));
  }
  return result;
}

function* acceptAll(desk: Desk, listener: SocketId, talk: Talk): Program {
  for (;;) {
    yield untilCalled(desk.world, listener);
    if (isGone(desk.world, listener)) return { outcome: 'ok' };
    const { socket } = yield acceptFrom(desk.process, listener);
    if (socket !== undefined) desk.scheduler.start(talk(desk, socket));
  }
}
