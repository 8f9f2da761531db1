// The scenarios that come with the app: every file below scenarios/, its folder is the group, its name the id in links.
// What stands on the cards is here from the start; the lessons come when one is opened, and all of them when nobody waits
// (parts.ts). What is made of a file: lesson.ts. Where cards and search are computed: present/cards.ts.
import { textIn } from '../scenario/schema/texts.js';
import { COURSE } from './course.js';
import type { Head, Lesson, ToldRun } from './lesson.js';
import type { Entry } from './present/cards.js';
import { tongue } from './words/speech.js';

const heads = import.meta.glob<Head>(['/scenarios/**/*.yaml', '!**/*.part.yaml'], {
  query: '?head',
  import: 'head',
  eager: true,
});
const makers = import.meta.glob<Lesson>(['/scenarios/**/*.yaml', '!**/*.part.yaml'], {
  query: '?lesson',
  import: 'lesson',
});
const told = import.meta.glob<ToldRun>('/scenarios/ports/two-programs-one-address.yaml', {
  query: '?told',
  import: 'told',
  eager: true,
});

/** The scenario of the gallery's head. */
export const HERO = 'two-programs-one-address';

/** How it goes, step by step. */
export const heroTold: ToldRun | undefined = Object.values(told)[0];

const idOf = (path: string): string => path.replace(/^.*\//, '').replace(/\.yaml$/, '');

const lessons = new Map<string, Lesson>();
const makerById = new Map(Object.entries(makers).map(([path, maker]) => [idOf(path), maker]));

/** A lesson that has come. */
export function lessonById(id: string): Lesson | undefined {
  return lessons.get(id);
}

/** Brings a lesson; nothing happens for one that is not in the library. Rejects if it cannot be had. */
export async function bringLesson(id: string): Promise<void> {
  const lesson = await makerById.get(id)?.();
  if (lesson !== undefined) lessons.set(id, lesson);
}

function entryOf(path: string, { title, idea, breaks, picture, minutes }: Head): Entry {
  const [, folder = ''] = /([^/]+)\/[^/]+$/.exec(path) ?? [];
  const id = idOf(path);
  return {
    ...{ id, breaks, picture, minutes },
    title: textIn(title, tongue.tag),
    idea: textIn(idea, tongue.tag),
    group: COURSE.find((chapter) => chapter.folder === folder)?.title ?? folder,
    get source() {
      return lessons.get(id)?.source ?? '';
    },
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

export const entries: readonly Entry[] = Object.entries(heads)
  .map(([path, head]) => entryOf(path, head))
  .sort(inCourse);

export function entryById(id: string): Entry | undefined {
  return entries.find((entry) => entry.id === id);
}

/** What follows it in the course; nothing behind the last, and behind what is not in the library. */
export function entryAfter(id: string): Entry | undefined {
  const at = entries.findIndex((entry) => entry.id === id);
  return at < 0 ? undefined : entries[at + 1];
}
