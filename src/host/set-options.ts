// setsockopt(): writes a socket's options. What they change is decided where they are read; refusals as Linux has them.
import { advance } from '../tcp/connection.js';
import { rest } from '../tcp/timers.js';
import { kindOf } from '../wire/address.js';
import { deviceOf, interfacesOf, isLocalAddress } from '../world/interfaces.js';
import type { Kernel } from '../world/kernel.js';
import { optionsOf } from '../world/options.js';
import { hasPort, hostOf } from '../world/sockets.js';
import type { HostId, ProcessId, SocketId, World } from '../world/tables.js';
import { OK, type Result, type SocketOptions } from './call.js';

/**
 * ENOPROTOOPT: an option that the socket or the system does not have. EINVAL: v6Only once bound, a range upside down, a
 * group that is none. ENODEV: no such interface. EPERM: the device is chosen already, and only root may choose again.
 */
export function setOptions(
  kernel: Kernel,
  process: ProcessId,
  socket: SocketId,
  wish: SocketOptions,
): Result {
  const { world } = kernel;
  const { sockets, options } = world;
  const host = hostOf(world, socket);
  if (wish.mayRebind !== undefined) sockets.mayRebind.set(socket, wish.mayRebind);
  if (wish.sharesPort !== undefined) sockets.sharesPort.set(socket, wish.sharesPort);
  if (wish.isExclusive !== undefined) {
    if (world.hosts.system.get(host) !== 'windows') return { outcome: 'ENOPROTOOPT' };
    sockets.isExclusive.set(socket, wish.isExclusive);
  }
  if (wish.v6Only !== undefined) {
    if (!sockets.isV6.get(socket)) return { outcome: 'ENOPROTOOPT' };
    if (hasPort(world, socket)) return { outcome: 'EINVAL' };
    sockets.v6Only.set(socket, wish.v6Only);
  }
  if (wish.device !== undefined) {
    const isKnown =
      wish.device === '' || wish.device === 'lo' || devicesOf(world, host).includes(wish.device);
    const isTied = sockets.device.get(socket) !== '';
    if (!isKnown) return { outcome: 'ENODEV' };
    if (isTied && world.processes.user.get(process) !== 'root') return { outcome: 'EPERM' };
    sockets.device.set(socket, wish.device);
  }
  if (wish.portRange !== undefined) {
    const { low, high } = wish.portRange;
    if (low !== 0 && high !== 0 && low > high) return { outcome: 'EINVAL' };
    options.portLow.set(optionsOf(world, socket), low);
    options.portHigh.set(optionsOf(world, socket), high);
  }
  for (const name of FLAGS) {
    const value = wish[name];
    if (value !== undefined) options[name].set(optionsOf(world, socket), value);
  }
  for (const name of ['userTimeout', 'receiveBuffer', 'sendBuffer'] as const) {
    const value = wish[name];
    if (value !== undefined) options[name].set(optionsOf(world, socket), value);
  }
  if (wish.keepsAlive !== undefined) setKeepalive(kernel, socket);
  if (wish.sendsAtOnce && sockets.connection.get(socket)) advance(kernel, socket, 'SEND');
  if (wish.linger !== undefined) {
    const row = optionsOf(world, socket);
    options.lingers.set(row, wish.linger !== 'off');
    options.linger.set(row, wish.linger === 'off' ? 0 : wish.linger);
  }
  if (wish.loopsMulticast !== undefined)
    options.isMulticastLoopOff.set(optionsOf(world, socket), !wish.loopsMulticast);
  if (wish.hearsAllGroups !== undefined)
    options.hearsJoinedOnly.set(optionsOf(world, socket), !wish.hearsAllGroups);
  if (wish.multicastHops !== undefined)
    options.multicastHops.set(optionsOf(world, socket), wish.multicastHops);
  if (wish.multicastFrom !== undefined) {
    const sending = sendGroupsFrom(kernel, socket, wish.multicastFrom);
    if (sending.outcome !== 'ok') return sending;
  }
  if (wish.join !== undefined) return join(world, host, socket, wish.join);
  return wish.leave === undefined ? OK : leave(world, host, socket, wish.leave);
}

/** Those that stand in the table under their own name. */
const FLAGS = [
  'mayBroadcast',
  'keepsAlive',
  'bindsAddressOnly',
  'mayBindForeign',
  'isNonBlocking',
  'sendsAtOnce',
] as const;

/** '' lets the system choose again. Not an own address: EADDRNOTAVAIL; TCP, or tied to another interface: EINVAL. */
function sendGroupsFrom({ world }: Kernel, socket: SocketId, wish: string): Result {
  const { sockets, options, memory } = world;
  const host = hostOf(world, socket);
  const address = wish === '0.0.0.0' ? '' : wish;
  const tied = sockets.device.get(socket);
  if (sockets.protocol.get(socket) === 'tcp') return { outcome: 'EINVAL' };
  if (address !== '' && !isLocalAddress(world, host, address)) return { outcome: 'EADDRNOTAVAIL' };
  if (address !== '' && tied !== '' && tied !== deviceOf(world, host, address)) return { outcome: 'EINVAL' };
  options.multicastFrom.set(optionsOf(world, socket), memory.intern(address));
  return OK;
}

/** On a connection that is idle the count begins or ends now. */
function setKeepalive(kernel: Kernel, socket: SocketId): void {
  const { connections, sockets } = kernel.world;
  const connection = sockets.connection.get(socket);
  if (!connection) return;
  const purpose = connections.purpose.get(connection);
  if (purpose === 'none' || purpose === 'keepalive') rest(kernel, connection);
}

type Membership = NonNullable<SocketOptions['join']>;

/** Twice is EADDRINUSE, an unknown interface ENODEV, no group EINVAL. */
function join(world: World, host: HostId, socket: SocketId, wish: Membership): Result {
  if (kindOf(wish.group) !== 'multicast') return { outcome: 'EINVAL' };
  const device = deviceFor(world, host, wish.on);
  if (device === undefined) return { outcome: 'ENODEV' };
  if (membershipOf(world, socket, wish.group, device) !== undefined) return { outcome: 'EADDRINUSE' };
  const row = world.memberships.rows.create();
  world.memberships.socket.set(row, socket);
  world.memberships.group.set(row, world.memory.intern(wish.group));
  world.memberships.device.set(row, device);
  return OK;
}

/** EADDRNOTAVAIL without having joined. */
function leave(world: World, host: HostId, socket: SocketId, wish: Membership): Result {
  const device = deviceFor(world, host, wish.on);
  const row = device === undefined ? undefined : membershipOf(world, socket, wish.group, device);
  if (row === undefined) return { outcome: device === undefined ? 'ENODEV' : 'EADDRNOTAVAIL' };
  world.memberships.rows.remove(row);
  return OK;
}

function membershipOf(world: World, socket: SocketId, group: string, device: string) {
  const { memberships, memory } = world;
  for (const row of memberships.rows)
    if (
      memberships.socket.get(row) === socket &&
      memory.text(memberships.group.get(row)) === group &&
      memberships.device.get(row) === device
    )
      return row;
  return undefined;
}

/**
 * By address or by interface name. '' and 0.0.0.0: the one that a route leads to the group by, which there is none for,
 * as no host has a default route (Linux ip_mc_find_dev).
 */
function deviceFor(world: World, host: HostId, on: string): string | undefined {
  if (on === '' || on === '0.0.0.0') return undefined;
  if (on === 'lo' || kindOf(on) === 'loopback') return 'lo';
  for (const id of interfacesOf(world, host)) {
    const device = world.interfaces.device.get(id);
    if (device === on || world.memory.text(world.interfaces.address.get(id)) === on) return device;
  }
  return undefined;
}

function devicesOf(world: World, host: HostId): string[] {
  return interfacesOf(world, host).map((id) => world.interfaces.device.get(id));
}
