// A finished run as it was recorded: the world with its journal, the fact log, and where each step begins and ends.
// Everything that reads a run reads one of these. Who makes it: ../scenario/run.ts, by way of the Recorder here.
import type { Nanos } from '../base/time.js';
import type { FactLog } from '../world/fact-log.js';
import type { Fact } from '../world/facts.js';
import { runOf } from '../world/sockets.js';
import type { World } from '../world/tables.js';

/** One thing that the stepper shows: a call, an arrival or a timer, with everything that followed at that instant. */
export interface RecordedStep {
  readonly index: number;
  readonly kind: 'call' | 'arrival' | 'timer';
  readonly at: Nanos;
  /** Positions of the world just before and just after it. */
  readonly before: number;
  readonly after: number;
  /** In the order in which they happened; never empty. */
  readonly facts: readonly Fact[];
  /** The line of the script that was being carried out; -1 before the first. */
  readonly line: number;
}

export interface Recording {
  readonly world: World;
  readonly log: FactLog;
  readonly steps: readonly RecordedStep[];
  /** Position of the world before the first step: the cast is there, nothing has happened. */
  readonly start: number;
}

/** Cuts the fact log into steps while a run goes on: `note` after each event of the engine. */
export class Recorder {
  readonly steps: RecordedStep[] = [];
  private readonly world: World;
  private readonly log: FactLog;
  private position: number;
  private known: number;
  /** The script line in hand. */
  line = -1;

  constructor(world: World, log: FactLog) {
    this.world = world;
    this.log = log;
    this.position = world.memory.position;
    this.known = log.length;
  }

  /** An event without facts (a program that only looked) belongs to the step after it. */
  note(): void {
    const after = this.world.memory.position;
    if (this.log.length === this.known) return;
    const facts = this.log.between(this.known, this.log.length);
    this.steps.push({
      index: this.steps.length,
      kind: kindOf(facts),
      at: this.world.run.now.get(runOf(this.world)),
      before: this.position,
      after,
      facts,
      line: this.line,
    });
    this.position = after;
    this.known = this.log.length;
  }
}

function kindOf(facts: readonly Fact[]): RecordedStep['kind'] {
  if (facts.some((fact) => fact.kind === 'arrived' || (fact.kind === 'dropped' && fact.why !== 'no-route')))
    return 'arrival';
  return facts.some((fact) => fact.kind === 'called' || fact.kind === 'changed') ? 'call' : 'timer';
}

/**
 * Visits the steps in order, the world just after each, and comes back. Whoever reads a whole run goes this way: `readAt`
 * alone would go to and fro between a step and where the world stands, which in a long run is far.
 */
export function visitSteps({ world, steps, start }: Recording, visit: (step: RecordedStep) => void): void {
  readAt(world, start, () => {
    for (const step of steps) {
      world.memory.seek(step.after);
      visit(step);
    }
  });
}

/** Reads something at another position and comes back. */
export function readAt<Value>(world: World, position: number, read: () => Value): Value {
  const here = world.memory.position;
  if (here !== position) world.memory.seek(position);
  try {
    return read();
  } finally {
    if (here !== position) world.memory.seek(here);
  }
}
