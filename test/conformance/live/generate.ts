// Random programs of socket calls, the same for the same seed. Weighted to what decides who gets a packet: ports that two
// want, listeners, and every way of closing. Where one plays: setting.ts; the calls themselves: writer.ts.
import type { Scenario } from '../recording.js';
import { Dice } from './dice.js';
import { makeSetting } from './setting.js';
import { Writer } from './writer.js';

/** How often each thing is done; names are methods of the writer. */
const DEEDS = {
  opened: 14,
  server: 10,
  conversation: 14,
  conflict: 10,
  bound: 8,
  listening: 5,
  connected: 12,
  unconnected: 2,
  accepted: 5,
  sent: 6,
  sentTo: 9,
  received: 6,
  shut: 5,
  closed: 20,
  exited: 3,
  duplicated: 2,
  optioned: 5,
  asked: 5,
  looked: 5,
  emptied: 8,
  userChanged: 1,
  switched: 1,
  readdressed: 1,
  lossy: 3,
  waited: 1,
} as const;

const SHORTEST = 6;
const LONGEST = 26;

/** The program number `index` of a seed. */
export function generate(seed: number, index: number): Scenario {
  const dice = new Dice(seed * 1_000_003 + index);
  const { ports, ...setting } = makeSetting(dice);
  const writer = new Writer(dice, { ...setting, ports });
  const length = SHORTEST + dice.below(LONGEST - SHORTEST);
  while (writer.ops.length < length) writer[dice.weighted(DEEDS)]();
  writer.finish();
  const { v6, sysctls, ...cast } = setting;
  return {
    name: `live:${seed}:${index}`,
    family: v6 ? 'live6' : 'live',
    ...cast,
    ...(v6 ? { v6 } : {}),
    ...(Object.keys(sysctls).length > 0 ? { sysctls } : {}),
    ops: writer.ops,
  };
}
