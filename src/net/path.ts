// Whom does a packet that leaves a host reach next? The host itself, the owner of its destination on the link, a router,
// or everybody on the link. One step of the way: what each of them does with it is simulation.ts.
import type { Nanos } from '../base/time.js';
import { kindOf } from '../wire/address.js';
import type { Packet } from '../wire/packet.js';
import { deviceOf, hostOn, interfacesOf, isForMany, isLocalAddress } from '../world/interfaces.js';
import { hasOption } from '../world/options.js';
import { findWay } from '../world/routes.js';
import type { HostId, NetworkId, SocketId, World } from '../world/tables.js';

/** To one host: by which network (0: it stays inside), how long it takes, and by which interface it comes in there. */
export interface Hop {
  readonly host: HostId;
  readonly network: NetworkId | 0;
  readonly delay: Nanos;
  readonly device: string;
}
export interface Path {
  readonly hops: readonly Hop[];
  /** The interface it leaves by; undefined if it stays inside, or there is no way. */
  readonly out?: string;
  /** No hop: no way is known, or nobody on the link answers to the next address. */
  readonly isWayKnown: boolean;
  /** The hop is the destination's owner, and no router. */
  readonly isLast: boolean;
}

/** `socket`: the sender's, for what it says of devices and loops. */
export function pathOf(world: World, host: HostId, packet: Packet, socket: SocketId | undefined): Path {
  const { destination } = packet;
  // SO_BINDTODEVICE: what leaves by the loopback interface comes back by it, whoever it is for.
  if (socket !== undefined && world.sockets.device.get(socket) === 'lo') return inside(host, 'lo');
  if (isForMany(world, host, destination))
    return { ...pathToMany(world, host, packet, socket), isWayKnown: true, isLast: true };
  if (isLocalAddress(world, host, destination)) return inside(host, deviceOf(world, host, destination));
  const way = findWay(world, host, destination);
  if (!way?.network) return { hops: [], isWayKnown: false, isLast: false };
  const next = hostOn(world, way.network, way.nextHop);
  const isLast = way.nextHop === destination;
  const hops = next === undefined ? [] : [hopTo(world, next, way.network)];
  return { hops, out: way.device, isWayKnown: true, isLast };
}

function inside(host: HostId, device: string): Path {
  return { hops: [{ host, network: 0, delay: 0, device }], isWayKnown: true, isLast: true };
}

/** The sender hears its own broadcast, and its own multicast unless IP_MULTICAST_LOOP is off. */
function pathToMany(
  world: World,
  host: HostId,
  packet: Packet,
  socket: SocketId | undefined,
): Pick<Path, 'hops' | 'out'> {
  const { interfaces, memory } = world;
  const out = interfacesOf(world, host).find(
    (id) =>
      isFrom(memory.text(interfaces.address.get(id)), packet.source) && interfaces.device.get(id) !== 'lo',
  );
  const device = out === undefined ? 'lo' : interfaces.device.get(out);
  const isLoopOff =
    socket !== undefined &&
    hasOption(world, socket, 'isMulticastLoopOff') &&
    kindOf(packet.destination) === 'multicast';
  const own: Hop[] = isLoopOff ? [] : [{ host, network: 0, delay: 0, device }];
  const network = out && interfaces.network.get(out);
  if (!network) return { hops: own };
  const others = new Set<HostId>();
  for (const id of interfaces.rows) {
    const other = interfaces.host.get(id);
    if (other && other !== host && interfaces.network.get(id) === network) others.add(other);
  }
  return { hops: [...own, ...[...others].map((each) => hopTo(world, each, network))], out: device };
}

/** An interface without an address sends from 0.0.0.0. */
function isFrom(own: string, source: string): boolean {
  return own === source || (own === '' && source === '0.0.0.0');
}

function hopTo(world: World, host: HostId, network: NetworkId): Hop {
  const { interfaces, networks } = world;
  let device = 'eth0';
  for (const id of interfaces.rows)
    if (interfaces.host.get(id) === host && interfaces.network.get(id) === network) {
      device = interfaces.device.get(id);
      break;
    }
  return { host, network, delay: networks.delay.get(network), device };
}
