// The big picture of a scenario in the chosen view: stage, ladder, ports or states, all of the same instant.
// The stage is an empty <svg> that ../pictures.ts fills; the others come whole from their panels.
// Who puts it on the page: player.ts.
import { html, type TemplateResult } from 'lit';
import { messages } from '../messages.js';
import { ladderView } from '../panels/ladder.js';
import { portsView } from '../panels/ports.js';
import { statesView } from '../panels/states-view.js';
import { focusOf } from '../present/focus.js';
import { ladderPicture } from '../present/ladder.js';
import { portInView, portMap } from '../present/ports.js';
import { veilStory } from '../present/veil.js';
import {
  horizonOf,
  lifecycleOf,
  openQuestion,
  pinnedHost,
  type Session,
  sceneOf,
  toldOf,
} from '../state/session.js';
import { conversationAt } from '../state/skip.js';
import { storiesOf } from '../stories.js';
import type { PageCommands, PageState } from './page-state.js';

function ladder(session: Session, state: PageState, app: PageCommands): TemplateResult {
  const { run } = session;
  const { t } = session.player.getSnapshot().context;
  const story = storiesOf(run).ladder;
  const isWhole = horizonOf(session) === run.total;
  const { mark: chosen } = session.choices;
  const picture = ladderPicture(isWhole ? story : veilStory(story, t), t, state.ladderWidth, { chosen });
  return ladderView({ picture, steps: toldOf(session).steps, t, chosen, onGo: (step) => app.go(step) });
}

function ports(session: Session, app: PageCommands): TemplateResult {
  const scene = sceneOf(session);
  const { choices } = session;
  const map = portMap(scene, choices.tableHost ?? focusOf(scene, pinnedHost(session)));
  if (map === undefined) return html``;
  return portsView({
    map,
    chosen: portInView(map, choices.port),
    hosts: scene.hosts.map(({ id, name, owner }) => ({ id, name, letter: owner.letter })),
    onHost: (tableHost) => app.choose({ tableHost, port: undefined }),
    onPort: ({ protocol, port }) => app.choose({ port: { protocol, port }, tab: 'port' }),
  });
}

function states(session: Session, app: PageCommands): TemplateResult {
  const { t } = sceneOf(session);
  const { choices } = session;
  const { steps, lanes } = toldOf(session);
  const mark = conversationAt(steps, lanes, t, choices.mark);
  return statesView({
    mark,
    lifecycle: mark && lifecycleOf(session, mark),
    marks: lanes.flatMap((lane) => lane.mark ?? []),
    end: choices.end,
    isPlain: choices.isPlainStates,
    onMark: (chosen) => app.choose({ mark: chosen }),
    onEnd: (end) => app.choose({ end }),
    onPlain: () => app.choose({ isPlainStates: !choices.isPlainStates }),
  });
}

export function viewOf(session: Session, state: PageState, app: PageCommands): TemplateResult {
  const { view } = session.choices;
  switch (state.isPhone && openQuestion(session) !== undefined ? 'stage' : view) {
    case 'ladder':
      return html`<section class="ladder" aria-label=${messages.regions.ladder}>${ladder(session, state, app)}</section>`;
    case 'ports':
      return html`<section class="ports" aria-label=${messages.regions.ports}>${ports(session, app)}</section>`;
    case 'states':
      return html`<section class="states-view" aria-label=${messages.regions.states}>${states(session, app)}</section>`;
    case 'stage':
      return html`<section class="stage" aria-label=${messages.regions.stage} data-variant=${state.isPhone ? 'phone' : 'full'}>
        <svg class="stage-svg"></svg>
      </section>`;
  }
}
