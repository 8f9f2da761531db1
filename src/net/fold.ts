// What was sent so far, as one number in the world: two runs that differ on the wire differ in their digests.
import type { Packet } from '../wire/packet.js';
import { runOf } from '../world/sockets.js';
import type { World } from '../world/tables.js';

export function foldIn(world: World, packet: Packet): void {
  const { run } = world;
  const row = runOf(world);
  let hash = run.sent.get(row);
  const add = (value: number) => {
    hash = Math.imul(hash ^ value, 0x01000193); // FNV-1a, 32 bits
  };
  const quoted = packet.protocol === 'icmp' ? packet.quoted : packet;
  for (const text of [packet.protocol, packet.source, packet.destination, quoted.payload])
    for (let at = 0; at < text.length; at++) add(text.charCodeAt(at));
  add(quoted.sourcePort);
  add(quoted.destinationPort);
  if (quoted.protocol === 'tcp')
    for (const value of [quoted.flags, quoted.sequence, quoted.acknowledgment, quoted.window]) add(value);
  run.sent.set(row, hash >>> 0);
}
