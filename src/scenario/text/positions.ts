// Where in the text a part of the scenario stands: line and column of a key or a value, by its path in the tree.
// Built while the text is read (yaml-tree.ts); it holds no value and no node of the YAML package.
import type { Path } from './tree.js';

/** 1-based; columns count UTF-16 units, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Offsets of one value, and of what is inside it. `key` is where the key of this value stands, in a map. */
export interface Place {
  readonly value: number;
  readonly key: number | undefined;
  readonly inside: Map<string | number, Place>;
}

export class Positions {
  readonly #root: Place;
  /** Offset of the first character of each line. */
  readonly #lineStarts: number[];
  /** Where the text ends. */
  readonly #end: number;

  constructor(source: string, root: Place = { value: 0, key: undefined, inside: new Map() }) {
    this.#root = root;
    const starts = [0];
    for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#lineStarts = starts;
    this.#end = source.length;
  }

  /**
   * The position of the value at `path`; with `key`, of its key. A list item has no key, so its value is meant.
   * Where the path leads beyond what is written (a missing key), the innermost part that is there is meant.
   */
  of(path: Path, options: { readonly key?: boolean } = {}): Position {
    let place = this.#root;
    let isWhole = true;
    for (const step of path) {
      const inner = place.inside.get(step);
      if (inner === undefined) {
        isWhole = false;
        break;
      }
      place = inner;
    }
    const wantsKey = options.key === true && isWhole;
    return this.at(wantsKey ? (place.key ?? place.value) : place.value);
  }

  /** The position of an offset into the text. */
  at(offset: number): Position {
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) + 1 };
  }

  /** What is at `path` and is not written in this text is found at `place` from now on, with all that is inside it. */
  graft(path: Path, place: Path): void {
    const { value } = this.#find(place);
    let at = this.#root;
    for (const step of path) {
      const inner: Place = at.inside.get(step) ?? { value, key: value, inside: new Map() };
      at.inside.set(step, inner);
      at = inner;
    }
  }

  /** How many lines there are. */
  get lines(): number {
    return this.#lineStarts.length;
  }

  /**
   * What stands under `keys` in another text is found there from now on, and not here; its lines are counted on from the
   * last one of this text. Once, since another text would be counted on from there too.
   */
  adopt(keys: readonly string[], other: Positions): void {
    const shift = this.#end + 1;
    for (const key of keys) {
      const place = other.#root.inside.get(key);
      if (place !== undefined) this.#root.inside.set(key, shifted(place, shift));
    }
    for (const start of other.#lineStarts) this.#lineStarts.push(start + shift);
  }

  #find(path: Path): Place {
    let place = this.#root;
    for (const step of path) place = place.inside.get(step) ?? place;
    return place;
  }

  /** From now on the value that was written under `from` is found under `to`: a misspelt key was taken for the right one. */
  rename(map: Path, from: string, to: string): void {
    let place: Place | undefined = this.#root;
    for (const step of map) place = place?.inside.get(step);
    const moved = place?.inside.get(from);
    if (place === undefined || moved === undefined) return;
    place.inside.delete(from);
    place.inside.set(to, moved);
  }
}

function shifted({ value, key, inside }: Place, by: number): Place {
  return {
    value: value + by,
    key: key === undefined ? undefined : key + by,
    inside: new Map([...inside].map(([step, place]) => [step, shifted(place, by)])),
  };
}
