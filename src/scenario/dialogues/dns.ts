// DNS: a question over UDP; an answer that is too large for UDP comes cut short, and the same question goes over TCP, to the
// same number and from a new port. RFC 1035 §4.2, RFC 7766 §5. A question leaves from a fresh port each time, RFC 5452 §9.
// Texts name what the bytes would say; the size of an answer decides where it fits and is not the size of its text.
import type { Program } from '../deeds/program.js';
import { answering, type Manners } from './converse.js';
import { type Desk, leave, say, type Talk, textOf } from './desk.js';
import { hear } from './hear.js';
import { askByPost, posting } from './post.js';
import { type Call, dial } from './speak.js';

/** Largest answer over UDP without EDNS, RFC 1035 §4.2.1. */
export const USUAL_LIMIT = 512;
/** An answer whose size the author does not say. */
const USUAL_SIZE = 60;
const TRUNCATED = 'truncated';

export interface Zone {
  /** Names, and the size of each answer in bytes; undefined: every name has one of the usual size. */
  readonly sizes: Readonly<Record<string, number>> | undefined;
  readonly limit: number;
}

export function serveDns(protocol: 'tcp' | 'udp', zone: Zone, manners: Manners): Talk {
  if (protocol === 'udp') return posting((question) => answerTo(question, zone, zone.limit));
  const answers = (question: string) => ({ answers: answerTo(question, zone, Number.POSITIVE_INFINITY) });
  return answering(answers, manners);
}

function answerTo(question: string, { sizes }: Zone, limit: number): string {
  const name = question.replace(/^Q /, '');
  const size = sizes === undefined ? USUAL_SIZE : sizes[name];
  if (size === undefined) return `NXDOMAIN ${name}`;
  return size > limit ? `${TRUNCATED} R ${name}` : `R ${name} ${size} bytes`;
}

/** Its result is the answer; `timeout` if none came. */
export function* resolve(desk: Desk, name: string, call: Call): Program {
  const question = `Q ${name}`;
  const heard = yield* askByPost(desk, question, call);
  return textOf(heard)?.startsWith(TRUNCATED) === true ? yield* resolveByTcp(desk, question, call.to) : heard;
}

function* resolveByTcp(desk: Desk, question: string, to: Call['to']): Program {
  const opened = yield* dial(desk, { to, onSocket: () => {} });
  const { socket } = opened;
  if (opened.outcome !== 'ok' || socket === undefined) return opened;
  yield say(desk, socket, question);
  const heard = yield hear(desk.world, desk.process, socket);
  yield leave(desk, socket);
  return heard;
}
