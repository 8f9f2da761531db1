// Every verb: who does it, what its object is, what may stand beside it. The one table behind validation, completion,
// the reference and the driver's dispatch. Arguments themselves: calls.ts. What a verb does: the driver.
import { z } from 'zod';
import { SERVICE_NAMES } from '../../ports/services.js';
import { SOCKET_TYPES } from '../atoms/words.js';
import * as atoms from './atoms.js';
import { oneOrMany, onOff } from './shapes.js';
import { sysctlSchema } from './sysctl-schema.js';
import type { Verb } from './verb-names.js';

/** Router verbs need a router; a router is also a host. */
export type ActorKind = 'process' | 'host' | 'router' | 'network';

const now = z.union([z.null(), z.literal('now')]);
const everything = z.union([z.literal('all'), atoms.socketRef]);
const device = z.union([atoms.address, atoms.name]);
const group = z.union([atoms.address, z.strictObject({ group: atoms.address, interface: device })]);

const socketOptions = z
  .strictObject({
    reuseaddr: onOff.optional().describe('SO_REUSEADDR: bind beside TIME-WAIT'),
    reuseport: onOff.optional().describe('SO_REUSEPORT: several sockets share one port'),
    exclusiveaddruse: onOff.optional().describe('SO_EXCLUSIVEADDRUSE of Windows: nobody else on this port'),
    linger: z
      .union([atoms.time, z.literal('none')])
      .optional()
      .describe('SO_LINGER: how long close waits for the peer; 0s makes it send RST; none is off'),
    broadcast: onOff.optional().describe('SO_BROADCAST'),
    keepalive: onOff.optional().describe('SO_KEEPALIVE'),
    user_timeout: atoms.time
      .optional()
      .describe('TCP_USER_TIMEOUT: how long something may be unacknowledged'),
    rcvbuf: atoms.whole(1, 65535, 'SO_RCVBUF: how many bytes may wait unread').optional(),
    sndbuf: atoms
      .whole(1, 2 ** 30, 'SO_SNDBUF: how many bytes may wait to be acknowledged before send waits')
      .optional(),
    nodelay: onOff.optional().describe('TCP_NODELAY: small segments do not wait for an ACK'),
    nonblocking: onOff.optional().describe('O_NONBLOCK: a call that would wait gives EAGAIN or EINPROGRESS'),
    v6only: onOff.optional().describe('IPV6_V6ONLY'),
    bindtodevice: z.string().optional().describe('SO_BINDTODEVICE: the name of a network'),
    bind_address_no_port: onOff.optional().describe('IP_BIND_ADDRESS_NO_PORT'),
    freebind: onOff.optional().describe('IP_FREEBIND'),
    local_port_range: atoms.portPair.optional().describe('IP_LOCAL_PORT_RANGE'),
    join: group.optional().describe('IP_ADD_MEMBERSHIP: 224.0.0.251, or { group, interface }'),
    leave: group.optional().describe('IP_DROP_MEMBERSHIP'),
    multicast_loop: onOff.optional().describe('IP_MULTICAST_LOOP'),
    multicast_all: onOff.optional().describe('IP_MULTICAST_ALL'),
    multicast_ttl: atoms.whole(0, 255, 'IP_MULTICAST_TTL').optional(),
    multicast_if: device.optional().describe('IP_MULTICAST_IF'),
  })
  .meta({ id: 'SocketOptions' });
export type SocketOptions = z.infer<typeof socketOptions>;

interface VerbEntry<Who extends ActorKind, What extends z.ZodType> {
  readonly who: Who;
  readonly object: What;
  /** Arguments that may stand beside it. */
  readonly takes: readonly string[];
  readonly about: string;
}
function entry<Who extends ActorKind>(who: Who) {
  return <What extends z.ZodType>(
    object: What,
    takes: readonly string[],
    about: string,
  ): VerbEntry<Who, What> => ({
    who,
    object,
    takes,
    about,
  });
}
const call = entry('process');
const host = entry('host');
const router = entry('router');
const network = entry('network');

export const VERBS = {
  // calls
  socket: call(z.enum(SOCKET_TYPES), ['as'], 'socket(): a new descriptor'),
  setsockopt: call(socketOptions, ['using'], 'setsockopt(): reuseaddr, linger, join …'),
  bind: call(
    atoms.endpoint,
    ['using', 'as', 'reuseaddr', 'reuseport'],
    'bind(): `80`, `udp 53`, `web:80`, `0` to have one picked',
  ),
  listen: call(
    atoms.listenAt,
    ['using', 'backlog', 'as', 'reuseaddr', 'reuseport'],
    'listen(): a port (makes and binds), or a bound socket',
  ),
  connect: call(
    atoms.endpoint,
    ['using', 'from', 'as', 'reuseaddr', 'reuseport'],
    'connect(): to `web:80` or `udp dns:53`',
  ),
  disconnect: call(atoms.socketRef, [], 'connect() to AF_UNSPEC: a UDP socket forgets its peer'),
  accept: call(atoms.socketRef, ['as', 'into'], 'accept(): from this listener, by label or port'),
  send: call(atoms.payload, ['using'], 'send(): text'),
  recv: call(atoms.socketRef, ['reads', 'max'], 'recv(): from this socket'),
  sendto: call(atoms.payload, ['to', 'using', 'from', 'as'], 'sendto(): text, with `to`'),
  recvfrom: call(
    atoms.socketRef,
    ['reads', 'max', 'from'],
    'recvfrom(): from this socket; `from` is the sender you expect',
  ),
  shutdown: call(atoms.socketRef, ['how'], 'shutdown(): with `how: read`, `write` or `both`'),
  close: call(atoms.socketRef, [], 'close()'),
  dup: call(atoms.socketRef, ['as', 'into'], 'dup(): a second descriptor, `into` another process if given'),
  fork: call(atoms.name, [], 'fork(): the child of this name shares all descriptors'),
  exit: call(atoms.whole(0, 255, 'exit(): closes everything'), [], 'exit(): closes everything'),
  kill: call(z.enum(['TERM', 'KILL']), [], 'Ended from outside'),
  setuid: call(
    z.union([atoms.name, atoms.whole(0, 0xffffffff, 'User id')]),
    [],
    'setuid(): another user from here on',
  ),
  getsockname: call(atoms.socketRef, ['reads'], 'getsockname(): the own address and port'),
  getpeername: call(atoms.socketRef, ['reads'], 'getpeername(): the address and port over there'),
  getsockopt: call(
    z.enum(['error']),
    ['using', 'reads'],
    'getsockopt(SO_ERROR): gives and clears the pending error',
  ),
  poll: call(atoms.socketRef, ['reads'], 'poll(): what this socket is ready for'),
  drain: call(everything, [], 'Reads until nothing is left'),
  acceptall: call(everything, [], 'Accepts until nobody waits'),
  // dialogues: macros over calls
  serve: call(
    oneOrMany(atoms.service),
    [
      'as',
      'reply',
      'backlog',
      'reuseport',
      'reuseaddr',
      'accepts',
      'closes',
      'zone',
      'limit',
      'pool',
      'passive',
      'speaks',
      'relay',
    ],
    'Dialogue: listen, accept, read, answer, for ever',
  ),
  stop: call(oneOrMany(atoms.service), [], 'Dialogue: stops serving; the listener is closed'),
  fetch: call(atoms.url, ['reads', 'as', 'from', 'keep', 'mode'], 'Dialogue: connect, ask, read, close'),
  request: call(
    atoms.payload,
    ['to', 'reads', 'from', 'as', 'keep', 'using'],
    'Dialogue: sends this `to`, waits for the answer',
  ),
  speak: call(
    z.enum(SERVICE_NAMES),
    ['to', 'reads', 'from', 'as', 'keep', 'full'],
    'Dialogue: what a client of this service says `to` its server',
  ),
  resolve: call(
    z.string(),
    ['at', 'as', 'from', 'reads'],
    'Dialogue: a DNS question over UDP, again over TCP if cut short',
  ),
  lease: call(z.literal('dhcp'), ['as', 'reads'], 'Dialogue: discover, offer, request, acknowledge'),
  sync: call(atoms.endpoint, ['from', 'as', 'reads'], 'Dialogue: an NTP question'),
  // hosts and routers
  restart: host(now, [], 'Every socket is gone; then processes come back and listen as their lines said'),
  sysctl: host(sysctlSchema, [], 'Kernel settings by name'),
  assign: host(atoms.address, [], 'Adds an address'),
  unassign: host(atoms.address, [], 'Takes an address away'),
  block: host(
    atoms.packet,
    ['state', 'direction', 'times'],
    'Firewall: packets like this vanish without an answer',
  ),
  reject: host(
    atoms.packet,
    ['state', 'direction', 'times', 'with'],
    'Firewall: packets like this are refused with an answer',
  ),
  unblock: host(
    z.union([z.literal('all'), atoms.packet]),
    [],
    'Firewall: takes back what blocks or rejects this',
  ),
  forward: router(atoms.endpoint, ['to'], 'A port forwarding rule: this port of the outside address, `to`'),
  forget: router(now, [], 'All NAT rows are gone'),
  // networks
  drop: network(atoms.packet, ['times'], 'The next packet like this is lost'),
  delay: network(atoms.packet, ['by', 'times'], 'The next packet like this is late, `by`'),
  duplicate: network(atoms.packet, ['times'], 'The next packet like this arrives twice'),
  reorder: network(atoms.packet, ['times'], 'The next packet like this is overtaken by its successor'),
  cut: network(now, [], 'Nothing gets through'),
  heal: network(now, [], 'Packets get through again'),
} as const satisfies Readonly<Record<Verb, VerbEntry<ActorKind, z.ZodType>>>;
