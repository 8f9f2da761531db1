// What the interface says about port numbers: the map, the lens, and one port.
// It refuses to know hosts; names and numbers are filled in. The whole table: ../messages.ts.
import type { System } from '../../world/tables.js';
import { capital, counted, words } from './speech.js';

const SYSTEM_NAMES: Readonly<Partial<Record<System, string>>> = {
  linux: 'Linux',
  freebsd: 'FreeBSD',
  macos: 'macOS',
  windows: 'Windows',
};

const ODD: Readonly<Partial<Record<number, string>>> = {
  20: 'free · FTP servers call from it',
  68: 'free · UDP, the asker’s end',
  123: 'free · UDP, both ends use it',
};

export const ports = {
  name: (host: string) => words`Port map of ${host}`,
  pickHost: 'Ports of',
  ownSet: (most: number) => words`0 – ${most}, its own set`,
  /** `ports`: the first of `count`. */
  square: (protocol: string, host: string, ports: readonly number[], count: number) => {
    const set = protocol.toUpperCase();
    if (count === 0) return words`No ${set} port of ${host} is held.`;
    return count > ports.length
      ? words`${count} ${set} ports of ${host} are held, the first of them: ${ports.join(', ')}.`
      : words`${set} ports of ${host} that are held: ${ports.join(', ')}.`;
  },
  unlisted: (count: number) => words`and ${count} more`,
  dot: (protocol: string, port: number, programs: readonly string[]) =>
    `${protocol.toUpperCase()} ${port}${programs.length === 0 ? '' : `, ${programs.join(', ')}`}`,
  /** A textbook has no name of its own. */
  picks: (system: System, low: number, high: number) => {
    const name = SYSTEM_NAMES[system];
    return name === undefined
      ? words`picks from here: ${low} – ${high}`
      : words`${name} picks from here: ${low} – ${high}`;
  },
  ranges: {
    reserved: { name: 'nobody’s', numbers: '0', hint: '' },
    system: { name: 'well known', numbers: '0 – 1023', hint: '' },
    user: { name: 'registered', numbers: '1024 – 49151', hint: 'names on request' },
    dynamic: { name: 'dynamic', numbers: '49152 – 65535', hint: 'nobody’s name' },
  },
  honest: 'Honest scale.',
  honestBody:
    'One dot is one number in use. All names people know are in the thin stripe on top: 1.6 % of the numbers. The dashed line is what this system picks from.',
  held: (host: string, count: number) => (count === 0 ? words`${host} holds none` : words`Held on ${host}`),
  times: (count: number) => words`${count} sockets`,
  shared: (peers: number) =>
    words`${capital(counted(peers, { one: words`conversation`, other: words`conversations` }))}, and no dot for any of them:`,
  sharedDot: (port: number) => words`all are on the one dot at ${port}.`,
  lens: 'Lens: 0 – 1023',
  lensHint: (below: number) =>
    below === 0
      ? words`the numbers with names. This system asks no privilege for them.`
      : words`the numbers with names. Below ${below} this system asks for privilege.`,
  zero: '“choose for me”',
  zeroBody: 'never on the wire',
  noName: 'no name here',
  free: (host: string) => words`free on ${host}`,
  freeForUdp: (host: string) => words`free on ${host} · UDP`,
  /** What is odd about a number that nobody holds, where something is. */
  odd: ODD,
  holders: (programs: readonly string[], sockets: number, protocols: readonly string[]) =>
    [
      programs.length === 0 ? words`no program` : programs.join(', '),
      ...(sockets > protocols.length ? [words`${sockets} sockets`] : []),
      ...(protocols.length > 1 ? ['TCP and UDP'] : protocols[0] === 'udp' ? ['UDP'] : []),
    ].join(' · '),
};

export const port = {
  tab: (protocol: string, port: number) => words`Port ${port}/${protocol}`,
  tabNone: 'Port',
  none: (host: string) => words`No port is held on ${host}. Choose one in the lens.`,
  kind: (protocol: string, range: string) => `${protocol.toUpperCase()} · ${range}`,
  heldBy: 'held by',
  nobody: (host: string) => words`nobody on ${host}`,
  program: (name: string, pid: number) => words`${name}, pid ${pid}`,
  kernel: 'no program: the system keeps it',
  since: 'since',
  sinceStart: 'before the first step',
  sinceStep: (step: number) => words`step ${step}:`,
  privilege: 'privilege',
  privilegeOf: (isNeeded: boolean, below: number) =>
    isNeeded
      ? words`needed (below ${below})`
      : below === 0
        ? words`not needed here`
        : words`not needed (${below} and up)`,
  url: 'in a URL',
  sockets: (count: number) =>
    words`${capital(counted(count, { one: words`socket`, other: words`sockets` }))}, one port`,
  alone: (state: string) => (state === 'LISTEN' ? words`LISTEN, for newcomers` : state),
  peer: (state: string, descriptor: number | undefined) =>
    descriptor === undefined ? state : words`${state} · fd ${descriptor}`,
  accepted: (count: number, port: number) =>
    words`${capital(counted(count, { one: words`caller`, other: words`callers` }))}, ${counted(count, { one: words`more socket`, other: words`more sockets` })}, and no new port. A thousand more would still be on :${port}.`,
  twinFree: 'Free. It is the same number in a different set.',
  twinHeld: (who: string) => words`Held by ${who}. It is the same number in a different set.`,
};
