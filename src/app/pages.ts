// A page from what is shown: gallery, scenario or problem, put together from the panels. No state, no drawing of pictures.
// Panels get rows from present/; what they may do comes in as functions of the conductor.
// Look next at the panel whose name is the part of the page you mean.
import { html, nothing, type TemplateResult } from 'lit';
import type { App } from './app.js';
import type { Progress, Theme } from './device.js';
import { entries, entryById } from './library.js';
import { messages } from './messages.js';
import type { Run } from './open.js';
import { caption } from './panels/caption.js';
import { gallery, searchField } from './panels/gallery.js';
import { headerPanel } from './panels/header.js';
import { keysDialog } from './panels/keys-dialog.js';
import { ladderView } from './panels/ladder.js';
import { notesPanel } from './panels/notes.js';
import { type Problem, problemPage } from './panels/problem.js';
import { socketTable } from './panels/socket-table.js';
import { statePanel } from './panels/state.js';
import { topBar } from './panels/top-bar.js';
import { transport } from './panels/transport.js';
import { whyPanel } from './panels/why.js';
import { type Card, cardRow, groupsIn, searchEntries } from './present/cards.js';
import { focusOf } from './present/focus.js';
import { type LadderStory, ladderPicture, ladderStory } from './present/ladder.js';
import { tableOf } from './present/table.js';
import { type Route, VIEWS, type View } from './route.js';
import { quietStart, type Session, sceneOf, type Tab } from './state/session.js';
import { conversationAt, findStep } from './state/skip.js';
import type { CardData } from './thumbnails.js';

export interface PageState {
  readonly route: Route;
  readonly session: Session | undefined;
  readonly problem: Problem | undefined;
  readonly theme: Theme;
  readonly isPhone: boolean;
  readonly text: string;
  readonly group: string;
  readonly progress: ReadonlyMap<string, Progress>;
  readonly cards: ReadonlyMap<string, CardData>;
  readonly hover: { readonly step: number; readonly share: number } | undefined;
}

type Commands = Pick<
  App,
  | 'run'
  | 'go'
  | 'tell'
  | 'speed'
  | 'choose'
  | 'select'
  | 'copy'
  | 'theme'
  | 'search'
  | 'group'
  | 'closeKeys'
  | 'hover'
  | 'lanes'
>;

export function page(state: PageState, app: Commands): TemplateResult {
  const { route, session, problem } = state;
  const dialog = keysDialog(app.closeKeys);
  if (problem !== undefined || (route.page === 'scenario' && session === undefined)) {
    return html`${top(state, app, '', '')}${problem === undefined ? nothing : problemPage(problem)}${dialog}`;
  }
  if (route.page === 'scenario' && session !== undefined)
    return html`${player(state, session, app)}${dialog}`;
  return html`${galleryPage(state, app)}${dialog}`;
}

function top(
  state: PageState,
  app: Commands,
  group: string,
  title: string,
  middle?: TemplateResult,
): TemplateResult {
  return topBar({
    group,
    title,
    theme: state.theme,
    middle,
    onTheme: app.theme,
    onKeys: () => app.run('keys'),
  });
}

// ── Scenario ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function table(session: Session, app: Commands): TemplateResult {
  const scene = sceneOf(session);
  const { choices } = session;
  const host = choices.tableHost ?? focusOf(scene, choices.pinned);
  return socketTable({
    table: tableOf(scene, host),
    scene,
    isText: choices.isText,
    isCopied: choices.isCopied,
    selected: choices.socket,
    onHost: (tableHost) => app.choose({ tableHost, isCopied: false }),
    onText: () => app.choose({ isText: !choices.isText, isCopied: false }),
    onCopy: app.copy,
    onSelect: app.select,
  });
}

function panelBody(tab: Tab, session: Session, app: Commands): TemplateResult {
  const scene = sceneOf(session);
  const { run, player, choices } = session;
  const { context } = player.getSnapshot();
  if (tab === 'sockets') return table(session, app);
  const hasNextDelivery = findStep(run.steps, scene.t, 'delivery', false, undefined) !== undefined;
  const onNextDelivery = () => app.run('next delivery');
  if (tab === 'header') {
    const about = run.headersAt(scene.t);
    const onField = (field: string) => app.choose({ field });
    return headerPanel({ about, field: choices.field, hasNextDelivery, onField, onNextDelivery });
  }
  if (tab === 'state') {
    const mark = conversationAt(run.steps, run.lanes, scene.t, choices.mark);
    return statePanel({
      mark,
      lifecycle: mark && run.lifecycleAt(scene.t, mark),
      marks: run.lanes.flatMap((lane) => lane.mark ?? []),
      end: choices.end,
      onMark: (chosen) => app.choose({ mark: chosen }),
      onEnd: (end) => app.choose({ end }),
    });
  }
  if (tab === 'notes') {
    const { teaches, takeaway, teacher, breaks, steps } = run;
    return notesPanel({ teaches, takeaway, teacher, breaks, steps, t: scene.t, onGo: app.go });
  }
  return whyPanel({
    reason: scene.reason,
    told: context.told,
    hasNextDelivery,
    onTell: app.tell,
    onNextDelivery,
    onSelect: app.select,
  });
}

function panel(session: Session, state: PageState, app: Commands): TemplateResult {
  const tabs: readonly { readonly id: Tab; readonly label: string }[] = [
    { id: 'why', label: state.isPhone ? messages.why.tabShort : messages.why.tab },
    { id: 'header', label: messages.header.tab },
    ...(state.isPhone ? [{ id: 'sockets', label: messages.sockets.tab } as const] : []),
    { id: 'state', label: messages.states.tab },
    { id: 'notes', label: messages.notes.tab },
  ];
  const { choices } = session;
  const tab = !state.isPhone && choices.tab === 'sockets' ? 'why' : choices.tab;
  const move = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const at = tabs.findIndex(({ id }) => id === tab);
    const next = tabs[(at + by + tabs.length) % tabs.length];
    if (by === 0 || next === undefined || event.shiftKey) return;
    event.preventDefault();
    app.choose({ tab: next.id });
    const list = event.currentTarget;
    if (list instanceof Element) list.querySelector<HTMLElement>(`#tab-${next.id}`)?.focus();
  };
  return html`<aside class="panel" aria-label=${messages.regions.panel}>
    <div class="tabs" role="tablist" @keydown=${move}>
      ${tabs.map(
        ({ id, label }) => html`<button
          role="tab"
          id="tab-${id}"
          aria-selected=${tab === id}
          aria-controls="tab-panel"
          tabindex=${tab === id ? 0 : -1}
          @click=${() => app.choose({ tab: id })}
        >
          ${label}
        </button>`,
      )}
    </div>
    <div class="tab-panel" id="tab-panel" role="tabpanel" aria-labelledby="tab-${tab}" tabindex="0">
      ${panelBody(tab, session, app)}
    </div>
  </aside>`;
}

function viewButtons(view: View, app: Commands): TemplateResult {
  return html`<div class="views" role="group" aria-label=${messages.views.name}>
    ${VIEWS.map(
      (
        each,
      ) => html`<button aria-pressed=${each === view} data-view-button=${each} @click=${() => app.choose({ view: each })}>
        ${messages.views[each]}
      </button>`,
    )}
  </div>`;
}

const stories = new WeakMap<Run, LadderStory>();

function ladder(session: Session, state: PageState, app: Commands): TemplateResult {
  const { run } = session;
  const story =
    stories.get(run) ??
    ladderStory(
      Array.from({ length: run.total + 1 }, (_, t) => run.sceneAt(t)),
      run.steps,
    );
  stories.set(run, story);
  const { t } = session.player.getSnapshot().context;
  const width = state.isPhone ? 360 : 730;
  return ladderView({ picture: ladderPicture(story, t, width), steps: run.steps, t, onGo: app.go });
}

function player(state: PageState, session: Session, app: Commands): TemplateResult {
  const scene = sceneOf(session);
  const { run, choices } = session;
  const snapshot = session.player.getSnapshot();
  const mark = conversationAt(run.steps, run.lanes, scene.t, choices.mark);
  const has = (skip: 'delivery' | 'state' | 'conversation'): boolean =>
    findStep(run.steps, scene.t, skip, false, mark) !== undefined;
  const hovered = state.hover && run.steps[state.hover.step - 1];
  return html`<div class="player" data-view=${choices.view} data-scenario=${session.id} data-step=${scene.t} data-playing=${snapshot.value === 'playing'}>
    ${top(state, app, entryById(session.id)?.group ?? '', run.title)}
    <main class="left">
      ${caption(scene, run.takeaway, viewButtons(choices.view, app))}
      ${
        choices.view === 'ladder'
          ? html`<section class="ladder" aria-label=${messages.regions.ladder}>${ladder(session, state, app)}</section>`
          : html`<section class="stage" aria-label=${messages.regions.stage} data-variant=${state.isPhone ? 'phone' : 'full'}>
              <svg class="stage-svg"></svg>
            </section>`
      }
      ${state.isPhone ? nothing : table(session, app)}
    </main>
    ${panel(session, state, app)}
    ${transport({
      scene,
      isPlaying: snapshot.value === 'playing',
      speed: snapshot.context.speed,
      mark,
      isPhone: state.isPhone,
      can: { delivery: has('delivery'), state: has('state'), event: has('conversation') },
      hover: state.hover && {
        ...state.hover,
        text: hovered?.plain ?? messages.caption.start,
      },
      run: app.run,
      onSpeed: app.speed,
      onGo: app.go,
      onHover: app.hover,
      onLanes: app.lanes,
    })}
  </div>`;
}

// ── Gallery ──────────────────────────────────────────────────────────────────────────────────────────────────────────

function galleryPage(state: PageState, app: Commands): TemplateResult {
  const { session, text } = state;
  const { found, near } = searchEntries(entries, text);
  const shown = found.filter(({ group }) => state.group === '' || group === state.group);
  const rows = (list: typeof entries): Card[] =>
    list.map((entry) => cardRow(entry, state.cards.get(entry.id)?.minutes, state.progress.get(entry.id)));
  const hero =
    session === undefined || text !== ''
      ? undefined
      : { scene: sceneOf(session), start: quietStart(session.run), id: session.id, title: session.run.title };
  const thumbnails = new Map([...state.cards].map(([id, { picture }]) => [id, picture]));
  return html`${top(state, app, '', '', searchField(text, entries.length, app.search))}
  ${gallery({
    hero,
    groups: groupsIn(entries),
    group: state.group,
    cards: rows(shown),
    near: rows(near),
    text,
    total: entries.length,
    done: entries.filter(({ id }) => state.progress.get(id)?.isDone === true).length,
    thumbnails,
    onGroup: app.group,
    onStep: () => app.run('step'),
    onClear: () => app.search(''),
  })}`;
}
