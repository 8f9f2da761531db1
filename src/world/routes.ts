// By which interface, and to whom on its link, does a packet leave? Longest prefix first, RFC 1812 §5.2.4.3: a host's own
// networks, then its routes; a default route is one of prefix 0. Reading tables only; who carries it is ../net/.
import { type Address, isInPrefix, parseAddress } from '../wire/address.js';
import type { HostId, InterfaceId, NetworkId, World } from './tables.js';

export interface Way {
  /** The interface row that a packet leaves by: its address is the source of what has none yet. */
  readonly from: InterfaceId;
  readonly device: string;
  /** 0 for an interface that is on no network. */
  readonly network: NetworkId | 0;
  /** Whose address is asked for on the link: the destination's, or a router's. */
  readonly nextHop: string;
}

/** Undefined: no way there (ENETUNREACH, or ICMP net unreachable from a router). */
export function findWay(world: World, host: HostId, destination: string): Way | undefined {
  const wanted = parseAddress(destination);
  if (wanted === undefined) return undefined;
  const own = onOwnNetwork(world, host, wanted);
  const route = bestRoute(world, host, wanted);
  if (own !== undefined && (route === undefined || own.prefix >= route.prefix))
    return wayFrom(world, own.id, destination);
  if (route === undefined) return undefined;
  const nextHop = route.via || destination;
  const via = parseAddress(nextHop);
  const towards = via && onOwnNetwork(world, host, via, route.device);
  const id = towards?.id ?? firstOfDevice(world, host, route.device, wanted.family);
  return id && { ...wayFrom(world, id, destination), nextHop };
}

/** Makes a host know a way. `via` '': the destinations are on the link of `device` themselves. Within a step. */
export function addRoute(
  world: World,
  host: HostId,
  route: { destination: string; prefix: number; via: string; device: string },
): void {
  const { routes, memory } = world;
  const row = routes.rows.create();
  routes.host.set(row, host);
  routes.destination.set(row, memory.intern(route.destination));
  routes.prefix.set(row, route.prefix);
  routes.via.set(row, memory.intern(route.via));
  routes.device.set(row, route.device);
}

function wayFrom({ interfaces }: World, id: InterfaceId, nextHop: string): Way {
  return { from: id, device: interfaces.device.get(id), network: interfaces.network.get(id), nextHop };
}

/** The first interface row of the longest prefix that holds the address. */
function onOwnNetwork(
  { interfaces, memory }: World,
  host: HostId,
  wanted: Address,
  device?: string,
): { readonly id: InterfaceId; readonly prefix: number } | undefined {
  let best: { id: InterfaceId; prefix: number } | undefined;
  for (const id of interfaces.rows) {
    if (interfaces.host.get(id) !== host) continue;
    if (device !== undefined && device !== '' && interfaces.device.get(id) !== device) continue;
    const prefix = interfaces.prefix.get(id);
    const own = parseAddress(memory.text(interfaces.address.get(id)));
    const isBetter = best === undefined || prefix > best.prefix;
    if (own !== undefined && isBetter && isInPrefix(wanted, own, prefix)) best = { id, prefix };
  }
  return best;
}

function bestRoute({ routes, memory }: World, host: HostId, wanted: Address) {
  let best: { via: string; device: string; prefix: number } | undefined;
  for (const row of routes.rows) {
    if (routes.host.get(row) !== host) continue;
    const prefix = routes.prefix.get(row);
    const network = parseAddress(memory.text(routes.destination.get(row)));
    if (network === undefined || (best !== undefined && prefix <= best.prefix)) continue;
    if (isInPrefix(wanted, network, prefix))
      best = { via: memory.text(routes.via.get(row)), device: routes.device.get(row), prefix };
  }
  return best;
}

function firstOfDevice(
  { interfaces, memory }: World,
  host: HostId,
  device: string,
  family: 4 | 6,
): InterfaceId | undefined {
  for (const id of interfaces.rows) {
    const isHere = interfaces.host.get(id) === host && interfaces.device.get(id) === device;
    const isV6 = memory.text(interfaces.address.get(id)).includes(':');
    if (isHere && isV6 === (family === 6)) return id;
  }
  return undefined;
}
