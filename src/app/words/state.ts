// The TCP machine's events and actions in words short enough for an edge of the state diagram.
// One word for each, checked by the compiler: an event or action that has none does not build.
// The machine itself: ../../tcp/machine.ts.
import type { TcpAction } from '../../tcp/actions.js';
import type { TcpEvent } from '../../tcp/machine.js';
import { spelled } from './speech.js';

export const EVENT_WORDS: Readonly<Record<TcpEvent, string>> = spelled({
  OPEN_PASSIVE: 'listen()',
  OPEN_ACTIVE: 'connect()',
  SEND: 'send()',
  CLOSE: 'close()',
  ABORT: 'abort',
  SYN: 'SYN',
  SYN_OLD: 'SYN again',
  SYN_ACK_GOOD: 'SYN ACK',
  SYN_ACK_BAD: 'SYN ACK of nothing sent',
  ACK_NEW: 'ACK',
  ACK_OF_FIN: 'ACK of FIN',
  ACK_OF_COOKIE: 'ACK of a cookie',
  ACK_DUP: 'ACK again',
  ACK_FUTURE: 'ACK of nothing sent',
  ACK_ANCIENT: 'a very old ACK',
  TEXT: 'data',
  TEXT_LATER: 'data after a gap',
  FIN: 'FIN',
  FIN_LATER: 'FIN after a gap',
  FIN_OLD: 'FIN again',
  OUT_OF_WINDOW: 'anything outside the window',
  NO_ACK: 'a segment without ACK',
  RST_EXACT: 'RST',
  RST_WINDOW: 'RST, number inexact',
  RST_OUTSIDE: 'RST outside the window',
  RST_ACK_GOOD: 'RST ACK',
  RST_ACK_BAD: 'RST ACK of nothing sent',
  RETRANSMISSION_TIMEOUT: 'no answer yet',
  PERSIST_TIMEOUT: 'window still closed',
  KEEPALIVE_TIMEOUT: 'long silence',
  USER_TIMEOUT: 'no answer at all',
  TIME_WAIT_TIMEOUT: 'time is over',
  ICMP_HARD: 'port unreachable',
  ICMP_SOFT: 'host unreachable',
});

/** '' where nothing is sent or told: book-keeping that a diagram need not say. */
export const ACTION_WORDS: Readonly<Record<TcpAction, string>> = spelled({
  sendSyn: 'SYN',
  sendSynAck: 'SYN ACK',
  sendAck: 'ACK',
  sendText: 'data',
  sendFin: 'FIN',
  deferFin: '',
  sendRst: 'RST',
  challenge: 'ACK',
  rejectSegment: 'RST',
  hurryRetry: '',
  resend: 'send again',
  repeatSynAck: 'SYN ACK again',
  probeWindow: 'ask for room',
  probePeer: 'ask who is there',
  takeSyn: '',
  takeAck: '',
  noteAck: '',
  takeText: 'keep the data',
  keepText: 'keep for later',
  keepFin: 'keep for later',
  takeFin: '',
  announce: '',
  awaitFin: '',
  startTimeWait: 'wait 2 MSL',
  tellUnreachable: 'the error',
  tellRefused: 'ECONNREFUSED',
  tellReset: 'ECONNRESET',
  tellTimedOut: 'ETIMEDOUT',
  noteError: '',
  dropQueued: 'RST to those in the queue',
  returnToListener: '',
  release: '',
});

/** What is sent and told, in order, each once. */
export function answerWords(actions: readonly TcpAction[]): string {
  return [...new Set(actions.map((action) => ACTION_WORDS[action]))].filter(Boolean).join(', ');
}

/** `event / action`, as on the edges of RFC 9293 figure 5. */
export function edgeLabel(event: TcpEvent, actions: readonly TcpAction[]): string {
  const answer = answerWords(actions.filter((action) => action.startsWith('send')));
  return answer === '' ? EVENT_WORDS[event] : `${EVENT_WORDS[event]} / ${answer}`;
}
