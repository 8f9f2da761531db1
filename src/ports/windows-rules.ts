// Windows: who may hold a port beside whom is a table, by the option and the address of the one and of the other.
// As Microsoft documents it ("Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE", Server 2003 and later); not run here.
// The rules of other systems are sharing-rules.ts. SO_REUSEPORT does not exist there and counts for nothing.
import { unreachable } from '../base/invariant.js';
import type { Errno } from '../world/errno.js';
import type { Claim } from './claim.js';
import { OTHER_ADDRESS, type SharingRule } from './sharing-rules.js';

/** No option, SO_REUSEADDR or SO_EXCLUSIVEADDRUSE; on every address (any) or on one, the same where both are on one. */
type Way = 'default any' | 'default one' | 'reuse any' | 'reuse one' | 'exclusive any' | 'exclusive one';
/** `same-user`: yes if one user made both, else `denied`. */
type Verdict = 'ok' | 'in-use' | 'denied' | 'same-user';

/** Who wants the port, then who holds it. */
const TABLE: Readonly<Record<Way, Readonly<Record<Way, Verdict>>>> = {
  'default any': row('in-use', 'ok', 'in-use', 'ok', 'in-use', 'ok'),
  'default one': row('same-user', 'in-use', 'same-user', 'denied', 'denied', 'in-use'),
  'reuse any': row('denied', 'ok', 'ok', 'ok', 'denied', 'ok'),
  'reuse one': row('same-user', 'denied', 'ok', 'ok', 'denied', 'denied'),
  'exclusive any': row('in-use', 'in-use', 'in-use', 'in-use', 'in-use', 'in-use'),
  'exclusive one': row('same-user', 'in-use', 'same-user', 'in-use', 'denied', 'in-use'),
};

/**
 * A connection is in nobody's way unless the one or the other is exclusive, and TIME-WAIT never is.
 * Textbook: a socket that was bound and then connected counts as a connection; the documents speak of accepted ones.
 */
export const WINDOWS_SHARING: readonly SharingRule[] = [
  OTHER_ADDRESS,
  { id: 'time-wait', allows: (held) => held.isTimeWait },
  {
    id: 'conversation',
    allows: (held, wanted) =>
      held.protocol === 'tcp' && held.hasPeer && !held.isExclusive && !wanted.isExclusive,
  },
  { id: 'windows-table', allows: (held, wanted) => errnoOf(held, wanted) === undefined },
];

/** WSAEACCES or WSAEADDRINUSE, by their POSIX names. */
export function windowsErrno(held: Claim, wanted: Claim): Errno {
  return errnoOf(held, wanted) ?? 'EADDRINUSE';
}

function errnoOf(held: Claim, wanted: Claim): Errno | undefined {
  const verdict = TABLE[wayOf(wanted)][wayOf(held)];
  switch (verdict) {
    case 'ok':
      return undefined;
    case 'in-use':
      return 'EADDRINUSE';
    case 'denied':
      return 'EACCES';
    case 'same-user':
      return held.user === wanted.user ? undefined : 'EACCES';
    default:
      return unreachable(verdict);
  }
}

function wayOf({ isExclusive, mayRebind, address }: Claim): Way {
  const option = isExclusive ? 'exclusive' : mayRebind ? 'reuse' : 'default';
  return address === '' ? `${option} any` : `${option} one`;
}

function row(
  defaultAny: Verdict,
  defaultOne: Verdict,
  reuseAny: Verdict,
  reuseOne: Verdict,
  exclusiveAny: Verdict,
  exclusiveOne: Verdict,
): Readonly<Record<Way, Verdict>> {
  return {
    'default any': defaultAny,
    'default one': defaultOne,
    'reuse any': reuseAny,
    'reuse one': reuseOne,
    'exclusive any': exclusiveAny,
    'exclusive one': exclusiveOne,
  };
}
