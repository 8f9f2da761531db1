// The caption: which step of how many, the part of the story it is in, its one sentence, and the author's words in a quieter voice.
// The sentence comes worded with the scene; nothing is put together here.
// Who says it aloud: ../voice.ts.

import { html, nothing, type TemplateResult } from 'lit';
import type { Asked } from '../../scenario/questions/asked.js';
import type { Scene } from '../../trace/scene.js';
import { messages } from '../messages.js';
import { sentence } from './atoms.js';
import { waiting } from './predict.js';

export function caption(
  scene: Scene,
  takeaway: string,
  /** Undefined on a phone, where views are tabs and the question stands only in the panel. */
  views: TemplateResult | undefined,
  asked: Asked | undefined,
): TemplateResult {
  const { step, t, total } = scene;
  const words =
    asked !== undefined
      ? html`<mark>${messages.predict.yourTurn}</mark> ${(views === undefined ? waiting(asked, scene) : undefined) ?? asked.text}`
      : step === undefined
        ? html`${messages.caption.start} <span class="quiet">${messages.caption.startHint}</span>`
        : sentence(step.sentence, 'large');
  return html`<section class="caption" aria-label=${messages.caption.name} tabindex=${views === undefined ? 0 : nothing}>
    <span class="count" data-step=${t}><b>${t}</b><span>${messages.caption.of(total)}</span></span>
    <div class="words">
      ${step?.phase === undefined || asked !== undefined ? nothing : html`<p class="phase">${step.phase}</p>`}
      <p class="sentence" data-kind=${asked === undefined ? (step?.kind ?? 'start') : 'question'}>${words}</p>
      ${step?.say === undefined || asked !== undefined ? nothing : html`<p class="say">${step.say}</p>`}
      ${t === total && takeaway !== '' ? html`<p class="say takeaway">${takeaway}</p>` : nothing}
    </div>
    ${views ?? nothing}
  </section>`;
}
