// A packet that lets the next one of its network overtake it. If none comes soon, it goes on alone, late.
// That one is to be held back is said in faults.ts.
import type { Nanos } from '../base/time.js';
import type { Engine, Handler } from '../engine/engine.js';
import type { NetworkId, World } from '../world/tables.js';

/** So long it waits: less than any retransmission timeout. */
const LONGEST_WAIT: Nanos = 100e6;

export class HoldBack {
  private readonly world: World;
  private readonly engine: Engine;
  private readonly end: Handler;
  /** What waits, by the number of the event that ends the wait; only ever added to. */
  private readonly arrivals = new Map<number, number>();

  /** `arrive`: what is done with what was given to `hold`. */
  constructor(world: World, engine: Engine, arrive: (argument: number) => void) {
    this.world = world;
    this.engine = engine;
    const isDue = (_: number, event: number) => this.networkOf(event) !== undefined;
    this.end = engine.handler(
      (argument) => {
        for (const network of world.networks.rows)
          if (this.holds(network) === argument) world.networks.holding.set(network, 0);
        arrive(argument);
      },
      { isDue },
    );
  }

  /** `wait`: until it is on its way at all. */
  hold(network: NetworkId, wait: Nanos, arrival: number): void {
    const event = this.engine.after(wait + LONGEST_WAIT, this.end, arrival);
    this.arrivals.set(event, arrival);
    this.world.networks.holding.set(network, event);
  }

  /** What the network holds back, if it does. */
  holds(network: NetworkId): number | undefined {
    return this.arrivals.get(this.world.networks.holding.get(network));
  }

  /** It was overtaken: the caller lets it arrive. */
  release(network: NetworkId): number | undefined {
    const arrival = this.holds(network);
    if (arrival !== undefined) this.world.networks.holding.set(network, 0);
    return arrival;
  }

  private networkOf(event: number): NetworkId | undefined {
    const { networks } = this.world;
    for (const network of networks.rows) if (networks.holding.get(network) === event) return network;
    return undefined;
  }
}
