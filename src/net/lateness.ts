// How much longer than usual packets take from one host to another, where choices are asked for: other delays than those of
// the file, as real networks have them. The same for all packets of a way, so that none overtakes another.
import { formatNanos, type Nanos } from '../base/time.js';
import type { Choices } from '../engine/choices.js';
import type { HostId, NetworkId, World } from '../world/tables.js';

/** As usual, half as long again, twice as long. */
const ANSWERS = 3;

export class Lateness {
  private readonly world: World;
  private readonly choices: Choices;
  /** By way; drawn when it is first used. The engine only runs forward, and so it needs no history. */
  private readonly known = new Map<string, Nanos>();

  constructor(world: World, choices: Choices) {
    this.world = world;
    this.choices = choices;
  }

  /** What is to be added to the `usual` delay. */
  of(from: HostId, to: HostId, network: NetworkId, usual: Nanos): Nanos {
    if (usual === 0) return 0;
    const way = `${from} ${to} ${network}`;
    const known = this.known.get(way);
    if (known !== undefined) return known;
    const { name } = this.world.hosts;
    const lateBy = (answer: number) => Math.floor((usual * answer) / (ANSWERS - 1));
    const late = lateBy(
      this.choices.pick(
        ANSWERS,
        (answer) =>
          `packets from ${name.get(from)} to ${name.get(to)} take ${formatNanos(usual + lateBy(answer))} instead of ${formatNanos(usual)}`,
      ),
    );
    this.known.set(way, late);
    return late;
  }
}
