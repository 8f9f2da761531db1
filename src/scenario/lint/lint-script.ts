// The script, line by line and in order: who acts, which names are known by then, and whether time only goes forward.
// Fragments are read where they are used, once a use; a script that would grow without end is refused.
// What stands around a line (say, ask, expect) may speak of the whole run: it is looked at when the last line is done.
import type { Nanos } from '../../base/time.js';
import { parseTime } from '../atoms/quantities.js';
import { isLineWord } from '../atoms/words.js';
import { didYouMean } from '../text/parsed.js';
import type { Report } from '../text/report.js';
import { entriesOf, field, isMap, itemsOf, type Path, type TreeMap } from '../text/tree.js';
import type { Labels } from './labels.js';
import { lintAct } from './lint-acts.js';
import { type FactContext, lintExpectations, lintFact, lintQuestion } from './lint-facts.js';
import type { Roster } from './roster.js';

/** Most lines a script may come to, once fragments and repeats are written out. */
export const MOST_LINES = 10_000;

export class ScriptLint {
  readonly #roster: Roster;
  readonly #labels: Labels;
  readonly #report: Report;
  readonly #facts: FactContext;
  readonly #later: (() => void)[] = [];
  /** Fragments that are being read just now, outermost first. */
  readonly #inside: string[] = [];
  /** The earliest moment at which the line to come can start. */
  #clock: Nanos = 0;
  #lines = 0;
  #isTold = false;

  constructor(roster: Roster, labels: Labels, facts: FactContext) {
    this.#roster = roster;
    this.#labels = labels;
    this.#facts = facts;
    this.#report = facts.report;
  }

  read(steps: unknown, path: Path, rounds = 1): void {
    for (const [index, step] of itemsOf(steps).entries()) {
      if (this.#lines > MOST_LINES) return;
      if (isMap(step)) this.#line(step, [...path, index], rounds);
    }
  }

  /** Asks and expectations: to be called once, after the last line. */
  finish(): void {
    for (const look of this.#later.splice(0)) look();
  }

  #line(step: TreeMap, path: Path, rounds: number): void {
    this.#lines += rounds;
    if (this.#lines > MOST_LINES) {
      if (!this.#isTold)
        this.#report.atValue(path, {
          code: 'too-large',
          message: `with its repeats the script comes to more than ${MOST_LINES} lines`,
        });
      this.#isTold = true;
      return;
    }
    this.#time(step, path);
    for (const [key, value] of entriesOf(step)) {
      if (isLineWord(key) || !isMap(value)) continue;
      const context = { roster: this.#roster, labels: this.#labels, references: this.#facts.references };
      lintAct(value, [...path, key], { ...context, report: this.#report, isRepeated: rounds > 1 });
    }
    this.#use(field(step, 'use'), [...path, 'use'], rounds);
    this.read(field(step, 'together'), [...path, 'together'], rounds);
    const times = field(step, 'repeat');
    const isCounted = typeof times === 'number' && times > 0;
    this.read(field(step, 'steps'), [...path, 'steps'], rounds * (isCounted ? times : 2));
    this.#later.push(() => this.#around(step, path));
  }

  #use(name: unknown, path: Path, rounds: number): void {
    if (typeof name !== 'string') return;
    const lines = this.#roster.fragments.get(name);
    if (lines === undefined) {
      const hint = didYouMean(name, this.#roster.fragments.keys());
      const isExcused = this.#roster.isOpen || this.#report.mentioned.has(name);
      const flaw = { code: 'unknown-name', message: `no fragment is called \`${name}\`` } as const;
      if (!isExcused) this.#report.atKey(path, { ...flaw, ...(hint ? { hint } : {}) });
      return;
    }
    this.#roster.use(name);
    if (this.#inside.includes(name)) {
      const message = `the fragment \`${name}\` would insert itself: ${[...this.#inside, name].join(' > ')}`;
      this.#report.atKey(path, { code: 'fragment-loop', message });
      return;
    }
    this.#inside.push(name);
    this.read(lines, ['fragments', name], rounds);
    this.#inside.pop();
  }

  /** `after` and `wait` make time pass; `at` must not lie before what has passed already. */
  #time(step: TreeMap, path: Path): void {
    this.#clock += nanosOf(step['after']);
    const at = parseTime(step['at']);
    if (at.ok && at.value.kind === 'time') {
      if (at.value.nanos < this.#clock) {
        const hint = 'lines stand in order of time; `after` counts from the line before';
        this.#report.atKey([...path, 'at'], {
          code: 'clock-backwards',
          message: 'the lines before this one end later',
          hint,
        });
      }
      this.#clock = Math.max(this.#clock, at.value.nanos);
    }
    this.#clock += nanosOf(step['wait']);
  }

  #around(step: TreeMap, path: Path): void {
    lintFact(field(field(step, 'wait'), 'until'), [...path, 'wait', 'until'], this.#facts);
    lintQuestion(field(step, 'ask'), [...path, 'ask'], this.#facts);
    lintExpectations(field(step, 'expect'), [...path, 'expect'], this.#facts);
    for (const [index, moment] of itemsOf(field(step, 'during')).entries()) {
      const inner = [...path, 'during', index];
      for (const key of ['before', 'after']) lintFact(field(moment, key), [...inner, key], this.#facts);
      lintQuestion(field(moment, 'ask'), [...inner, 'ask'], this.#facts);
      lintExpectations(field(moment, 'expect'), [...inner, 'expect'], this.#facts);
    }
  }
}

function nanosOf(value: unknown): Nanos {
  const time = parseTime(value);
  return time.ok && time.value.kind === 'time' ? time.value.nanos : 0;
}
