// What is being read: the hero of the gallery, the scenario that a link opened, or the problem that it has.
// It refuses to draw and to know keys. Who asks: app.ts. One opened scenario: state/session.ts.
import { keepAttempt } from './answers.js';
import { entries, entryById, HERO } from './library.js';
import { openScenario } from './open.js';
import type { Problem } from './panels/problem.js';
import type { Place, Route, Selection } from './route.js';
import { quietStart, type Session, startSession } from './state/session.js';

const NOTHING: Selection = { socket: undefined, mark: undefined };

export class Reading {
  problem: Problem | undefined;
  #session: Session | undefined;
  #hero: Session | undefined;
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** The session of a page: that of the gallery is its hero. */
  active(route: Route): Session | undefined {
    if (route.page === 'unknown') return undefined;
    return route.page === 'gallery' ? this.#hero : this.#session;
  }

  open(route: Route): void {
    this.problem = undefined;
    this.#session?.player.send({ type: 'pause' });
    this.#hero?.player.send({ type: 'pause' });
    if (route.page === 'unknown') this.problem = { kind: 'unknown', text: route.text };
    else if (route.page === 'gallery') this.#openHero();
    else this.#openScenario(route);
  }

  #openHero(): void {
    if (this.#hero !== undefined) return;
    const entry = entryById(HERO) ?? entries[0];
    const opened = entry && openScenario(entry.source);
    if (entry === undefined || opened?.kind !== 'run') return;
    const { run } = opened;
    this.#hero = startSession({ id: entry.id, run, t: quietStart(run), onChange: this.#onChange });
  }

  #openScenario({ id, t, view, isPredicting: predicts, selected = NOTHING }: Place): void {
    if (this.#session?.id === id) {
      Object.assign(this.#session.choices, { view, ...selected });
      if (t !== undefined) this.#session.player.send({ type: 'go', t });
      return;
    }
    this.#session?.player.stop();
    this.#session = undefined;
    const entry = entryById(id);
    if (entry === undefined) {
      this.problem = { kind: 'unknown', text: id };
      return;
    }
    const { title, source } = entry;
    const opened = openScenario(source);
    if (opened.kind === 'problems') {
      this.problem = { kind: 'broken', title, source, problems: opened.problems };
    } else if (opened.kind === 'crash') {
      this.problem = { kind: 'crash', report: opened.message, source };
    } else {
      const { run } = opened;
      this.#session = startSession({
        ...{ id, run, view, selected, t: t ?? 0 },
        isPredicting: predicts === true && run.asked.length > 0,
        onChange: this.#onChange,
        onAttempt: (attempt) => keepAttempt(id, attempt),
      });
    }
  }
}
