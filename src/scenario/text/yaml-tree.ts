// From YAML text to a plain tree, with the place of everything in it.
// Why our own way from nodes to values: the first of two equal keys wins, aliases are never followed, keys keep their
// spelling, and each place is noted under the very path by which validation will speak of it.
// It knows no key of the language. Traps on the way: yaml-traps.ts; what YAML itself refuses: yaml-errors.ts.
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { type Place, Positions } from './positions.js';
import { Report } from './report.js';
import { type Path, textsIn } from './tree.js';
import { explainYamlErrors, isUnclosed, type YamlFlaw } from './yaml-errors.js';
import { judgeText, withoutByteOrderMark } from './yaml-text.js';
import { rangeOf, YamlTraps } from './yaml-traps.js';

export interface ReadText {
  /** Undefined: nothing that validation could go on with. */
  readonly tree: unknown;
  readonly positions: Positions;
  readonly report: Report;
}

export function readYaml(written: string): ReadText {
  const source = withoutByteOrderMark(written);
  const flaw = judgeText(source);
  if (flaw === undefined) return new Reader(source).read();
  const report = new Report(new Positions(flaw.code === 'too-large' ? '' : source));
  const { offset, ...rest } = flaw;
  report.atOffset(offset, rest);
  return { tree: undefined, positions: report.positions, report };
}

/** A stretch of the text that a part of the tree came from. */
interface Extent {
  readonly start: number;
  readonly end: number;
  readonly path: Path;
}

class Reader {
  readonly #source: string;
  readonly #yaml: Document.Parsed;
  readonly #root: Place;
  readonly #report: Report;
  readonly #flaws: readonly YamlFlaw[];
  readonly #traps: YamlTraps;
  readonly #maps: Extent[] = [];
  /** Keys with their values, and items of lists. */
  readonly #parts: Extent[] = [];

  constructor(source: string) {
    this.#source = source;
    this.#yaml = parseDocument(source, { prettyErrors: false, logLevel: 'error' });
    this.#root = { value: rangeOf(this.#yaml.contents)[0], key: undefined, inside: new Map() };
    this.#report = new Report(new Positions(source, this.#root));
    this.#flaws = explainYamlErrors(source, this.#yaml.errors);
    const spoilt = this.#flaws.filter(({ spoils }) => spoils === 'all');
    const lines = new Set(spoilt.map(({ offset }) => this.#report.positions.at(offset).line));
    this.#traps = new YamlTraps(source, this.#report, lines);
  }

  read(): ReadText {
    const report = this.#report;
    const tree = this.#valueOf(this.#yaml.contents, [], this.#root);
    const isDirected = this.#yaml.directives?.yaml.explicit === true;
    if (isDirected) {
      const message = 'directives (%YAML) are not used here';
      const offset = Math.max(0, this.#source.indexOf('%YAML'));
      report.atOffset(offset, { code: 'yaml-syntax', message, hint: 'leave the line out' });
    }
    for (const flaw of this.#flaws) this.#tell(flaw);
    const isTrusted = !isDirected && this.#flaws.every(({ spoils }) => spoils !== 'all');
    return { tree: isTrusted ? tree : undefined, positions: report.positions, report };
  }

  #tell({ offset, spoils, ...flaw }: YamlFlaw): void {
    const map = innermost(this.#maps, offset);
    if (flaw.code === 'duplicate-key' && this.#traps.isTorn(map)) return;
    const opening = isUnclosed(flaw) ? (this.#traps.firstUnclosed ?? offset) : offset;
    this.#report.atOffset(Math.min(opening, offset), flaw);
    if (spoils === 'map') this.#report.damage(map);
    if (spoils !== 'value') return;
    const own = this.#maps.find(({ start }) => start === offset);
    this.#report.damage(own?.path ?? innermost(this.#parts, offset));
  }

  #valueOf(node: unknown, path: Path, place: Place): unknown {
    if (isAlias(node)) {
      this.#traps.judgeAlias(node, path);
      return null;
    }
    this.#traps.judgeProperties(node, path);
    if (isMap(node)) return this.#mapOf(node, path, place);
    if (isSeq(node)) return this.#listOf(node, path, place);
    if (!isScalar(node)) return null;
    this.#traps.judgeScalar(node, path);
    const { value } = node;
    const isPlain = value === null || ['string', 'number', 'boolean'].includes(typeof value);
    return isPlain ? value : (node.source ?? '');
  }

  #listOf(node: YAMLSeq, path: Path, place: Place): unknown[] {
    if (node.flow === true) this.#traps.judgeClosing(node, ']');
    return node.items.map((item, index) => {
      const inner = [...path, index];
      const [start, end] = rangeOf(item);
      const at: Place = { value: start, key: undefined, inside: new Map() };
      this.#parts.push({ start, end, path: inner });
      place.inside.set(index, at);
      return this.#valueOf(item, inner, at);
    });
  }

  #mapOf(node: YAMLMap, path: Path, place: Place): Record<string, unknown> {
    const [start, end] = rangeOf(node);
    this.#maps.push({ start, end, path });
    if (node.flow === true) this.#traps.judgeClosing(node, '}');
    const map: Record<string, unknown> = {};
    for (const [index, pair] of node.items.entries()) {
      const key = this.#traps.judgeKey(pair.key, path);
      if (key === undefined) continue;
      if (node.flow === true && pair.value === null)
        this.#traps.judgeStray(pair, node.items[index - 1], path);
      const inner = [...path, key];
      const at = placeOf(pair);
      this.#parts.push({ start: at.key ?? at.value, end: rangeOf(pair.value, at.value)[1], path: inner });
      const value = this.#valueOf(pair.value, inner, at);
      if (Object.hasOwn(map, key)) {
        const texts = [...textsIn(value)].map(({ text }) => text);
        this.#report.takeOut(path, texts);
      } else {
        map[key] = value;
        place.inside.set(key, at);
      }
    }
    return map;
  }
}

/** Where a value stands; one that is left out stands where its key is. */
function placeOf({ key, value }: Pair): Place {
  const [offset] = rangeOf(key);
  const [start, end] = rangeOf(value, offset);
  const isEmpty = isScalar(value) && start === end;
  return { value: isEmpty ? offset : start, key: offset, inside: new Map() };
}

function innermost(extents: readonly Extent[], offset: number): Path {
  let best: Extent | undefined;
  for (const extent of extents) {
    if (offset < extent.start || offset > extent.end) continue;
    if (best === undefined || extent.end - extent.start <= best.end - best.start) best = extent;
  }
  return best?.path ?? [];
}
