// What a host does not let pass: packets that fit a filter are dropped without an answer, or rejected with one. Silence is
// not refusal. Filters are rows of the world; the first that fits decides, and what none fits passes.
import type { Packet, Protocol } from '../wire/packet.js';
import type { FilterId, HostId, World } from '../world/tables.js';

/** One side of a pattern: an address, or any; a range of ports, or any. */
export interface SidePattern {
  readonly address: string | undefined;
  readonly ports: { readonly low: number; readonly high: number } | undefined;
}
export interface Filter {
  readonly host: HostId;
  readonly protocol: Protocol | 'icmp';
  readonly source: SidePattern;
  readonly destination: SidePattern;
  /** `in`: for the host itself, unless it says otherwise; `out`: its own; `forward`: what it would pass on. */
  readonly direction?: Direction;
  /** `drop`, unless it says otherwise. `reject`: ICMP port unreachable, as netfilter answers by default. */
  readonly action?: 'drop' | 'reject';
  /** Only what begins a flow: the rest of a conversation passes. */
  readonly isNewOnly?: boolean;
}
export type Direction = 'in' | 'out' | 'forward';

/** Within a step. */
export function addFilter({ filters, memory }: World, filter: Filter): FilterId {
  const row = filters.rows.create();
  filters.host.set(row, filter.host);
  filters.protocol.set(row, filter.protocol);
  filters.direction.set(row, filter.direction ?? 'in');
  filters.action.set(row, filter.action ?? 'drop');
  filters.isNewOnly.set(row, filter.isNewOnly ?? false);
  const { source, destination } = filter;
  filters.source.set(row, memory.intern(source.address ?? ''));
  filters.sourcePorts.set(row, packed(source.ports));
  filters.destination.set(row, memory.intern(destination.address ?? ''));
  filters.destinationPorts.set(row, packed(destination.ports));
  return row;
}

/** Takes a host's filters away: all, or those that are like this one. Tells how many went. Within a step. */
export function removeFilters(world: World, host: HostId, like?: Filter): number {
  const { filters } = world;
  const model = like && addFilter(world, like);
  const going = [...filters.rows].filter(
    (row) => row !== model && filters.host.get(row) === host && (!model || isAlike(world, row, model)),
  );
  for (const row of going) filters.rows.remove(row);
  if (model) filters.rows.remove(model);
  return going.length;
}

/** What happens to a packet; undefined: it passes. `isNew`: it begins a flow. */
export function filterOf(
  { filters, memory }: World,
  host: HostId,
  packet: Packet,
  direction: Direction,
  isNew: boolean,
): 'drop' | 'reject' | undefined {
  if (filters.rows.count === 0) return undefined;
  const [sourcePort, destinationPort] =
    packet.protocol === 'icmp' ? [0, 0] : [packet.sourcePort, packet.destinationPort];
  for (const row of filters.rows) {
    if (filters.host.get(row) !== host || filters.direction.get(row) !== direction) continue;
    if (filters.protocol.get(row) !== packet.protocol || (filters.isNewOnly.get(row) && !isNew)) continue;
    const source = memory.text(filters.source.get(row));
    const destination = memory.text(filters.destination.get(row));
    const isFitting =
      (source === '' || source === packet.source) &&
      (destination === '' || destination === packet.destination) &&
      isBetween(filters.sourcePorts.get(row), sourcePort) &&
      isBetween(filters.destinationPorts.get(row), destinationPort);
    if (isFitting) return filters.action.get(row);
  }
  return undefined;
}

function isAlike({ filters }: World, one: FilterId, other: FilterId): boolean {
  const { rows: _, host: __, action: ___, ...columns } = filters;
  return Object.values(columns).every((column) => column.get(one) === column.get(other));
}

/** low << 16 | high; 0 stands for every port. */
function packed(ports: SidePattern['ports']): number {
  return ports === undefined ? 0 : ((ports.low << 16) | ports.high) >>> 0;
}

function isBetween(ports: number, port: number): boolean {
  return ports === 0 || (port >= ports >>> 16 && port <= (ports & 0xffff));
}
