// The gallery's cards as rows, its groups and its search. A search looks at titles, ideas, ports, errors and at what a
// scenario breaks; without a hit it offers the nearest titles. It refuses to know files: ../library.ts reads them.
// Who shows them: ../panels/gallery.ts.
import type { Progress } from '../device.js';
import { beliefOf } from '../misconceptions.js';
import type { Thumbnail } from './thumbnail.js';

export interface Entry {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly idea: string;
  readonly breaks: readonly string[];
  readonly picture: Thumbnail | undefined;
  /** Reading time. */
  readonly minutes: number | undefined;
  /** '' until the text has come. */
  readonly source: string;
}

export interface Card {
  readonly id: string;
  readonly title: string;
  readonly idea: string;
  readonly picture: Thumbnail | undefined;
  readonly minutes: number | undefined;
  readonly progress: 'none' | 'done' | number;
}

const normal = (text: string): string => text.toLowerCase().replace(/[‐-―]/g, '-').trim();

/** Everything of a scenario that can be found, in one text. Numbers are kept whole: `80` does not find `8081`. */
function haystack(entry: Entry): string {
  const beliefs = entry.breaks.map((code) => `${code} ${beliefOf(code) ?? ''}`).join(' ');
  return normal([entry.id, entry.title, entry.idea, entry.group, beliefs, entry.source].join(' '));
}

function isFound(entry: Entry, words: readonly string[]): boolean {
  const text = haystack(entry);
  return words.every((word) =>
    /^\d+$/.test(word) ? new RegExp(`(?<![\\d.])${word}(?![\\d.]*\\d)`).test(text) : text.includes(word),
  );
}

/** How many pairs of letters two texts share: rough nearness, enough for three offers. */
function nearness(a: string, b: string): number {
  const pairs = (text: string): Set<string> => {
    const found = new Set<string>();
    for (let at = 0; at + 1 < text.length; at += 1) found.add(text.slice(at, at + 2));
    return found;
  };
  const mine = pairs(normal(a));
  let shared = 0;
  for (const pair of pairs(normal(b))) if (mine.has(pair)) shared += 1;
  return shared;
}

export function searchEntries(
  entries: readonly Entry[],
  text: string,
): { readonly found: readonly Entry[]; readonly near: readonly Entry[] } {
  const words = normal(text).replace(/:/g, ' ').split(/\s+/).filter(Boolean);
  if (words.length === 0) return { found: entries, near: [] };
  const found = entries.filter((entry) => isFound(entry, words));
  if (found.length > 0) return { found, near: [] };
  const near = [...entries]
    .sort((a, b) => nearness(text, `${b.title} ${b.idea}`) - nearness(text, `${a.title} ${a.idea}`))
    .slice(0, 3);
  return { found, near };
}

export function groupsIn(
  entries: readonly Entry[],
): readonly { readonly group: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const { group } of entries) counts.set(group, (counts.get(group) ?? 0) + 1);
  return [...counts].map(([group, count]) => ({ group, count }));
}

export function cardRow(entry: Entry, progress: Progress | undefined): Card {
  const { id, title, idea, picture, minutes } = entry;
  const at = progress === undefined || progress.t === 0 ? 'none' : progress.t;
  return { id, title, idea, picture, minutes, progress: progress?.isDone ? 'done' : at };
}
