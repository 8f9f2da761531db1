// Do the names in facts, expectations and questions exist? They may speak of the whole run, so they are asked after the
// last line, when every label is given. What a fact says of the run is the checker's.

import { didYouMean } from '../text/parsed.js';
import type { Report } from '../text/report.js';
import { entriesOf, field, isMap, itemsOf, oneOrManyOf, type Path } from '../text/tree.js';
import type { References } from './lint-references.js';

export interface FactContext {
  readonly references: References;
  readonly report: Report;
  /** Ids of all lines. */
  readonly ids: ReadonlySet<string>;
}

/** Under which key which atom stands. */
const ATOMS: ReadonlyMap<string, 'packet' | 'row' | 'host' | 'party' | 'socketOrEndpoint' | 'endpoint'> =
  new Map([
    ['packet', 'packet'],
    ['dropped', 'packet'],
    ['row', 'row'],
    ['in', 'host'],
    ['where', 'host'],
    ['to', 'party'],
    ['from', 'party'],
    ['of', 'socketOrEndpoint'],
    ['mapping', 'endpoint'],
  ]);

export function lintFact(fact: unknown, path: Path, { references }: FactContext): void {
  for (const [key, value] of entriesOf(fact)) {
    const atom = ATOMS.get(key);
    if (atom !== undefined && value !== null) references[atom](value, [...path, key]);
    if (key === 'same' || key === 'different')
      for (const [index, item] of itemsOf(value).entries())
        references.comparable(item, [...path, key, index]);
  }
}

/** `expectations` as under `expect`: one, or a list. */
export function lintExpectations(expectations: unknown, path: Path, context: FactContext): void {
  for (const [index, expectation] of oneOrManyOf(expectations).entries())
    lintExpectation(expectation, Array.isArray(expectations) ? [...path, index] : path, context);
}

function lintExpectation(expectation: unknown, path: Path, context: FactContext): void {
  lintFact(expectation, path, context);
  for (const quantifier of ['never', 'always', 'eventually'])
    lintFact(field(expectation, quantifier), [...path, quantifier], context);
  for (const [index, fact] of itemsOf(field(expectation, 'order')).entries())
    lintFact(fact, [...path, 'order', index], context);
  for (const key of ['at', 'before', 'after']) {
    const id = field(expectation, key);
    const isTime = key === 'at' && (id === 'end' || (typeof id === 'string' && /^\d/.test(id)));
    if (typeof id !== 'string' || isTime || context.ids.has(id)) continue;
    const hint = didYouMean(id, context.ids) ?? 'give a line a name with `id`';
    context.report.atKey([...path, key], {
      code: 'unknown-step',
      message: `no line has the id \`${id}\``,
      hint,
    });
  }
}

export function lintQuestion(ask: unknown, path: Path, context: FactContext): void {
  if (!isMap(ask)) return;
  if (ask['of'] !== undefined) context.references.socketOrEndpoint(ask['of'], [...path, 'of']);
  if (ask['in'] !== undefined) context.references.host(ask['in'], [...path, 'in']);
  lintFact(ask['claim'], [...path, 'claim'], context);
}
