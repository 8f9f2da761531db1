// What a call can give, verb by verb: the outcomes that a question about it offers. It decides nothing: what this call
// gives, the run knows. POSIX.1-2024 lists more errors than these; here are those that a lesson can be about.
import { OUTCOMES } from '../atoms/words.js';
import type { Verb } from '../schema/verb-names.js';

const OPENING = ['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL'] as const;
const WAITING = ['pending', 'eof'] as const;

const OFFERED: { readonly [Each in Verb]?: readonly (typeof OUTCOMES)[number][] } = {
  bind: OPENING,
  listen: OPENING,
  serve: OPENING,
  connect: ['ECONNREFUSED', 'ETIMEDOUT', 'EADDRNOTAVAIL', 'ENETUNREACH', 'pending'],
  accept: ['pending', 'EINVAL'],
  send: ['ECONNRESET', 'EPIPE', 'ENOTCONN', 'pending'],
  sendto: ['EACCES', 'ECONNREFUSED', 'ENETUNREACH'],
  recv: [...WAITING, 'ECONNRESET', 'ECONNREFUSED', 'ENOTCONN'],
  recvfrom: ['pending', 'ECONNREFUSED'],
  shutdown: ['ENOTCONN'],
  fetch: ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT'],
  request: ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'timeout'],
  resolve: ['ECONNREFUSED', 'timeout'],
  lease: ['EADDRINUSE', 'timeout'],
  sync: ['ECONNREFUSED', 'timeout'],
};
const ANY: readonly (typeof OUTCOMES)[number][] = ['pending', 'EINVAL', 'EBADF'];

/** In the order of the language's own list, `ok` first; with what it really gave, if that is a rare one. */
export function outcomesOf(verb: Verb, given: string): readonly string[] {
  const offered = new Set<string>(['ok', given, ...(OFFERED[verb] ?? ANY)]);
  return OUTCOMES.filter((word) => offered.has(word));
}
