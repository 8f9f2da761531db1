// Where a random program plays: one to three hosts, their addresses and switches, and one or two processes on each.
// The small pools of addresses and ports are on purpose: only who meets can be in the other's way.
import type { HostSpec, Scenario } from '../recording.js';
import type { Dice } from './dice.js';

export interface Setting extends Pick<Scenario, 'hosts' | 'processes'> {
  readonly sysctls: Readonly<Record<string, string>>;
  readonly v6: boolean;
  readonly ports: readonly number[];
}

const HOST_NAMES = ['A', 'B', 'C'] as const;
const V4_ADDRESSES = [['10.0.0.1', '10.0.0.2'], ['10.0.0.9'], ['10.0.0.17']] as const;
const V6_ADDRESSES = [['fd00::1', 'fd00::2'], ['fd00::9'], ['fd00::17']] as const;
/** Privileged, plain, inside the usual range, inside narrow ranges. */
const PORTS = [80, 81, 5000, 5001, 8080, 40000, 40001] as const;
const RANGES = ['40000 40000', '40000 40001', '40000 40003', '40000 40002', '32768 60999'] as const;

/** What a switch may be set to; the recorder writes it as it is. */
export const SWITCHES: Readonly<Record<string, readonly string[]>> = {
  'net.ipv4.ip_local_port_range': RANGES,
  'net.ipv4.ip_unprivileged_port_start': ['0', '80', '81', '1024', '5001'],
  'net.ipv4.ip_local_reserved_ports': ['40000', '40001-40002', '5000'],
  'net.ipv4.ip_autobind_reuse': ['0', '1'],
  'net.ipv4.ip_nonlocal_bind': ['0', '1'],
  'net.ipv4.tcp_abort_on_overflow': ['0', '1'],
  'net.ipv4.tcp_max_tw_buckets': ['0', '1', '131072'],
  'net.ipv4.tcp_migrate_req': ['0', '1'],
  'net.ipv4.tcp_syncookies': ['0', '1'],
  'net.ipv4.tcp_timestamps': ['0', '1'],
  'net.ipv4.tcp_tw_reuse': ['0', '1', '2'],
  'net.core.somaxconn': ['0', '1', '4096'],
  'net.ipv6.bindv6only': ['0', '1'],
};
const IPV6_SHARE = 35;

export function makeSetting(dice: Dice): Setting {
  const v6 = dice.percent(IPV6_SHARE);
  const count = Number(dice.weighted({ 1: 4, 2: 4, 3: 2 }));
  const hosts: HostSpec[] = HOST_NAMES.slice(0, count).map((name, index) => ({
    name,
    addrs: [...(V4_ADDRESSES[index] ?? []), ...(v6 ? (V6_ADDRESSES[index] ?? []) : [])],
  }));
  const processes = hosts.flatMap(({ name }) =>
    Array.from({ length: 1 + dice.below(2) }, (_, index) => ({
      name: `p${name}${index}`,
      host: name,
      uid: dice.percent(30) ? 1000 : 0,
    })),
  );
  const sysctls: Record<string, string> = {};
  if (dice.percent(15)) sysctls['net.ipv4.ip_unprivileged_port_start'] = '0';
  while (dice.percent(35)) {
    // Not more often: in a range of a few ports the kernel's own dice show, and the program is of no use.
    const name = dice.percent(25) ? 'net.ipv4.ip_local_port_range' : dice.pick(Object.keys(SWITCHES));
    sysctls[name] = dice.pick(SWITCHES[name] ?? []);
  }
  const first = dice.pick(PORTS);
  return { hosts, processes, sysctls, v6, ports: [first, first, dice.pick(PORTS)] };
}
