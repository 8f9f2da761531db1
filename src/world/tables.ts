// Every table of the world and its columns: what can change in a run stands here and nowhere else. No rules.
// Addresses are interned texts (code 0 = any address), ports 0 to 65535, times nanoseconds since the run began.
// How rows move through time: ../store/. Who writes them: the floors below this line, each its own columns.
import { choice, flag, link, text, time, uint32 } from '../store/columns.js';
import { Index } from '../store/index.js';
import { Queue } from '../store/queue.js';
import { createWorld, type Id, type Link, type WorldOf, withSpareRows } from '../store/table.js';
import { drops, faults, networks, resolutions, transmissions } from './network-tables.js';
import { optionTables } from './option-tables.js';
import { routerTables } from './router-tables.js';
import { tcpTables } from './tcp-tables.js';

/** RFC 9293 §3.3.2, in its order. CLOSED is also a socket that is only bound. */
export const TCP_STATES = [
  'CLOSED',
  'LISTEN',
  'SYN-SENT',
  'SYN-RECEIVED',
  'ESTABLISHED',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'CLOSE-WAIT',
  'CLOSING',
  'LAST-ACK',
  'TIME-WAIT',
] as const;
export type TcpState = (typeof TCP_STATES)[number];
export const UDP_STATES = ['UNCONNECTED', 'CONNECTED'] as const;
export type SocketState = TcpState | (typeof UDP_STATES)[number];
/** Whose rules a host follows: in handing out ports ../ports/profiles.ts, in TCP ../tcp/rules.ts. */
export const SYSTEMS = ['linux', 'freebsd', 'macos', 'windows', 'textbook'] as const;
export type System = (typeof SYSTEMS)[number];
/** How a host picks a port by itself; what each does: ../ports/policies.ts. Five are the algorithms of RFC 6056 §3.3. */
export const PORT_POLICIES = [
  'linux',
  'simple-random',
  'redraw',
  'simple-hash',
  'double-hash',
  'random-increments',
  'sequential',
] as const;
export type PortPolicy = (typeof PORT_POLICIES)[number];

const tables = {
  /** One row: the clock, the seeded generator's four words, the place in the script, and a hash of all that was sent. */
  run: {
    now: time,
    /** How many times a socket took a local address and port. */
    bindings: uint32,
    random0: uint32,
    random1: uint32,
    random2: uint32,
    random3: uint32,
    line: uint32,
    sent: uint32,
  },
  networks,
  faults,
  drops,
  resolutions,
  transmissions,
  hosts: {
    name: text,
    user: text,
    /** The automatic range, both ends included: Linux `ip_local_port_range`. */
    ephemeralLow: uint32,
    ephemeralHigh: uint32,
    firstPinned: link('pinned'),
    lastPinned: link('pinned'),
    privilegedBelow: uint32,
    system: choice(...SYSTEMS),
    portPolicy: choice(...PORT_POLICIES),
    /** Of sockets that share a port by SO_REUSEPORT the newest gets everything; else a hash spreads it. */
    newestSharerWins: flag,
    /** How long TIME-WAIT lasts here; 0: 2 MSL of the run. */
    timeWait: time,
    /** How long an unanswered segment waits before a round trip is known; 0: as the run has it. */
    firstTimeout: time,
    /** Its letter on screen, where the author gave one. */
    badge: text,
    /** Key of the hashes that automatic choice uses: drawn when first needed, 0 until then. */
    portSecret0: uint32,
    portSecret1: uint32,
    /** Key of the hash that initial sequence numbers rest on; 0 until it is drawn. */
    numberSecret: uint32,
    // Where blocks of cells begin, 0 = none yet: port-counters.ts, and held-ports.ts for TCP and for UDP.
    portCounters: uint32,
    heldTcp: uint32,
    heldUdp: uint32,
    /** Never handed out automatically: `ip_local_reserved_ports`, as text: 40000,40002-40004. */
    reservedPorts: text,
    /** Switches of a host, by their Linux sysctl names: text `name=value`, one a line; what is absent is the profile's. */
    sysctls: text,
    // Lookup tables: TCP and UDP sockets by four-tuple, and all that hold a port by (protocol, port).
    tcpSlots: uint32,
    tcpSize: uint32,
    tcpCount: uint32,
    udpSlots: uint32,
    udpSize: uint32,
    udpCount: uint32,
    heldSlots: uint32,
    heldSize: uint32,
    heldCount: uint32,
    /** Passes on what is not for itself: a router. Linux `ip_forward`. */
    forwards: flag,
    // A router's flows by the four numbers they came with, and by those of their answers.
    flowSlots: uint32,
    flowSize: uint32,
    flowCount: uint32,
    answerSlots: uint32,
    answerSize: uint32,
    answerCount: uint32,
  },
  /** Ports that the author wants handed out first, in this order. */
  pinned: { port: uint32, next: link('pinned') },
  /** One row for each address; `device` is the interface's name, `lo`, `eth0`, `eth1` … */
  interfaces: {
    host: link('hosts'),
    network: link('networks'),
    device: text,
    address: uint32,
    prefix: uint32,
  },
  ...routerTables,
  processes: {
    name: text,
    host: link('hosts'),
    user: text,
    /** Who it was when it began; `user` after setuid() may be another. */
    login: text,
    /** Made by fork(): a restart of the host does not bring it back. */
    isForked: flag,
    pid: uint32,
    isRunning: flag,
    /** No number of a descriptor below this is free. */
    nextDescriptor: uint32,
    fdSlots: uint32,
    fdSize: uint32,
    fdCount: uint32,
  },
  descriptors: {
    process: link('processes'),
    number: uint32,
    socket: link('sockets'),
    nextOfSocket: link('descriptors'),
    nextOfNumber: link('descriptors'),
    previousOfNumber: link('descriptors'),
  },
  sockets: {
    host: link('hosts'),
    protocol: choice('tcp', 'udp'),
    protocolNumber: uint32,
    state: choice(...TCP_STATES, ...UDP_STATES),
    /** User who created it: what SO_REUSEPORT compares. */
    user: text,
    localAddress: uint32,
    remoteAddress: uint32,
    /** local << 16 | remote. */
    ports: uint32,
    localPort: uint32,
    /** AF_INET6. An IPv4 address on such a socket is a mapped one. */
    isV6: flag,
    v6Only: flag,
    /** AF_INET6, bound to ::ffff:0.0.0.0: every local address, of IPv4 only. */
    isMappedOnly: flag,
    /** Bound to an address that many hear: which one it has sent from since its first connect(); 0 before. */
    source: uint32,
    /** The address was named in bind(), so that disconnecting keeps it. */
    isAddressBound: flag,
    /** How it came by its port: named in bind(), picked for bind(0), listen() or a datagram, or picked by connect(). */
    portOrigin: choice('none', 'named', 'picked', 'connect'),
    /** What getsockname() says: Linux goes on telling a number that was given back. */
    shownPort: uint32,
    /** What a socket table goes on telling of a peer that is gone: Linux clears the port of a failed connect(), not the address. */
    shownRemote: uint32,
    shownRemotePort: uint32,
    /** AF_INET6: the IPv4 peer of its last connect() to a mapped address; 0 if there was none. */
    mappedPeer: uint32,
    mayRebind: flag,
    sharesPort: flag,
    /** SO_EXCLUSIVEADDRUSE of Windows. */
    isExclusive: flag,
    /** SO_BINDTODEVICE, '' for none. */
    device: text,
    /** Rarely set options; 0 while all are at their defaults. */
    options: link('options'),
    /** Counts up with every (re)binding: the order of Linux's chain of sockets at one address. */
    bindOrder: uint32,
    /** A connect() is under way or was successful: connect() again says EALREADY or EISCONN. */
    isEngaged: flag,
    /** Stands in its listener's accept queue. */
    isQueued: flag,
    /** When it took its port. */
    since: time,
    descriptors: uint32,
    firstDescriptor: link('descriptors'),
    lastDescriptor: link('descriptors'),
    conversation: link('conversations'),
    connection: link('connections'),
    /** errno to be told at the next call, '' for none: SO_ERROR. */
    pendingError: text,
    /** What an ICMP error said meanwhile: told if nothing worse is, and instead of ETIMEDOUT. RFC 1122 §4.2.3.9. */
    softError: text,
    firstUnread: link('unread'),
    lastUnread: link('unread'),
    /** TCP: bytes, UDP: datagrams. */
    unreadCount: uint32,
    /** Nothing more will come: the peer's FIN was read in, or this side has shut reading. */
    isReceiveShut: flag,
    isSendShut: flag,
    /** The peer has said FIN. */
    hasPeerFin: flag,
    listener: link('sockets'),
    backlog: uint32,
    firstAcceptable: link('sockets'),
    lastAcceptable: link('sockets'),
    nextAcceptable: link('sockets'),
    acceptableCount: uint32,
    /** LISTEN: its connections in SYN-RECEIVED. */
    halfOpenCount: uint32,
    nextOfTuple: link('sockets'),
    previousOfTuple: link('sockets'),
    nextOnPort: link('sockets'),
    previousOnPort: link('sockets'),
  },
  ...optionTables,
  /** Linux remembers who shared a port by SO_REUSEPORT last, and lets the same user in without another look. */
  sharings: {
    host: link('hosts'),
    protocolNumber: uint32,
    port: uint32,
    user: text,
    address: uint32,
    isV6: flag,
    v6Only: flag,
    isMappedOnly: flag,
  },
  ...tcpTables,
  /** Bytes (TCP) or one datagram (UDP) waiting to be read. */
  unread: withSpareRows({ next: link('unread'), data: text, sourceAddress: uint32, sourcePort: uint32 }),
  /** What people call one exchange: the socket that opened it and its name. Packets and accepted sockets carry it. */
  conversations: { label: text, opener: link('sockets') },
  /** Calls that wait: shown beside the process. */
  waiting: {
    process: link('processes'),
    socket: link('sockets'),
    call: choice('accept', 'connect', 'recv', 'recvfrom', 'send', 'sendto', 'close'),
  },
};

export type HostId = Id<'hosts'>;
export type NetworkId = Id<'networks'>;
export type InterfaceId = Id<'interfaces'>;
export type ProcessId = Id<'processes'>;
export type DescriptorId = Id<'descriptors'>;
export type SocketId = Id<'sockets'>;
export type ConnectionId = Id<'connections'>;
export type ConversationId = Id<'conversations'>;
export type OptionsId = Id<'options'>;
export type FlowId = Id<'flows'>;
export type FilterId = Id<'filters'>;
export type NatId = Id<'nats'>;
export type ForwardId = Id<'forwards'>;
export type SocketLink = Link<'sockets'>;

export const PROTOCOL_NUMBERS = { tcp: 6, udp: 17 } as const; // IANA protocol numbers, as in the IP header

/** An empty world, or a copy of one at its position, with its lookup tables and queues. */
export function newWorld(original?: WorldOf<typeof tables>) {
  const world = createWorld(tables, original);
  const {
    memory,
    hosts,
    processes,
    descriptors,
    sockets,
    unread,
    pinned,
    connections,
    outgoing,
    early,
    flows,
  } = world;
  const tuple = [sockets.localAddress, sockets.remoteAddress, sockets.ports] as const;
  return {
    ...world,
    tcpByTuple: new Index(
      memory,
      { slots: hosts.tcpSlots, size: hosts.tcpSize, count: hosts.tcpCount },
      tuple,
      sockets.nextOfTuple,
      sockets.previousOfTuple,
    ),
    udpByTuple: new Index(
      memory,
      { slots: hosts.udpSlots, size: hosts.udpSize, count: hosts.udpCount },
      tuple,
      sockets.nextOfTuple,
      sockets.previousOfTuple,
    ),
    holders: new Index(
      memory,
      { slots: hosts.heldSlots, size: hosts.heldSize, count: hosts.heldCount },
      [sockets.protocolNumber, sockets.localPort, sockets.localPort],
      sockets.nextOnPort,
      sockets.previousOnPort,
    ),
    descriptorsByNumber: new Index(
      memory,
      { slots: processes.fdSlots, size: processes.fdSize, count: processes.fdCount },
      [descriptors.number, descriptors.number, descriptors.number],
      descriptors.nextOfNumber,
      descriptors.previousOfNumber,
    ),
    descriptorsOfSocket: new Queue(sockets.firstDescriptor, sockets.lastDescriptor, descriptors.nextOfSocket),
    flowsByTuple: new Index(
      memory,
      { slots: hosts.flowSlots, size: hosts.flowSize, count: hosts.flowCount },
      [flows.source, flows.destination, flows.ports],
      flows.nextOfFlow,
      flows.previousOfFlow,
    ),
    flowsByAnswer: new Index(
      memory,
      { slots: hosts.answerSlots, size: hosts.answerSize, count: hosts.answerCount },
      [flows.answerSource, flows.answerDestination, flows.answerPorts],
      flows.nextOfAnswer,
      flows.previousOfAnswer,
    ),
    unreadOf: new Queue(sockets.firstUnread, sockets.lastUnread, unread.next),
    outgoingOf: new Queue(connections.firstOutgoing, connections.lastOutgoing, outgoing.next),
    earlyOf: new Queue(connections.firstEarly, connections.lastEarly, early.next),
    acceptQueue: new Queue(sockets.firstAcceptable, sockets.lastAcceptable, sockets.nextAcceptable),
    pinnedPorts: new Queue(hosts.firstPinned, hosts.lastPinned, pinned.next),
  };
}
export type World = ReturnType<typeof newWorld>;
