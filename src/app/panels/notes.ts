// Notes: what the scenario shows, what one may have thought, what was said so far, what to take away.
// It refuses to know the scene beyond the step's number: the words come from the scenario.
// The texts of misconceptions: ../misconceptions.ts.
import { html, nothing, type TemplateResult } from 'lit';
import type { StepView } from '../../trace/scene.js';
import { messages } from '../messages.js';
import { beliefOf } from '../misconceptions.js';
import type { Entry } from '../present/cards.js';
import { formatRoute } from '../route.js';

export interface NotesProps {
  readonly teaches: string;
  readonly takeaway: string;
  readonly teacher: string;
  readonly breaks: readonly string[];
  /** What to open next, once the last step has been seen. */
  readonly next: Pick<Entry, 'id' | 'title'> | undefined;
  readonly steps: readonly StepView[];
  readonly t: number;
  readonly total: number;
  readonly onGo: (t: number) => void;
}

const { notes: say } = messages;

export function notesPanel(props: NotesProps): TemplateResult {
  const said = props.steps.filter(({ number, say: words }) => number <= props.t && words !== undefined);
  const isOver = props.t === props.total;
  return html`<div class="notes">
    ${props.teaches === '' ? nothing : html`<h2>${say.teaches}</h2><p>${props.teaches}</p>`}
    ${
      props.breaks.length === 0
        ? nothing
        : html`<h2>${say.breaks}</h2>
            <ul class="beliefs">
              ${props.breaks.map((code) => html`<li>${beliefOf(code) ?? code}</li>`)}
            </ul>`
    }
    ${
      said.length === 0
        ? nothing
        : html`<h2>${say.said}</h2>
            <ol class="said">
              ${said.map(
                ({ number, say: words }) => html`<li>
                  <button @click=${() => props.onGo(number)}>${number}</button><span>${words}</span>
                </li>`,
              )}
            </ol>`
    }
    ${isOver && props.takeaway !== '' ? html`<h2>${say.takeaway}</h2><p class="takeaway">${props.takeaway}</p>` : nothing}
    ${isOver && props.next !== undefined ? html`<p><a class="next" data-action="next" href=${formatRoute({ page: 'scenario', id: props.next.id, t: undefined, view: 'stage' })}>${messages.gallery.next(props.next.title)}</a></p>` : nothing}
    ${props.teacher === '' ? nothing : html`<details class="teacher"><summary>${say.teacher}</summary><p>${props.teacher}</p></details>`}
    <h2>${say.truth}</h2>
    <p>${say.truthBody}</p>
  </div>`;
}
