// Who received a packet, was told an error, or sent it: is that whom the author means? A party is a process, a host, a
// socket by label or port, or an endpoint. How parties are written: endpoints.ts. Who asks: holds.ts.

import type { Sent } from '../../world/facts.js';
import { localAddressOf, processOf } from '../../world/sockets.js';
import type { HostId, ProcessId, SocketId, World } from '../../world/tables.js';
import type { Party, Place, PortRef } from '../atoms/endpoints.js';
import type { Directory } from '../cast/directory.js';
import { isPlace } from './likeness.js';

/** The receiver: `socket`, and the process that is told. */
export function isParty(
  world: World,
  directory: Directory,
  party: Party | undefined,
  socket: SocketId | undefined,
  process: ProcessId | undefined,
): boolean {
  if (party === undefined) return true;
  if (party.kind === 'name') {
    const named = directory.findProcess(party.name);
    if (named !== undefined) return named.process === process;
    const labelled = directory.socketByLabel({ label: party.name.name }, process);
    return labelled !== undefined && labelled === socket;
  }
  if (party.kind === 'socket')
    return socket !== undefined && directory.socketOf(party.socket, process) === socket;
  if (socket === undefined || !world.sockets.rows.has(socket)) return false;
  const { sockets } = world;
  const address = localAddressOf(world, socket);
  const { endpoint } = party;
  if (endpoint.kind === 'place')
    return (
      directory.portOf(endpoint.port) === sockets.localPort.get(socket) &&
      directory.isAt(endpoint.place, socket)
    );
  const end = directory.resolve(endpoint, 0 as HostId, process);
  return end?.port === sockets.localPort.get(socket) && end.address === address;
}

/** A packet as its sender made it, before any router passed it on. */
function originOf(sent: Sent): Sent {
  return sent.passage?.from === undefined ? sent : originOf(sent.passage.from);
}

/** Who sent it. A process is known by its socket; once the socket has no owner any more, by its host. */
export function isSource(world: World, directory: Directory, party: Party, sent: Sent): boolean {
  const { host, socket } = originOf(sent);
  const { packet } = sent;
  const [protocol, port] =
    packet.protocol === 'icmp' ? ['icmp', 0] : ([packet.protocol, packet.sourcePort] as const);
  const isFrom = (place: Place | undefined, ports: PortRef, type: string | undefined) =>
    (place === undefined || place.kind === 'any' || isPlace(world, directory, place, packet.source)) &&
    directory.portOf(ports) === port &&
    (type === undefined || type.slice(0, 3) === protocol);
  const owner = socket !== undefined && world.sockets.rows.has(socket) ? processOf(world, socket) : undefined;
  if (party.kind === 'name') {
    const named = directory.findProcess(party.name);
    if (named !== undefined) return owner === undefined ? named.host === host : named.process === owner;
    const place = directory.hosts.get(party.name.name);
    if (place !== undefined) return place === host;
    return socket !== undefined && directory.socketByLabel({ label: party.name.name }, owner) === socket;
  }
  if (party.kind === 'socket')
    return party.socket.kind === 'port'
      ? isFrom(party.socket.place, party.socket.port, party.socket.protocol ?? 'tcp')
      : socket !== undefined && directory.socketOf(party.socket, owner) === socket;
  const { endpoint } = party;
  if (endpoint.kind === 'place') return isFrom(endpoint.place, endpoint.port, endpoint.protocol);
  const end = directory.resolve(endpoint, host, owner);
  return end?.port === port && end.address === packet.source;
}
