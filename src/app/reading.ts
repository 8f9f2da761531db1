// What is being read: the hero of the gallery, the scenario that a link opened, or the problem that it has.
// It refuses to draw and to know keys. Who asks: app.ts. One opened scenario: state/session.ts.
import { ENGLISH } from '../base/tongue.js';
import { keepAttempt } from './answers.js';
import { type Run, readTold } from './lesson.js';
import { entries, entryById, HERO, heroTold, lessonById } from './library.js';
import type { Problem } from './panels/problem.js';
import type { Parts } from './parts.js';
import { searchEntries } from './present/cards.js';
import type { Place, Route, Selection } from './route.js';
import { quietStart, type Session, startSession } from './state/session.js';
import { tongue } from './words/speech.js';

const NOTHING: Selection = { socket: undefined, mark: undefined };

export class Reading {
  problem: Problem | undefined;
  #session: Session | undefined;
  #hero: Session | undefined;
  #isHeroComing = false;
  /** The place whose lesson is on its way. */
  #awaited: Place | undefined;
  readonly #parts: Parts;
  readonly #onChange: () => void;

  constructor(parts: Parts, onChange: () => void) {
    this.#parts = parts;
    this.#onChange = onChange;
  }

  get isWaiting(): boolean {
    return this.#awaited !== undefined || this.#isHeroComing;
  }

  /** The session of a page: that of the gallery is its hero. */
  active(route: Route): Session | undefined {
    if (route.page === 'unknown') return undefined;
    return route.page === 'gallery' ? this.#hero : this.#session;
  }

  open(route: Route): void {
    this.problem = undefined;
    this.#awaited = undefined;
    this.#session?.player.send({ type: 'pause' });
    this.#hero?.player.send({ type: 'pause' });
    if (route.page === 'unknown') this.problem = { kind: 'link', text: route.text, flaw: route.flaw };
    else if (route.page === 'gallery') this.#openHero();
    else this.#openScenario(route);
  }

  /** As the build has told it; in another language it is told anew, by the simulator. */
  #openHero(): void {
    if (this.#hero !== undefined) return;
    if (heroTold !== undefined && tongue === ENGLISH) return this.#startHero(readTold(heroTold));
    this.#isHeroComing = true;
    this.#parts
      .bring(HERO)
      .then(() => {
        const lesson = lessonById(HERO);
        const opened = lesson && this.#parts.late?.openLesson(lesson);
        if (opened?.kind === 'run') this.#startHero(opened.run);
      })
      .catch(() => {}) // the cards are there without it
      .finally(() => {
        this.#isHeroComing = false;
        this.#onChange();
      });
  }

  #startHero(run: Run): void {
    this.#hero = startSession({ id: HERO, run, t: quietStart(run), onChange: this.#onChange });
  }

  /** Brings what the place needs, then opens it, if nobody has gone elsewhere meanwhile. */
  #await(place: Place): void {
    this.#awaited = place;
    this.#parts
      .bring(place.id)
      .then(() => {
        if (this.#awaited !== place) return;
        this.#awaited = undefined;
        this.#openScenario(place);
      })
      .catch((thrown: unknown) => {
        if (this.#awaited !== place) return;
        this.#awaited = undefined;
        this.problem = { kind: 'crash', report: String(thrown), source: '' };
      })
      .finally(this.#onChange);
  }

  #openScenario(place: Place): void {
    const { id, t, view, isPredicting: predicts, selected = NOTHING } = place;
    if (this.#session?.id === id) {
      Object.assign(this.#session.choices, { view, ...selected });
      if (t !== undefined) this.#session.player.send({ type: 'go', t });
      return;
    }
    this.#session?.player.stop();
    this.#session = undefined;
    const entry = entryById(id);
    if (entry === undefined) {
      const { near, found } = searchEntries(entries, id.replaceAll('-', ' '));
      this.problem = { kind: 'unknown', text: id, near: [...found, ...near].slice(0, 3) };
      return;
    }
    const lesson = lessonById(id);
    const { late } = this.#parts;
    if (late === undefined || lesson === undefined) return this.#await(place);
    const { title, source } = entry;
    const opened = late.openLesson(lesson);
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
