// Is a packet, a port or an address like the pattern that an author wrote? Names are those of the running scenario.
// Which packet is asked, and how often it must be there: holds.ts. How patterns are written: packets.ts.
import { decodeText } from '../../wire/bytes.js';
import { flagWord } from '../../wire/notation.js';
import type { Packet } from '../../wire/packet.js';
import { addressesOf } from '../../world/interfaces.js';
import type { HostId, World } from '../../world/tables.js';
import type { Place } from '../atoms/endpoints.js';
import type { PacketPattern, PortsPattern, SidePattern } from '../atoms/packets.js';
import { payloadText } from '../atoms/payloads.js';
import type { Directory } from '../cast/directory.js';

export function isLike(world: World, directory: Directory, pattern: PacketPattern, packet: Packet): boolean {
  if (pattern.protocol !== packet.protocol) return false;
  const [sourcePort, destinationPort] =
    packet.protocol === 'icmp' ? [0, 0] : [packet.sourcePort, packet.destinationPort];
  if (!isSide(world, directory, pattern.source, packet.source, sourcePort)) return false;
  if (!isSide(world, directory, pattern.destination, packet.destination, destinationPort)) return false;
  if (pattern.protocol === 'tcp' && packet.protocol === 'tcp')
    return pattern.flag === undefined || flagWord(packet) === pattern.flag;
  if (pattern.protocol === 'icmp' && packet.protocol === 'icmp')
    return pattern.message === undefined || packet.error === pattern.message;
  return true;
}

function isSide(
  world: World,
  directory: Directory,
  side: SidePattern,
  address: string,
  port: number,
): boolean {
  const isAnywhere = side.place.kind === 'any';
  if (!isAnywhere && !isPlace(world, directory, side.place, address)) return false;
  return isPortLike(world, directory, side.ports, address, port);
}

function isPortLike(
  world: World,
  directory: Directory,
  ports: PortsPattern,
  address: string,
  port: number,
): boolean {
  switch (ports.kind) {
    case 'any':
      return true;
    case 'range':
      return port >= ports.first && port <= ports.last;
    case 'ephemeral':
      return [...world.hosts.rows].some(
        (host) => addressesOf(world, host).includes(address) && isEphemeral(world, host, port),
      );
    default:
      return directory.portOf(ports) === port;
  }
}

/** Does it lie in the host's own automatic range? A port that the author pinned outside of it does not. */
export function isEphemeral(world: World, host: HostId, port: number): boolean {
  return port >= world.hosts.ephemeralLow.get(host) && port <= world.hosts.ephemeralHigh.get(host);
}

export function isPlace(world: World, directory: Directory, place: Place, address: string): boolean {
  if (place.kind === 'address' && place.address === address) return true; // 0.0.0.0 in a packet is itself
  if (place.kind !== 'name') return directory.addressOf(place, '') === address;
  const host = directory.hosts.get(place.name);
  return host !== undefined && addressesOf(world, host).includes(address);
}

/** The text, or a message that begins with it: its first words, up to a space or the end of a line. */
export function carries(packet: Packet, text: string | undefined): boolean {
  if (text === undefined) return true;
  if (packet.protocol === 'icmp') return false;
  const payload = decodeText(packet.payload);
  const wanted = payloadText(text);
  return payload === wanted || (payload.startsWith(wanted) && /\s/.test(payload[wanted.length] ?? ''));
}
