// Switches of a host, by the names that Linux gives them. What a host does not say is the default of a 6.18 kernel.
// Ranges and reserved ports have columns of their own, since picking a port reads them.
import type { HostId, World } from './tables.js';

/** Defaults of Linux 6.18. */
export const SYSCTL_DEFAULTS = {
  'net.core.somaxconn': 4096,
  'net.ipv4.ip_autobind_reuse': 0,
  'net.ipv4.ip_nonlocal_bind': 0,
  'net.ipv4.tcp_abort_on_overflow': 0,
  'net.ipv4.tcp_keepalive_intvl': 75,
  'net.ipv4.tcp_keepalive_probes': 9,
  'net.ipv4.tcp_keepalive_time': 7200,
  'net.ipv4.tcp_fin_timeout': 60,
  'net.ipv4.tcp_max_tw_buckets': 131072,
  'net.ipv4.tcp_migrate_req': 0,
  'net.ipv4.tcp_orphan_retries': 0,
  'net.ipv4.tcp_retries2': 15,
  'net.ipv4.tcp_rfc1337': 0,
  'net.ipv4.tcp_syn_linear_timeouts': 4,
  'net.ipv4.tcp_syn_retries': 6,
  'net.ipv4.tcp_synack_retries': 5,
  'net.ipv4.tcp_syncookies': 1,
  'net.ipv4.tcp_timestamps': 1,
  'net.ipv4.tcp_tw_reuse': 2,
  'net.ipv6.bindv6only': 0,
} as const;
export type SysctlName = keyof typeof SYSCTL_DEFAULTS;

export function sysctl(world: World, host: HostId, name: SysctlName): number {
  const found = linesOf(world, host).find(([key]) => key === name);
  return found === undefined ? SYSCTL_DEFAULTS[name] : Number(found[1]);
}

/** Switches with columns of their own. */
const PORT_RANGE = 'net.ipv4.ip_local_port_range';
const PRIVILEGED = 'net.ipv4.ip_unprivileged_port_start';
const RESERVED = 'net.ipv4.ip_local_reserved_ports';
/** Every switch that a host has. */
export const SYSCTL_NAMES: readonly string[] = [
  PORT_RANGE,
  PRIVILEGED,
  RESERVED,
  ...Object.keys(SYSCTL_DEFAULTS),
];

/** Can a switch of this name be set to this? */
export function isSysctlValue(name: string, value: string): boolean {
  switch (name) {
    case PORT_RANGE:
      return portRange(value) !== undefined;
    case PRIVILEGED:
      return isPort(value);
    case RESERVED:
      return /^(\d+(-\d+)?(,\d+(-\d+)?)*)?$/.test(value.trim());
    default:
      return Object.hasOwn(SYSCTL_DEFAULTS, name) && /^\d{1,9}$/.test(value.trim());
  }
}

/** Sets a switch; false if there is none of this name, or the value cannot be read. Within a step. */
export function setSysctl(world: World, host: HostId, name: string, value: string): boolean {
  const { hosts } = world;
  if (!isSysctlValue(name, value)) return false;
  switch (name) {
    case PORT_RANGE: {
      const range = portRange(value);
      hosts.ephemeralLow.set(host, range?.low ?? 0);
      hosts.ephemeralHigh.set(host, range?.high ?? 0);
      return true;
    }
    case PRIVILEGED:
      hosts.privilegedBelow.set(host, Number(value));
      return true;
    case RESERVED:
      hosts.reservedPorts.set(host, value.trim());
      return true;
    default: {
      const others = linesOf(world, host).filter(([key]) => key !== name);
      hosts.sysctls.set(host, [...others, [name, value]].map((pair) => pair.join('=')).join('\n'));
      return true;
    }
  }
}

/** `32768 60999`, as Linux writes it, or 32768-60999. */
function portRange(value: string): { readonly low: number; readonly high: number } | undefined {
  const [low = '', high = '', more] = value.trim().split(/[\s-]+/);
  const isRange = isPort(low) && isPort(high) && more === undefined && Number(low) > 0;
  return isRange && Number(low) <= Number(high) ? { low: Number(low), high: Number(high) } : undefined;
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text.trim()) && Number(text) <= 65535;
}

/** Which ports are kept back from automatic choice; explicit bind() may have them. Undefined: none, as is usual. */
export function reservedPorts(world: World, host: HostId): ((port: number) => boolean) | undefined {
  const list = world.hosts.reservedPorts.get(host);
  if (list === '') return undefined;
  const ranges = list.split(',').map((part) => part.split('-').map(Number));
  return (port) => ranges.some(([low = 0, high = low]) => port >= low && port <= high);
}

function linesOf(world: World, host: HostId): string[][] {
  const lines = world.hosts.sysctls.get(host);
  return lines === '' ? [] : lines.split('\n').map((line) => line.split('='));
}
