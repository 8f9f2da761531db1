// Changes that people make to a running network from outside: addresses come and go, packets are lost on purpose,
// switches are turned. Each is a step of its own; nothing here is a rule.
import { ACK, FIN, type Packet, RST, SYN } from '../wire/packet.js';
import { interfacesOf } from '../world/interfaces.js';
import type { DropMatch } from '../world/network-tables.js';
import type { HostId, InterfaceId, NetworkId, World } from '../world/tables.js';

/** From now on the host loses incoming packets like this. Within a step. */
export function addDrop({ drops }: World, host: HostId, match: DropMatch): void {
  const row = drops.rows.create();
  drops.host.set(row, host);
  drops.match.set(row, match);
}

/** The host loses nothing on purpose any more. Within a step. */
export function removeDrops({ drops }: World, host: HostId): void {
  for (const row of drops.rows) if (drops.host.get(row) === host) drops.rows.remove(row);
}

/** Does a host lose this packet on purpose? */
export function isDropped({ drops }: World, host: HostId, packet: Packet): boolean {
  if (drops.rows.count === 0) return false;
  for (const row of drops.rows)
    if (drops.host.get(row) === host && fitsDrop(drops.match.get(row), packet)) return true;
  return false;
}

function fitsDrop(match: DropMatch, packet: Packet): boolean {
  if (match === 'any') return packet.protocol !== 'icmp';
  if (match === 'tcp' || match === 'udp' || match === 'icmp') return packet.protocol === match;
  if (packet.protocol !== 'tcp') return false;
  const { flags } = packet;
  switch (match) {
    case 'syn':
      return (flags & (SYN | ACK)) === SYN;
    case 'synack':
      return (flags & (SYN | ACK)) === (SYN | ACK);
    case 'fin':
      return (flags & FIN) !== 0;
    case 'rst':
      return (flags & RST) !== 0;
    case 'ack':
      return (flags & (SYN | ACK | FIN | RST)) === ACK;
  }
}

/** Gives a host one more address, behind the ones it has. */
export function assignAddress(
  world: World,
  host: HostId,
  at: { address: string; prefix: number; device: string; network: NetworkId | undefined },
): InterfaceId {
  const { interfaces, memory } = world;
  const row = interfaces.rows.create();
  interfaces.host.set(row, host);
  interfaces.device.set(row, at.device);
  interfaces.network.set(row, at.network ?? 0);
  interfaces.address.set(row, memory.intern(at.address));
  interfaces.prefix.set(row, at.prefix);
  return row;
}

/**
 * Beside the address that the host's first interface has. Undefined, and nothing changes, if it is there: Linux answers
 * EEXIST to the same IPv4 address with the same prefix (__inet_insert_ifa), to an IPv6 address with any (ipv6_add_addr).
 */
export function assignToFirst(
  world: World,
  host: HostId,
  address: string,
  prefix: number,
): InterfaceId | undefined {
  const { interfaces, memory } = world;
  const own = interfacesOf(world, host);
  const isThere = own.some(
    (row) =>
      memory.text(interfaces.address.get(row)) === address &&
      (address.includes(':') || interfaces.prefix.get(row) === prefix),
  );
  if (isThere) return undefined;
  const [first] = own;
  const device = first === undefined ? 'eth0' : interfaces.device.get(first);
  const network = (first !== undefined && interfaces.network.get(first)) || undefined;
  return assignAddress(world, host, { address, prefix, device, network });
}

/** Takes an address away; sockets on it stay as they are. False if the host does not have it. */
export function unassignAddress(world: World, host: HostId, address: string): boolean {
  const { interfaces, memory } = world;
  for (const row of interfaces.rows)
    if (interfaces.host.get(row) === host && memory.text(interfaces.address.get(row)) === address) {
      interfaces.rows.remove(row);
      return true;
    }
  return false;
}
