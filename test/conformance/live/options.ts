// Random socket options: every one that the recorder knows, those that decide about ports far more often than others.
import type { Dice } from './dice.js';
import type { Caller } from './places.js';

interface Option {
  readonly opt: string;
  readonly value: unknown;
}

const COMMON = {
  reuseaddr: 8,
  reuseport: 8,
  bind_address_no_port: 2,
  linger: 3,
  local_port_range: 1,
  freebind: 1,
};
const RARE = { keepalive: 1, broadcast: 1, bindtodevice: 1 };
const OF_GROUPS = {
  multicast_loop: 1,
  multicast_all: 1,
  multicast_ttl: 1,
  multicast_if: 1,
  join: 2,
  leave: 1,
};

/** `address`: an IPv4 one of the caller's host; `devices`: what interfaces it has. */
export function randomOption(
  dice: Dice,
  caller: Caller,
  address: string,
  devices: readonly string[],
): Option {
  const { isTcp, isV6 } = caller;
  const opt = dice.weighted({
    ...COMMON,
    ...RARE,
    ...(isTcp ? {} : OF_GROUPS),
    ...(isV6 ? { v6only: 6 } : {}),
  } as Record<string, number>);
  const value = () => {
    switch (opt) {
      case 'linger':
        return dice.pick([0, 0, 0, -1, 1]);
      case 'bindtodevice':
        return dice.pick([...devices, ...devices, 'nope', '']);
      case 'local_port_range':
        return dice.pick([
          [40000, 40001],
          [40001, 40003],
          [40002, 40001],
          [0, 0],
          [1, 2],
        ]);
      case 'multicast_ttl':
        return dice.pick([0, 1, 2]);
      case 'multicast_if':
        return address;
      case 'join':
      case 'leave':
        return isV6 ? ['ff15::1', dice.pick(devices)] : ['239.1.2.3', dice.pick([address, '0.0.0.0'])];
      default:
        return dice.percent(85) ? 1 : 0;
    }
  };
  return { opt, value: value() };
}
