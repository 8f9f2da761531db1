// The rarely set options of a socket, with their defaults: most sockets have no row of them.
import type { OptionsId, SocketId, World } from './tables.js';

type FlagName =
  | 'mayBroadcast'
  | 'keepsAlive'
  | 'lingers'
  | 'isNonBlocking'
  | 'isConnecting'
  | 'sendsAtOnce'
  | 'bindsAddressOnly'
  | 'mayBindForeign'
  | 'isMulticastLoopOff'
  | 'hearsJoinedOnly';

export function hasOption(world: World, socket: SocketId, name: FlagName): boolean {
  const row = world.sockets.options.get(socket);
  return row !== 0 && world.options[name].get(row);
}

/** The row to write into, made if there is none. */
export function optionsOf(world: World, socket: SocketId): OptionsId {
  const known = world.sockets.options.get(socket);
  if (known) return known;
  const row = world.options.rows.create();
  world.sockets.options.set(socket, row);
  return row;
}
