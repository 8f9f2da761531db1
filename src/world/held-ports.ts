// Which ports of a host nobody holds at all, as a tree of bits in the world's cells: it steps back with everything else.
// Even and odd ports stand in trees of their own, since Linux looks at one parity before the other. Written by
// sockets.ts only, as ports are taken and given back; whether a held port may be had as well is ../ports/.
import type { Protocol } from '../wire/packet.js';
import type { HostId, World } from './tables.js';

/** Bits of a word: 32. Leaves: one bit a port, set while it is held. Above them: one bit a word, set while it is full. */
const LEVELS = [
  { first: 0, words: 1024 },
  { first: 1024, words: 32 },
  { first: 1056, words: 1 },
] as const;
const CELLS_PER_PARITY = 1057;
const FULL = -1; // all 32 bits

export function markHeld(world: World, host: HostId, protocol: Protocol, port: number): void {
  const { memory } = world;
  const column = columnOf(world, protocol);
  if (column.get(host) === 0) column.set(host, memory.allocate(2 * CELLS_PER_PARITY));
  const tree = treeOf(column.get(host), port);
  let bit = port >> 1;
  for (const { first } of LEVELS) {
    const cell = tree + first + (bit >> 5);
    const after = memory.read(cell) | (1 << (bit & 31));
    memory.write(cell, after);
    if (after !== FULL) return;
    bit >>= 5;
  }
}

export function markUnheld(world: World, host: HostId, protocol: Protocol, port: number): void {
  const { memory } = world;
  const tree = treeOf(columnOf(world, protocol).get(host), port);
  let bit = port >> 1;
  for (const { first } of LEVELS) {
    const cell = tree + first + (bit >> 5);
    const before = memory.read(cell);
    memory.write(cell, before & ~(1 << (bit & 31)));
    if (before !== FULL) return;
    bit >>= 5;
  }
}

/** Does anybody hold this port? Reads one word. */
export function isHeld(world: World, host: HostId, protocol: Protocol, port: number): boolean {
  const cells = columnOf(world, protocol).get(host);
  const bit = port >> 1;
  return cells !== 0 && ((world.memory.read(treeOf(cells, port) + (bit >> 5)) >>> (bit & 31)) & 1) !== 0;
}

/**
 * The first port at or after `port`, up to `last`, that nobody holds, of any parity or (`step` 2) of that of `port`;
 * undefined if there is none. Reads at most five words a parity, however full the host is.
 */
export function nextUnheld(
  world: World,
  host: HostId,
  protocol: Protocol,
  port: number,
  last: number,
  step: 1 | 2,
): number | undefined {
  const same = nextOfParity(world, host, protocol, port, last);
  if (step === 2 || same === port || port === last) return same;
  const other = nextOfParity(world, host, protocol, port + 1, last);
  return same === undefined || (other !== undefined && other < same) ? other : same;
}

function nextOfParity(
  world: World,
  host: HostId,
  protocol: Protocol,
  port: number,
  last: number,
): number | undefined {
  const cells = columnOf(world, protocol).get(host);
  if (cells === 0) return port <= last ? port : undefined;
  const place = firstClear(world, treeOf(cells, port), 0, port >> 1);
  if (place === undefined) return undefined;
  const found = 2 * place + (port & 1);
  return found <= last ? found : undefined;
}

/** The first bit that is not set, at or after `bit` of a level: in its own word, or in the word that the level above names. */
function firstClear(world: World, tree: number, number: number, bit: number): number | undefined {
  const level = LEVELS[number];
  const word = bit >> 5;
  if (level === undefined || word >= level.words) return undefined;
  const here = ~world.memory.read(tree + level.first + word) & (-1 << (bit & 31));
  if (here !== 0) return 32 * word + lowestBit(here);
  const next = firstClear(world, tree, number + 1, word + 1);
  if (next === undefined) return undefined;
  return 32 * next + lowestBit(~world.memory.read(tree + level.first + next));
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}

function treeOf(cells: number, port: number): number {
  return cells + (port & 1) * CELLS_PER_PARITY;
}

function columnOf({ hosts }: World, protocol: Protocol) {
  return protocol === 'tcp' ? hosts.heldTcp : hosts.heldUdp;
}
