// The transcript: every sentence up to now as an ordered list, headed by its phase. What a screen reader reads, and paper.
// Sentences are those of the caption, word for word. Rows: ../present/transcript.ts.
import { html, nothing, type TemplateResult } from 'lit';
import { messages } from '../messages.js';
import type { Chapter } from '../present/transcript.js';
import { sentence } from './atoms.js';

const { transcript: say } = messages;

export function transcriptList(
  chapters: readonly Chapter[],
  onGo: ((t: number) => void) | undefined,
  here?: number,
): TemplateResult {
  return html`${chapters.map(
    ({ phase, steps }) => html`<section class="chapter">
      ${phase === undefined ? nothing : html`<h3>${phase}</h3>`}
      <ol start=${steps[0]?.number ?? 1}>
        ${steps.map(
          (step) => html`<li data-step=${step.number} value=${step.number} ?data-here=${step.number === here}>
            ${onGo === undefined ? html`<b>${step.number}</b>` : html`<button aria-label=${messages.caption.go(step.number)} @click=${() => onGo(step.number)}>${step.number}</button>`}
            <span><span class="sentence">${sentence(step.sentence, 'small')}</span>${step.say === undefined ? nothing : html` <small>${step.say}</small>`}</span>
          </li>`,
        )}
      </ol>
    </section>`,
  )}`;
}

/** Who takes part, one line a host: ../present/who-is-there.ts. */
export function whoList(who: readonly string[]): TemplateResult {
  return html`<section class="chapter who">
    <h3>${say.who}</h3>
    <ul>
      ${who.map((line) => html`<li>${line}</li>`)}
    </ul>
  </section>`;
}

export function transcriptPanel(
  who: readonly string[],
  chapters: readonly Chapter[],
  onGo: (t: number) => void,
): TemplateResult {
  return html`<div class="transcript">
    <h2>${say.title}</h2>
    ${whoList(who)}
    ${chapters.length === 0 ? html`<p class="line">${say.nothing}</p>` : transcriptList(chapters, onGo)}
  </div>`;
}
