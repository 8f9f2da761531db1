// May two sockets hold one port? The rules as data, asked in order; the first that lets both be settles it.
// Linux as recorded from a 6.18 kernel (TCP and UDP differ in one word: a listening socket never gives way); FreeBSD as
// in_pcbbind() has it, read and not run. Windows: windows-rules.ts. Which host has which: profiles.ts.
import { kindOf } from '../wire/address.js';
import { type Claim, overlaps } from './claim.js';

export interface SharingRule {
  readonly id:
    | 'other-device'
    | 'other-address'
    | 'both-rebind'
    | 'both-share'
    | 'newcomer-rebinds'
    | 'time-wait'
    | 'conversation'
    | 'windows-table';
  /** May `wanted` stand beside `held`, which has the same protocol and port? */
  readonly allows: (held: Claim, wanted: Claim) => boolean;
}

export const OTHER_ADDRESS: SharingRule = {
  id: 'other-address',
  allows: (held, wanted) => !overlaps(held, wanted),
};

export const LINUX_SHARING: readonly SharingRule[] = [
  {
    id: 'other-device',
    allows: (held, wanted) => held.device !== '' && wanted.device !== '' && held.device !== wanted.device,
  },
  OTHER_ADDRESS,
  {
    id: 'both-rebind',
    allows: (held, wanted) =>
      held.mayRebind && wanted.mayRebind && !(held.protocol === 'tcp' && held.isListening),
  },
  {
    id: 'both-share',
    allows: (held, wanted) =>
      held.sharesPort && wanted.sharesPort && (held.user === wanted.user || held.isTimeWait),
  },
];

/**
 * Would the two be in each other's way but for SO_REUSEPORT? Linux looks no further for UDP once it meets such a one: who
 * was bound earlier is not asked (udp_lib_lport_inuse).
 */
export function sharesInTheWay(held: Claim, wanted: Claim): boolean {
  const [share] = LINUX_SHARING.filter((rule) => rule.allows(held, wanted));
  return share?.id === 'both-share';
}

/**
 * FreeBSD, and macOS which kept its older form: an option of the newcomer alone is enough, and then only the very same
 * address without a peer is in the way, listening or not. SO_REUSEPORT_LB is not here: it would be one rule more.
 */
export const FREEBSD_SHARING: readonly SharingRule[] = [
  OTHER_ADDRESS,
  {
    id: 'both-share',
    allows: (held, wanted) => sharesAsBsd(held) && sharesAsBsd(wanted) && mayStandBy(held, wanted),
  },
  {
    id: 'newcomer-rebinds',
    allows: (held, wanted) =>
      (wanted.mayRebind || wanted.sharesPort) &&
      (held.address !== wanted.address || held.hasPeer) &&
      mayStandBy(held, wanted),
  },
];

/** in_pcbbind(): on a group's address SO_REUSEADDR counts as SO_REUSEPORT. */
function sharesAsBsd({ sharesPort, mayRebind, address }: Claim): boolean {
  return sharesPort || (mayRebind && kindOf(address) === 'multicast');
}

/** in_pcbbind(): beside another user's socket only root may stand, except beside a TCP connection, and in a group. */
function mayStandBy(held: Claim, wanted: Claim): boolean {
  if (held.user === wanted.user || wanted.user === 'root' || kindOf(wanted.address) === 'multicast')
    return true;
  return held.protocol === 'tcp' && held.hasPeer;
}
