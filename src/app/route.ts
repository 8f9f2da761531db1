// The place in the address bar: everything stands in the fragment, because static files have no routes.
// `#/` gallery · `#/s/<id>?t=14&v=ladder` a scenario at a step in a view; without `v` it is the stage; `predict=1` asks;
// `sel=5.circle` a chosen socket by its number, the chosen conversation by its sign, or one of the two.
// `#/present/<id>` is the same for a room, `#/notes/<id>` the window beside it. Parsing and formatting are inverse on each other.
// It refuses to know the history: app.ts replaces the address while stepping.

import type { Mark } from '../trace/scene.js';
import { markName, markNamed } from './present/names.js';

export const VIEWS = ['stage', 'ladder', 'ports', 'states'] as const;
export type View = (typeof VIEWS)[number];

/** What a reader holds on to while stepping: a socket, a conversation, or both. */
export interface Selection {
  readonly socket: number | undefined;
  readonly mark: Mark | undefined;
}

/** Where in a scenario. */
export interface Place {
  readonly id: string;
  readonly t: number | undefined;
  readonly view: View;
  readonly isPredicting?: true;
  /** Absent when nothing is chosen. */
  readonly selected?: Selection;
}

const PAGES = { s: 'scenario', present: 'present', notes: 'notes' } as const;
export type PlacePage = (typeof PAGES)[keyof typeof PAGES];

/** What is wrong with an address: the first part that cannot be read, and where it begins, counted from 1. */
export interface Flaw {
  readonly what: 'path' | 'escape' | 't' | 'v' | 'sel';
  readonly column: number;
  readonly part: string;
  /** The same without its parameters, where the rest is readable. */
  readonly without: Route | undefined;
}

export type Route =
  | { readonly page: 'gallery' }
  | ({ readonly page: PlacePage } & Place)
  | { readonly page: 'unknown'; readonly text: string; readonly flaw: Flaw };

/** What `sel` says; undefined where it names neither a socket nor a sign. */
function parseSelection(text: string): Selection | undefined {
  const [, digits, name = ''] = /^(\d{1,9})?\.?([a-z]+)?$/.exec(text) ?? [];
  const mark = markNamed(name);
  if (digits === undefined && mark === undefined) return undefined;
  return { socket: digits === undefined ? undefined : Number(digits), mark };
}

function formatSelection({ socket, mark }: Selection): string {
  return [socket, mark && markName(mark)].filter((part) => part !== undefined).join('.');
}

const READABLE: Readonly<Record<'t' | 'v' | 'sel', (text: string) => boolean>> = {
  t: (text) => /^\d{1,9}$/.test(text),
  v: (text) => VIEWS.some((view) => view === text),
  sel: (text) => parseSelection(text) !== undefined,
};

/** The first parameter that says something which nobody understands. Those of other names are left to others. */
function flawIn(query: string, start: number, without: Route): Flaw | undefined {
  let column = start;
  for (const part of query.split('&')) {
    const [[name = '', text = ''] = []] = new URLSearchParams(part);
    if ((name === 't' || name === 'v' || name === 'sel') && !READABLE[name](text))
      return { what: name, column, part, without };
    column += part.length + 1;
  }
  return undefined;
}

/** Reads a fragment with or without its `#`. What cannot be read is a flaw with its place, never passed over. */
export function parseRoute(fragment: string): Route {
  const text = fragment.replace(/^#/, '');
  if (text === '' || text === '/') return { page: 'gallery' };
  const [path = '', query = ''] = text.split('?', 2);
  const [, folder = '', name] = /^\/(s|present|notes)\/([^/]+)$/.exec(path) ?? [];
  const page = Object.entries(PAGES).find(([each]) => each === folder)?.[1];
  const broken = (what: 'path' | 'escape', part: string): Route => {
    const column = text.indexOf(part) + 1;
    return { page: 'unknown', text, flaw: { what, column, part, without: undefined } };
  };
  if (name === undefined || page === undefined) return broken('path', path);
  const id = decoded(name);
  if (id === undefined) return broken('escape', name.slice(name.indexOf('%')));
  const flaw = flawIn(query, path.length + 2, { page, id, t: undefined, view: 'stage' });
  if (flaw !== undefined) return { page: 'unknown', text, flaw };
  const parameters = new URLSearchParams(query);
  const t = parameters.get('t');
  const view = VIEWS.find((each) => each === parameters.get('v')) ?? 'stage';
  const where = { page, id, t: t === null ? undefined : Number(t), view } as const;
  const selected = parseSelection(parameters.get('sel') ?? '');
  const place = selected === undefined ? where : { ...where, selected };
  return parameters.get('predict') === '1' ? { ...place, isPredicting: true } : place;
}

/** Undefined where a `%` stands before what is no byte of UTF-8. */
function decoded(name: string): string | undefined {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
}

export function formatRoute(route: Route): string {
  if (route.page === 'gallery') return '#/';
  if (route.page === 'unknown') return `#${route.text}`;
  const parameters = new URLSearchParams();
  if (route.t !== undefined) parameters.set('t', String(route.t));
  if (route.view !== 'stage') parameters.set('v', route.view);
  if (route.selected !== undefined) parameters.set('sel', formatSelection(route.selected));
  if (route.isPredicting === true) parameters.set('predict', '1');
  const query = parameters.size === 0 ? '' : `?${parameters}`;
  const folder = Object.entries(PAGES).find(([, page]) => page === route.page)?.[0] ?? 's';
  return `#/${folder}/${encodeURIComponent(route.id)}${query}`;
}
