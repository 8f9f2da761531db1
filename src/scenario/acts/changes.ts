// Lines whose actor is a host or a router: what somebody does to it from outside, each one step. Processes: acts.ts.
import { addFilter, removeFilters } from '../../net/firewall.js';
import { assignToFirst, unassignAddress } from '../../net/lab.js';
import { endRow } from '../../net/nat-timers.js';
import { restart } from '../../net/restart.js';
import type { Simulation } from '../../net/simulation.js';
import type { HostChange } from '../../world/facts.js';
import { flowsOf } from '../../world/flows.js';
import { addressesOf } from '../../world/interfaces.js';
import { setSysctl } from '../../world/sysctls.js';
import type { HostId } from '../../world/tables.js';
import { parseEndpoint } from '../atoms/endpoints.js';
import { parseHostAddress } from '../atoms/places.js';
import { DEFAULT_PREFIX } from '../cast/attach.js';
import { forwardPort } from '../cast/build-routers.js';
import type { Directory } from '../cast/directory.js';
import { filterOf, patternOf } from '../cast/filters.js';
import type { ActLine } from '../schema/lines.js';
import { settingOf } from '../schema/short-forms.js';
import { accepted } from '../text/parsed.js';
import type { Flaw } from '../text/problems.js';

/** Done within a step; what it gives back is why there was nothing to do. */
export type Change = () => Flaw | undefined;

/** What the line does to the world; undefined: this version does not play it. */
export function changeOf(
  simulation: Simulation,
  directory: Directory,
  { actor, act }: ActLine,
): Change | undefined {
  const host = directory.hosts.get(actor.name);
  if (host === undefined) return undefined;
  const { world } = simulation;
  const tried = (change: HostChange, text: string, work: Change): Change => {
    return () => {
      simulation.log.add({ kind: 'changed', host, change, text });
      return work();
    };
  };
  const told: Told = (change, text, work) =>
    tried(change, text, () => {
      work();
      return undefined;
    });
  if (act.assign !== undefined) {
    const at = accepted(parseHostAddress(act.assign));
    if (at.kind === 'param') return undefined;
    const prefix = at.prefix ?? DEFAULT_PREFIX[at.address.includes(':') ? 6 : 4];
    return tried('assign', at.address, () =>
      assignToFirst(world, host, at.address, prefix) === undefined
        ? {
            code: 'already-there',
            message: `\`${actor.name}\` has \`${at.address}\` already`,
            hint: 'assign another, or `unassign` it first',
          }
        : undefined,
    );
  }
  if (act.unassign !== undefined) {
    const at = accepted(parseHostAddress(act.unassign));
    return at.kind === 'param'
      ? undefined
      : tried('unassign', at.address, () =>
          unassignAddress(world, host, at.address)
            ? undefined
            : notThere(`\`${actor.name}\` does not have \`${at.address}\``, addressesOf(world, host)),
        );
  }
  for (const verb of ['block', 'reject'] as const) {
    const packet = act[verb];
    if (packet === undefined) continue;
    const filter = filterOf(world, directory, host, verb, { ...act, packet });
    return told(verb, ruleText(packet, act), () => void addFilter(world, filter));
  }
  if (act.unblock !== undefined) {
    const { unblock } = act;
    if (unblock === 'all') return told('unblock', 'everything', () => void removeFilters(world, host));
    const pattern = patternOf(world, directory, host, unblock);
    return tried('unblock', unblock, () =>
      removeFilters(world, host, pattern) > 0
        ? undefined
        : {
            code: 'not-there',
            message: `\`${actor.name}\` has no rule about \`${unblock}\` at this point`,
            hint: 'write the packet as in the `block` or `reject` that made it, or `unblock: all`',
          },
    );
  }
  if (act.forward !== undefined) return forwarding(simulation, directory, host, act.forward, act.to, told);
  if (act.sysctl !== undefined) {
    const settings = Object.entries(act.sysctl).map(([name, value]) => [name, settingOf(value)] as const);
    const text = settings.map(([name, value]) => `${name} = ${value}`).join(', ');
    return told('sysctl', text, () => {
      for (const [name, value] of settings) setSysctl(world, host, name, value);
    });
  }
  if ('restart' in act) return told('restart', '', () => restart(simulation, host));
  if ('forget' in act)
    return told('forget', '', () => {
      for (const flow of [...flowsOf(world, host)]) endRow(simulation, flow, 'forgotten');
    });
  return undefined;
}

type Told = (change: HostChange, text: string, work: () => void) => Change;

function notThere(what: string, addresses: readonly string[]): Flaw {
  const has = addresses.length === 0 ? 'it has none' : `it has ${addresses.join(', ')}`;
  return { code: 'not-there', message: `${what} at this point`, hint: has };
}

/** The rule as it is written, with what stands beside it. */
function ruleText(packet: string, act: ActLine['act']): string {
  const beside = (['state', 'direction', 'with', 'times'] as const).flatMap((key) =>
    act[key] === undefined ? [] : [`, ${key}: ${act[key]}`],
  );
  return `${packet}${beside.join('')}`;
}

function forwarding(
  { world }: Simulation,
  directory: Directory,
  host: HostId,
  from: string | number,
  to: string | number | undefined,
  told: Told,
): Change | undefined {
  const port = directory.resolve(accepted(parseEndpoint(from)), host, undefined);
  const target =
    to === undefined ? undefined : directory.resolve(accepted(parseEndpoint(to)), host, undefined);
  if (port === undefined || target === undefined) return undefined;
  const protocol = port.protocol ?? 'tcp';
  return told('forward', `${protocol} ${port.port} to ${String(to)}`, () =>
    forwardPort(world, host, protocol, port.port, target),
  );
}
