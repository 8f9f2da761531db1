// The gallery's page: the live hero, filters, cards, and what a search found.
// Rows come from ../present/cards.ts, the panel is ../panels/gallery.ts.
import { html, type TemplateResult } from 'lit';
import { entries, entryAfter } from '../library.js';
import { type GalleryProps, gallery, searchField } from '../panels/gallery.js';
import { type Card, cardRow, groupsIn, searchEntries } from '../present/cards.js';
import { quietStart, type Session, sceneOf } from '../state/session.js';
import type { PageCommands, PageState } from './page-state.js';
import { top } from './top.js';

function heroOf(session: Session): GalleryProps['hero'] {
  const { id, run } = session;
  const scene = sceneOf(session);
  const payoff = run.steps.find(({ isDelivery }) => isDelivery)?.number ?? run.total;
  const next = scene.t < payoff ? undefined : entryAfter(id);
  return { scene, start: quietStart(run), id, title: run.title, next };
}

export function galleryPage(state: PageState, app: PageCommands): TemplateResult {
  const { session, text } = state;
  const { found, near } = searchEntries(entries, text);
  const shown = found.filter(({ group }) => state.group === '' || group === state.group);
  const rows = (list: typeof entries): Card[] =>
    list.map((entry) => cardRow(entry, state.progress.get(entry.id)));
  const hero = session === undefined || text !== '' ? undefined : heroOf(session);
  const search = searchField(text, entries.length, app.search);
  return html`${top(state, app, '', '', state.isPhone ? undefined : search)}
  ${gallery({
    hero,
    groups: groupsIn(entries),
    group: state.group,
    cards: rows(shown),
    near: rows(near),
    search: state.isPhone ? search : undefined,
    text,
    total: entries.length,
    done: state.preferences.isKept
      ? entries.filter(({ id }) => state.progress.get(id)?.isDone === true).length
      : undefined,
    onGroup: app.group,
    onStep: () => app.run('step'),
    onClear: () => app.search(''),
  })}`;
}
