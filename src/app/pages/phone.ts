// The panel of a scenario on a phone: the views other than the stage are tabs in it, and take the stage's room as well.
// While a question is open there is only the question. What stands under the other tabs: panel.ts. The views: view.ts.
import { html, type TemplateResult } from 'lit';
import { messages } from '../messages.js';
import { type TabRow, tabRow } from '../panels/tabs.js';
import type { View } from '../route.js';
import { isPredicting, openQuestion, type Session, type Tab } from '../state/session.js';
import type { PageCommands, PageState } from './page-state.js';
import { panelBody } from './panel.js';
import { viewOf } from './view.js';

type PhoneTab = Exclude<Tab, 'state' | 'port'> | Exclude<View, 'stage'>;

const VIEW_TABS: readonly PhoneTab[] = ['ladder', 'states', 'ports'];
const isView = (tab: PhoneTab): tab is Exclude<View, 'stage'> => VIEW_TABS.includes(tab);

function tabsOf(session: Session): readonly TabRow<PhoneTab>[] {
  const tabs: readonly TabRow<PhoneTab>[] = [
    { id: 'why', label: messages.why.tabShort },
    { id: 'header', label: messages.header.tab },
    { id: 'sockets', label: messages.sockets.tab },
    { id: 'ladder', label: messages.views.ladder },
    { id: 'states', label: messages.states.tab },
    { id: 'ports', label: messages.views.ports },
    { id: 'notes', label: messages.notes.tab },
    { id: 'transcript', label: messages.transcript.tab },
  ];
  return isPredicting(session) ? [{ id: 'predict', label: messages.predict.tab }, ...tabs] : tabs;
}

/** The stage is seen unless another view is; an open question is asked on the stage. */
export function isStageSeen(session: Session): boolean {
  return session.choices.view === 'stage' || openQuestion(session) !== undefined;
}

function viewPanel(view: View, session: Session, state: PageState, app: PageCommands): TemplateResult {
  const picture = viewOf(session, state, app);
  return view === 'ports' ? html`${picture} ${panelBody('port', session, state, app)}` : picture;
}

export function phonePanel(session: Session, state: PageState, app: PageCommands): TemplateResult {
  const { choices } = session;
  const label = messages.regions.panel;
  if (openQuestion(session) !== undefined) {
    return html`<aside class="panel" aria-label=${label}>
      <div class="tab-panel" id="tab-panel" role="group" aria-label=${messages.predict.tab} tabindex="0">
        ${panelBody('predict', session, state, app)}
      </div>
    </aside>`;
  }
  const tabs = tabsOf(session);
  const wanted = choices.view === 'stage' ? choices.tab : choices.view;
  const tab = tabs.find(({ id }) => id === wanted)?.id ?? tabs[0]?.id ?? 'why';
  const choose = (id: PhoneTab): void => app.choose(isView(id) ? { view: id } : { view: 'stage', tab: id });
  return html`<aside class="panel" aria-label=${label}>
    ${tabRow(tabs, tab, choose)}
    <div class="tab-panel" id="tab-panel" role="tabpanel" aria-labelledby="tab-${tab}" tabindex="0">
      ${isView(tab) ? viewPanel(tab, session, state, app) : panelBody(tab, session, state, app)}
    </div>
  </aside>`;
}
