// The discrete-event loop: takes the earliest event, sets the clock to its time, runs it as one step of the memory.
// It has never heard of packets: an event is a handler and a number. The order of events is queue.ts.
// The queue has no history: the engine runs at the end of a run only, and looking back is `memory.seek`, which only reads.

import { invariant } from '../base/invariant.js';
import { formatNanos, type Nanos } from '../base/time.js';
import type { Memory } from '../store/memory.js';
import type { Choices } from './choices.js';
import { EventQueue, type QueuedEvent } from './queue.js';

declare const handler: unique symbol;

/** What `Engine.handler` gives and `at` and `after` take. */
export type Handler = number & { readonly [handler]: true };

/** The clock of the world: two cells, so that it steps back with everything else. */
export interface Clock {
  get(): Nanos;
  set(now: Nanos): void;
}

export interface HandlerOptions {
  /** Its events are timers: the network counts as quiet while nothing else waits. */
  readonly timer?: boolean;
  /**
   * Asked when the event's turn comes, before the clock moves: false passes the event over, without a step. So a timer
   * is cancelled by forgetting its number, not by searching the queue.
   */
  readonly isDue?: (argument: number, event: number) => boolean;
  /** Events of one stream keep their order at one instant, whatever is chosen. Left out: each is a stream of its own. */
  readonly stream?: (argument: number) => number | undefined;
}

interface Work {
  readonly run: (argument: number) => void;
  readonly isTimer: boolean;
  readonly isDue: ((argument: number, event: number) => boolean) | undefined;
  readonly stream: ((argument: number) => number | undefined) | undefined;
}

/** Runs events in order of time, of equal times in order of scheduling, each as one step. */
export class Engine {
  /** Called after each step, outside of it, with the position reached. */
  onStep: ((position: number) => void) | undefined;
  /** Asked which of several events of one instant goes first; without it the one scheduled first does. */
  choices: Choices | undefined;
  private readonly memory: Memory;
  private readonly now: Clock;
  private readonly queue = new EventQueue();
  private readonly works: Work[] = [];
  private others = 0; // how many events in the queue are not timers
  private whyNot: string | undefined;
  private error: unknown;
  // The event in hand, for `runInHand`: one closure for all steps, so that a step allocates none.
  private work: Work | undefined;
  private time: Nanos = 0;
  private argument = 0;
  private readonly runInHand = (): void => {
    this.now.set(this.time);
    this.work?.run(this.argument);
  };

  constructor(memory: Memory, now: Clock) {
    this.memory = memory;
    this.now = now;
  }

  /** Makes a kind of event known. `run` may read and write the world and schedule further events. */
  handler(run: (argument: number) => void, options: HandlerOptions = {}): Handler {
    const { timer = false, isDue, stream } = options;
    this.works.push({ run, isTimer: timer, isDue, stream });
    return (this.works.length - 1) as Handler;
  }

  /**
   * Schedules an event, `time` being now or later. Gives its number, 1, 2, 3, … in order of scheduling and never the same
   * twice, so that 0 in a cell can mean "none". `argument`: a number of the caller's choice, mostly an id.
   */
  at(time: Nanos, handler: Handler, argument: number): number {
    this.refuseInPast('schedule');
    const now = this.now.get();
    if (!(Number.isSafeInteger(time) && time >= now)) {
      throw new Error(
        `cannot schedule for ${time}: it is ${now}, and times are whole nanoseconds from now on`,
      );
    }
    if (!this.workOf(handler).isTimer) this.others += 1;
    return this.queue.push(time, handler, argument);
  }

  /** As `at`, counted from now. */
  after(delay: Nanos, handler: Handler, argument: number): number {
    return this.at(this.now.get() + delay, handler, argument);
  }

  /** Nothing waits but timers. */
  get isQuiet(): boolean {
    return this.others === 0;
  }

  /** Nothing waits at all, not even a timer that will be passed over. */
  get isEmpty(): boolean {
    return this.queue.size === 0;
  }

  /**
   * When the next event would run, as things are now; undefined if none would. Costs a look through the queue when the
   * first event is a cancelled timer, else nothing.
   */
  get nextTime(): Nanos | undefined {
    const { queue } = this;
    if (queue.size === 0) return undefined;
    if (this.isDue(queue.handler, queue.argument, queue.number)) return queue.time;
    let earliest: Nanos | undefined;
    queue.visitAll((time, event, handler, argument) => {
      if ((earliest === undefined || time < earliest) && this.isDue(handler, argument, event))
        earliest = time;
    });
    return earliest;
  }

  /** What the event threw that ended the run; undefined while nothing did. */
  get stoppedBy(): unknown {
    return this.error;
  }

  /**
   * Runs the next due event. False if none is left. Throws in the past, once halted, and what an event throws: its step
   * is undone then, and the engine never runs again.
   */
  step(): boolean {
    return this.runNext(Number.POSITIVE_INFINITY);
  }

  /** As `step`, but once only timers wait nothing runs: not even where what else waited was passed over at last. */
  stepUntilQuiet(): boolean {
    this.refuseToRun();
    while (!this.isQuiet)
      if (this.takeFirst()) {
        this.onStep?.(this.memory.position);
        return true;
      }
    return false;
  }

  /** Runs every event up to and at `time`. The clock stays at the last one. Gives the number of steps; throws as `step`. */
  runUntil(time: Nanos): number {
    let steps = 0;
    while (this.runNext(time)) steps += 1;
    return steps;
  }

  /** For tests: from now on every attempt to run throws. Looking at any position goes on. */
  halt(): void {
    this.whyNot = 'the engine was halted: nothing may run any more';
  }

  private runNext(limit: Nanos): boolean {
    this.refuseToRun();
    while (this.queue.time <= limit && this.queue.size > 0) {
      if (!this.takeFirst()) continue;
      this.onStep?.(this.memory.position);
      return true;
    }
    return false;
  }

  /** Takes the first event off the queue and runs it. False if it was passed over. */
  private takeFirst(): boolean {
    const { queue } = this;
    const first = this.choices === undefined ? queue : this.takeChosen(this.choices);
    const event = first.number;
    const handler = first.handler;
    this.time = first.time;
    this.argument = first.argument;
    this.work = this.workOf(handler);
    if (first === queue) queue.pop();
    if (!this.work.isTimer) this.others -= 1;
    try {
      if (!this.isDue(handler, this.argument, event)) return false;
      this.memory.step(this.runInHand);
      return true;
    } catch (error) {
      this.error = error;
      this.whyNot = `the engine was stopped by an event that threw: ${error}`;
      throw error;
    }
  }

  /** Takes one of the events of the first instant off the queue: of those that are due, the chosen one. */
  private takeChosen(choices: Choices): QueuedEvent {
    const { queue } = this;
    const tied: QueuedEvent[] = [];
    do {
      const { time, number, handler, argument } = queue;
      tied.push({ time, number, handler, argument });
      queue.pop();
    } while (queue.size > 0 && queue.time === tied[0]?.time);
    const streams = new Set<number>();
    const heads = tied.filter(({ handler, argument, number }) => {
      if (!this.isDue(handler, argument, number)) return false;
      const stream = this.workOf(handler).stream?.(argument);
      const isBehind = stream !== undefined && streams.has(stream);
      if (stream !== undefined) streams.add(stream);
      return !isBehind;
    });
    const words = (place: number) =>
      `at ${formatNanos(tied[0]?.time ?? 0)} the ${place + 1}. of ${heads.length} events of this instant goes first`;
    const first = heads.length < 2 ? (heads[0] ?? tied[0]) : heads[choices.pick(heads.length, words)];
    invariant(first !== undefined, 'there is an event to choose');
    for (const event of tied) if (event !== first) queue.putBack(event);
    return first;
  }

  private isDue(handler: number, argument: number, event: number): boolean {
    const { isDue } = this.workOf(handler);
    return isDue === undefined || isDue(argument, event);
  }

  private workOf(handler: number): Work {
    const work = this.works[handler];
    invariant(work !== undefined, 'this engine knows no such handler');
    return work;
  }

  private refuseToRun(): void {
    if (this.whyNot !== undefined) throw new Error(this.whyNot, { cause: this.error });
    this.refuseInPast('run');
  }

  private refuseInPast(what: string): void {
    const { position, end } = this.memory;
    if (position !== end)
      throw new Error(`cannot ${what} at position ${position} of ${end}: the past is only read`);
  }
}
