// A scenario's tree before anybody vouches for it: plain maps, lists, texts, numbers. How to look into one without trust.
// Every reader asks for own keys only, so that a host may be called `constructor`. It knows no key of the language.

/** Where in the tree: keys of maps and indices of lists, from the root. */
export type Path = readonly (string | number)[];
export type TreeMap = Readonly<Record<string, unknown>>;

export function isMap(value: unknown): value is TreeMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a key; undefined if there is no such key, or no map. */
export function field(value: unknown, key: string): unknown {
  return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Keys and values of a map in the author's order; nothing for anything else. */
export function entriesOf(value: unknown): [string, unknown][] {
  return isMap(value) ? Object.entries(value) : [];
}

/** The items of a list; nothing for anything else. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A list as it is, anything else as a list of one, nothing as none: the short form of many keys. */
export function oneOrManyOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** Every text in a tree with its path; keys of maps too, at the path of their value. */
export function* textsIn(
  value: unknown,
  path: Path = [],
): Generator<{ text: string; path: Path; isKey: boolean }> {
  if (typeof value === 'string') yield { text: value, path, isKey: false };
  for (const [index, item] of itemsOf(value).entries()) yield* textsIn(item, [...path, index]);
  for (const [key, each] of entriesOf(value)) {
    yield { text: key, path: [...path, key], isKey: true };
    yield* textsIn(each, [...path, key]);
  }
}
