// F and G of RFC 6056 §3.3: keyed hashes of where a call goes, so that ports to one destination follow each other and
// tell nothing about those to another. HalfSipHash-2-4 (Aumasson and Bernstein), the relative of SipHash for 32-bit words.
// The key is drawn once per host from the run's seed. What is done with the hash: policies.ts.
import { nextUint32 } from '../base/random.js';
import { randomOf } from '../world/random.js';
import type { HostId, World } from '../world/tables.js';

/** What the hash is over; RFC 6056 leaves out the local port, which is what is looked for. */
export interface Destination {
  /** '' while it is open. */
  readonly localAddress: string;
  readonly remoteAddress: string;
  readonly remotePort: number;
}

/** 0 to 2^32 - 1. `which` stands before all else, so the two hashes are as unlike as with two keys. */
export function hashDestination(world: World, host: HostId, which: 'F' | 'G', to: Destination): number {
  const [key0, key1] = secretOf(world, host);
  return keyedHash(key0, key1, bytesOf(`${which} ${to.localAddress} ${to.remoteAddress} ${to.remotePort}`));
}

/** HalfSipHash-2-4 with a key of 64 and a result of 32 bits. */
export function keyedHash(key0: number, key1: number, bytes: readonly number[]): number {
  const state: State = [key0, key1, 0x6c796765 ^ key0, 0x74656462 ^ key1];
  const whole = bytes.length & ~3;
  for (let at = 0; at < whole; at += 4) absorb(state, wordAt(bytes, at));
  absorb(state, wordAt(bytes, whole) | (bytes.length << 24));
  state[2] ^= 0xff;
  for (let round = 0; round < 4; round++) mix(state);
  return (state[1] ^ state[3]) >>> 0;
}

type State = [number, number, number, number];

function absorb(state: State, word: number): void {
  state[3] ^= word;
  mix(state);
  mix(state);
  state[0] ^= word;
}

function mix(state: State): void {
  let [v0, v1, v2, v3] = state;
  v0 = (v0 + v1) | 0;
  v1 = rotate(v1, 5) ^ v0;
  v0 = rotate(v0, 16);
  v2 = (v2 + v3) | 0;
  v3 = rotate(v3, 8) ^ v2;
  v0 = (v0 + v3) | 0;
  v3 = rotate(v3, 7) ^ v0;
  v2 = (v2 + v1) | 0;
  v1 = rotate(v1, 13) ^ v2;
  v2 = rotate(v2, 16);
  state[0] = v0;
  state[1] = v1;
  state[2] = v2;
  state[3] = v3;
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** Four bytes, lowest first; those beyond the end are 0. */
function wordAt(bytes: readonly number[], at: number): number {
  const byte = (index: number) => bytes[at + index] ?? 0;
  return byte(0) | (byte(1) << 8) | (byte(2) << 16) | (byte(3) << 24);
}

/** Addresses and ports are ASCII. */
function bytesOf(text: string): number[] {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at++) bytes.push(text.charCodeAt(at));
  return bytes;
}

function secretOf(world: World, host: HostId): readonly [number, number] {
  const { portSecret0, portSecret1 } = world.hosts;
  if (portSecret0.get(host) === 0) {
    portSecret1.set(host, nextUint32(randomOf(world)));
    portSecret0.set(host, nextUint32(randomOf(world)) || 1); // 0 would mean: not drawn yet
  }
  return [portSecret0.get(host), portSecret1.get(host)];
}
