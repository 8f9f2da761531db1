// The scenarios that come with the app: every file below scenarios/, its folder is the group, its name the id in links.
// Only the head of each file is read here; running it is open.ts. A file that is not YAML still gets a card and a page.
// Where cards and search are computed: present/cards.ts.
import { parse } from 'yaml';
import type { Entry } from './present/cards.js';

const files: Readonly<Record<string, string>> = import.meta.glob('/scenarios/**/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Folder names in the order of the course, with the words that stand on the filters. */
const GROUPS: Readonly<Record<string, string>> = {
  ports: 'Ports and processes',
  conversations: 'One port, many conversations',
  services: 'Services you know',
  failures: 'When it fails',
  routers: 'Through a router',
  beyond: 'What books leave out',
};

/** The scenario of the gallery's head. */
export const HERO = 'two-programs-one-address';

function prose(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  const texts = new Map<string, unknown>(Object.entries(value));
  const first = texts.get('en') ?? [...texts.values()][0];
  return typeof first === 'string' ? first : '';
}

function codes(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((code): code is string => typeof code === 'string');
}

function head(source: string): ReadonlyMap<string, unknown> {
  try {
    const parsed: unknown = parse(source);
    return new Map(typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : []);
  } catch {
    return new Map();
  }
}

function entryOf(path: string, source: string): Entry {
  const [, folder = '', name = path] = /([^/]+)\/([^/]+)\.yaml$/.exec(path) ?? [];
  const at = head(source);
  return {
    id: name,
    group: GROUPS[folder] ?? folder,
    title: prose(at.get('title')) || name,
    idea: prose(at.get('teaches')),
    breaks: codes(at.get('breaks')),
    source,
  };
}

const order = Object.values(GROUPS);
const rank = (entry: Entry): number => {
  const place = order.indexOf(entry.group);
  return (entry.id === HERO ? -1 : 0) + (place < 0 ? order.length : place) * 2;
};

export const entries: readonly Entry[] = Object.entries(files)
  .map(([path, source]) => entryOf(path, source))
  .sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));

export function entryById(id: string): Entry | undefined {
  return entries.find((entry) => entry.id === id);
}
