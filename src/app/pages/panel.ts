// The panel at the right of a scenario, tab by tab, and the socket table that stands below most views.
// Which tabs there are follows from the view; what is in one comes from its panel.
// Look next at the panel whose name is the tab's.
import { html, type TemplateResult } from 'lit';
import { entryAfter } from '../library.js';
import { messages } from '../messages.js';
import { headerPanel } from '../panels/header.js';
import { headerStripView } from '../panels/header-strip.js';
import { icon } from '../panels/icons.js';
import { notesPanel } from '../panels/notes.js';
import { type PortProps, portPanel } from '../panels/port.js';
import { type PredictProps, predictPanel } from '../panels/predict.js';
import { socketTable } from '../panels/socket-table.js';
import { statePanel } from '../panels/state.js';
import { type TabRow, tabRow } from '../panels/tabs.js';
import { transcriptPanel } from '../panels/transcript.js';
import { whyOnPhone, whyPanel } from '../panels/why.js';
import { focusOf } from '../present/focus.js';
import { heldSince, portKey } from '../present/port-story.js';
import { portInView, portMap } from '../present/ports.js';
import { tableOf } from '../present/table.js';
import { transcriptOf } from '../present/transcript.js';
import { whoIsThere } from '../present/who-is-there.js';
import {
  isPredicting,
  lifecycleOf,
  openQuestion,
  pinnedHost,
  type Session,
  sceneBefore,
  sceneOf,
  type Tab,
  toldOf,
} from '../state/session.js';
import { conversationAt, findStep } from '../state/skip.js';
import { storiesOf } from '../stories.js';
import type { PageCommands, PageState } from './page-state.js';

export function table(session: Session, app: PageCommands, onHeader?: () => void): TemplateResult {
  const scene = sceneOf(session);
  const { choices } = session;
  const host = choices.tableHost ?? focusOf(scene, pinnedHost(session));
  return socketTable({
    table: tableOf(scene, host, sceneBefore(session)),
    scene,
    isText: choices.isText,
    isCopied: choices.isCopied,
    selected: choices.socket,
    onHost: (tableHost) => app.choose({ tableHost, isCopied: false }),
    onHeader,
    onText: () => app.choose({ isText: !choices.isText, isCopied: false }),
    onCopy: (text) => app.copy(text),
    onSelect: (socket) => app.select(socket),
  });
}

/** Below a view: the sockets; below the ladder the headers of this step's packet, unless the reader wants the sockets. */
export function strip(session: Session, app: PageCommands): TemplateResult {
  const { choices, run } = session;
  const about = choices.view === 'ladder' ? run.headersAt(sceneOf(session).t) : undefined;
  if (about === undefined) return table(session, app);
  const turn = (): void => app.choose({ hasSocketStrip: !choices.hasSocketStrip });
  if (choices.hasSocketStrip) return table(session, app, turn);
  return headerStripView({
    about,
    onField: (field) => app.choose({ field, tab: 'header' }),
    onSockets: turn,
  });
}

/** What stands under a tab. */
export function panelBody(tab: Tab, session: Session, state: PageState, app: PageCommands): TemplateResult {
  const scene = sceneOf(session);
  const { run, player, choices } = session;
  const { context } = player.getSnapshot();
  const told = toldOf(session);
  if (tab === 'sockets') return table(session, app);
  if (tab === 'predict') return predictPanel(predictProps(session, state, app), state.isPhone);
  const hasNextDelivery = findStep(told.steps, scene.t, 'delivery', false, undefined) !== undefined;
  const onNextDelivery = () => app.run('next delivery');
  if (tab === 'header') {
    const about = run.headersAt(scene.t);
    const onField = (field: string) => app.choose({ field });
    return headerPanel({ about, field: choices.field, hasNextDelivery, onField, onNextDelivery });
  }
  if (tab === 'state') {
    const mark = conversationAt(told.steps, told.lanes, scene.t, choices.mark);
    return statePanel({
      mark,
      lifecycle: mark && lifecycleOf(session, mark),
      marks: told.lanes.flatMap((lane) => lane.mark ?? []),
      end: choices.end,
      onMark: (chosen) => app.choose({ mark: chosen }),
      onEnd: (end) => app.choose({ end }),
    });
  }
  if (tab === 'port') {
    const about = portProps(session);
    if (about === undefined) return html``;
    return portPanel({
      ...about,
      selected: choices.socket,
      onGo: (t) => app.go(t),
      onSelect: (id) => app.select(id),
    });
  }
  if (tab === 'transcript')
    return transcriptPanel(whoIsThere(session.run.sceneAt(0)), transcriptOf(told.steps, scene.t), (t) =>
      app.go(t),
    );
  if (tab === 'notes') {
    const { takeaway } = run;
    // What a scenario teaches is what its questions ask.
    const { teaches, teacher, breaks } =
      openQuestion(session) === undefined ? run : { teaches: '', teacher: '', breaks: [] };
    const { steps } = told;
    return notesPanel({
      teaches,
      takeaway,
      teacher,
      breaks,
      next: entryAfter(session.id),
      steps,
      t: scene.t,
      total: run.total,
      onGo: (t) => app.go(t),
    });
  }
  const why = state.isPhone ? whyOnPhone : whyPanel;
  return why({
    reason: scene.reason,
    told: context.told,
    hasNextDelivery,
    onTell: (upTo) => app.tell(upTo),
    onNextDelivery,
    onSelect: (socket) => app.select(socket),
  });
}

export function predictProps(session: Session, state: PageState, app: PageCommands): PredictProps {
  const { context } = session.prediction.getSnapshot();
  const { at, choice, sure, tried, results } = context;
  return {
    ...{ at, choice, sure, tried, results },
    scene: sceneOf(session),
    all: session.run.asked,
    isKept: state.preferences.isKept,
    isOpen: openQuestion(session) !== undefined,
    onEvent: (event) => app.predict(event),
    onExport: () => app.exportAnswers(),
  };
}

function portProps(session: Session): Pick<PortProps, 'host' | 'port' | 'since' | 'sinceWords'> | undefined {
  const scene = sceneOf(session);
  const { choices, run } = session;
  const map = portMap(scene, choices.tableHost ?? focusOf(scene, pinnedHost(session)));
  if (map === undefined) return undefined;
  const port = portInView(map, choices.port);
  const since =
    port && heldSince(storiesOf(run).ports, map.host.id, portKey(port.protocol, port.port), scene.t);
  return {
    host: map.host,
    port,
    since,
    sinceWords: since === undefined ? undefined : run.steps[since - 1]?.plain,
  };
}

/** What can be read beside a view: its own matter first, and nothing that the view shows already. */
function tabsOf(session: Session, hasStrip: boolean): readonly TabRow<Tab>[] {
  const { view } = session.choices;
  const port = view === 'ports' ? portProps(session)?.port : undefined;
  const has = {
    predict: isPredicting(session),
    port: view === 'ports',
    why: view !== 'ports' && openQuestion(session) === undefined,
    header: view !== 'ports',
    sockets: !hasStrip || view === 'ports' || view === 'states',
    state: view !== 'ports' && view !== 'states',
    notes: true,
    transcript: true,
  };
  const labels: Readonly<Record<Tab, string>> = {
    predict: messages.predict.tab,
    port: port === undefined ? messages.port.tabNone : messages.port.tab(port.protocol, port.port),
    why: has.sockets || has.predict ? messages.why.tabShort : messages.why.tab,
    header: messages.header.tab,
    sockets: messages.sockets.tab,
    state: messages.states.tab,
    notes: messages.notes.tab,
    transcript: messages.transcript.tab,
  };
  const order: readonly Tab[] = [
    'predict',
    'port',
    'why',
    'header',
    'sockets',
    'state',
    'notes',
    'transcript',
  ];
  return order.filter((id) => has[id]).map((id) => ({ id, label: labels[id] }));
}

export function panel(session: Session, state: PageState, app: PageCommands): TemplateResult {
  const tabs = tabsOf(session, state.hasStrip);
  const tab = tabs.find(({ id }) => id === session.choices.tab)?.id ?? tabs[0]?.id ?? 'why';
  const { isRaised } = session.choices;
  const { raise } = messages.panel;
  return html`<aside class="panel" aria-label=${messages.regions.panel}>
    ${tabRow(tabs, tab, (id) => app.choose({ tab: id }))}
    <button class="icon-button raise" aria-expanded=${isRaised} aria-controls="tab-panel" aria-label=${raise} title="${raise} (R)" @click=${() => app.run('raise')}>
      ${icon(isRaised ? 'lower' : 'raise', 16)}
    </button>
    <div class="tab-panel" id="tab-panel" role="tabpanel" aria-labelledby="tab-${tab}" tabindex="0">
      ${panelBody(tab, session, state, app)}
    </div>
  </aside>`;
}
