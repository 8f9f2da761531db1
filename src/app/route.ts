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

export type Route =
  | { readonly page: 'gallery' }
  | ({ readonly page: PlacePage } & Place)
  | { readonly page: 'unknown'; readonly text: string };

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

/** Reads a fragment with or without its `#`. */
export function parseRoute(fragment: string): Route {
  const text = fragment.replace(/^#/, '');
  if (text === '' || text === '/') return { page: 'gallery' };
  const [path = '', query = ''] = text.split('?', 2);
  const [, folder = '', id] = /^\/(s|present|notes)\/([^/]+)$/.exec(path) ?? [];
  const page = Object.entries(PAGES).find(([name]) => name === folder)?.[1];
  if (id === undefined || page === undefined) return { page: 'unknown', text };
  const parameters = new URLSearchParams(query);
  const t = parameters.get('t');
  const view = VIEWS.find((each) => each === parameters.get('v')) ?? 'stage';
  const isNumber = t !== null && /^\d{1,9}$/.test(t);
  try {
    const where = { page, id: decodeURIComponent(id), t: isNumber ? Number(t) : undefined, view } as const;
    const selected = parseSelection(parameters.get('sel') ?? '');
    const place = selected === undefined ? where : { ...where, selected };
    return parameters.get('predict') === '1' ? { ...place, isPredicting: true } : place;
  } catch {
    return { page: 'unknown', text };
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
