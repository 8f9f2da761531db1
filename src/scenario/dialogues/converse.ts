// The server's side of a connection: greet, answer, and close when it is time. By the table of its service (spoken.ts), or by
// one reply to everything. Knows no port.
import { receiveOn } from '../deeds/deeds.js';
import type { Program } from '../deeds/program.js';
import { type Desk, leave, say, type Talk, textOf } from './desk.js';
import { hear, isGone, untilReadable } from './hear.js';
import { commandOf, type Spoken, turnsOf } from './spoken.js';

export interface Manners {
  /** `first`: the server closes as soon as it has answered. `after`: when the client has. */
  readonly closes: 'first' | 'after';
  /** Passes on what was said, once the answer that tells so is out. */
  readonly relay?: (desk: Desk, said: readonly string[]) => Program;
}

/** The same answer to whatever comes; that it reads is a step of its own. */
export function replying(reply: string, { closes, relay }: Manners): Talk {
  return function* (desk, socket) {
    for (;;) {
      yield untilReadable(desk.world, socket);
      if (isGone(desk.world, socket)) return { outcome: 'ok' };
      const read = textOf(yield receiveOn(desk.process, socket, 'recv', undefined));
      if (read === undefined) return yield leave(desk, socket);
      yield say(desk, socket, reply);
      if (relay !== undefined) desk.scheduler.start(relay(desk, [read]));
      if (closes === 'first') return yield leave(desk, socket);
    }
  };
}

/** What the table of the service says; a command that it does not know gets the answer of the turn that is due. */
export function conversing(spoken: Spoken, { relay, ...manners }: Manners): Talk {
  const passesOn = relay === undefined ? {} : { relay };
  return answering(
    (line, turn) => {
      const said = answerTo(spoken, line, turn);
      return { ...said, relays: said.answers !== undefined && said.answers === spoken.relaysAfter };
    },
    { ...manners, ...passesOn, ...(spoken.greets === undefined ? {} : { greets: spoken.greets }) },
  );
}

export interface Answer {
  /** Undefined: nothing is said. */
  readonly answers: string | undefined;
  /** The server closes after it. */
  readonly isEnd?: boolean;
  readonly relays?: boolean;
}

/** Greets, and answers each line by `answerTo`; `turn` counts from 0. What it reads belongs to the arrival. */
export function answering(
  answerTo: (line: string, turn: number) => Answer,
  { greets, closes, relay }: Manners & { readonly greets?: string },
): Talk {
  return function* (desk, socket) {
    if (greets !== undefined) yield say(desk, socket, greets);
    const said: string[] = [];
    for (let turn = 0; ; turn++) {
      const line = textOf(yield hear(desk.world, desk.process, socket));
      if (line === undefined) return yield* farewell(desk, socket);
      said.push(line);
      const { answers, isEnd = false, relays = false } = answerTo(line, turn);
      if (answers !== undefined) yield say(desk, socket, answers);
      if (relays && relay !== undefined) desk.scheduler.start(relay(desk, said));
      if (isEnd || (closes === 'first' && answers !== undefined)) return yield leave(desk, socket);
    }
  };
}

function answerTo(
  spoken: Spoken,
  line: string,
  due: number,
): { answers: string | undefined; isEnd: boolean } {
  const turns = turnsOf(spoken);
  const command = commandOf(spoken, line);
  const turn =
    turns.find(({ says }) => says === line) ??
    turns.find(({ says }) => commandOf(spoken, says) === command) ??
    (spoken.whole ?? spoken.gist)[due];
  const { ends } = spoken;
  const isEnd = turn !== undefined && turn === ends;
  if (spoken.isTagged !== true || turn?.answers === undefined) return { answers: turn?.answers, isEnd };
  const [tag = ''] = line.split(' ');
  const [known = ''] = turn.says.split(' ');
  return { answers: turn.answers.replaceAll(known, () => tag), isEnd };
}

function* farewell(desk: Desk, socket: Parameters<Talk>[1]): Program {
  return isGone(desk.world, socket) ? { outcome: 'ok' } : yield leave(desk, socket);
}
