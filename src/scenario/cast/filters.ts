// Firewalls as authors write them: `block` drops without a word, `reject` answers. On a router they stand before what it
// passes on and before itself; on a host before itself. What a filter does: ../net/firewall.ts.
import { addFilter, type Direction, type Filter } from '../../net/firewall.js';
import type { HostId, World } from '../../world/tables.js';
import { parsePacketPattern, type SidePattern } from '../atoms/packets.js';
import { listOf } from '../schema/shapes.js';
import { accepted } from '../text/parsed.js';
import type { Directory } from './directory.js';

interface Spec {
  readonly block?: string | readonly string[] | undefined;
  readonly reject?: string | readonly string[] | undefined;
}

export function addFilters(world: World, directory: Directory, name: string, spec: Spec): void {
  for (const [key, action] of [
    ['block', 'drop'],
    ['reject', 'reject'],
  ] as const)
    for (const pattern of listOf(spec[key]))
      for (const filter of filtersOf(world, directory, name, pattern))
        addFilter(world, { ...filter, action });
}

/** One for each direction that the host knows. */
export function filtersOf(world: World, directory: Directory, name: string, text: string): Filter[] {
  const host = directory.hosts.get(name);
  if (host === undefined) throw new Error(`no host ${name}`);
  const directions: Direction[] = world.hosts.forwards.get(host) ? ['in', 'forward'] : ['in'];
  return directions.map((direction) => ({ ...filterOf(directory, host, text), direction }));
}

function filterOf(directory: Directory, host: HostId, text: string): Filter {
  const pattern = accepted(parsePacketPattern(text));
  const side = ({ place, ports }: SidePattern): Filter['source'] => ({
    address: place.kind === 'any' ? undefined : directory.addressOf(place, host),
    ports:
      ports.kind === 'number'
        ? { low: ports.port, high: ports.port }
        : ports.kind === 'range'
          ? { low: ports.first, high: ports.last }
          : undefined,
  });
  return {
    host,
    protocol: pattern.protocol,
    source: side(pattern.source),
    destination: side(pattern.destination),
  };
}
