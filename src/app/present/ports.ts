// The port map of one host: two squares of 256 by 256 numbers, one for TCP and one for UDP, with a dot for each number
// that is held, the range that its system picks from, and a lens on the numbers that have names.
// A peer's port is never drawn: that a hundred callers add no dot is what the map shows. No DOM; drawn by ../panels/ports.ts.
import { MAX_PORT, rangeOf } from '../../ports/ranges.js';
import { CALLERS, SERVICES, serviceName } from '../../ports/services.js';
import type { HostView, Scene, SocketView } from '../../trace/scene.js';
import { type PortKey, portKey } from './port-story.js';

/** Numbers in a row, and rows. */
export const SIDE = 256;
/** Where the ranges of RFC 6335 §6 end, in rows. */
export const BANDS = { system: 1024 / SIDE, dynamic: 49152 / SIDE } as const;

export interface HeldPort {
  readonly key: PortKey;
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  /** Column and row of the number, 0 … 255. */
  readonly x: number;
  readonly y: number;
  readonly sockets: readonly SocketView[];
  /** Names of the programs, each once; empty where no program holds it any more. */
  readonly programs: readonly string[];
  readonly isNow: boolean;
}

export interface LensCell {
  readonly port: number;
  readonly name: string;
  /** Those that the cell opens; TCP first. */
  readonly protocol: 'tcp' | 'udp';
  readonly held: readonly HeldPort[];
  readonly isNow: boolean;
}

export interface PortMap {
  readonly host: HostView;
  readonly held: readonly HeldPort[];
  /** Those that are drawn one by one; and those that are too many for it, as one path of points for each protocol. */
  readonly dots: readonly HeldPort[];
  readonly crowds: Readonly<Record<'tcp' | 'udp', string>>;
  /** Those that have a line of their own beside the squares, and how many have none. */
  readonly listed: readonly HeldPort[];
  readonly unlisted: number;
  readonly own: { readonly low: number; readonly high: number; readonly path: string };
  readonly lens: readonly LensCell[];
  /** The port with the most conversations, if they are several: it is one dot all the same. */
  readonly shared: { readonly port: number; readonly peers: number } | undefined;
}

/** A square, the list beside it and the lens stay small on a host that holds thousands of numbers. */
const MOST_DOTS = 300;
const MOST_LISTED = 60;
const MOST_UNNAMED = 40;

function drawn(held: readonly HeldPort[]): Pick<PortMap, 'dots' | 'crowds' | 'listed' | 'unlisted'> {
  const crowd = (protocol: 'tcp' | 'udp'): readonly HeldPort[] => {
    const own = held.filter((each) => each.protocol === protocol);
    return own.length > MOST_DOTS ? own.filter(({ isNow }) => !isNow) : [];
  };
  const crowds = { tcp: crowd('tcp'), udp: crowd('udp') };
  const points = (all: readonly HeldPort[]): string =>
    all.map(({ x, y }) => `M${x + 0.5} ${y + 0.5}h0`).join('');
  const inOrder =
    held.length > MOST_LISTED
      ? [...held.filter(({ isNow }) => isNow), ...held.filter(({ isNow }) => !isNow)]
      : held;
  return {
    dots: held.filter(({ protocol, isNow }) => isNow || crowds[protocol].length === 0),
    crowds: { tcp: points(crowds.tcp), udp: points(crowds.udp) },
    listed: inOrder.slice(0, MOST_LISTED),
    unlisted: Math.max(0, held.length - MOST_LISTED),
  };
}

function heldPorts(host: HostView, hot: ReadonlySet<number>): HeldPort[] {
  const ports = new Map<PortKey, SocketView[]>();
  for (const socket of host.sockets) {
    const key = portKey(socket.protocol, socket.local.port);
    ports.set(key, [...(ports.get(key) ?? []), socket]);
  }
  const held = [...ports].flatMap(([key, sockets]): HeldPort[] => {
    const [first] = sockets;
    if (first === undefined) return [];
    const { protocol, local } = first;
    return [
      {
        ...{ key, protocol, port: local.port, sockets },
        x: local.port % SIDE,
        y: Math.floor(local.port / SIDE),
        programs: [...new Set(sockets.flatMap(({ process }) => process?.name ?? []))],
        isNow: sockets.some(({ id }) => hot.has(id)),
      },
    ];
  });
  return held.sort((a, b) => (a.protocol === b.protocol ? a.port - b.port : a.protocol === 'tcp' ? -1 : 1));
}

/** The outline of all numbers from `low` to `high`, in units of one number: rows are full but for the first and the last. */
export function rangePath(low: number, high: number): string {
  const [x1, y1] = [low % SIDE, Math.floor(low / SIDE)];
  const [x2, y2] = [(high % SIDE) + 1, Math.floor(high / SIDE)];
  if (y1 === y2) return `M${x1} ${y1}H${x2}V${y1 + 1}H${x1}Z`;
  const first = `M0 ${y1 + (x1 > 0 ? 1 : 0)}${x1 > 0 ? `H${x1}V${y1}` : ''}H${SIDE}`;
  const last = x2 < SIDE ? `V${y2}H${x2}V${y2 + 1}H0Z` : `V${y2 + 1}H0Z`;
  return first + last;
}

function lensOf(held: readonly HeldPort[]): LensCell[] {
  const named = [...SERVICES, ...CALLERS].flatMap(({ ports }) => ports.map(({ port }) => port));
  const low = held.filter(({ port }) => rangeOf(port) === 'system').map(({ port }) => port);
  const numbers = [...new Set([0, ...named, ...low.slice(0, MOST_UNNAMED)])].sort((a, b) => a - b);
  return numbers.map((port): LensCell => {
    const own = held.filter((each) => each.port === port);
    const tcp = serviceName('tcp', port);
    return {
      port,
      name: tcp ?? serviceName('udp', port) ?? '',
      protocol:
        own[0]?.protocol ?? (tcp === undefined && serviceName('udp', port) !== undefined ? 'udp' : 'tcp'),
      held: own,
      isNow: own.some(({ isNow }) => isNow),
    };
  });
}

export function portMap(scene: Scene, hostId: number | undefined): PortMap | undefined {
  const host = scene.hosts.find(({ id }) => id === hostId) ?? scene.hosts[0];
  if (host === undefined) return undefined;
  const held = heldPorts(host, new Set(scene.step?.sockets ?? []));
  const { low, high } = host.picksFrom;
  const busiest = [...held]
    .map(({ port, sockets }) => ({ port, peers: sockets.filter(({ remote }) => remote.port !== 0).length }))
    .sort((a, b) => b.peers - a.peers)[0];
  return {
    host,
    held,
    ...drawn(held),
    own: { low, high: Math.min(high, MAX_PORT), path: rangePath(low, Math.min(high, MAX_PORT)) },
    lens: lensOf(held),
    shared: busiest !== undefined && busiest.peers > 1 ? busiest : undefined,
  };
}

/** The port to speak of: the chosen one, else the one of this step, else the first that is held. */
export function portInView(
  map: PortMap,
  chosen: { readonly protocol: 'tcp' | 'udp'; readonly port: number } | undefined,
): { readonly protocol: 'tcp' | 'udp'; readonly port: number } | undefined {
  const found = chosen ?? map.held.find(({ isNow }) => isNow) ?? map.held[0];
  return found && { protocol: found.protocol, port: found.port };
}
