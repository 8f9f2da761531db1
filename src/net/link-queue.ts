// A link that takes its time: each host puts one packet after another on it, each as long as its bytes need, first come first
// served. What has to wait stands in that host's queue, and if the queue has an end, what comes then is dropped.
// How long the way itself takes is the network's delay. Only the bytes of IP count: no Ethernet is played.
import type { Nanos } from '../base/time.js';
import type { Packet } from '../wire/packet.js';
import { sizeOfPacket } from '../wire/packet-bytes.js';
import { runOf } from '../world/sockets.js';
import type { HostId, NetworkId, World } from '../world/tables.js';

const BITS_PER_BYTE = 8;
/** A thousand bits a second: so many nanoseconds a bit. */
const NANOS_PER_KILOBIT = 1e6;

/**
 * How long until the packet's last bit is on its way, those before it included; 0 where the network has no bandwidth.
 * Undefined: the queue is full. Within a step.
 */
export function enqueue(world: World, host: HostId, network: NetworkId, packet: Packet): Nanos | undefined {
  const { networks, transmissions, run } = world;
  const kilobits = networks.kilobits.get(network);
  if (kilobits === 0) return 0;
  const now = run.now.get(runOf(world));
  let free = now;
  let before = 0;
  for (const row of [...transmissions.rows]) {
    const ends = transmissions.ends.get(row);
    if (ends <= now) transmissions.rows.remove(row);
    else if (transmissions.host.get(row) === host && transmissions.network.get(row) === network) {
      before++;
      free = ends;
    }
  }
  // The first of those before it is being sent; the others wait.
  const limit = networks.queueLimit.get(network);
  if (limit > 0 && before > limit) return undefined;
  const row = transmissions.rows.create();
  const bits = sizeOfPacket(packet) * BITS_PER_BYTE;
  const ends = free + Math.ceil((bits * NANOS_PER_KILOBIT) / kilobits);
  transmissions.host.set(row, host);
  transmissions.network.set(row, network);
  transmissions.ends.set(row, ends);
  return ends - now;
}
