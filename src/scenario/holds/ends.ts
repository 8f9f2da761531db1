// Which socket an author means who names an end of a conversation instead of a label: `peer(●)`, `local(●)`, `web:80`.
// Labels and ports: ../cast/directory.ts. Parties of a packet: parties.ts.
import { isLocalAddress } from '../../world/interfaces.js';
import { localAddressOf, remoteAddressOf, remotePortOf } from '../../world/sockets.js';
import type { SocketId, World } from '../../world/tables.js';
import type { SocketRef } from '../atoms/endpoints.js';
import type { Directory } from '../cast/directory.js';
import type { SocketOrEndpoint } from '../schema/fact-values.js';

type Held = Extract<SocketRef, { kind: 'port' }>;

/** What is asked for, if that is a port, at a place or at any: several sockets may hold it. */
export function heldBy(of: SocketOrEndpoint): Held | undefined {
  if (of.kind === 'endpoint')
    return of.endpoint.kind === 'place' ? { ...of.endpoint, kind: 'port' } : undefined;
  return of.socket.kind === 'port' ? of.socket : undefined;
}

/** The socket at this moment; of several on one port the listener. Undefined if there is none, or none any more. */
export function socketAt(world: World, directory: Directory, of: SocketOrEndpoint): SocketId | undefined {
  const held = heldBy(of);
  if (held !== undefined) return directory.socketOf(held, undefined);
  if (of.kind === 'socket') return directory.socketOf(of.socket, undefined);
  if (of.endpoint.kind === 'place') return undefined; // it is held
  const own = directory.socketByLabel(of.endpoint.socket, undefined);
  if (own === undefined || of.endpoint.kind === 'local' || !world.sockets.rows.has(own)) return own;
  return otherEnd(world, own);
}

/**
 * The socket that holds the address and port to which `own` is connected: the one that is connected back; for UDP else one
 * without a peer. A TCP listener is no end of a conversation. Behind a NAT nobody holds them: the router does.
 */
function otherEnd(world: World, own: SocketId): SocketId | undefined {
  const { sockets } = world;
  const address = remoteAddressOf(world, own);
  const port = remotePortOf(world, own);
  const home = sockets.host.get(own);
  if (port === 0 || !home) return undefined;
  const isAtHome = isLocalAddress(world, home, address);
  const there = [...sockets.rows].filter((socket) => {
    const host = sockets.host.get(socket);
    const local = localAddressOf(world, socket);
    return (
      sockets.localPort.get(socket) === port &&
      sockets.protocol.get(socket) === sockets.protocol.get(own) &&
      (local === '' || local === address) &&
      (isAtHome ? host === home : host !== 0 && isLocalAddress(world, host, address))
    );
  });
  const back = there.find(
    (socket) =>
      remotePortOf(world, socket) === sockets.localPort.get(own) &&
      remoteAddressOf(world, socket) === localAddressOf(world, own),
  );
  if (back !== undefined || sockets.protocol.get(own) === 'tcp') return back;
  return there.find((socket) => remoteAddressOf(world, socket) === '');
}
