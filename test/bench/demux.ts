// Lookups by four-tuple: the store's hash table, whole `findSocket`, and a `Map` with string keys, in one run.
// Sockets are put into the tables directly: what is measured is finding them.
import { below } from '../../src/base/random.js';
import { findSocket, portsKey } from '../../src/demux/find.js';
import { Simulation } from '../../src/net/simulation.js';
import type { FourTuple } from '../../src/wire/packet.js';
import { randomOf } from '../../src/world/random.js';
import { createSocket, holdPort, releasePort, setState, setTuple } from '../../src/world/sockets.js';
import type { SocketId } from '../../src/world/tables.js';
import { medianNanos, ratio } from './rounds.js';

const SIZES = [10, 1000, 100_000, 1_000_000];
const LOOKUPS = 200_000;
const SERVER = '10.0.0.1';
const PORT = 443;

export function benchDemux(): void {
  console.log('demux: lookups of connections by four-tuple; ns are medians of 7 interleaved rounds');
  console.log('  sockets  Index  Map  findSocket   Map/Index  Map/findSocket  probes  after churn');
  for (const size of SIZES) {
    try {
      console.log(`  ${measure(size)}`);
    } catch (error) {
      console.log(`  ${size}: left out, ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

function measure(size: number): string {
  const simulation = new Simulation(6);
  const { world } = simulation;
  const { memory } = world;
  const byText = new Map<string, SocketId>();
  const tuples: FourTuple[] = [];
  const sockets: SocketId[] = [];
  const host = memory.step(() => world.hosts.rows.create());
  const open = (number: number): void => {
    const tuple = tupleOf(number);
    const socket = createSocket(world, host, 'tcp', 'root');
    holdPort(world, socket, SERVER, PORT, 'picked');
    setTuple(world, socket, SERVER, tuple.remoteAddress, tuple.remotePort);
    setState(world, socket, 'ESTABLISHED');
    byText.set(keyOf(tuple), socket);
    tuples.push(tuple);
    sockets.push(socket);
  };
  for (let number = 0; number < size; number += 10_000)
    memory.step(() => {
      for (let each = number; each < Math.min(size, number + 10_000); each++) open(each);
    });
  const order = memory.step(() => Int32Array.from({ length: LOOKUPS }, () => below(randomOf(world), size)));
  // What a packet brings: addresses as texts that are known already, and ports.
  const asked = Array.from(order, (place) => ({ ...tupleOf(place) }));
  let found = 0;
  const [index = 0, map = 0, whole = 0] = medianNanos([
    {
      name: 'Index',
      count: LOOKUPS,
      run: () => {
        for (const tuple of asked) {
          const local = memory.code(tuple.localAddress) ?? 0;
          const remote = memory.code(tuple.remoteAddress) ?? 0;
          found += world.tcpByTuple.first(host, local, remote, portsKey(tuple.localPort, tuple.remotePort));
        }
      },
    },
    {
      name: 'Map',
      count: LOOKUPS,
      run: () => {
        for (const tuple of asked) found += byText.get(keyOf(tuple)) ?? 0;
      },
    },
    {
      name: 'findSocket',
      count: LOOKUPS,
      run: () => {
        for (const tuple of asked) found += findSocket(world, host, 'tcp', tuple)?.socket ?? 0;
      },
    },
  ]);
  if (found === 0) throw new Error('nothing was found');
  const probes = () => {
    let sum = 0;
    let count = 0;
    for (const socket of sockets) {
      if (!world.sockets.rows.has(socket) || world.sockets.localPort.get(socket) === 0) continue;
      const { localAddress, remoteAddress, ports } = world.sockets;
      sum += world.tcpByTuple.probes(
        host,
        localAddress.get(socket),
        remoteAddress.get(socket),
        ports.get(socket),
      );
      count++;
    }
    return (sum / count).toFixed(3);
  };
  const fresh = probes();
  // Churn: half of all go, as many others come, twice. All hold one port, so the oldest of its chain go last: newest first.
  let next = size;
  for (let round = 0; round < 2; round++)
    memory.step(() => {
      const going = sockets.splice(-Math.min(size >> 1, 50_000)).reverse();
      for (const socket of going) releasePort(world, socket);
      for (let count = 0; count < going.length; count++) open(next++);
    });
  const cells = [index, map, whole].map((nanos) => nanos.toFixed(0).padStart(5));
  return `${String(size).padStart(7)} ${cells.join(' ')}        ${ratio(map, index)}       ${ratio(map, whole)}            ${fresh}   ${probes()}`;
}

function tupleOf(number: number): FourTuple {
  const client = Math.floor(number / 5000);
  return {
    localAddress: SERVER,
    localPort: PORT,
    remoteAddress: `10.${1 + (client >> 8)}.${client & 255}.7`,
    remotePort: 32_768 + (number % 5000) * 5,
  };
}

function keyOf({ localAddress, localPort, remoteAddress, remotePort }: FourTuple): string {
  return `${localAddress}:${localPort}-${remoteAddress}:${remotePort}`;
}
