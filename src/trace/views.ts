// Rows of the world as plain views: sockets, processes, hosts and packets at the position where the world stands.
// Reads only, and knows no step; scene.ts has the shapes, read-scene.ts puts them together.
import { formatAddress, parseAddress } from '../wire/address.js';
import { decodeText } from '../wire/bytes.js';
import { formatFlags, formatPacket } from '../wire/notation.js';
import type { IcmpError } from '../wire/packet.js';
import type { Sent } from '../world/facts.js';
import { bindingsOf, flowsOf } from '../world/flows.js';
import { addressesOf, interfacesOf } from '../world/interfaces.js';
import { localAddressOf, remoteAddressOf, remotePortOf } from '../world/sockets.js';
import type { DescriptorId, HostId, InterfaceId, SocketId, World } from '../world/tables.js';
import type { Cast } from './cast.js';
import type { HostView, MappingView, PacketView, ProcessView, RouterView, SocketView } from './scene.js';

export function viewSocket(world: World, cast: Cast, socket: SocketId): SocketView {
  const { sockets, conversations, processes } = world;
  const host = sockets.host.get(socket) || undefined;
  const descriptor = firstDescriptor(world, socket);
  const process = descriptor === undefined ? undefined : world.descriptors.process.get(descriptor);
  const conversation = sockets.conversation.get(socket);
  const mark = cast.markOf(conversation);
  return {
    id: socket,
    protocol: sockets.protocol.get(socket),
    state: sockets.state.get(socket),
    local: cast.endpoint(localAddressOf(world, socket), sockets.localPort.get(socket), host),
    remote: cast.endpoint(remoteAddressOf(world, socket), remotePortOf(world, socket), host),
    process: process
      ? { id: process, name: processes.name.get(process), pid: processes.pid.get(process) }
      : undefined,
    descriptor: descriptor === undefined ? undefined : world.descriptors.number.get(descriptor),
    mark,
    label: (conversation ? conversations.label.get(conversation) : '') || mark,
    queued: sockets.acceptableCount.get(socket),
    backlog: sockets.backlog.get(socket),
    unread: sockets.unreadCount.get(socket),
  };
}

/** Undefined for one that is gone. */
export function viewIfThere(world: World, cast: Cast, socket: SocketId | undefined): SocketView | undefined {
  return socket !== undefined && world.sockets.rows.has(socket) ? viewSocket(world, cast, socket) : undefined;
}

/** Its sockets that hold a port: listeners first, then in order of creation. */
export function viewHost(world: World, cast: Cast, host: HostId): HostView {
  const sockets = [...world.sockets.rows]
    .filter((socket) => world.sockets.host.get(socket) === host && world.sockets.localPort.get(socket) !== 0)
    .map((socket) => viewSocket(world, cast, socket));
  return {
    id: host,
    name: world.hosts.name.get(host),
    owner: cast.ownerOf(host),
    addresses: addressesOf(world, host),
    networks: [...new Set(interfacesOf(world, host).flatMap((id) => networkName(world, id)))],
    system: world.hosts.system.get(host),
    picksFrom: { low: world.hosts.ephemeralLow.get(host), high: world.hosts.ephemeralHigh.get(host) },
    privilegedBelow: world.hosts.privilegedBelow.get(host),
    ...(world.hosts.forwards.get(host) ? { router: viewRouter(world, cast, host) } : {}),
    processes: [...viewProcesses(world, host)],
    sockets: [
      ...sockets.filter((each) => each.state === 'LISTEN'),
      ...sockets.filter((each) => each.state !== 'LISTEN'),
    ],
  };
}

function networkName({ interfaces, networks }: World, id: InterfaceId): string[] {
  const network = interfaces.network.get(id);
  return network === 0 ? [] : [networks.name.get(network)];
}

/** What lies at its interfaces other than those by which it translates. */
function* viewHidden(world: World, host: HostId): Generator<RouterView['hides'][number]> {
  const { interfaces, nats, memory } = world;
  const outside = [...nats.rows]
    .filter((row) => nats.host.get(row) === host)
    .map((row) => nats.device.get(row));
  if (outside.length === 0) return;
  for (const id of interfacesOf(world, host)) {
    const [network] = networkName(world, id);
    const range = rangeOf(memory.text(interfaces.address.get(id)), interfaces.prefix.get(id));
    if (network !== undefined && !outside.includes(interfaces.device.get(id))) yield { network, range };
  }
}

/** `192.168.1.0/24` of `192.168.1.1`; '' of what is no IPv4 address. */
function rangeOf(address: string, prefix: number): string {
  const parsed = parseAddress(address);
  if (parsed?.family !== 4) return '';
  const bytes = parsed.bytes.map((byte, at) => byte & ~(0xff >> Math.min(8, Math.max(0, prefix - 8 * at))));
  return `${formatAddress(bytes)}/${prefix}`;
}

/** Its table and its rules. Ends are seen from the router: inside is whose network that is. */
function viewRouter(world: World, cast: Cast, host: HostId): RouterView {
  const { flows, forwards, memory } = world;
  const mappings = [...flowsOf(world, host)].flatMap((flow): MappingView[] => {
    const rest = {
      id: flow,
      protocol: flows.protocol.get(flow),
      state: flows.state.get(flow),
      mark: cast.markOf(flows.conversation.get(flow)),
      expires: flows.expires.get(flow),
    };
    return [...bindingsOf(world, flow, () => false)].map(({ inside, outside, peer }) => ({
      ...rest,
      inside: cast.endpoint(inside.address, inside.port, host),
      outside: cast.endpoint(outside.address, outside.port, host),
      peer: cast.endpoint(peer.address, peer.port, host),
    }));
  });
  const rules = [...forwards.rows].filter((row) => forwards.host.get(row) === host);
  return {
    hides: [...viewHidden(world, host)],
    mappings,
    forwards: rules.map((row) => ({
      protocol: forwards.protocol.get(row),
      from: cast.endpoint(memory.text(forwards.address.get(row)), forwards.port.get(row), host),
      to: cast.endpoint(memory.text(forwards.toAddress.get(row)), forwards.toPort.get(row), host),
    })),
  };
}

function* viewProcesses(world: World, host: HostId): Generator<ProcessView> {
  const { processes } = world;
  for (const id of processes.rows)
    if (processes.host.get(id) === host)
      yield {
        id,
        name: processes.name.get(id),
        pid: processes.pid.get(id),
        user: processes.user.get(id),
        isRunning: processes.isRunning.get(id),
      };
}

export function viewPacket(cast: Cast, sent: Sent, toHost: HostId | undefined): PacketView {
  const { packet } = sent;
  const notation = formatPacket(packet, (address) => cast.nameOf(address, sent.host));
  const ported = packet.protocol === 'icmp' ? undefined : packet;
  return {
    id: sent.number,
    protocol: packet.protocol,
    source: cast.endpoint(packet.source, ported?.sourcePort ?? 0, sent.host),
    destination: cast.endpoint(
      packet.destination,
      ported?.destinationPort ?? 0,
      sent.owners.destination ?? toHost,
    ),
    flags:
      packet.protocol === 'tcp'
        ? formatFlags(packet)
        : packet.protocol === 'icmp'
          ? packet.error.replace('-', ' ')
          : '',
    payload:
      packet.protocol === 'icmp'
        ? formatPacket(packet.quoted, (address) => cast.nameOf(address))
        : decodeText(packet.payload),
    length: ported?.payload.length ?? 0,
    notation,
    mark: cast.markOf(sent.conversation),
    from: { host: sent.host, socket: sent.socket },
    toHost,
    ...(packet.protocol === 'icmp' ? quotedOf(cast, packet, toHost) : {}),
    ...wasOf(cast, sent),
  };
}

/** The ends that an error quotes, as the host that it is for knows them. */
function quotedOf(cast: Cast, { quoted }: IcmpError, reader: HostId | undefined): Pick<PacketView, 'quoted'> {
  const { protocol, source, sourcePort, destination, destinationPort } = quoted;
  const ends = {
    source: cast.endpoint(source, sourcePort, reader),
    destination: cast.endpoint(destination, destinationPort, reader),
  };
  return { quoted: { protocol, ...ends } };
}

/** The ends as they were before the router that sent it on, if it wrote them anew. */
function wasOf(cast: Cast, { passage, host }: Sent): Pick<PacketView, 'was'> {
  if (passage === undefined || passage.rewrites.length === 0) return {};
  const was = passage.rewrites.map(({ side, before }) => [
    side,
    cast.endpoint(before.address, before.port, host),
  ]);
  return { was: Object.fromEntries(was) };
}

function firstDescriptor(world: World, socket: SocketId): DescriptorId | undefined {
  return world.sockets.firstDescriptor.get(socket) || undefined;
}
