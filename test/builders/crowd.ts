// A host full of sockets, made at random by the calls that make sockets in life: TCP and UDP, bound, listening, connected,
// half open, closed again, on one address or on any, sharing or not. What became of them is read from the world.
import fc from 'fast-check';
import { below, seedRandom } from '../../src/base/random.js';
import { NO_BYTES } from '../../src/wire/bytes.js';
import { ACK, type FourTuple, type Protocol, RST, SYN } from '../../src/wire/packet.js';
import { plus } from '../../src/wire/sequence.js';
import type { ProcessId, SocketId } from '../../src/world/tables.js';
import { Net } from './network.js';

export const OWN = ['10.0.0.1', '10.0.0.2', '127.0.0.1'] as const;
export const PEERS = ['10.0.0.8', '10.0.0.9', '10.0.0.1'] as const;
export const PORTS = [53, 80, 8080, 40_000, 65_535] as const;
const PEER_PORTS = [40_000, 51_004, 51_005] as const;

const own = fc.constantFrom<string>('', ...OWN);
const peer = fc.constantFrom<string>(...PEERS);
/** Not the host itself: two halves of one connection with the same four numbers would answer each other for ever. */
const outsider = fc.constantFrom<string>('10.0.0.8', '10.0.0.9');
const port = fc.constantFrom<number>(...PORTS);
const peerPort = fc.constantFrom<number>(...PEER_PORTS);
const which = fc.nat(15);
const flag = fc.boolean();

const deed = fc.oneof(
  fc.record({ does: fc.constant('udp'), own, port, mayRebind: flag, sharesPort: flag }),
  fc.record({
    does: fc.constant('udp to'),
    own,
    port,
    peer,
    peerPort: fc.constantFrom(0, ...PEER_PORTS),
    mayRebind: fc.constant(true),
  }),
  fc.record({ does: fc.constant('listen'), own, port, mayRebind: flag, sharesPort: flag }),
  fc.record({ does: fc.constant('bind'), own, port, mayRebind: flag }),
  fc.record({
    does: fc.constant('call'),
    own,
    port: fc.constantFrom(0, ...PORTS),
    peer,
    peerPort,
    mayRebind: flag,
  }),
  fc.record({
    does: fc.constant('knock'),
    at: fc.constantFrom<string>(...OWN),
    port,
    peer: outsider,
    peerPort,
  }),
  fc.record({ does: fc.constant('reset'), which }),
  fc.record({ does: fc.constant('close'), which }),
);
type Deed = typeof deed extends fc.Arbitrary<infer Value> ? Value : never;
export const crowds = fc.array(deed, { minLength: 4, maxLength: 24 });

export interface Crowd {
  readonly net: Net;
  /** Sockets in the order in which packets came to find them; those that are gone are in it as well. */
  readonly order: readonly SocketId[];
}

export function gather(deeds: readonly Deed[]): Crowd {
  const net = new Net({
    box: { addresses: ['10.0.0.1', '10.0.0.2'] },
    far: { addresses: ['10.0.0.8', '10.0.0.9'] },
  });
  const process = net.process('box');
  for (const each of deeds) play(net, process, each);
  return { net, order: [...net.world.sockets.rows] };
}

function play(net: Net, process: ProcessId, given: Deed): void {
  const { world } = net;
  const there = [...world.sockets.rows];
  switch (given.does) {
    case 'udp':
    case 'udp to':
    case 'listen':
    case 'bind':
    case 'call': {
      const protocol = given.does.startsWith('udp') ? 'udp' : 'tcp';
      const { mayRebind } = given;
      const sharesPort = 'sharesPort' in given && given.sharesPort;
      const socket = net.socket(process, protocol, { mayRebind, sharesPort });
      if (given.port !== 0) net.call(process, { call: 'bind', socket, address: given.own, port: given.port });
      if (given.does === 'listen') net.call(process, { call: 'listen', socket, backlog: 9 });
      if ('peer' in given)
        net.call(process, { call: 'connect', socket, address: given.peer, port: given.peerPort });
      break;
    }
    case 'knock':
      net.inject('box', {
        protocol: 'tcp',
        source: given.peer,
        sourcePort: given.peerPort,
        destination: given.at,
        destinationPort: given.port,
        sequence: 1_000,
        acknowledgment: 0,
        flags: SYN,
        window: 1_000,
        payload: NO_BYTES,
      });
      net.pass(0);
      break;
    case 'reset': {
      const socket = there[given.which];
      const connection = socket && world.sockets.connection.get(socket);
      if (!socket || !connection) break;
      const tuple = tupleOf(net, socket);
      const next = world.connections.receiveNext.get(connection);
      net.inject('box', {
        protocol: 'tcp',
        source: tuple.remoteAddress,
        sourcePort: tuple.remotePort,
        destination: tuple.localAddress,
        destinationPort: tuple.localPort,
        sequence: next,
        acknowledgment: plus(world.connections.sendNext.get(connection), 0),
        flags: RST | ACK,
        window: 0,
        payload: NO_BYTES,
      });
      net.pass(0);
      break;
    }
    case 'close': {
      const socket = there[given.which];
      if (socket) net.call(process, { call: 'close', socket });
      break;
    }
  }
}

/** The four numbers of a socket as they stand; '' and 0 for what it did not choose. */
export function tupleOf(net: Net, socket: SocketId): FourTuple {
  const { sockets, memory } = net.world;
  return {
    localAddress: memory.text(sockets.localAddress.get(socket)),
    localPort: sockets.localPort.get(socket),
    remoteAddress: memory.text(sockets.remoteAddress.get(socket)),
    remotePort: sockets.ports.get(socket) & 0xffff,
  };
}

export interface Question {
  readonly protocol: Protocol;
  readonly tuple: FourTuple;
}

/** What a packet may carry: mostly numbers that a socket of the crowd has, some of them changed. By the seed alone. */
export function* questionsFor({ net, order }: Crowd, seed: number, count: number): Generator<Question> {
  const words = new Uint32Array(4);
  const state = {
    get: (word: 0 | 1 | 2 | 3) => words[word] ?? 0,
    set: (word: 0 | 1 | 2 | 3, to: number) => (words[word] = to),
  };
  seedRandom(state, seed);
  const one = <Item>(items: readonly Item[]): Item => items[below(state, items.length)] as Item;
  const models = order.filter((each) => net.world.sockets.rows.has(each)).map((each) => tupleOf(net, each));
  const anywhere = tupleOfNobody();
  for (let asked = 0; asked < count; asked++) {
    const model = models.length === 0 ? anywhere : one(models);
    const keep = () => below(state, 3) > 0;
    yield {
      protocol: one(['tcp', 'udp']),
      tuple: {
        localAddress: keep() && model.localAddress !== '' ? model.localAddress : one([...OWN, '10.0.0.77']),
        localPort: keep() ? model.localPort : one([0, ...PORTS]),
        remoteAddress:
          keep() && model.remoteAddress !== '' ? model.remoteAddress : one([...PEERS, '10.0.0.78']),
        remotePort: keep() && model.remotePort !== 0 ? model.remotePort : one(PEER_PORTS),
      },
    };
  }
}

function tupleOfNobody(): FourTuple {
  return { localAddress: OWN[0], localPort: 80, remoteAddress: PEERS[0], remotePort: 51_004 };
}
