// The gallery: a question, a live stage that answers it step by step, then every scenario as a card.
// The stage is drawn by ../views/stage.ts into the empty <svg>; the search field stands in the top bar.
// Cards and search results come as rows from ../present/cards.ts.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Scene } from '../../trace/scene.js';
import { messages } from '../messages.js';
import type { Card } from '../present/cards.js';
import { formatRoute } from '../route.js';
import { sentence } from './atoms.js';
import { icon } from './icons.js';
import { thumbnail } from './thumbnail.js';

export interface GalleryProps {
  readonly hero:
    | {
        readonly scene: Scene;
        readonly start: number;
        readonly id: string;
        readonly title: string;
        /** What to open next, once the first delivery has been seen. */
        readonly next: Pick<Card, 'id' | 'title'> | undefined;
      }
    | undefined;
  readonly groups: readonly { readonly group: string; readonly count: number }[];
  readonly group: string;
  readonly cards: readonly Card[];
  readonly near: readonly Card[];
  /** On a phone, where the bar at the top has no room for it. */
  readonly search: TemplateResult | undefined;
  readonly text: string;
  readonly total: number;
  /** Undefined where nothing is kept. */
  readonly done: number | undefined;
  readonly onGroup: (group: string) => void;
  readonly onStep: () => void;
  readonly onClear: () => void;
}

const { gallery: say } = messages;

function hero(props: GalleryProps): TemplateResult | typeof nothing {
  if (props.hero === undefined) return nothing;
  const { scene, start, id, title, next } = props.hero;
  const isStart = scene.t === start || scene.step === undefined;
  const words = isStart || scene.step === undefined ? say.lead : sentence(scene.step.sentence, 'large');
  const isLast = scene.t === scene.total;
  return html`<section class="hero" aria-label=${title}>
    <div class="hero-words">
      <h1>${say.headline}</h1>
      <p class="lead" data-step=${scene.t} data-kind=${scene.step?.kind ?? 'start'}>${words}</p>
      <div class="hero-actions">
        <button class="cta" data-action="step" aria-disabled=${isLast} @click=${props.onStep}>
          ${messages.transport.step} ${icon('step')}<kbd aria-hidden="true">→</kbd>
        </button>
        <a class="second" href=${formatRoute({ page: 'scenario', id, t: scene.t, view: 'stage' })}>${say.open}</a>
        ${next === undefined ? nothing : html`<a class="second" data-action="next" href=${formatRoute({ page: 'scenario', id: next.id, t: undefined, view: 'stage' })}>${say.next(next.title)}</a>`}
        ${scene.t === start ? html`<a class="second" href=${formatRoute({ page: 'scenario', id, t: 0, view: 'stage', isPredicting: true })}>${say.predict}</a>` : nothing}
      </div>
    </div>
    <div class="hero-stage stage" data-view="stage" data-variant="hero"><svg class="stage-svg"></svg></div>
  </section>`;
}

function progress(card: Card): TemplateResult | typeof nothing {
  if (card.progress === 'none') return nothing;
  if (card.progress === 'done') return html`<span class="done">${say.isDone}</span>`;
  return html`<span class="at">${say.atStep(card.progress)}</span>`;
}

function cardView(card: Card): TemplateResult {
  const t = typeof card.progress === 'number' ? card.progress : undefined;
  return html`<li>
    <a class="card-link" data-scenario=${card.id} ?data-current=${t !== undefined} href=${formatRoute({ page: 'scenario', id: card.id, t, view: 'stage' })}>
      <span class="thumb-ground">${thumbnail(card.picture)}</span>
      <span class="card-words">
        <h3>${card.title}</h3>
        <span class="idea">${card.idea}</span>
        <span class="card-foot">
          <span>${card.minutes === undefined ? nothing : say.minutes(card.minutes)}</span>${progress(card)}
        </span>
      </span>
    </a>
  </li>`;
}

export function gallery(props: GalleryProps): TemplateResult {
  const list = (cards: readonly Card[]): TemplateResult => html`<ul class="cards">
    ${repeat(
      cards,
      (card) => card.id,
      (card) => cardView(card),
    )}
  </ul>`;
  const filter = (name: string, label: string): TemplateResult => html`<button
    class="filter"
    aria-pressed=${props.group === name}
    @click=${() => props.onGroup(name)}
  >
    ${label}
  </button>`;
  return html`<main class="gallery" data-view="gallery">
    ${hero(props)} ${props.search ?? nothing}
    <section aria-label=${say.title}>
      <div class="filters">
        <div class="filter-row" role="group" aria-label=${say.groups}>
          ${filter('', say.all(props.total))}
          ${props.groups.map(({ group, count }) => filter(group, say.group(group, count)))}
        </div>
        <span class="done-count">${props.done === undefined ? say.notKept : say.done(props.done, props.total)}</span>
      </div>
      ${props.hero === undefined ? html`<h1 class="visually-hidden">${messages.product}</h1>` : nothing}
      <h2 class="visually-hidden">${say.title}</h2>
      ${
        props.cards.length > 0
          ? list(props.cards)
          : html`<div class="none-found">
              <p><b>${props.total === 0 ? say.missing : say.noneTitle(props.text)}</b></p>
              ${
                props.near.length === 0
                  ? nothing
                  : html`<p>${say.noneNear} <button class="pill" @click=${props.onClear}>${say.clear}</button></p>
                      ${list(props.near)}`
              }
            </div>`
      }
    </section>
  </main>`;
}

export function searchField(text: string, count: number, onText: (text: string) => void): TemplateResult {
  return html`<search class="search">
    <input
      type="search"
      autocomplete="off"
      spellcheck="false"
      placeholder=${say.search(count)}
      aria-label=${say.searchName}
      .value=${text}
      @input=${(event: Event) => {
        if (event.target instanceof HTMLInputElement) onText(event.target.value);
      }}
    />
    <kbd aria-hidden="true">/</kbd>
  </search>`;
}
