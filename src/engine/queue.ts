// What is still to happen: a binary heap of events, earliest first; of equal times the one scheduled first.
// What a handler is, and whether an event still matters, is the engine's business (engine.ts).
// An event is four numbers, each in a typed array of its own, so that pushing and popping allocate nothing and the
// comparisons run over dense times.

import { invariant } from '../base/invariant.js';
import type { Nanos } from '../base/time.js';

const FIRST_CAPACITY = 64;

export interface QueuedEvent {
  readonly time: Nanos;
  readonly number: number;
  readonly handler: number;
  readonly argument: number;
}

/** Events in order of (time, order of scheduling). Each has a number: 1 for the first ever pushed, then 2, 3, … */
export class EventQueue {
  private times = new Float64Array(FIRST_CAPACITY);
  private numbers = new Float64Array(FIRST_CAPACITY);
  private handlers = new Int32Array(FIRST_CAPACITY);
  private values = new Float64Array(FIRST_CAPACITY);
  private length = 0;
  private pushed = 0;

  /** How many events wait. */
  get size(): number {
    return this.length;
  }

  /** Of the first event; Infinity if there is none. */
  get time(): Nanos {
    return this.length === 0 ? Number.POSITIVE_INFINITY : (this.times[0] as number);
  }

  /** Of the first event, as are `handler` and `argument`. Without an event they mean nothing. */
  get number(): number {
    return this.numbers[0] as number;
  }

  get handler(): number {
    return this.handlers[0] as number;
  }

  get argument(): number {
    return this.values[0] as number;
  }

  /** Adds an event and gives its number. */
  push(time: Nanos, handler: number, argument: number): number {
    if (this.length === this.times.length) this.grow();
    const { times } = this;
    let place = this.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      // Of equal times the parent stays: whatever is pushed has the highest number so far.
      if ((times[parent] as number) <= time) break;
      this.move(parent, place);
      place = parent;
    }
    this.length += 1;
    this.pushed += 1;
    times[place] = time;
    this.numbers[place] = this.pushed;
    this.handlers[place] = handler;
    this.values[place] = argument;
    return this.pushed;
  }

  /** Puts an event back that was taken away: it keeps its number, and so its turn. */
  putBack({ time, number, handler, argument }: QueuedEvent): void {
    if (this.length === this.times.length) this.grow();
    const { times, numbers } = this;
    let place = this.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = times[parent] as number;
      if (above < time || (above === time && (numbers[parent] as number) < number)) break;
      this.move(parent, place);
      place = parent;
    }
    this.length += 1;
    times[place] = time;
    numbers[place] = number;
    this.handlers[place] = handler;
    this.values[place] = argument;
  }

  /** Takes the first event away; read it before. */
  pop(): void {
    invariant(this.length > 0, 'the event queue is empty: there is nothing to pop');
    this.length -= 1;
    const { times, numbers, length } = this;
    const time = times[length] as number;
    const number = numbers[length] as number;
    // The last event goes where it belongs below the root; earlier children move up on the way.
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= length) break;
      let earliest = times[child] as number;
      if (child + 1 < length) {
        const other = times[child + 1] as number;
        if (
          other < earliest ||
          (other === earliest && (numbers[child + 1] as number) < (numbers[child] as number))
        ) {
          child += 1;
          earliest = other;
        }
      }
      if (earliest > time || (earliest === time && (numbers[child] as number) > number)) break;
      this.move(child, place);
      place = child;
    }
    this.move(length, place);
  }

  /** Shows every waiting event, in no order. */
  visitAll(visit: (time: Nanos, number: number, handler: number, argument: number) => void): void {
    const { times, numbers, handlers, values } = this;
    for (let place = 0; place < this.length; place++) {
      visit(
        times[place] as number,
        numbers[place] as number,
        handlers[place] as number,
        values[place] as number,
      );
    }
  }

  private move(from: number, to: number): void {
    const { times, numbers, handlers, values } = this;
    times[to] = times[from] as number;
    numbers[to] = numbers[from] as number;
    handlers[to] = handlers[from] as number;
    values[to] = values[from] as number;
  }

  private grow(): void {
    const capacity = 2 * this.times.length;
    this.times = grown(this.times, new Float64Array(capacity));
    this.numbers = grown(this.numbers, new Float64Array(capacity));
    this.handlers = grown(this.handlers, new Int32Array(capacity));
    this.values = grown(this.values, new Float64Array(capacity));
  }
}

function grown<Numbers extends Float64Array | Int32Array>(smaller: Numbers, larger: Numbers): Numbers {
  larger.set(smaller);
  return larger;
}
