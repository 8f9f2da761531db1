// Lines whose actor is a host or a router: what somebody does to it from outside, each one step. Processes: acts.ts.
import { addFilter, removeFilters } from '../../net/firewall.js';
import { endRow } from '../../net/nat-timers.js';
import type { Simulation } from '../../net/simulation.js';
import type { HostChange } from '../../world/facts.js';
import { flowsOf } from '../../world/flows.js';
import type { HostId } from '../../world/tables.js';
import { parseEndpoint } from '../atoms/endpoints.js';
import { parseHostAddress } from '../atoms/places.js';
import { DEFAULT_PREFIX } from '../cast/attach.js';
import { forwardPort } from '../cast/build-routers.js';
import type { Directory } from '../cast/directory.js';
import { filtersOf } from '../cast/filters.js';
import type { ActLine } from '../schema/lines.js';
import { accepted } from '../text/parsed.js';

/** What the line does to the world, within a step; undefined: this version does not play it. */
export function changeOf(
  simulation: Simulation,
  directory: Directory,
  { actor, act }: ActLine,
): (() => void) | undefined {
  const host = directory.hosts.get(actor.name);
  if (host === undefined) return undefined;
  const { world } = simulation;
  const told = (change: HostChange, text: string, work: () => void) => () => {
    simulation.log.add({ kind: 'changed', host, change, text });
    work();
  };
  if (act.assign !== undefined) {
    const at = accepted(parseHostAddress(act.assign));
    if (at.kind === 'param') return undefined;
    const prefix = at.prefix ?? DEFAULT_PREFIX[at.address.includes(':') ? 6 : 4];
    return told('assign', at.address, () => simulation.assign(host, at.address, prefix));
  }
  if (act.unassign !== undefined) {
    const at = accepted(parseHostAddress(act.unassign));
    return at.kind === 'param'
      ? undefined
      : told('unassign', at.address, () => void simulation.unassign(host, at.address));
  }
  if (act.block !== undefined) {
    const pattern = act.block;
    const filters = filtersOf(world, directory, actor.name, pattern);
    return act.times === undefined
      ? told('block', pattern, () => filters.forEach((filter) => void addFilter(world, filter)))
      : undefined;
  }
  if (act.unblock !== undefined) {
    const pattern = act.unblock;
    const filters = pattern === 'all' ? [] : filtersOf(world, directory, actor.name, pattern);
    return told('unblock', pattern === 'all' ? 'everything' : pattern, () => {
      if (pattern === 'all') removeFilters(world, host);
      for (const filter of filters) removeFilters(world, host, filter);
    });
  }
  if (act.forward !== undefined) return forwarding(simulation, directory, host, act.forward, act.to, told);
  if ('forget' in act)
    return told('forget', '', () => {
      for (const flow of [...flowsOf(world, host)]) endRow(simulation, flow, 'forgotten');
    });
  return undefined;
}

function forwarding(
  { world }: Simulation,
  directory: Directory,
  host: HostId,
  from: string | number,
  to: string | number | undefined,
  told: (change: HostChange, text: string, work: () => void) => () => void,
): (() => void) | undefined {
  const port = directory.resolve(accepted(parseEndpoint(from)), host, undefined);
  const target =
    to === undefined ? undefined : directory.resolve(accepted(parseEndpoint(to)), host, undefined);
  if (port === undefined || target === undefined) return undefined;
  const protocol = port.protocol ?? 'tcp';
  return told('forward', `${protocol} ${port.port} to ${String(to)}`, () =>
    forwardPort(world, host, protocol, port.port, target),
  );
}
