// The page of one scenario: caption, one of the four views, the panel and the bar with the steps.
// No state, no drawing of pictures: panels get rows from ../present/, what they may do comes in as commands.
// The right-hand panel and the socket table: panel.ts. The views other than the stage: view.ts.
import { html, nothing, type TemplateResult } from 'lit';
import { entryById } from '../library.js';
import { messages } from '../messages.js';
import { caption } from '../panels/caption.js';
import { icon } from '../panels/icons.js';
import { askActions } from '../panels/predict.js';
import { transport } from '../panels/transport.js';
import { VIEWS, type View } from '../route.js';
import { horizonOf, isPredicting, openQuestion, type Session, sceneOf, toldOf } from '../state/session.js';
import { conversationAt, findStep } from '../state/skip.js';
import type { PageCommands, PageState } from './page-state.js';
import { panel, predictProps, strip } from './panel.js';
import { isStageSeen, phonePanel } from './phone.js';
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

function modes(session: Session, app: PageCommands): TemplateResult {
  const isAsking = isPredicting(session);
  const isMute = session.run.asked.length === 0;
  return html`<div class="modes" role="group" aria-label=${messages.modes.name}>
    <button aria-pressed=${!isAsking} data-mode-button="watch" @click=${() => app.run('watch')}>${icon('eye', 15)}<span>${messages.modes.watch}</span></button>
    <button aria-pressed=${isAsking} data-mode-button="predict" aria-disabled=${isMute} title=${isMute ? messages.modes.nothingAsked : nothing}
      @click=${() => app.run(isAsking ? 'watch' : 'predict')}>${icon('bulb', 15)}<span>${messages.modes.predict}</span></button>
  </div>`;
}

export function player(state: PageState, session: Session, app: PageCommands): TemplateResult {
  const scene = sceneOf(session);
  const { run, choices } = session;
  const snapshot = session.player.getSnapshot();
  const asked = openQuestion(session);
  const told = toldOf(session);
  const mark =
    asked === undefined ? conversationAt(told.steps, told.lanes, scene.t, choices.mark) : undefined;
  const has = (skip: 'delivery' | 'state' | 'conversation'): boolean =>
    horizonOf(session) < run.total || findStep(run.steps, scene.t, skip, false, mark) !== undefined;
  const isSeen = !state.isPhone || isStageSeen(session);
  const hovered = state.hover && told.steps[state.hover.step - 1];
  return html`<div class="player" data-view=${choices.view} data-scenario=${session.id} data-step=${scene.t} data-playing=${snapshot.value === 'playing'} data-mode=${isPredicting(session) ? 'predict' : 'watch'} ?data-asking=${asked !== undefined} ?data-raised=${choices.isRaised} ?data-phone=${state.isPhone} ?data-full=${!isSeen}>
    ${top(state, app, entryById(session.id)?.group ?? '', run.title, modes(session, app))}
    <main class="left" data-view=${choices.view}>
      ${caption(scene, run.takeaway, state.isPhone ? undefined : viewButtons(choices.view, app), asked)}
      ${isSeen ? viewOf(session, state, app) : nothing}
      ${state.isPhone || !state.hasStrip || choices.view === 'ports' || choices.view === 'states' ? nothing : strip(session, app)}
    </main>
    ${state.isPhone ? phonePanel(session, state, app) : panel(session, state, app)}
    ${
      state.isPhone && asked !== undefined
        ? html`<footer class="transport" aria-label=${messages.regions.transport}>${askActions(predictProps(session, state, app))}</footer>`
        : transport({
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
            halted: snapshot.context.halted,
            breaks: choices.breakpoints.length,
            isHidden: horizonOf(session) < run.total,
            onLanes: app.lanes,
          })
    }
  </div>`;
}
