// `connectionIn('FIN-WAIT-1')`: a client on `laptop` whose connection to `web` port 80 stands in a state, reached by the
// calls and packets that lead there in life. The peer's half, both processes and the raw wire come with it.
import { NO_BYTES } from '../../src/wire/bytes.js';
import { ACK, type TcpSegment } from '../../src/wire/packet.js';
import { plus } from '../../src/wire/sequence.js';
import type { ConnectionId, ProcessId, SocketId, TcpState } from '../../src/world/tables.js';
import { MILLI, Net, type NetSpec, type Pending } from './network.js';

export const LAPTOP = '10.0.0.7';
export const WEB = '10.0.0.80';

export interface Pair {
  readonly net: Net;
  readonly laptop: ProcessId;
  readonly web: ProcessId;
  readonly listener: SocketId;
  /** The side that opened. */
  readonly client: SocketId;
  readonly connect: Pending;
  /** The side that accepted; undefined before that. */
  readonly server: SocketId | undefined;
}

/** States which a client passes that opened actively, each reached by letting the network do its work up to there. */
export type ClientState = Exclude<TcpState, 'CLOSED' | 'LISTEN' | 'SYN-RECEIVED'>;

export function connectionIn(state: ClientState, spec: NetSpec = {}): Pair & { server: SocketId } {
  const pair = state === 'SYN-SENT' ? opened(spec, false) : opened(spec, true);
  const { net, laptop, web, client } = pair;
  const server = pair.server ?? client; // SYN-SENT: there is no other side yet
  const close = (process: ProcessId, socket: SocketId) =>
    net.call(process, { call: 'shutdown', socket, how: 'write' });
  switch (state) {
    case 'SYN-SENT':
    case 'ESTABLISHED':
      break;
    case 'FIN-WAIT-1':
      close(laptop, client);
      break;
    case 'FIN-WAIT-2':
      close(laptop, client);
      net.settle();
      break;
    case 'CLOSE-WAIT':
      close(web, server);
      net.settle();
      break;
    case 'CLOSING':
      close(laptop, client);
      close(web, server);
      net.pass(MILLI); // both FINs have arrived, neither ACK
      break;
    case 'LAST-ACK':
      close(web, server);
      net.settle();
      close(laptop, client);
      break;
    case 'TIME-WAIT':
      close(laptop, client);
      net.settle();
      close(web, server);
      net.settle();
      break;
  }
  // A TIME-WAIT may have gone on without the process's socket.
  const [there = client] = net.socketsOn('laptop');
  if (net.stateOf(there) !== state) throw new Error(`wanted ${state}, got ${net.stateOf(there)}`);
  return { ...pair, client: there, server };
}

/** Two hosts and a connection between them that is accepted, or, with `isDone` false, a SYN that has just left. */
export function opened(spec: NetSpec = {}, isDone = true): Pair {
  const net = new Net({ laptop: LAPTOP, web: WEB }, spec);
  const laptop = net.process('laptop');
  const web = net.process('web');
  const listener = net.listener(web, 80);
  const { socket: client, call: connect } = net.caller(laptop, WEB, 80, 51004);
  if (!isDone) return { net, laptop, web, listener, client, connect, server: undefined };
  net.settle();
  return { net, laptop, web, listener, client, connect, server: net.accepted(web, listener) };
}

/** A segment from the peer of `client`, as its connection would number it; `over` puts in what is to be odd. */
export function fromPeer(
  { net, client }: Pick<Pair, 'net' | 'client'>,
  over: Partial<TcpSegment> = {},
): TcpSegment {
  const { sockets, connections } = net.world;
  const connection = sockets.connection.get(client) as ConnectionId;
  return {
    protocol: 'tcp',
    source: WEB,
    sourcePort: 80,
    destination: LAPTOP,
    destinationPort: net.portOf(client),
    sequence: connections.receiveNext.get(connection),
    acknowledgment: connections.sendNext.get(connection),
    flags: ACK,
    window: 65535,
    payload: NO_BYTES,
    ...over,
  };
}

/** Numbers of a connection: SND.UNA, SND.NXT, RCV.NXT. */
export function numbersOf(net: Net, socket: SocketId) {
  const { sockets, connections } = net.world;
  const connection = sockets.connection.get(socket) as ConnectionId;
  return {
    una: connections.sendUnacknowledged.get(connection),
    next: connections.sendNext.get(connection),
    receive: connections.receiveNext.get(connection),
    before: plus(connections.receiveNext.get(connection), -1),
  };
}
