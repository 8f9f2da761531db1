// The bar at the bottom: first, back, Step, play, speed, the three skips, and the timeline with its range input.
// The lanes are drawn by ../views/lanes.ts into the empty <svg>; the range input is what keyboards and readers use.
// It refuses to know what a command does: ../commands.ts.
import { html, nothing, type TemplateResult } from 'lit';
import type { Mark, Scene } from '../../trace/scene.js';
import { messages } from '../messages.js';
import { markWord } from '../present/names.js';
import { icon, markSign } from './icons.js';

export interface TransportProps {
  readonly scene: Scene;
  readonly isPlaying: boolean;
  readonly speed: number;
  readonly mark: Mark | undefined;
  readonly isPhone: boolean;
  readonly can: { readonly delivery: boolean; readonly state: boolean; readonly event: boolean };
  /** The sentence of the step under the pointer, and where it is in percent. */
  readonly hover: { readonly text: string; readonly share: number; readonly step: number } | undefined;
  /** Why playing has stopped by itself. */
  readonly halted: string | undefined;
  /** How many breakpoints are set. */
  readonly breaks: number;
  /** What is to come is not shown. */
  readonly isHidden: boolean;
  readonly run: (
    command:
      | 'first'
      | 'back'
      | 'step'
      | 'toggle'
      | 'next delivery'
      | 'next state change'
      | 'next event'
      | 'breakpoints',
  ) => void;
  readonly onSpeed: () => void;
  readonly onGo: (t: number) => void;
  readonly onHover: (event: PointerEvent | undefined) => void;
  readonly onLanes: (event: MouseEvent) => void;
}

const { transport: say } = messages;
const { besideKey, withKey } = messages.keys;

function controls(props: TransportProps): TemplateResult {
  const { scene, isPlaying, run } = props;
  const isFirst = scene.t === 0;
  const isLast = scene.t === scene.total;
  const play = isPlaying ? say.pause : say.play;
  return html`<div class="controls-row">
    ${
      props.isPhone
        ? nothing
        : html`<button class="btn" aria-label=${say.first} title=${withKey(say.first, 'Home')} aria-disabled=${isFirst} @click=${() => run('first')}>
            ${icon('first')}
          </button>`
    }
    <button class="btn" aria-label=${withKey(say.back, '←')} title=${withKey(say.back, '←')} aria-disabled=${isFirst} @click=${() => run('back')}>
      ${icon('back')}<kbd aria-hidden="true">←</kbd>
    </button>
    <button class="btn primary" title=${withKey(say.step, '→')} aria-disabled=${isLast} data-action="step" @click=${() => run('step')}>
      ${say.step} ${icon('step')}<kbd aria-hidden="true">→</kbd>
    </button>
    <button class="btn" aria-label=${besideKey(play, say.space)} title=${withKey(play, say.space)} data-action="play" @click=${() => run('toggle')}>
      ${icon(isPlaying ? 'pause' : 'play')}<kbd>${say.space}</kbd>
    </button>
    ${
      props.isPhone
        ? html`<button class="btn" aria-label=${say.nextDelivery} aria-disabled=${!props.can.delivery} @click=${() => run('next delivery')}>
            ${icon('skip')}
          </button>`
        : html`<button class="speed" aria-label=${say.speedName(props.speed)} @click=${props.onSpeed}>
            ${say.speed(props.speed)}
          </button>
          <button class="breaks" data-action="breakpoints" aria-label=${messages.breakpoints.button(props.breaks)} title=${messages.breakpoints.button(props.breaks)} @click=${() => run('breakpoints')}>◇${props.breaks === 0 ? nothing : html` ${props.breaks}`}</button>`
    }
  </div>`;
}

function skips(props: TransportProps): TemplateResult {
  const { can, run, mark } = props;
  return html`<div class="controls-row skips">
    <span class="skip-label" title=${say.skip}>${say.skip}</span>
    <button class="skip" aria-disabled=${!can.delivery} @click=${() => run('next delivery')}>
      ${say.delivery} <kbd aria-hidden="true">D</kbd>
    </button>
    <button class="skip" aria-disabled=${!can.state} @click=${() => run('next state change')}>
      ${say.state} <kbd aria-hidden="true">S</kbd>
    </button>
    ${
      mark === undefined
        ? nothing
        : html`<button class="skip" title=${say.eventName(markWord(mark))} aria-disabled=${!can.event} @click=${() => run('next event')}>
            ${say.event} ${markSign(mark, 11)} <kbd aria-hidden="true">N</kbd>
          </button>`
    }
  </div>`;
}

export function transport(props: TransportProps): TemplateResult {
  const { scene, hover, isPhone } = props;
  const words = scene.step?.plain ?? messages.caption.start;
  return html`<footer class="transport" aria-label=${messages.regions.transport}>
    <div class="controls">${controls(props)}${isPhone ? nothing : skips(props)}</div>
    ${props.halted === undefined ? nothing : html`<p class="halted" role="status">${props.halted}</p>`}
    <div
      class="timeline"
      @pointermove=${(event: PointerEvent) => props.onHover(event)}
      @pointerleave=${() => props.onHover(undefined)}
      @click=${props.onLanes}
    >
 ${props.isHidden ? html`<span class="hidden-lanes" data-side=${2 * scene.t > scene.total ? 'before' : 'after'} aria-hidden="true">${messages.predict.hidden}</span>` : nothing}
      <svg class="lanes" role="img" aria-label=${say.lanes(scene.t, scene.total)}></svg>
      <input
        class="scrub"
        type="range"
        min="0"
        max=${scene.total}
        step="1"
        .value=${String(scene.t)}
        aria-label=${say.position}
        aria-valuetext=${say.positionText(scene.t, scene.total, words)}
        @input=${(event: Event) => {
          if (event.target instanceof HTMLInputElement) props.onGo(Number(event.target.value));
        }}
      />
      ${
        hover === undefined
          ? nothing
          : html`<div class="hover-tip" style="--share:${hover.share}" aria-hidden="true">
              <span class="hover-step">${hover.step}</span> ${hover.text}
            </div>`
      }
    </div>
  </footer>`;
}
