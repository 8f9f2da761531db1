// "Predict": the open question with its choices, what was wrong with a try, then the answer with its reasons, and what was
// answered so far. No score that could be lost, no timer. Rows come from ../present/predict.ts.
// Before the answer is told nothing here, in no attribute either, says which choice is right.
import { html, nothing, type TemplateResult } from 'lit';
import type { Asked } from '../../scenario/questions/asked.js';
import type { Scene } from '../../trace/scene.js';
import { messages } from '../messages.js';
import { chipOf } from '../present/chip.js';
import { killOf, type OptionRow, optionRows } from '../present/predict.js';
import { isAboutPacket } from '../present/veil.js';
import { type PredictionEvent, type Result, SURE, type Sure } from '../state/prediction.js';
import { chipView } from './atoms.js';

export interface PredictProps {
  readonly scene: Scene;
  readonly all: readonly Asked[];
  /** The question that is open or was told here. */
  readonly at: number;
  readonly isOpen: boolean;
  readonly choice: string | undefined;
  readonly sure: Sure | undefined;
  readonly tried: readonly string[];
  readonly results: ReadonlyMap<number, Result>;
  /** Whether answers stay on this device. */
  readonly isKept: boolean;
  readonly onEvent: (event: PredictionEvent) => void;
  readonly onExport: () => void;
}

const { predict: say } = messages;

function label(row: OptionRow): TemplateResult {
  const words = row.isCode ? html`<code>${row.words}</code>` : row.words;
  return html`<span class="option-words">${words}${row.chip === undefined ? nothing : html` ${chipView(row.chip)}`}</span>`;
}

/** The packet that the question is about, in words; nothing if it is about none. */
export function waiting(asked: Asked, scene: Scene): TemplateResult | undefined {
  const packet = isAboutPacket(asked) ? scene.step?.packet : undefined;
  if (packet === undefined) return undefined;
  return html`${say.hasLeft} ${chipView(chipOf(packet.source))} ${say.goesTo} ${chipView(chipOf(packet.destination))}.`;
}

function option(row: OptionRow, props: PredictProps): TemplateResult {
  const isTried = props.tried.includes(row.value);
  return html`<li><button class="option" data-choice=${row.digit} ?data-tried=${isTried} aria-pressed=${props.choice === row.value}
    @click=${() => props.onEvent({ type: 'choose', value: row.value })}>
    <b class="choice">${row.digit}</b>${label(row)}${
      isTried
        ? html`<small class="cross"><span aria-hidden="true">✕</span><span class="visually-hidden">${say.tried}</span></small>`
        : nothing
    }
  </button></li>`;
}

/** Check and Show me: on a phone they stand where Step stands. */
export function askActions(props: PredictProps): TemplateResult {
  const { choice, tried, onEvent } = props;
  const isReady = choice !== undefined && !tried.includes(choice);
  return html`<div class="ask-actions">
    <button class="btn primary" data-action="check" aria-disabled=${!isReady} @click=${() => onEvent({ type: 'check' })}>${say.check}</button>
    <button class="btn" data-action="show" @click=${() => onEvent({ type: 'show' })}>${say.show}</button>
  </div>`;
}

function open(asked: Asked, props: PredictProps, isPhone: boolean): TemplateResult {
  const { scene, sure, tried } = props;
  const last = tried.at(-1);
  const about = isPhone ? undefined : waiting(asked, scene);
  const ways = SURE.map(
    (each) =>
      html`<button class="pill" aria-pressed=${sure === each} @click=${() => props.onEvent({ type: 'sure', sure: each })}>${say.sure[each]}</button>`,
  );
  return html`<section class="ask">
    <h2 tabindex="-1">${asked.text}</h2>
    ${about === undefined ? nothing : html`<p class="line">${about} ${say.press}</p>`}
    ${last === undefined ? nothing : html`<p class="ask-wrong" role="alert"><b>${say.notThis}</b> ${killOf(asked, last)} ${say.again}</p>`}
    <ol class="options">${optionRows(asked, scene).map((row) => option(row, props))}</ol>
    <div class="how-sure" role="group" aria-label=${say.howSure}><span>${say.howSure}</span>${ways}</div>
    ${isPhone ? nothing : askActions(props)}
    <p class="quiet">${props.isKept ? say.private : say.notKept}</p>
  </section>`;
}

function told(asked: Asked, result: Result, scene: Scene): TemplateResult {
  const head = result.isRight ? (result.tried.length === 1 ? say.right : say.rightLater) : say.answerIs;
  const outcome = (value: string, isRight: boolean): TemplateResult | typeof nothing => {
    if (isRight)
      return html`<small data-verdict="match">✓ ${asked.answer === value || !asked.options.some((each) => each.value === asked.answer) ? say.isIt : say.alsoRight}</small>`;
    return html`<small data-verdict="reject">✕ ${killOf(asked, value)}</small>`;
  };
  return html`<section class="ask" data-told=${result.isRight ? 'right' : 'shown'}>
    <h2 tabindex="-1">${head}</h2>
    <p class="line">${asked.text}</p>
    ${asked.because === '' ? nothing : html`<p class="because">${asked.because}</p>`}
    <ol class="options">
      ${optionRows(asked, scene).map((row) => {
        const isRight = asked.options.some(({ value, isRight: is }) => is && value === row.value);
        return html`<li class="option" ?data-right=${isRight} ?data-tried=${result.tried.includes(row.value)}>
          <b class="choice">${row.digit}</b><span class="option-words">${label(row)} ${outcome(row.value, isRight)}${
            result.tried.includes(row.value) ? html`<small>${say.yours}</small>` : nothing
          }</span>
        </li>`;
      })}
    </ol>
    <p class="quiet">${say.goOn}</p>
  </section>`;
}

function soFar({ all, at, isOpen, results, onExport }: PredictProps): TemplateResult {
  const right = [...results.values()].filter(({ isRight, tried }) => isRight && tried.length === 1).length;
  const revised = [...results.values()].filter(({ isRight, tried }) => isRight && tried.length > 1).length;
  return html`<section class="so-far">
    <h2>${say.soFar} <span>${say.counts(results.size, right, revised)}</span></h2>
    <ol>
      ${all.map((_, index) => {
        const result = results.get(index);
        const [sign, words] =
          result === undefined
            ? index === at && isOpen
              ? ['?', say.now]
              : ['', say.toCome]
            : result.isRight
              ? ['✓', say.wasRight]
              : ['✕', say.wasShown];
        return html`<li data-box=${result === undefined ? (sign === '' ? 'empty' : 'now') : result.isRight ? 'right' : 'shown'}><span aria-hidden="true">${sign}</span><span class="visually-hidden">${words}</span></li>`;
      })}
    </ol>
    <button class="pill" data-action="export" @click=${onExport}>${say.exportAll}</button>
  </section>`;
}

export function predictPanel(props: PredictProps, isPhone: boolean): TemplateResult {
  const asked = props.all[props.at];
  const result = props.results.get(props.at);
  const body =
    asked !== undefined && props.isOpen
      ? open(asked, props, isPhone)
      : asked !== undefined && result !== undefined
        ? told(asked, result, props.scene)
        : html`<section class="ask"><h2 tabindex="-1">${say.restTitle}</h2><p class="line">${say.rest(props.all.length, props.results.size)}</p></section>`;
  return html`<div class="predict">${body} ${soFar(props)}</div>`;
}
