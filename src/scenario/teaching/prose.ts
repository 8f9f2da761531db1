// Every prose text of a scenario with its place: what is for people, in one language or several. Payloads are not prose.
import { entriesOf, field, isMap, itemsOf, oneOrManyOf, type Path, type TreeMap } from '../text/tree.js';

export interface Prose {
  readonly path: Path;
  /** A text, or a map from languages to texts. */
  readonly value: unknown;
}

const HEAD = ['title', 'teaches', 'takeaway', 'teacher'] as const;
const LINE = ['phase', 'say'] as const;
const QUESTION = ['text', 'because'] as const;
const GRADE = ['name', 'else'] as const;

/** In order of the file, as far as keys of one map go. */
export function* proseIn(scenario: TreeMap): Generator<Prose> {
  for (const key of HEAD) yield* listed(scenario, key, []);
  yield* inLines(field(scenario, 'script'), ['script']);
  for (const [name, lines] of entriesOf(field(scenario, 'fragments')))
    yield* inLines(lines, ['fragments', name]);
  yield* inExpectations(field(scenario, 'expect'), ['expect']);
}

function* inLines(lines: unknown, path: Path): Generator<Prose> {
  for (const [index, line] of itemsOf(lines).entries()) {
    const place = [...path, index];
    yield* inLine(line, place);
    for (const key of ['together', 'steps']) yield* inLines(field(line, key), [...place, key]);
    for (const [at, moment] of itemsOf(field(line, 'during')).entries())
      yield* inLine(moment, [...place, 'during', at]);
  }
}

function* inLine(line: unknown, path: Path): Generator<Prose> {
  for (const key of LINE) yield* single(line, key, path);
  const ask = field(line, 'ask');
  for (const key of QUESTION) yield* single(ask, key, [...path, 'ask']);
  for (const [answer] of entriesOf(field(ask, 'wrong')))
    yield* single(field(ask, 'wrong'), answer, [...path, 'ask', 'wrong']);
  yield* inExpectations(field(line, 'expect'), [...path, 'expect']);
}

function* inExpectations(expectations: unknown, path: Path): Generator<Prose> {
  for (const [index, expectation] of oneOrManyOf(expectations).entries())
    for (const key of GRADE)
      yield* single(expectation, key, Array.isArray(expectations) ? [...path, index] : path);
}

function* single(map: unknown, key: string, path: Path): Generator<Prose> {
  const value = field(map, key);
  if (typeof value === 'string' || isMap(value)) yield { path: [...path, key], value };
}

function* listed(map: unknown, key: string, path: Path): Generator<Prose> {
  const value = field(map, key);
  if (!Array.isArray(value)) yield* single(map, key, path);
  for (const [index, each] of itemsOf(value).entries()) yield { path: [...path, key, index], value: each };
}
