// What authors may write short, in its normal form; read from what was validated already.
// It knows no schema, so that playing a scenario needs none. How it is written: the file of each schema.
import type { FilterSpec, WrittenFilter } from './filter-schema.js';
import type { Ask, Question } from './questions.js';

/** One or a list: always a list; nothing is an empty one. */
export function listOf<Item>(value: Item | readonly Item[] | undefined): readonly Item[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as Item];
}

/** Keys of a map whose value is not undefined, in the author's order. */
export function presentKeys(map: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(map).filter((key) => map[key] !== undefined);
}

/** `true` and `false` are 1 and 0. */
export function settingOf(value: string | number | boolean): string {
  return typeof value === 'boolean' ? String(Number(value)) : String(value);
}

/** A packet alone is a rule too. */
export function filterSpecOf(written: WrittenFilter): FilterSpec {
  return typeof written === 'string' ? { packet: written } : written;
}

/** A kind alone is a question too. */
export function questionOf(ask: Ask): Question {
  return typeof ask === 'string' ? { which: ask } : ask;
}
