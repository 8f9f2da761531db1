// The running simulation under a scenario: every call is an event of the engine, and time stands still but for packets.
// It knows no labels and no ops: those are player.ts.
import { NANOS_PER_MILLI, type Nanos } from '../../src/base/time.js';
import type { Handler } from '../../src/engine/engine.js';
import type { Call, Result } from '../../src/host/call.js';
import { perform, performAgain } from '../../src/host/perform.js';
import type { Simulation } from '../../src/net/simulation.js';
import type { Fact } from '../../src/world/facts.js';
import type { ProcessId } from '../../src/world/tables.js';

/** More events than any op causes: two sockets that answer each other for ever. */
const MOST_EVENTS = 100_000;
/** The recorder needs a little time for each op; equal times of two calls would be another story. */
const BETWEEN_OPS: Nanos = NANOS_PER_MILLI;

export class Stage {
  readonly simulation: Simulation;
  private readonly handler: Handler;
  private work: () => void = () => {};

  constructor(simulation: Simulation) {
    this.simulation = simulation;
    this.handler = simulation.engine.handler(() => this.work());
  }

  /** One call, and all that follows from it at once. Never waits: `pending` is an answer. */
  ask(process: ProcessId, call: Call): Result {
    return this.run(() => perform(this.simulation, process, call));
  }

  /** What a call that was `pending` gives now. */
  askAgain(process: ProcessId, call: Call): Result {
    return this.run(() => performAgain(this.simulation, process, call));
  }

  /** Something done to the world from outside, as one step. */
  run<T>(work: () => T, after: Nanos = BETWEEN_OPS): T {
    let result: { value: T } | undefined;
    this.work = () => {
      result = { value: work() };
    };
    const { engine } = this.simulation;
    engine.after(after, this.handler, 0);
    for (let events = 0; engine.stepUntilQuiet(); events++)
      if (events > MOST_EVENTS) throw new Error('the network does not come to rest');
    if (result === undefined) throw new Error('an event was lost');
    return result.value;
  }

  /** Lets time go by, with every timer in it. */
  wait(milliseconds: number): void {
    this.run(() => undefined, milliseconds * NANOS_PER_MILLI);
  }

  get place(): number {
    return this.simulation.log.length;
  }

  factsSince(place: number): readonly Fact[] {
    return this.simulation.log.between(place, this.place);
  }
}
