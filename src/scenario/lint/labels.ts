// Labels of sockets as a script gives and uses them, in order: which are known by now, and which were never used.
// A label with a counter (c$n) stands for a family: c1, c2 … It knows no line; who gives which, lint-script.ts says.
import { labelStem } from '../atoms/names.js';
import { isMarker } from '../atoms/words.js';
import type { Path } from '../text/tree.js';

interface Given {
  readonly by: string;
  readonly path: Path;
  isUsed: boolean;
}

export class Labels {
  readonly #given = new Map<string, Given>();
  /** Labels with a counter, by what stands before it. */
  readonly #families = new Map<string, Given>();

  has(label: string): boolean {
    return this.#given.has(label);
  }

  give(label: string, by: string, path: Path): void {
    const given = { by, path, isUsed: false };
    this.#given.set(label, given);
    const stem = labelStem(label);
    if (stem !== undefined) this.#families.set(stem, given);
  }

  /** True if the label, or the family it belongs to, was given by now; it counts as used from here on. */
  use(label: string): boolean {
    const matches = [this.#given.get(label), ...this.#familyOf(label)].filter((given) => given !== undefined);
    for (const given of matches) given.isUsed = true;
    return matches.length > 0;
  }

  /** `c7` is of the family `c$n`; `c$n` in turn may mean the labels c1, c2 that were given one by one. */
  *#familyOf(label: string): Generator<Given | undefined> {
    const stem = labelStem(label);
    if (stem === undefined)
      for (let end = 1; end < label.length; end++) yield this.#families.get(label.slice(0, end));
    else for (const [name, given] of this.#given) if (name.startsWith(stem)) yield given;
  }

  get names(): string[] {
    return [...this.#given.keys()];
  }

  /** `● (firefox), door (nginx)`: what there is instead. Empty if there is none. */
  get list(): string {
    return [...this.#given]
      .slice(0, 6)
      .map(([label, { by }]) => `${label} (${by})`)
      .join(', ');
  }

  /** Words given and never used. A marker pins a mark on screen and a counted label is one of many: both are of use as they are. */
  *unused(): Generator<{ readonly label: string; readonly path: Path }> {
    for (const [label, { isUsed, path }] of this.#given)
      if (!isUsed && !isMarker(label) && labelStem(label) === undefined) yield { label, path };
  }
}
