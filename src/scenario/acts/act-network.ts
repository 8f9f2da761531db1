// What a script line orders a network to do: lose, delay, double or reorder the next packets like this; be cut, and heal.
// Nobody in the run notices it when it is said: it is no step, and what comes of it is.
import type { PlannedFault } from '../../net/faults.js';
import type { Simulation } from '../../net/simulation.js';
import type { NetworkId } from '../../world/tables.js';
import { parsePacketPattern } from '../atoms/packets.js';
import { mostOf, parseTime } from '../atoms/quantities.js';
import type { Directory } from '../cast/directory.js';
import { isLike } from '../holds/likeness.js';
import type { Act } from '../schema/calls.js';
import type { Verb } from '../schema/verb-names.js';
import { accepted } from '../text/parsed.js';

/** A delayed packet that is not said to be so much later: half a second, more than a first timeout of a measured connection. */
const USUAL_DELAY = 500e6;
const PLANNED = ['drop', 'delay', 'duplicate', 'reorder'] as const;

/** False for a verb that is none of a network. */
export function orderNetwork(
  { simulation, directory }: { readonly simulation: Simulation; readonly directory: Directory },
  network: NetworkId,
  verb: Verb,
  act: Act,
): boolean {
  const { world, faults } = simulation;
  if (verb === 'cut' || verb === 'heal') {
    world.memory.step(() => world.networks.isCut.set(network, verb === 'cut'));
    return true;
  }
  const kind = PLANNED.find((each) => each === verb);
  const pattern = kind === undefined ? undefined : act[kind];
  if (kind === undefined || typeof pattern !== 'string') return false;
  const packet = accepted(parsePacketPattern(pattern));
  const planned: PlannedFault = {
    network,
    kind,
    times: act.times === undefined ? 1 : (mostOf(act.times) ?? 0xffffffff),
    byNanos: act.by === undefined ? USUAL_DELAY : nanosOf(act.by),
    fits: (each) => isLike(world, directory, packet, each),
  };
  world.memory.step(() => faults.add(world, planned));
  return true;
}

function nanosOf(text: string): number {
  const time = accepted(parseTime(text));
  return time.kind === 'time' ? time.nanos : 0;
}
