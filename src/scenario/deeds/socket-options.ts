// Socket options as authors write them, in the words of ../host/call.ts, and as the account of the step shows them.
// What an option does is ../host/set-options.ts and the rules that read it.
import type { SocketOptions } from '../../host/call.js';
import { interfacesOf } from '../../world/interfaces.js';
import { parseTime } from '../atoms/quantities.js';
import type { SocketOptions as WrittenOptions } from '../schema/verbs.js';
import { accepted } from '../text/parsed.js';
import type { Actor } from './actor.js';

export interface OptionLine {
  readonly options: SocketOptions;
  /** `SO_REUSEADDR = on, SO_LINGER = 0s`. */
  readonly text: string;
}

/** A text: why it cannot be played here. */
export function optionLine(actor: Actor, written: WrittenOptions): OptionLine | string {
  let options: SocketOptions = {};
  const shown: string[] = [];
  for (const [key, value] of Object.entries(written)) {
    if (value === undefined) continue;
    const read = READERS[key]?.(actor, value);
    if (read === undefined || typeof read === 'string') return read ?? `\`${key}\` cannot be set here`;
    options = { ...options, ...read };
    shown.push(`${SYSTEM_NAMES[key] ?? key} = ${valueText(value)}`);
  }
  return { options, text: shown.join(', ') };
}

type Reader = (actor: Actor, value: unknown) => SocketOptions | string;

const READERS: Readonly<Record<string, Reader>> = {
  reuseaddr: (_, value) => ({ mayRebind: value === true }),
  reuseport: (_, value) => ({ sharesPort: value === true }),
  exclusiveaddruse: (_, value) => ({ isExclusive: value === true }),
  linger: (_, value) => ({ linger: value === 'none' ? 'off' : nanosOf(value) }),
  broadcast: (_, value) => ({ mayBroadcast: value === true }),
  keepalive: (_, value) => ({ keepsAlive: value === true }),
  user_timeout: (_, value) => ({ userTimeout: nanosOf(value) }),
  rcvbuf: (_, value) => ({ receiveBuffer: Number(value) }),
  sndbuf: (_, value) => ({ sendBuffer: Number(value) }),
  nodelay: (_, value) => ({ sendsAtOnce: value === true }),
  nonblocking: (_, value) => ({ isNonBlocking: value === true }),
  v6only: (_, value) => ({ v6Only: value === true }),
  bindtodevice: (actor, value) => {
    const device = deviceOf(actor, String(value));
    return device === undefined ? `this host is not on a network \`${String(value)}\` alone` : { device };
  },
  bind_address_no_port: (_, value) => ({ bindsAddressOnly: value === true }),
  freebind: (_, value) => ({ mayBindForeign: value === true }),
  local_port_range: (_, value) => {
    // The wrong way round is the kernel's to refuse: the parser let it through.
    const [low = 0, high = low] = String(value).split('-').map(Number);
    return { portRange: { low, high } };
  },
  join: (actor, value) => ({ join: membershipOf(actor, value) }),
  leave: (actor, value) => ({ leave: membershipOf(actor, value) }),
  multicast_loop: (_, value) => ({ loopsMulticast: value === true }),
  multicast_all: (_, value) => ({ hearsAllGroups: value === true }),
  multicast_ttl: (_, value) => ({ multicastHops: Number(value) }),
  multicast_if: (actor, value) => ({ multicastFrom: addressOn(actor, String(value)) }),
};

/** As setsockopt(2), ip(7) and ipv6(7) call them. */
const SYSTEM_NAMES: Readonly<Record<string, string>> = {
  reuseaddr: 'SO_REUSEADDR',
  reuseport: 'SO_REUSEPORT',
  exclusiveaddruse: 'SO_EXCLUSIVEADDRUSE',
  linger: 'SO_LINGER',
  broadcast: 'SO_BROADCAST',
  keepalive: 'SO_KEEPALIVE',
  user_timeout: 'TCP_USER_TIMEOUT',
  rcvbuf: 'SO_RCVBUF',
  sndbuf: 'SO_SNDBUF',
  nodelay: 'TCP_NODELAY',
  nonblocking: 'O_NONBLOCK',
  v6only: 'IPV6_V6ONLY',
  bindtodevice: 'SO_BINDTODEVICE',
  bind_address_no_port: 'IP_BIND_ADDRESS_NO_PORT',
  freebind: 'IP_FREEBIND',
  local_port_range: 'IP_LOCAL_PORT_RANGE',
  join: 'IP_ADD_MEMBERSHIP',
  leave: 'IP_DROP_MEMBERSHIP',
  multicast_loop: 'IP_MULTICAST_LOOP',
  multicast_all: 'IP_MULTICAST_ALL',
  multicast_ttl: 'IP_MULTICAST_TTL',
  multicast_if: 'IP_MULTICAST_IF',
};

function valueText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'object' && value !== null && 'group' in value) return String(value.group);
  return value === 'none' ? 'off' : String(value);
}

function nanosOf(value: unknown): number {
  const time = accepted(parseTime(value));
  return time.kind === 'time' ? time.nanos : 0;
}

/** `224.0.0.251`, or with the interface: a local address, or a network. */
function membershipOf(actor: Actor, value: unknown): { readonly group: string; readonly on: string } {
  if (typeof value !== 'object' || value === null || !('group' in value))
    return { group: String(value), on: '' };
  const on = 'interface' in value ? String(value.interface) : '';
  return { group: String(value.group), on: actor.directory.networks.has(on) ? addressOn(actor, on) : on };
}

/** The host's own address on a network; an address stands for itself. */
function addressOn({ world, directory, who }: Actor, name: string): string {
  const network = directory.networks.get(name);
  if (network === undefined) return name;
  for (const id of interfacesOf(world, who.host))
    if (world.interfaces.network.get(id) === network)
      return world.memory.text(world.interfaces.address.get(id));
  return name;
}

/** The interface that leads to a network. All interfaces of a host have one name here, so it must be its only network. */
function deviceOf({ world, directory, who }: Actor, name: string): string | undefined {
  const network = directory.networks.get(name);
  if (network === undefined) return name;
  const own = interfacesOf(world, who.host);
  const isAlone = own.length > 0 && own.every((id) => world.interfaces.network.get(id) === network);
  return isAlone && own[0] !== undefined ? world.interfaces.device.get(own[0]) : undefined;
}
