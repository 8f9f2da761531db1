// What a host does not let pass: packets that fit a rule are dropped without an answer, or refused with one. Silence is not
// refusal. Rules are rows of the world; the first that fits decides, and what none fits passes.
import { flagWord } from '../wire/notation.js';
import type { Packet, Protocol } from '../wire/packet.js';
import { addressesOf } from '../world/interfaces.js';
import type { FILTER_ACTIONS } from '../world/router-tables.js';
import type { FilterId, HostId, World } from '../world/tables.js';

/** One side of a pattern: an address, whichever address a host has at the time, or any; a range of ports, or any. */
export interface SidePattern {
  readonly address: string | undefined;
  readonly ofHost?: HostId | undefined;
  readonly ports: { readonly low: number; readonly high: number } | undefined;
}
/** Which packets a rule is about. */
export interface FilterPattern {
  readonly protocol: Protocol | 'icmp';
  /** What a segment mainly does (`SYN`), or what an error says (`port-unreachable`); all of them if absent. */
  readonly word?: string | undefined;
  readonly source: SidePattern;
  readonly destination: SidePattern;
}
export interface Filter extends FilterPattern {
  readonly host: HostId;
  /** `incoming`, unless it says otherwise: for the host itself, and what it would pass on. */
  readonly direction?: Direction | 'incoming';
  /** `drop`, unless it says otherwise; else what its sender is told. */
  readonly action?: FilterAction;
  /** Only what begins a flow: the rest of a conversation passes. Netfilter `ct state new`. */
  readonly isNewOnly?: boolean;
  /** For so many packets, then the rule is gone; absent: for ever. */
  readonly times?: number;
}
/** `in`: for the host itself; `out`: its own; `forward`: what it would pass on. */
export type Direction = 'in' | 'out' | 'forward';
export type FilterAction = (typeof FILTER_ACTIONS)[number];

/** Within a step. */
export function addFilter({ filters, memory }: World, filter: Filter): FilterId {
  const row = filters.rows.create();
  filters.host.set(row, filter.host);
  filters.protocol.set(row, filter.protocol);
  filters.word.set(row, filter.word ?? '');
  filters.direction.set(row, filter.direction ?? 'incoming');
  filters.action.set(row, filter.action ?? 'drop');
  filters.isNewOnly.set(row, filter.isNewOnly ?? false);
  filters.left.set(row, filter.times ?? 0);
  const { source, destination } = filter;
  filters.source.set(row, memory.intern(source.address ?? ''));
  filters.sourceHost.set(row, source.ofHost ?? 0);
  filters.sourcePorts.set(row, packed(source.ports));
  filters.destination.set(row, memory.intern(destination.address ?? ''));
  filters.destinationHost.set(row, destination.ofHost ?? 0);
  filters.destinationPorts.set(row, packed(destination.ports));
  return row;
}

/** Takes a host's rules away: all, or those with this pattern, whatever they do and when. Within a step. How many it took. */
export function removeFilters(world: World, host: HostId, pattern?: FilterPattern): number {
  const { filters } = world;
  const taken = [...filters.rows].filter(
    (row) => filters.host.get(row) === host && (!pattern || isAbout(world, row, pattern)),
  );
  for (const row of taken) filters.rows.remove(row);
  return taken.length;
}

/** What happens to a packet; undefined: it passes. `isNew`: it begins a flow. Counts down a rule that is not for ever. */
export function applyFilters(
  world: World,
  host: HostId,
  packet: Packet,
  direction: Direction,
  isNew: boolean,
): FilterAction | undefined {
  const { filters, memory } = world;
  if (filters.rows.count === 0) return undefined;
  const [sourcePort, destinationPort] =
    packet.protocol === 'icmp' ? [0, 0] : [packet.sourcePort, packet.destinationPort];
  for (const row of filters.rows) {
    if (filters.host.get(row) !== host || filters.protocol.get(row) !== packet.protocol) continue;
    const way = filters.direction.get(row);
    if (way === 'incoming' ? direction === 'out' : way !== direction) continue;
    if (filters.isNewOnly.get(row) && !isNew) continue;
    const source = memory.text(filters.source.get(row));
    const destination = memory.text(filters.destination.get(row));
    const word = filters.word.get(row);
    const isFitting =
      (source === '' || source === packet.source) &&
      isOf(world, filters.sourceHost.get(row), packet.source) &&
      (destination === '' || destination === packet.destination) &&
      isOf(world, filters.destinationHost.get(row), packet.destination) &&
      isBetween(filters.sourcePorts.get(row), sourcePort) &&
      isBetween(filters.destinationPorts.get(row), destinationPort) &&
      (word === '' || word === wordOf(packet));
    if (!isFitting) continue;
    const action = filters.action.get(row);
    const left = filters.left.get(row);
    if (left > 1) filters.left.set(row, left - 1);
    else if (left === 1) filters.rows.remove(row);
    return action;
  }
  return undefined;
}

/** Does the host have this address on an interface? 0 asks for no host. */
function isOf(world: World, host: HostId | 0, address: string): boolean {
  return host === 0 || addressesOf(world, host).includes(address);
}

function isAbout({ filters, memory }: World, row: FilterId, pattern: FilterPattern): boolean {
  const { protocol, word, source, destination } = pattern;
  return (
    filters.protocol.get(row) === protocol &&
    filters.word.get(row) === (word ?? '') &&
    memory.text(filters.source.get(row)) === (source.address ?? '') &&
    filters.sourceHost.get(row) === (source.ofHost ?? 0) &&
    memory.text(filters.destination.get(row)) === (destination.address ?? '') &&
    filters.destinationHost.get(row) === (destination.ofHost ?? 0) &&
    filters.sourcePorts.get(row) === packed(source.ports) &&
    filters.destinationPorts.get(row) === packed(destination.ports)
  );
}

function wordOf(packet: Packet): string {
  if (packet.protocol === 'icmp') return packet.error;
  return packet.protocol === 'tcp' ? flagWord(packet) : '';
}

/** low << 16 | high. */
function packed(ports: SidePattern['ports']): number {
  const { low, high } = ports ?? { low: 0, high: 65535 };
  return ((low << 16) | high) >>> 0;
}

function isBetween(ports: number, port: number): boolean {
  return port >= ports >>> 16 && port <= (ports & 0xffff);
}
