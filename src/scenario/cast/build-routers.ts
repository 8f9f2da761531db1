// Routers come to life: two sides, the ways that everybody knows, how they translate, and what they forward.
// A network that is only ever the outside of routers is "the internet": whoever is on it reaches everybody there, whatever
// the prefix; no routing protocol is modelled. Private networks behind a NAT are known to nobody outside.
// A router has two sides and finds its ways from them: a third side, or routes of its own, are more routers on one network.
import {
  addForward,
  addNat,
  NAT_PROFILES,
  type NatBehaviour,
  type NatProfile,
} from '../../net/nat-behaviour.js';
import { setSystem } from '../../ports/profiles.js';
import { primaryAddress } from '../../world/interfaces.js';
import { addRoute } from '../../world/routes.js';
import type { HostId, InterfaceId, NetworkId, World } from '../../world/tables.js';
import { parseEndpoint } from '../atoms/endpoints.js';
import { parseForward } from '../atoms/places.js';
import { parsePortRange } from '../atoms/quantities.js';
import type { RouterSpec } from '../schema/cast-schema.js';
import type { Scenario } from '../schema/schema.js';
import { accepted } from '../text/parsed.js';
import { attach, timeOf } from './attach.js';
import type { Directory } from './directory.js';

/** A router's outside is its first interface, so that its name means its outside address. */
export const OUTSIDE = 'eth0';
export const INSIDE = 'eth1';

export function createRouter(world: World, directory: Directory, name: string, spec: RouterSpec): void {
  const host = world.hosts.rows.create();
  world.hosts.name.set(host, name);
  world.hosts.forwards.set(host, true);
  setSystem(world, host, 'linux');
  directory.hosts.set(name, host);
  attach(world, host, spec.outside.ip, directory.networks.get(spec.outside.net), OUTSIDE);
  attach(world, host, spec.inside.ip, directory.networks.get(spec.inside.net), INSIDE);
}

/** How it translates, and its rules: once everybody has an address. */
export function addRules(world: World, directory: Directory, name: string, spec: RouterSpec): void {
  const host = directory.hosts.get(name);
  if (host === undefined) return;
  if (spec.nat !== 'off') addNat(world, host, OUTSIDE, behaviourOf(spec.nat));
  for (const [key, to] of Object.entries(spec.forward ?? {})) {
    const { protocol, port } = accepted(parseForward(key));
    const target = directory.resolve(accepted(parseEndpoint(to)), host, undefined);
    if (target !== undefined) forwardPort(world, host, protocol, port, target);
  }
}

/** What comes for this port of the outside address goes there. */
export function forwardPort(
  world: World,
  host: HostId,
  protocol: 'tcp' | 'udp',
  port: number,
  to: { readonly address: string; readonly port: number },
): void {
  const address = primaryAddress(world, host, 4, OUTSIDE) ?? '';
  addForward(world, host, { protocol, address, port, to });
}

function behaviourOf(spec: Exclude<RouterSpec['nat'], 'off'>): NatBehaviour {
  if (spec === undefined || typeof spec === 'string') return NAT_PROFILES[(spec ?? 'home') as NatProfile];
  const { mapping, filtering, ports, hairpin, idle, unsolicited } = spec;
  const idleUdp = timeOf(idle?.udp);
  const idleTcp = timeOf(idle?.tcp);
  return {
    ...NAT_PROFILES.home,
    ...(mapping ? { mapping } : {}),
    ...(filtering ? { filtering } : {}),
    ...portsOf(ports),
    ...(hairpin === undefined ? {} : { hairpins: hairpin }),
    ...(unsolicited ? { unsolicited } : {}),
    ...(idleUdp === undefined ? {} : { idleUdp }),
    ...(idleTcp === undefined ? {} : { idleTcp }),
  };
}

type Ports = Exclude<RouterSpec['nat'], string | undefined>['ports'];

function portsOf(ports: Ports): Partial<NatBehaviour> {
  if (ports === undefined) return {};
  if (Array.isArray(ports)) return { ports: 'sequential', list: ports.map(Number) };
  if (ports === 'preserve' || ports === 'random') return { ports };
  if (ports === 'sequential') return { ports, range: { low: 1024, high: 65535 } };
  const { first, last } = accepted(parsePortRange(ports));
  return { ports: 'sequential', range: { low: first, high: last } };
}

/** The way out for whoever is inside; everybody's neighbours on the internet; and what lies behind a router without NAT. */
export function addRoutes(world: World, directory: Directory, scenario: Scenario): void {
  const routers = Object.entries(scenario.routers ?? {});
  const insides = new Set(routers.map(([, spec]) => spec.inside.net));
  for (const [name, spec] of routers) {
    const gateway = directory.hosts.get(name);
    const inside = directory.networks.get(spec.inside.net);
    const outside = directory.networks.get(spec.outside.net);
    if (!gateway || inside === undefined || outside === undefined) continue;
    const via = primaryAddress(world, gateway, 4, INSIDE) ?? '';
    for (const { host, device } of attached(world, inside))
      if (host !== gateway && !hasDefault(world, host) && !isOn(world, host, outside))
        addRoute(world, host, { destination: '0.0.0.0', prefix: 0, via, device });
    if (spec.nat === 'off') leadInside(world, gateway, outside, via);
    if (!insides.has(spec.outside.net)) joinAll(world, outside);
  }
}

/** Everybody outside knows the way to what lies inside. */
function leadInside(world: World, gateway: HostId, outside: NetworkId, address: string): void {
  const via = primaryAddress(world, gateway, 4, OUTSIDE) ?? '';
  const row = [...world.interfaces.rows].find(
    (id) =>
      world.interfaces.host.get(id) === gateway &&
      world.memory.text(world.interfaces.address.get(id)) === address,
  );
  const prefix = row === undefined ? 24 : world.interfaces.prefix.get(row);
  for (const { host, device } of attached(world, outside))
    if (host !== gateway) addRoute(world, host, { destination: address, prefix, via, device });
}

/** Each of them reaches the others directly. */
function joinAll(world: World, network: NetworkId): void {
  const members = [...attached(world, network)];
  for (const { host, device } of members)
    for (const other of members) {
      if (other.host === host || other.address.includes(':')) continue;
      addRoute(world, host, { destination: other.address, prefix: 32, via: '', device });
    }
}

interface Attached {
  readonly id: InterfaceId;
  readonly host: HostId;
  readonly device: string;
  readonly address: string;
}
function* attached({ interfaces, memory }: World, network: NetworkId): Generator<Attached> {
  for (const id of interfaces.rows) {
    const host = interfaces.host.get(id);
    if (!host || interfaces.network.get(id) !== network) continue;
    yield { id, host, device: interfaces.device.get(id), address: memory.text(interfaces.address.get(id)) };
  }
}

function isOn(world: World, host: HostId, network: NetworkId): boolean {
  return [...attached(world, network)].some((each) => each.host === host);
}

function hasDefault({ routes }: World, host: HostId): boolean {
  return [...routes.rows].some((row) => routes.host.get(row) === host && routes.prefix.get(row) === 0);
}
