// What was sent so far, as one number in the world: two runs that differ on the wire differ in their digests.
import type { Packet } from '../wire/packet.js';
import { runOf } from '../world/sockets.js';
import type { World } from '../world/tables.js';

export function foldIn(world: World, packet: Packet): void {
  const { run, memory } = world;
  const row = runOf(world);
  const quoted = packet.protocol === 'icmp' ? packet.quoted : packet;
  let hash = mix(run.sent.get(row), PROTOCOLS[packet.protocol]);
  // Texts by their codes: what they say is in the digest of the texts.
  for (const text of [packet.source, packet.destination, quoted.payload])
    hash = mix(hash, memory.intern(text));
  hash = mix(hash, (quoted.sourcePort << 16) | quoted.destinationPort);
  if (quoted.protocol === 'tcp') {
    hash = mix(hash, (quoted.flags << 16) | quoted.window);
    hash = mix(mix(hash, quoted.sequence), quoted.acknowledgment);
  }
  run.sent.set(row, hash);
}
const PROTOCOLS = { tcp: 6, udp: 17, icmp: 1 } as const;

/** A bijection of the hash for every value: another value gives another hash. */
function mix(hash: number, value: number): number {
  const mixed = Math.imul(hash ^ value, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}
