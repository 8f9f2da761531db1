// The page of one scenario: caption, one of the four views, the panel and the bar with the steps.
// No state, no drawing of pictures: panels get rows from ../present/, what they may do comes in as commands.
// The right-hand panel and the socket table: panel.ts. The views other than the stage: view.ts.
import { html, nothing, type TemplateResult } from 'lit';
import { entryById } from '../library.js';
import { messages } from '../messages.js';
import { caption } from '../panels/caption.js';
import { transport } from '../panels/transport.js';
import { VIEWS, type View } from '../route.js';
import { type Session, sceneOf } from '../state/session.js';
import { conversationAt, findStep } from '../state/skip.js';
import type { PageCommands, PageState } from './page-state.js';
import { panel, table } from './panel.js';
import { top } from './top.js';
import { viewOf } from './view.js';

function viewButtons(view: View, app: PageCommands): TemplateResult {
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

export function player(state: PageState, session: Session, app: PageCommands): TemplateResult {
  const scene = sceneOf(session);
  const { run, choices } = session;
  const snapshot = session.player.getSnapshot();
  const mark = conversationAt(run.steps, run.lanes, scene.t, choices.mark);
  const has = (skip: 'delivery' | 'state' | 'conversation'): boolean =>
    findStep(run.steps, scene.t, skip, false, mark) !== undefined;
  const hovered = state.hover && run.steps[state.hover.step - 1];
  return html`<div class="player" data-view=${choices.view} data-scenario=${session.id} data-step=${scene.t} data-playing=${snapshot.value === 'playing'}>
    ${top(state, app, entryById(session.id)?.group ?? '', run.title)}
    <main class="left" data-view=${choices.view}>
      ${caption(scene, run.takeaway, viewButtons(choices.view, app))}
      ${viewOf(session, state, app)}
      ${state.isPhone || choices.view === 'ports' || choices.view === 'states' ? nothing : table(session, app)}
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
      run: (command) => app.run(command),
      onSpeed: () => app.speed(),
      onGo: app.go,
      onHover: app.hover,
      onLanes: app.lanes,
    })}
  </div>`;
}
