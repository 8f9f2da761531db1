// Collects problems by path while a scenario is judged, and keeps echoes out: where the text itself is damaged, what the
// schema or lint would say about the remains is not the author's mistake.
// Order, and warnings beside errors: problems.ts. Places: positions.ts.
import type { Positions } from './positions.js';
import type { Flaw, Problem, ProblemCode } from './problems.js';
import type { Path } from './tree.js';

/** What only follows from something unknown having been taken out of a map. */
const FOLLOWING: ReadonlySet<ProblemCode> = new Set(['no-verb', 'no-fact', 'empty-step']);

export class Report {
  readonly positions: Positions;
  readonly problems: Problem[] = [];
  /** Names that stand in parts which were taken out: whoever is called so may have been defined there. */
  readonly mentioned = new Set<string>();
  readonly #borrowed = new Set<string>();
  readonly #damaged = new Set<string>();
  readonly #incomplete = new Set<string>();

  constructor(positions: Positions) {
    this.positions = positions;
  }

  /** At an offset of the text: for what is wrong with the text as such. */
  atOffset(offset: number, flaw: Flaw): void {
    this.problems.push({ ...this.positions.at(offset), ...flaw, severity: 'error' });
  }

  atValue(path: Path, flaw: Flaw): void {
    if (!this.#isEcho(path, flaw.code))
      this.problems.push({ ...this.positions.of(path), ...flaw, severity: 'error' });
  }

  atKey(path: Path, flaw: Flaw, severity: Problem['severity'] = 'error'): void {
    if (this.#isEcho(path, flaw.code)) return;
    if (severity === 'warning' && this.#borrowed.has(JSON.stringify(path.slice(0, 2)))) return;
    this.problems.push({ ...this.positions.of(path, { key: true }), ...flaw, severity });
  }

  /** The part at `path` came from another file: what is said of it stands at `place`, and nobody is warned of it. */
  borrow(path: Path, place: Path): void {
    this.#borrowed.add(JSON.stringify(path));
    this.positions.graft(path, place);
  }

  /** Nothing more is said about this part of the tree: its text is not what the author meant. */
  damage(path: Path): void {
    this.#damaged.add(JSON.stringify(path));
  }

  /** Something unknown was taken out of the map at `path`; `texts` are the words that went with it. */
  takeOut(path: Path, texts: Iterable<string>): void {
    this.#incomplete.add(JSON.stringify(path));
    for (const text of texts) for (const word of text.split(/[\s:/@]+/)) this.mentioned.add(word);
  }

  get hasErrors(): boolean {
    return this.problems.some((problem) => problem.severity === 'error');
  }

  #isEcho(path: Path, code: ProblemCode): boolean {
    if (FOLLOWING.has(code) && this.#incomplete.has(JSON.stringify(path))) return true;
    if (this.#damaged.size === 0) return false;
    return [path.length, ...path.keys()].some((length) =>
      this.#damaged.has(JSON.stringify(path.slice(0, length))),
    );
  }
}
