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

/** Sets a switch; false if there is none of this name, or the value cannot be read. */
export function setSysctl(world: World, host: HostId, name: string, value: string): boolean {
  const { hosts } = world;
  switch (name) {
    case 'net.ipv4.ip_local_port_range': {
      const [low, high] = value
        .trim()
        .split(/[\s-]+/)
        .map(Number);
      if (low === undefined || high === undefined || !(low > 0 && low <= high && high <= 65535)) return false;
      hosts.ephemeralLow.set(host, low);
      hosts.ephemeralHigh.set(host, high);
      return true;
    }
    case 'net.ipv4.ip_unprivileged_port_start':
      hosts.privilegedBelow.set(host, Number(value));
      return true;
    case 'net.ipv4.ip_local_reserved_ports':
      hosts.reservedPorts.set(host, value.trim());
      return true;
    default: {
      if (!Object.hasOwn(SYSCTL_DEFAULTS, name) || Number.isNaN(Number(value))) return false;
      const others = linesOf(world, host).filter(([key]) => key !== name);
      hosts.sysctls.set(host, [...others, [name, value]].map((pair) => pair.join('=')).join('\n'));
      return true;
    }
  }
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
