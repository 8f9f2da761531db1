// What a socket option changes, in a clause for each: for those that decide who may have a port or a packet.
// The notation `SO_REUSEADDR = on` is the account's; the rules that read the options are ../ports/ and ../demux/.
// Wording: words/english/ports.ts.
import type { Cast } from './cast.js';

const KNOWN = [
  'SO_REUSEADDR = on',
  'SO_REUSEPORT = on',
  'SO_EXCLUSIVEADDRUSE = on',
  'SO_LINGER = 0s',
  'TCP_NODELAY = on',
  'O_NONBLOCK = on',
  'SO_BROADCAST = on',
  'IPV6_V6ONLY = on',
  'IPV6_V6ONLY = off',
  'IP_BIND_ADDRESS_NO_PORT = on',
  'IP_FREEBIND = on',
  'IP_MULTICAST_ALL = off',
  'IP_MULTICAST_LOOP = off',
] as const;

/** A clause for each option that has an effect on ports and packets. */
export function optionEffects(cast: Cast, options: string | undefined): readonly string[] {
  return (options ?? '').split(', ').flatMap((option) => {
    if (option.startsWith('IP_ADD_MEMBERSHIP')) return [cast.phrase('option.membership')];
    const time = /^SO_LINGER = (.*[1-9].*)$/.exec(option)?.[1];
    if (time !== undefined) return [cast.phrase('option.lingers', { time })];
    const known = KNOWN.find((each) => each === option);
    return known === undefined ? [] : [cast.phrase(`option.${known}`)];
  });
}
