// Pictures and reading times of the gallery's cards: each scenario is run once, while the browser has nothing else to do.
// It ends by itself; an idle page does nothing. What the picture shows: present/thumbnail.ts.
// It refuses to know cards: ../pages/ joins them.
import { entries } from './library.js';
import { openScenario } from './open.js';
import { type Thumbnail, thumbnailOf } from './present/thumbnail.js';
import { dwellMillis } from './state/playback.js';

export interface CardData {
  readonly picture: Thumbnail | undefined;
  readonly minutes: number | undefined;
}

const IDLE_MILLIS = 500;

export class Thumbnails {
  readonly byId = new Map<string, CardData>();
  readonly #onReady: () => void;
  #isWorking = false;

  constructor(onReady: () => void) {
    this.#onReady = onReady;
  }

  /** Prepares the next card that has none, then calls back; the caller asks again after drawing. */
  prepareNext(): void {
    const next = entries.find(({ id }) => !this.byId.has(id));
    if (next === undefined || this.#isWorking) return;
    this.#isWorking = true;
    const work = (): void => {
      this.#isWorking = false;
      const opened = openScenario(next.source);
      const run = opened.kind === 'run' ? opened.run : undefined;
      const sentences = run?.steps.map(({ plain }) => plain);
      this.byId.set(next.id, {
        picture: run && thumbnailOf(run),
        minutes: sentences && minutesOf(sentences),
      });
      this.#onReady();
    };
    if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: IDLE_MILLIS });
    else setTimeout(work, 0);
  }
}

/** Reading time of all sentences, doubled for thinking, in whole minutes. */
function minutesOf(sentences: readonly string[]): number {
  const millis = sentences.reduce((sum, text) => sum + dwellMillis(text.split(' ').length, 1), 0);
  return Math.max(1, Math.round((millis * 2) / 60_000));
}
