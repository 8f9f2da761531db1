// The names of all verbs, in the order in which they are offered. What each takes: verbs.ts.
// It knows no schema, so that playing a scenario needs none.
import { presentKeys } from './short-forms.js';

export const VERB_NAMES = [
  'socket',
  'setsockopt',
  'bind',
  'listen',
  'connect',
  'disconnect',
  'accept',
  'send',
  'recv',
  'sendto',
  'recvfrom',
  'shutdown',
  'close',
  'dup',
  'fork',
  'exit',
  'kill',
  'setuid',
  'getsockname',
  'getpeername',
  'getsockopt',
  'poll',
  'drain',
  'acceptall',
  'serve',
  'stop',
  'fetch',
  'request',
  'speak',
  'resolve',
  'lease',
  'sync',
  'restart',
  'sysctl',
  'assign',
  'unassign',
  'block',
  'reject',
  'unblock',
  'forward',
  'forget',
  'drop',
  'delay',
  'duplicate',
  'reorder',
  'cut',
  'heal',
] as const;
export type Verb = (typeof VERB_NAMES)[number];

export function isVerb(key: string): key is Verb {
  return (VERB_NAMES as readonly string[]).includes(key);
}

/** The verb of an act that was validated. */
export function verbOf(act: Readonly<Record<string, unknown>>): Verb | undefined {
  return presentKeys(act).find(isVerb);
}
