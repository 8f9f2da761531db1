// The client's side of a table dialogue: connect, hear the greeting, say each turn and hear its answer.
// What is said: spoken.ts. Whoever needs more than one connection has a file of its own.
import type { Family } from '../../wire/address.js';
import type { SocketId } from '../../world/tables.js';
import { connectTo } from '../deeds/deeds.js';
import type { Program } from '../deeds/program.js';
import { type Desk, leave, say } from './desk.js';
import { hear } from './hear.js';
import type { Turn } from './spoken.js';

export interface Call {
  readonly to: { readonly address: string; readonly port: number };
  readonly from?: { readonly address: string; readonly port: number };
  readonly onSocket: (socket: SocketId) => void;
}

export interface Speech extends Call {
  readonly hasGreeting: boolean;
  readonly turns: readonly Turn[];
  /** After the last turn: `leaves` closes, `waits` lets the server close first, `stays` keeps the conversation open. */
  readonly end: 'leaves' | 'waits' | 'stays';
}

/** The family that a socket needs for this address. */
export function familyOf(address: string): Family {
  return address.includes(':') ? 6 : 4;
}

/** A connection to somebody; the socket is the result's, also of a connect() that waited. */
export function* dial(desk: Desk, { to, from, onSocket }: Call): Program {
  let socket: SocketId | undefined;
  const named = (opened: SocketId) => {
    socket = opened;
    onSocket(opened);
  };
  const wish = { options: {}, onSocket: named, ...(from ? { from } : {}) };
  const opened = yield connectTo(
    desk.world,
    desk.process,
    'tcp',
    { family: familyOf(to.address), ...to },
    wish,
  );
  return socket === undefined ? opened : { ...opened, socket };
}

/** Its result is that of the last answer, or of the first call that failed. */
export function* speak(desk: Desk, { hasGreeting, turns, end, ...call }: Speech): Program {
  const { world, process } = desk;
  const opened = yield* dial(desk, call);
  const { socket } = opened;
  if (opened.outcome !== 'ok' || socket === undefined) return opened;
  let heard = hasGreeting ? yield hear(world, process, socket) : opened;
  for (const { says, answers } of turns) {
    if (heard.outcome !== 'ok') return heard;
    const sent = yield say(desk, socket, says);
    if (sent.outcome !== 'ok') return sent;
    if (answers !== undefined) heard = yield hear(world, process, socket);
  }
  if (end === 'waits' && heard.outcome === 'ok') yield hear(world, process, socket);
  if (end !== 'stays') yield leave(desk, socket);
  return heard;
}
