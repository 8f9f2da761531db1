// Addresses and ports that a random call names: mostly those that others of the program have, now and then odd ones.
import type { Dice } from './dice.js';
import type { Setting } from './setting.js';

/** What a call needs to know of the socket that it is made on. */
export interface Caller {
  readonly host: string;
  readonly isV6: boolean;
  readonly isTcp: boolean;
  /** SO_BINDTODEVICE. */
  readonly tie: { readonly device: string };
}

/** For bind(): an address of the caller's host, the unspecified one, or one that is not its own. */
export function localAddress(dice: Dice, { hosts }: Setting, { host, isV6, isTcp }: Caller): string {
  const own = hosts.find(({ name }) => name === host)?.addrs ?? [];
  // What is sent from a foreign IPv6 address on a LAN would be answered to a neighbour that nobody is: see remoteAddress.
  const foreign = isV6 && hosts.length > 1 ? 0 : 1;
  const kind = dice.weighted({ any: 9, own: 9, loopback: 3, foreign, group: isTcp ? 0 : 1 });
  if (!isV6) {
    const v4 = own.filter((each) => !each.includes(':'));
    if (kind === 'any') return '0.0.0.0';
    if (kind === 'own') return dice.pick(v4);
    if (kind === 'loopback') return dice.pick(['127.0.0.1', '127.0.0.1', '127.0.0.2']);
    return kind === 'foreign' ? '10.0.0.77' : dice.pick(['239.1.2.3', '10.0.0.255']);
  }
  if (kind === 'any') return dice.pick(['::', '::', '::', '::ffff:0.0.0.0']);
  if (kind === 'own') return asV6(dice.pick(own));
  if (kind === 'loopback') return dice.pick(['::1', '::1', '::ffff:127.0.0.1']);
  return kind === 'foreign' ? 'fd00::77' : 'ff15::1';
}

/**
 * For connect() and sendto(): an address of any host. None of nobody's on a LAN: how long the kernel looks for a neighbour
 * is not of the transport's making, and the recorder has it give up early. So too 127/8 for a socket that is tied to a LAN.
 */
export function remoteAddress(dice: Dice, { hosts }: Setting, { host, isV6, isTcp, tie }: Caller): string {
  const isAlone = hosts.length === 1;
  const isOdd = tie.device !== 'eth0' && dice.percent(12);
  const among = hosts.filter(({ name }) => isAlone || name !== host || dice.percent(40));
  const addresses = (among.length > 0 ? among : hosts).flatMap(({ addrs }) => addrs ?? []);
  if (!isV6) {
    const odd = [
      '0.0.0.0',
      '127.0.0.1',
      ...(isAlone ? ['10.0.0.77'] : []),
      ...(isTcp ? [] : ['239.1.2.3', '10.0.0.255']),
    ];
    return dice.pick(isOdd ? odd : addresses.filter((each) => !each.includes(':')));
  }
  if (isOdd)
    return dice.pick(['::', '::1', '::ffff:127.0.0.1', '::ffff:0.0.0.0', ...(isAlone ? ['fd00::77'] : [])]);
  return asV6(dice.pick(addresses));
}

/** How an AF_INET6 socket names it. */
function asV6(address: string): string {
  return address.includes(':') ? address : `::ffff:${address}`;
}
