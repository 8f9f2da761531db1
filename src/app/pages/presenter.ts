// Presenting: one sentence, the stage or the ladder as large as the wall allows, and nothing else; and the window with the
// notes beside it. Both are the same session at the same step: ../presenter-link.ts joins them.
import { html, nothing, type TemplateResult } from 'lit';
import type { Asked } from '../../scenario/questions/asked.js';
import { messages } from '../messages.js';
import { chipView, sentence } from '../panels/atoms.js';
import { icon } from '../panels/icons.js';
import { ladderView } from '../panels/ladder.js';
import { ladderPicture } from '../present/ladder.js';
import { optionRows } from '../present/predict.js';
import { veilStory } from '../present/veil.js';
import { stopOf } from '../state/prediction.js';
import { horizonOf, openQuestion, type Session, sceneOf, toldOf } from '../state/session.js';
import { storiesOf } from '../stories.js';
import type { PageCommands } from './page-state.js';

const { present: say } = messages;

/** What the ladder of a room is drawn for: it is scaled up with its text. */
const ROOM_LADDER = 690;

function question(session: Session): TemplateResult | typeof nothing {
  const { context, value } = session.prediction.getSnapshot();
  const asked = session.run.asked[context.at];
  if (asked === undefined || (value !== 'asking' && value !== 'told')) return nothing;
  const isTold = value === 'told';
  const isRight = (text: string): boolean =>
    isTold && asked.options.some((option) => option.isRight && option.value === text);
  return html`<section class="room-question" ?data-told=${isTold} role="alert">
    <h2>${asked.text}</h2>
    <ol>
      ${optionRows(asked, sceneOf(session)).map(
        (row) =>
          html`<li ?data-right=${isRight(row.value)}><b>${row.digit}</b> ${row.words} ${
            row.chip === undefined ? nothing : chipView(row.chip, 'large')
          }${isRight(row.value) ? html` <span aria-hidden="true">✓</span>` : nothing}</li>`,
      )}
    </ol>
    <p>${isTold ? `${asked.because} ${say.goOn}` : say.reveal}</p>
  </section>`;
}

function picture(session: Session, app: PageCommands): TemplateResult {
  if (session.choices.view !== 'ladder')
    return html`<section class="stage" aria-label=${messages.regions.stage} data-variant="present"><svg class="stage-svg"></svg></section>`;
  const { t } = sceneOf(session);
  const story = storiesOf(session.run).ladder;
  const isWhole = horizonOf(session) === session.run.total;
  const { mark: chosen } = session.choices;
  const rows = ladderPicture(isWhole ? story : veilStory(story, t), t, ROOM_LADDER, { chosen });
  return html`<section class="ladder" aria-label=${messages.regions.ladder}>
    ${ladderView({ picture: rows, steps: toldOf(session).steps, t, chosen, onGo: (step) => app.go(step) })}
  </section>`;
}

export function presenter(session: Session, app: PageCommands): TemplateResult {
  const scene = sceneOf(session);
  const { choices, run } = session;
  const asked = openQuestion(session);
  const words =
    asked !== undefined
      ? asked.text
      : scene.step === undefined
        ? run.title
        : sentence(scene.step.sentence, 'large');
  const hint = (key: string, text: string): TemplateResult => html`<span><kbd>${key}</kbd> ${text}</span>`;
  return html`<main class="presenter" data-view=${choices.view} data-scenario=${session.id} data-step=${scene.t} ?data-blank=${choices.isBlank} ?data-spotlight=${choices.isSpotlit}
    style="--past:${scene.total === 0 ? 0 : scene.t / scene.total}">
    <section class="caption" aria-label=${messages.caption.name}>
      <h1 class="visually-hidden">${run.title}</h1>
      <span class="count">${say.of(scene.t, scene.total)}</span>
      <p class="sentence" data-kind=${scene.step?.kind ?? 'start'}>${words}</p>
    </section>
    ${choices.isBlank ? html`<p class="blank">${say.blank}</p>` : html`${picture(session, app)} ${question(session)}`}
    <footer class="room-bar">
      <button class="icon-button" aria-label=${messages.transport.back} @click=${() => app.run('back')}>${icon('back')}</button>
      <input type="range" min="0" max=${scene.total} step="1" .value=${String(scene.t)} aria-label=${messages.transport.position}
        @input=${(event: Event) => {
          if (event.target instanceof HTMLInputElement) app.go(Number(event.target.value));
        }} />
      <button class="icon-button" data-action="step" aria-label=${messages.transport.step} @click=${() => app.run('step')}>${icon('step')}</button>
      <p class="hints" aria-hidden="true">${hint('→', say.hints.step)} ${hint('B', say.hints.blank)} ${run.asked.length === 0 ? nothing : hint('P', say.hints.ask)} ${hint('G', say.hints.ladder)} ${hint('N', say.hints.notes)} ${hint('Esc', say.hints.leave)}</p>
    </footer>
  </main>`;
}

function key(asked: Asked): TemplateResult {
  return html`<li><b>${say.asks(stopOf(asked))}</b> ${asked.text} <small>${say.answer(asked.answer)} ${asked.because}</small></li>`;
}

/** For the eyes of whoever speaks: what is on the wall, what comes, and every answer. */
export function presenterNotes(session: Session, app: PageCommands): TemplateResult {
  const { run } = session;
  const scene = sceneOf(session);
  const next = run.steps.slice(scene.t, scene.t + 3);
  return html`<main class="room-notes" data-scenario=${session.id} data-step=${scene.t}>
    <h1>${run.title} <small>${say.of(scene.t, scene.total)}</small></h1>
    <div class="room-moves">
      <button class="btn" @click=${() => app.run('back')}>${icon('back')} ${messages.transport.back}</button>
      <button class="btn primary" data-action="step" @click=${() => app.run('step')}>${messages.transport.step} ${icon('step')}</button>
    </div>
    <h2>${say.now}</h2>
    <p class="sentence">${scene.step === undefined ? messages.caption.start : sentence(scene.step.sentence)}</p>
    ${scene.step?.say === undefined ? nothing : html`<p>${scene.step.say}</p>`}
    <h2>${say.next}</h2>
    ${next.length === 0 ? html`<p>${say.over} ${run.takeaway}</p>` : html`<ol>${next.map(({ number, sentence: parts }) => html`<li value=${number}>${sentence(parts)}</li>`)}</ol>`}
    ${run.teacher === '' ? nothing : html`<h2>${say.teacher}</h2><p>${run.teacher}</p>`}
    ${run.asked.length === 0 ? nothing : html`<h2>${say.questions}</h2><ul>${run.asked.map(key)}</ul>`}
  </main>`;
}
