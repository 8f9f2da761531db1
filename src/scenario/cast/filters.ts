// Firewalls as authors write them: `block` drops without a word, `reject` answers. Rules stand before what a host takes in
// and, on a router, before what it passes on. How they are written: filter-schema.ts; what one does: ../net/firewall.ts.
import { addFilter, type Filter, type FilterPattern } from '../../net/firewall.js';
import type { HostId, World } from '../../world/tables.js';
import { type PortsPattern, parsePacketPattern, type SidePattern } from '../atoms/packets.js';
import { mostOf } from '../atoms/quantities.js';
import type { FilterSpec, FirewallSpec } from '../schema/filter-schema.js';
import { filterSpecOf, listOf } from '../schema/short-forms.js';
import { accepted } from '../text/parsed.js';
import type { Directory } from './directory.js';

export type FilterVerb = 'block' | 'reject';

export function addFilters(world: World, directory: Directory, name: string, spec: FirewallSpec): void {
  const host = directory.hosts.get(name);
  if (host === undefined) return;
  for (const verb of ['block', 'reject'] as const)
    for (const written of listOf(spec[verb]))
      addFilter(world, filterOf(world, directory, host, verb, filterSpecOf(written)));
}

export function filterOf(
  world: World,
  directory: Directory,
  host: HostId,
  verb: FilterVerb,
  spec: FilterSpec,
): Filter {
  const times = spec.times === undefined ? undefined : mostOf(spec.times);
  return {
    host,
    ...patternOf(world, directory, host, spec.packet),
    action: verb === 'block' ? 'drop' : (spec.with ?? 'port-unreachable'),
    ...(spec.direction === undefined ? {} : { direction: spec.direction }),
    isNewOnly: spec.state === 'new',
    ...(times === undefined ? {} : { times }),
  };
}

export function patternOf(world: World, directory: Directory, host: HostId, text: string): FilterPattern {
  const pattern = accepted(parsePacketPattern(text));
  const side = ({ place, ports }: SidePattern): FilterPattern['source'] => {
    const ofHost = place.kind === 'name' ? directory.hosts.get(place.name) : undefined;
    const isOpen = place.kind === 'any' || place.kind === 'name';
    return {
      address: isOpen ? undefined : directory.addressOf(place, host),
      ofHost,
      ports: portsOf(world, directory, place.kind === 'name' ? ofHost : host, ports),
    };
  };
  const word =
    pattern.protocol === 'tcp' ? pattern.flag : pattern.protocol === 'icmp' ? pattern.message : undefined;
  return {
    protocol: pattern.protocol,
    word,
    source: side(pattern.source),
    destination: side(pattern.destination),
  };
}

/** `ephemeral` is the range that the host of that side has now; of nobody in particular, the firewall's own. */
function portsOf(
  { hosts }: World,
  directory: Directory,
  host: HostId | undefined,
  ports: PortsPattern,
): FilterPattern['source']['ports'] {
  switch (ports.kind) {
    case 'any':
      return undefined;
    case 'range':
      return { low: ports.first, high: ports.last };
    case 'ephemeral':
      return host && { low: hosts.ephemeralLow.get(host), high: hosts.ephemeralHigh.get(host) };
    default: {
      const port = directory.portOf(ports);
      return { low: port, high: port };
    }
  }
}
