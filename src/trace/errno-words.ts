// Which clause tells what an errno means: some mean different things in different calls.
// Wording: words/english/ports.ts, the only place where an error is put into words.
import { kindOf } from '../wire/address.js';
import type { Errno } from '../world/errno.js';
import type { Fact } from '../world/facts.js';
import type { Cast } from './cast.js';

type CallFact = Extract<Fact, { kind: 'called' | 'returned' }>;

/** The clause for an error of this call. */
export function errnoWords(cast: Cast, errno: Errno, { call, port, address = '' }: CallFact): string {
  const isSending = call === 'send' || call === 'sendto' || call === 'connect';
  if (errno === 'EACCES' && isSending) return cast.phrase('errno.broadcast');
  if (errno === 'EINVAL' && call === 'sendto' && port === 0) return cast.phrase('errno.port0');
  if (errno === 'EINVAL' && call === 'bind') return cast.phrase('errno.bound');
  if (errno === 'EADDRNOTAVAIL' && call === 'connect') return cast.phrase('errno.tuples');
  if (errno === 'EADDRNOTAVAIL' && (call === 'bind' || call === 'listen'))
    return cast.phrase('errno.no-address', { address });
  if (errno === 'EAGAIN' && call === 'send') return cast.phrase('errno.full');
  if (errno === 'EAGAIN' && isSending) return cast.phrase('errno.no-port');
  if (errno === 'EADDRINUSE' && port === 0) return cast.phrase('errno.no-port');
  if (errno === 'ENETUNREACH' && kindOf(address) === 'broadcast') return cast.phrase('errno.one-peer');
  if (errno === 'ENETUNREACH' && kindOf(address) === 'multicast') return cast.phrase('errno.no-interface');
  return cast.phrase(`errno.${errno}`);
}
