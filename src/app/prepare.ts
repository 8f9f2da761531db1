// Makes heads, lessons and the told run from the text of a scenario, while the app is built. Here is the only YAML of the app:
// no page loads this file. What is made: lesson.ts. Who calls it: vite.scenarios.ts at the top of the repository.
import { parse } from 'yaml';
import type { Library } from '../scenario/include.js';
import { parseScenario } from '../scenario/parse.js';
import { openRun, type Run } from '../scenario/run.js';
import type { Text } from '../scenario/schema/texts.js';
import type { Head, Lesson, ToldRun } from './lesson.js';
import { thumbnailOf } from './present/thumbnail.js';
import { dwellMillis } from './state/playback.js';

/** A file that is not YAML still gets a card, by the name of the file, and a page that says what is wrong. */
export function prepareHead(name: string, source: string, library?: Library): Head {
  const at = topOf(source);
  const run = runOf(source, library);
  return {
    title: textOf(at.get('title')) || name,
    idea: textOf(at.get('teaches')),
    breaks: codes(at.get('breaks')),
    picture: run && thumbnailOf(run),
    minutes: run && minutesOf(run.steps.map(({ plain }) => plain)),
  };
}

export function prepareLesson(source: string, library?: Library): Lesson {
  const { scenario, problems } = parseScenario(source, library);
  return scenario === undefined ? { source, problems } : { source, scenario, problems: [] };
}

/** In English. Throws for a scenario that cannot be played: the first screen must be there. */
export function prepareTold(source: string, library?: Library): ToldRun {
  const { run, problems } = openRun(source, { ...(library && { library }) });
  if (run === undefined) throw new Error(`the first screen cannot be played: ${problems[0]?.message}`);
  const { title, steps, lanes, asked, total } = run;
  const scenes = Array.from({ length: total + 1 }, (_, t) => {
    const { step: _step, ...scene } = run.sceneAt(t);
    return scene;
  });
  return { title, steps, lanes, asked, scenes };
}

function runOf(source: string, library: Library | undefined): Run | undefined {
  try {
    return openRun(source, { ...(library && { library }) }).run;
  } catch {
    return undefined; // a mistake of ours is told on its page
  }
}

function topOf(source: string): ReadonlyMap<string, unknown> {
  try {
    const parsed: unknown = parse(source);
    return new Map(typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : []);
  } catch {
    return new Map();
  }
}

/** '' where there is no text. */
function textOf(value: unknown): Text {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function codes(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((code): code is string => typeof code === 'string');
}

/** Reading time of all sentences, doubled for thinking, in whole minutes. */
function minutesOf(sentences: readonly string[]): number {
  const millis = sentences.reduce((sum, text) => sum + dwellMillis(text.split(' ').length, 1), 0);
  return Math.max(1, Math.round((millis * 2) / 60_000));
}
