// What differs between systems in handing out ports, as data: one profile a system, chosen per host by its name.
// The lists of rules are sharing-rules.ts and windows-rules.ts, the ways to pick a number policies.ts. What differs beyond
// ports stands in ../tcp/rules.ts; backlogs and ICMP are Linux everywhere.
import type { Nanos } from '../base/time.js';
import type { Errno } from '../world/errno.js';
import type { HostId, PortPolicy, System, World } from '../world/tables.js';
import type { Claim } from './claim.js';
import { FREEBSD_SHARING, LINUX_SHARING, type SharingRule, sharesInTheWay } from './sharing-rules.js';
import { WINDOWS_SHARING, windowsErrno } from './windows-rules.js';

export interface SystemProfile {
  /** The automatic range, both ends included. */
  readonly ephemeralLow: number;
  readonly ephemeralHigh: number;
  readonly policy: PortPolicy;
  /** Ports below this one need privilege; port 0 never does. */
  readonly privilegedBelow: number;
  /** 2 MSL, or what the system has in its place. */
  readonly timeWaitNanos: Nanos;
  /** Asked in order; if none allows it, the two may not stand side by side. */
  readonly sharing: readonly SharingRule[];
  /** What bind() tells then. */
  readonly errnoOf: (held: Claim, wanted: Claim) => Errno;
  /** Does listen() ask the rules once more, with the socket counted as listening? */
  readonly listenAsksAgain: boolean;
  /** Does a port remember its last SO_REUSEPORT holder, and let the same user in without asking the others? */
  readonly remembersSharers: boolean;
  /** Does the newcomer get in beside this one whoever else holds the port? They are asked in chain order (world/sockets). */
  readonly firstSharerSettles: (held: Claim, wanted: Claim) => boolean;
  /**
   * Who of several SO_REUSEPORT sockets receives: `spread` over all by a hash of the four numbers, or the `newest`, which
   * is asked in ../demux/member.ts.
   */
  readonly sharersReceive: 'spread' | 'newest';
}

const never = (): boolean => false;
const alwaysInUse = (): Errno => 'EADDRINUSE';

/** As read from a 6.18 kernel: ip_local_port_range, ip_unprivileged_port_start, TCP_TIMEWAIT_LEN. */
export const LINUX_PORTS: SystemProfile = {
  ephemeralLow: 32768,
  ephemeralHigh: 60999,
  policy: 'linux',
  privilegedBelow: 1024,
  timeWaitNanos: 60e9,
  sharing: LINUX_SHARING,
  errnoOf: alwaysInUse,
  listenAsksAgain: true,
  remembersSharers: true,
  firstSharerSettles: (held, wanted) => held.protocol === 'udp' && sharesInTheWay(held, wanted),
  sharersReceive: 'spread',
};

/**
 * net.inet.ip.portrange.first, last and reservedhigh; net.inet.tcp.msl is 30 s. SO_REUSEPORT does not balance: a socket is put
 * before those of its port, and the first one found receives. (SO_REUSEPORT_LB does; it is not here.)
 */
const FREEBSD_PORTS: SystemProfile = {
  ephemeralLow: 10000,
  ephemeralHigh: 65535,
  policy: 'simple-random',
  privilegedBelow: 1024,
  timeWaitNanos: 60e9,
  sharing: FREEBSD_SHARING,
  errnoOf: alwaysInUse,
  listenAsksAgain: false,
  remembersSharers: false,
  firstSharerSettles: never,
  sharersReceive: 'newest',
};

/** net.inet.ip.portrange.first and last; net.inet.tcp.msl is 15 s. */
const MACOS_PORTS: SystemProfile = { ...FREEBSD_PORTS, ephemeralLow: 49152, timeWaitNanos: 30e9 };

/** Since Vista: 16384 ports from 49152 (netsh int ipv4 show dynamicport), none privileged. TcpTimedWaitDelay: 2 x 60 s. */
const WINDOWS_PORTS: SystemProfile = {
  ephemeralLow: 49152,
  ephemeralHigh: 65535,
  policy: 'simple-random',
  privilegedBelow: 0,
  timeWaitNanos: 120e9,
  sharing: WINDOWS_SHARING,
  errnoOf: windowsErrno,
  listenAsksAgain: false,
  remembersSharers: false,
  firstSharerSettles: never,
  sharersReceive: 'newest', // of no account: Windows has no SO_REUSEPORT
};

/**
 * No system: what the RFCs say. RFC 6335 §6 (dynamic ports), RFC 6056 §3.3.1, RFC 9293 §3.4.2 (MSL 2 min). They say
 * nothing of privilege and of options to share a port: those are Linux.
 */
const TEXTBOOK_PORTS: SystemProfile = {
  ...LINUX_PORTS,
  ephemeralLow: 49152,
  ephemeralHigh: 65535,
  policy: 'simple-random',
  timeWaitNanos: 240e9,
};

export const PROFILES: Readonly<Record<System, SystemProfile>> = {
  linux: LINUX_PORTS,
  freebsd: FREEBSD_PORTS,
  macos: MACOS_PORTS,
  windows: WINDOWS_PORTS,
  textbook: TEXTBOOK_PORTS,
};

export function profileOf(world: World, host: HostId): SystemProfile {
  return PROFILES[world.hosts.system.get(host)];
}

/** Makes a host one of this system: its rules, its range, its way to pick, its sharers, its TIME-WAIT. Within a step. */
export function setSystem(world: World, host: HostId, system: System): void {
  const { hosts } = world;
  const profile = PROFILES[system];
  hosts.system.set(host, system);
  hosts.portPolicy.set(host, profile.policy);
  hosts.newestSharerWins.set(host, profile.sharersReceive === 'newest');
  hosts.ephemeralLow.set(host, profile.ephemeralLow);
  hosts.ephemeralHigh.set(host, profile.ephemeralHigh);
  hosts.privilegedBelow.set(host, profile.privilegedBelow);
  hosts.timeWait.set(host, profile.timeWaitNanos);
}
