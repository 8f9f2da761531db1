// The scenarios that come with the app: every file below scenarios/, its folder is the group, its name the id in links.
// Only the head of each file is read here; running it is open.ts. A file that is not YAML still gets a card and a page.
// Where cards and search are computed: present/cards.ts.
import { parse } from 'yaml';
import type { Library } from '../scenario/include.js';
import { COURSE } from './course.js';
import type { Entry } from './present/cards.js';
import { tongue } from './words/speech.js';

const files: Readonly<Record<string, string>> = import.meta.glob('/scenarios/**/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Files that others include: no scenarios of their own. */
const PART = /\.part\.yaml$/;

/** `include` finds what comes with the app, by the end of its path: a text that somebody pastes has no folder. */
export const includable: Library = (named) => {
  const end = `/${named.replace(/^(?:\.\.?\/)+/, '')}`;
  const found = Object.entries(files).find(([path]) => path.endsWith(end));
  return found && { path: found[0], text: found[1] };
};

/** The scenario of the gallery's head. */
export const HERO = 'two-programs-one-address';

function prose(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  const texts = new Map<string, unknown>(Object.entries(value));
  const first = texts.get(tongue.tag) ?? texts.get('en') ?? [...texts.values()][0];
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
    group: COURSE.find((chapter) => chapter.folder === folder)?.title ?? folder,
    title: prose(at.get('title')) || name,
    idea: prose(at.get('teaches')),
    breaks: codes(at.get('breaks')),
    source,
  };
}

/** Where it stands in the course: its chapter, then its place there; what the course does not name comes behind. */
function placeOf({ group, id }: Entry): readonly [number, number] {
  const chapter = COURSE.findIndex(({ title }) => title === group);
  const place = COURSE[chapter]?.ids.indexOf(id) ?? -1;
  return [chapter < 0 ? COURSE.length : chapter, place < 0 ? Number.POSITIVE_INFINITY : place];
}

function inCourse(a: Entry, b: Entry): number {
  const [chapter, place] = placeOf(a);
  const [otherChapter, otherPlace] = placeOf(b);
  if (chapter !== otherChapter) return chapter - otherChapter;
  if (place !== otherPlace) return place - otherPlace;
  return a.id < b.id ? -1 : 1;
}

export const entries: readonly Entry[] = Object.entries(files)
  .filter(([path]) => !PART.test(path))
  .map(([path, source]) => entryOf(path, source))
  .sort(inCourse);

export function entryById(id: string): Entry | undefined {
  return entries.find((entry) => entry.id === id);
}
