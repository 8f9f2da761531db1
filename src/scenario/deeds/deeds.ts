// Socket calls as deeds with their account: the small vocabulary that script lines and dialogues are made of.
// Calls that only look: deeds-ask.ts. What a process does to itself: deeds-process.ts.
import type { Result, SocketOptions } from '../../host/call.js';
import type { Family } from '../../wire/address.js';
import { type Bytes, decodeText, joinBytes } from '../../wire/bytes.js';
import type { Protocol } from '../../wire/packet.js';
import type { ProcessId, SocketId, World } from '../../world/tables.js';
import type { Deed } from './program.js';

interface At {
  readonly address: string;
  readonly port: number;
  /** IPv4 unless it says otherwise. */
  readonly family?: Family;
}

/** socket(): a descriptor, and no port yet. */
export function makeSocket(process: ProcessId, protocol: Protocol, family: Family): Deed {
  return {
    process,
    account: { call: 'socket', protocol },
    act: (ask) => ask({ call: 'socket', protocol, family }),
  };
}

/** setsockopt(), several options in one; `text` says which. */
export function setOptionsOf(
  process: ProcessId,
  socket: SocketId,
  options: SocketOptions,
  text: string,
): Deed {
  return {
    process,
    account: { call: 'setsockopt', socket, text },
    act: (ask) => ask({ call: 'setsockopt', socket, options }),
  };
}

/** bind(), and for TCP on wish listen(), on a fresh socket or on one that is there; the socket is the result's. */
export function openSocket(
  world: World,
  process: ProcessId,
  protocol: Protocol,
  at: At,
  wish: { listens: boolean; backlog: number; options: SocketOptions; using?: SocketId },
): Deed {
  const call = wish.listens ? 'listen' : 'bind';
  const known = wish.using === undefined ? protocol : world.sockets.protocol.get(wish.using);
  const account = {
    call,
    protocol: known,
    address: at.address,
    port: at.port,
    options: wish.options,
  } as const;
  return {
    process,
    account,
    act: (ask) => {
      const made: Result =
        wish.using === undefined
          ? ask({ call: 'socket', protocol, ...familyOf(at) })
          : { outcome: 'ok', socket: wish.using };
      const { socket } = made;
      if (socket === undefined) return made;
      ask({ call: 'setsockopt', socket, options: wish.options });
      const bound = ask({ call: 'bind', socket, ...at });
      const result =
        bound.outcome === 'ok' && wish.listens
          ? ask({ call: 'listen', socket, backlog: wish.backlog })
          : bound;
      if (result.outcome === 'ok') return { outcome: 'ok', socket };
      if (wish.using === undefined) ask({ call: 'close', socket });
      return { ...result, account: wish.using === undefined ? {} : { socket } };
    },
  };
}

function familyOf({ family }: At): { readonly family?: Family } {
  return family === undefined ? {} : { family };
}

/** listen() on a socket that is bound. */
export function listenOn(process: ProcessId, socket: SocketId, backlog: number): Deed {
  return {
    process,
    account: { call: 'listen', socket },
    act: (ask) => ({ ...ask({ call: 'listen', socket, backlog }), socket }),
  };
}

type Ask = Parameters<Deed['act']>[0];
type Done = ReturnType<Deed['act']>;

/** The socket that a call to somebody is made on. */
interface SocketWish {
  /** This one; else a fresh one. */
  readonly using?: SocketId;
  readonly options?: SocketOptions;
  /** Bound to this first. */
  readonly from?: At;
  /** Hears of the socket before the call is made, so that the conversation has a name before its first packet leaves. */
  readonly onSocket: (socket: SocketId) => void;
}

/** The socket that is wished for; else what refused it: socket() or bind(). */
function socketTo(ask: Ask, protocol: Protocol, to: At, wish: SocketWish): { socket: SocketId } | Done {
  const made: Result =
    wish.using === undefined
      ? ask({ call: 'socket', protocol, ...familyOf(to) })
      : { outcome: 'ok', socket: wish.using };
  const { socket } = made;
  if (socket === undefined) return made;
  if (wish.options !== undefined) ask({ call: 'setsockopt', socket, options: wish.options });
  if (wish.from !== undefined) {
    const bound = ask({ call: 'bind', socket, ...wish.from });
    if (bound.outcome !== 'ok')
      return {
        ...bound,
        account: { call: 'bind', socket, address: wish.from.address, port: wish.from.port },
      };
  }
  wish.onSocket(socket);
  return { socket };
}

/** connect(), on a fresh socket unless one is given. */
export function connectTo(
  world: World,
  process: ProcessId,
  protocol: Protocol,
  to: At,
  wish: SocketWish,
): Deed {
  return {
    process,
    account: {
      call: 'connect',
      protocol: wish.using === undefined ? protocol : world.sockets.protocol.get(wish.using),
      address: to.address,
      port: to.port,
    },
    act: (ask) => {
      const made = socketTo(ask, protocol, to, wish);
      if ('outcome' in made) return made;
      const { socket } = made;
      const isPortChosen = world.sockets.localPort.get(socket) === 0;
      return { ...ask({ call: 'connect', socket, ...to }), socket, account: { socket, isPortChosen } };
    },
  };
}

export function acceptFrom(process: ProcessId, listener: SocketId): Deed {
  return {
    process,
    account: { call: 'accept', socket: listener },
    act: (ask) => {
      const result = ask({ call: 'accept', socket: listener });
      return result.socket === undefined ? result : { ...result, account: { accepted: result.socket } };
    },
  };
}

export function sendOn(process: ProcessId, socket: SocketId, data: Bytes): Deed {
  return {
    process,
    account: { call: 'send', socket, text: decodeText(data) },
    act: (ask) => ask({ call: 'send', socket, data }),
  };
}

/** sendto(), on a fresh UDP socket unless one is given. */
export function sendTo(world: World, process: ProcessId, data: Bytes, to: At, wish: SocketWish): Deed {
  return {
    process,
    account: { call: 'sendto', protocol: 'udp', text: decodeText(data), address: to.address, port: to.port },
    act: (ask) => {
      const made = socketTo(ask, 'udp', to, wish);
      if ('outcome' in made) return made;
      const { socket } = made;
      const isPortChosen = world.sockets.localPort.get(socket) === 0;
      return { ...ask({ call: 'sendto', socket, data, ...to }), socket, account: { socket, isPortChosen } };
    },
  };
}

export function receiveOn(
  process: ProcessId,
  socket: SocketId,
  call: 'recv' | 'recvfrom',
  max: number | undefined,
): Deed {
  return {
    process,
    account: { call, socket },
    act: (ask) => {
      const result = ask({ call, socket, ...(max === undefined ? {} : { max }) });
      const text = result.data === undefined ? {} : { text: decodeText(result.data) };
      return { ...result, account: { ...text, ...(result.from ?? {}) } };
    },
  };
}

export function closeSocket(process: ProcessId, socket: SocketId): Deed {
  return { process, account: { call: 'close', socket }, act: (ask) => ask({ call: 'close', socket }) };
}

export function shutDown(process: ProcessId, socket: SocketId, how: 'read' | 'write' | 'both'): Deed {
  return {
    process,
    account: { call: 'shutdown', socket, text: how },
    act: (ask) => ask({ call: 'shutdown', socket, how }),
  };
}

/** connect() to AF_UNSPEC: the socket has no peer any more. */
export function disconnectSocket(process: ProcessId, socket: SocketId): Deed {
  return {
    process,
    account: { call: 'disconnect', socket },
    act: (ask) => ask({ call: 'disconnect', socket }),
  };
}

/** recv() on one socket after another, until nothing is left to read. Never waits. */
export function readEverything(process: ProcessId, sockets: readonly SocketId[]): Deed {
  return {
    process,
    account: { call: 'drain', socket: sockets[0] },
    act: (ask) => {
      const read: Bytes[] = [];
      for (const socket of sockets)
        for (;;) {
          const { outcome, data } = ask({ call: 'recvfrom', socket });
          if (data !== undefined) read.push(data);
          else if (outcome !== 'ECONNREFUSED') break; // an error that was waiting stands before what can be read
        }
      const data = joinBytes(...read);
      return { outcome: 'ok', data, account: { count: read.length, text: decodeText(data) } };
    },
  };
}

/** accept() on one listener after another, until nobody waits. Never waits itself. */
export function acceptEverybody(process: ProcessId, listeners: readonly SocketId[]): Deed {
  return {
    process,
    account: { call: 'acceptall', socket: listeners[0] },
    act: (ask) => {
      let count = 0;
      for (const socket of listeners) while (ask({ call: 'accept', socket }).outcome === 'ok') count++;
      return { outcome: 'ok', account: { count } };
    },
  };
}
