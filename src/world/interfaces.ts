// Whose address is this, by which interface does a packet leave, and from which address: reading the interfaces table.
// Ways beyond its own networks are routes.ts. Every host has 127/8 and ::1 on its interface `lo` beside what the table says.
import { type Address, isInPrefix, kindOf, parseAddress } from '../wire/address.js';
import { findWay } from './routes.js';
import type { HostId, InterfaceId, NetworkId, World } from './tables.js';

export const LOOPBACK = '127.0.0.1';
export const LOOPBACK_V6 = '::1';

/** Interfaces of a host in the order they were given; the first is the primary one. */
export function interfacesOf({ interfaces }: World, host: HostId): readonly InterfaceId[] {
  const own: InterfaceId[] = [];
  for (const id of interfaces.rows) if (interfaces.host.get(id) === host) own.push(id);
  return own;
}

/** An interface that has none yet is on its network all the same: it hears broadcasts. */
export function addressesOf(world: World, host: HostId): string[] {
  return interfacesOf(world, host)
    .map((id) => world.memory.text(world.interfaces.address.get(id)))
    .filter((address) => address !== '');
}

/** Is this one of the host's own addresses? All of 127/8 and ::1 are, on every host. */
export function isLocalAddress(world: World, host: HostId, address: string): boolean {
  return kindOf(address) === 'loopback' || interfaceWith(world, host, address) !== undefined;
}

/** The host's interface with this address; '' is none. */
function interfaceWith(
  { interfaces, memory }: World,
  host: HostId,
  address: string,
): InterfaceId | undefined {
  const code = memory.code(address);
  if (!code) return undefined;
  for (const id of interfaces.rows)
    if (interfaces.address.get(id) === code && interfaces.host.get(id) === host) return id;
  return undefined;
}

/** May a socket be bound to it? Own addresses, and for IPv4 broadcast and multicast ones too (Linux, as recorded). */
export function isBindable(world: World, host: HostId, address: string): boolean {
  const kind = kindOf(address);
  if (kind === 'any' || kind === 'broadcast' || isLocalAddress(world, host, address)) return true;
  if (address.includes(':')) return false;
  return kind === 'multicast' || isSubnetBroadcast(world, host, address);
}

/** The last address of a network that the host is on: RFC 1122 §3.2.1.3 (d). */
export function isSubnetBroadcast(world: World, host: HostId, address: string): boolean {
  const wanted = parseAddress(address);
  if (wanted?.family !== 4) return false;
  const { interfaces, memory } = world;
  for (const id of interfaces.rows) {
    if (interfaces.host.get(id) !== host) continue;
    const prefix = interfaces.prefix.get(id);
    if (prefix >= 31 || !isAllOnes(wanted, prefix)) continue;
    const own = parseAddress(memory.text(interfaces.address.get(id)));
    if (own?.family === 4 && isInPrefix(wanted, own, prefix)) return true;
  }
  return address === '127.255.255.255';
}

/** Behind the prefix. */
function isAllOnes({ bytes }: Address, prefix: number): boolean {
  for (let index = bytes.length - 1; 8 * index + 8 > prefix; index--) {
    const mask = 0xff >> Math.max(0, prefix - 8 * index);
    if (((bytes[index] ?? 0) & mask) !== mask) return false;
  }
  return true;
}

/**
 * A loopback address may not be the source of what leaves the host: RFC 1122 §3.2.1.3 (g). To a group it stays inside,
 * and so does everything that a socket tied to `lo` sends; tied to another interface, 127/8 lies outside (Linux).
 */
export function leavesFromLoopback(
  world: World,
  host: HostId,
  source: string,
  destination: string,
  tied: string,
): boolean {
  if (kindOf(source) !== 'loopback' || source.includes(':') || tied === 'lo') return false;
  const kind = kindOf(destination);
  const isOwn = isLocalAddress(world, host, destination);
  if (tied !== '') return !isOwn || kind === 'loopback';
  return !isOwn && kind !== 'broadcast' && kind !== 'multicast';
}

/** Is it for every host that hears it: a broadcast of a network that the host is on, or a group? */
export function isForMany(world: World, host: HostId, address: string): boolean {
  const kind = kindOf(address);
  return kind === 'broadcast' || kind === 'multicast' || isSubnetBroadcast(world, host, address);
}

/** The same by one interface: the broadcast address of a network elsewhere is an address like any other there (Linux). */
export function isForManyBy(world: World, host: HostId, address: string, device: string): boolean {
  const isElsewhere = device === 'lo' && kindOf(address) === 'unicast';
  return !isElsewhere && isForMany(world, host, address);
}

/** May a packet come from it? Neither from "any" nor from an address that many hear. */
export function isSource(world: World, host: HostId, address: string): boolean {
  return ['unicast', 'loopback'].includes(kindOf(address)) && !isSubnetBroadcast(world, host, address);
}

/** Linux: over IPv4 nothing is sent from an address that is not the host's own, though a socket may be bound to it. */
export function isForeignSource(world: World, host: HostId, address: string): boolean {
  return !address.includes(':') && isSource(world, host, address) && !isLocalAddress(world, host, address);
}

/** The interface that has an own address: what is sent to it arrives there, though it never leaves the host (Linux). */
export function deviceOf(world: World, host: HostId, address: string): string {
  const id = interfaceWith(world, host, address);
  return id === undefined ? 'lo' : world.interfaces.device.get(id);
}

/** An Ethernet frame's, RFC 894; of the loopback interface as Linux has it; what IPv6 asks of every link, RFC 8200 §5. */
const USUAL_MTU = 1500;
const LOOPBACK_MTU = 65536;
const LEAST_MTU_6 = 1280;

/**
 * The largest packet between two addresses, the first an own one, as far as the interface that has it says. What stays
 * inside the host goes by `lo`, whatever its addresses.
 */
export function mtuBetween(world: World, host: HostId, local: string, remote: string): number {
  const { interfaces, memory } = world;
  let mtu = LOOPBACK_MTU;
  for (const id of interfaces.rows) {
    if (interfaces.host.get(id) !== host) continue;
    const address = memory.text(interfaces.address.get(id));
    if (address === remote) return LOOPBACK_MTU;
    if (address === local) mtu = mtuOf(world, interfaces.network.get(id), remote.includes(':'));
  }
  return mtu;
}

/** The largest packet that a network carries. */
export function mtuOf({ networks }: World, network: NetworkId | 0, isV6: boolean): number {
  const mtu = (network && networks.mtu.get(network)) || USUAL_MTU;
  return isV6 ? Math.max(LEAST_MTU_6, mtu) : mtu;
}

/** The host that answers to this address, undefined if none does. Loopback addresses are nobody's from outside. */
export function hostOfAddress(world: World, address: string): HostId | undefined {
  const { interfaces, memory } = world;
  const code = memory.code(address);
  for (const id of interfaces.rows) {
    const host = interfaces.host.get(id);
    if (host && interfaces.address.get(id) === code) return host;
  }
  return undefined;
}

/** The host's interface whose network the address lies on. */
export function interfaceTowards(world: World, host: HostId, address: string): InterfaceId | undefined {
  const wanted = parseAddress(address);
  if (wanted === undefined) return undefined;
  for (const { id, own, prefix } of networksOf(world, host)) if (isInPrefix(wanted, own, prefix)) return id;
  return undefined;
}

/**
 * The source address of a packet to `destination`: the destination itself when it is the host's own (Linux: 127.0.0.1
 * for any other 127.x.y.z), else the primary address of the interface towards it; undefined if there is no way.
 * `tied`: the interface that it must leave by, '' for any (SO_BINDTODEVICE).
 */
export function sourceAddressFor(
  world: World,
  host: HostId,
  destination: string,
  tied = '',
): string | undefined {
  const kind = kindOf(destination);
  if (tied !== '' && !leadsTo(world, host, tied, destination)) {
    const isBelieved = !destination.includes(':') && kind !== 'broadcast' && kind !== 'multicast';
    // Linux: IPv4 believes that the interface leads to whatever is sent by it (ip_route_output_key_hash_rcu).
    const isV4 = (each: string) => !each.includes(':');
    return isBelieved ? (primaryAddress(world, host, 4) ?? addressesOf(world, host).find(isV4)) : undefined;
  }
  if (kind === 'loopback') return destination.includes(':') ? destination : LOOPBACK;
  if (isLocalAddress(world, host, destination)) return destination;
  if (kind === 'multicast' && destination.includes(':')) return primaryAddress(world, host, 6); // ff00::/8 is on every link
  const way = findWay(world, host, destination);
  if (way === undefined) return undefined;
  if (destination.includes(':')) return primaryAddress(world, host, 6, way.device);
  return world.memory.text(world.interfaces.address.get(way.from));
}

/** Is the interface the one that the way to this address leads by? */
function leadsTo(world: World, host: HostId, device: string, destination: string): boolean {
  if (isLocalAddress(world, host, destination)) return deviceOf(world, host, destination) === device;
  if (kindOf(destination) === 'multicast') return device !== 'lo'; // ff00::/8 is on every link
  return findWay(world, host, destination)?.device === device;
}

/**
 * Is there a way for an answer that no connection sends: RST, the ACK of a TIME-WAIT? Linux looks for ::1 on the interface
 * that the packet came in by, and it is on `lo` alone. Over IPv4 it says nothing to what was sent by `lo` to an address of
 * another interface and found no socket; `device`: what that came in by, '' for a packet that found one.
 */
export function hasWayBack(
  world: World,
  host: HostId,
  { source, destination }: { readonly source: string; readonly destination: string },
  device: string,
): boolean {
  if (!isLocalAddress(world, host, destination)) return false;
  const isOnLoopback = deviceOf(world, host, destination) === 'lo';
  return isOnLoopback || (destination.includes(':') ? source !== LOOPBACK_V6 : device !== 'lo');
}

/**
 * The address that an interface which leads outside sends from: IPv4 the first, IPv6 the one that came last (Linux). Of
 * the first such interface, if no device is named.
 */
export function primaryAddress(
  world: World,
  host: HostId,
  family: 4 | 6,
  device?: string,
): string | undefined {
  let last: string | undefined;
  for (const { own, id } of networksOf(world, host)) {
    const name = world.interfaces.device.get(id);
    if (own.family !== family || (device === undefined ? name === 'lo' : name !== device)) continue;
    if (family === 4) return own.text;
    last = own.text;
  }
  return last;
}

/** The host on this network that answers to an address there. */
export function hostOn(world: World, network: NetworkId, address: string): HostId | undefined {
  const { interfaces, memory } = world;
  const code = memory.code(address);
  for (const id of interfaces.rows) {
    const host = interfaces.host.get(id);
    if (host && interfaces.address.get(id) === code && interfaces.network.get(id) === network) return host;
  }
  return undefined;
}

/**
 * Whose address it is, as a packet from `host` would find it: the host itself, one on its link, or along the way that its
 * routers know. Undefined for groups, broadcasts and what nobody there has.
 */
export function ownerOf(world: World, host: HostId, address: string): HostId | undefined {
  let at = host;
  for (let hops = 0; hops < MOST_HOPS; hops++) {
    if (isLocalAddress(world, at, address)) return at;
    const way = findWay(world, at, address);
    const next = way?.network ? hostOn(world, way.network, way.nextHop) : undefined;
    if (next === undefined) return undefined;
    at = next;
  }
  return undefined;
}
const MOST_HOPS = 32;

function networksOf(
  { interfaces, memory }: World,
  host: HostId,
): readonly { id: InterfaceId; own: Address; prefix: number }[] {
  const networks: { id: InterfaceId; own: Address; prefix: number }[] = [];
  for (const id of interfaces.rows) {
    const own = interfaces.host.get(id) === host && parseAddress(memory.text(interfaces.address.get(id)));
    if (own) networks.push({ id, own, prefix: interfaces.prefix.get(id) });
  }
  return networks;
}
