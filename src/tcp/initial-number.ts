// Where a connection's own numbers begin. RFC 6528 §3: a clock, and on top of it a hash of the four numbers and of a secret,
// so that outsiders cannot guess it and yet each reopening of the same four numbers begins beyond the one before: by that
// a TIME-WAIT tells a new SYN from an old one (reopen.ts).
import { nextUint32 } from '../base/random.js';
import { plus } from '../wire/sequence.js';
import { randomOf } from '../world/random.js';
import { hostOf, runOf } from '../world/sockets.js';
import type { ConnectionId, HostId, SocketId, World } from '../world/tables.js';
import { rulesOf } from './rules.js';

/**
 * Textbook: a real machine needs time for every connection, a simulated one none. So the clock also moves on by this with
 * each, or who calls twice at one instant would repeat its number.
 */
const PER_CONNECTION = 4096;

/** For a socket that has its four numbers. */
export function initialNumber(world: World, socket: SocketId, connection: ConnectionId): number {
  const { sockets, run } = world;
  const host = hostOf(world, socket);
  const clock = Math.floor(run.now.get(runOf(world)) / rulesOf(world, host).numberTick);
  let hash = secretOf(world, host);
  for (const column of [sockets.localAddress, sockets.remoteAddress, sockets.ports])
    hash = stir(hash ^ column.get(socket));
  return plus(hash, clock + connection * PER_CONNECTION);
}

/** The last step of MurmurHash3 (Appleby): every bit of the word reaches every other. */
function stir(word: number): number {
  let hash = word;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** Drawn from the run's seed when the host makes its first connection; nobody in the simulator forges numbers. */
function secretOf(world: World, host: HostId): number {
  const { numberSecret } = world.hosts;
  if (numberSecret.get(host) === 0) numberSecret.set(host, nextUint32(randomOf(world)) || 1); // 0 would mean: not drawn yet
  return numberSecret.get(host);
}
