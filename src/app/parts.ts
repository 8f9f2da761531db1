// The parts of the app that come after the first screen, and which of them are here. A scenario needs two: the simulator with
// its pages (late.ts) and its lesson (library.ts). When nobody waits, everything is brought at once, so that afterwards no
// page asks the network for anything.
import { bringLesson, entries } from './library.js';

export type Late = typeof import('./late.js');

export class Parts {
  late: Late | undefined;
  #isAsked = false;
  readonly #onArrival: () => void;

  constructor(onArrival: () => void) {
    this.#onArrival = onArrival;
  }

  /** What a scenario needs. Rejects if it cannot be had. */
  async bring(id: string): Promise<void> {
    await Promise.all([this.#bringLate(), bringLesson(id)]);
  }

  /** Everything, once, when the browser has nothing better to do; what fails is asked for again where it is needed. */
  bringAll(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    const all = (): void => {
      void Promise.allSettled([this.#bringLate(), ...entries.map(({ id }) => bringLesson(id))]).then(
        this.#onArrival,
      );
    };
    if ('requestIdleCallback' in window) requestIdleCallback(all, { timeout: 500 });
    else setTimeout(all, 0);
  }

  async #bringLate(): Promise<void> {
    this.late ??= await import('./late.js');
  }
}
