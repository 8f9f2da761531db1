// The keys dialog: the same data that the keyboard uses, as two lists.
// It is a <dialog>, so that focus stays inside and Esc closes it without help.
// The keys themselves: ../keys.ts.
import { html, type TemplateResult } from 'lit';
import { KEYS } from '../keys.js';
import { messages } from '../messages.js';
import { icon } from './icons.js';

const { keys: say } = messages;

export function keysDialog(onClose: () => void): TemplateResult {
  const group = (title: string, wanted: (where: string) => boolean): TemplateResult => html`<section>
    <h3>${title}</h3>
    <dl>
      ${KEYS.filter(({ where }) => wanted(where)).map(
        ({ shown, says }) => html`<div>
          <dt>${shown.split('  ').map((key) => html`<kbd>${key}</kbd>`)}</dt>
          <dd>${says}</dd>
        </div>`,
      )}
    </dl>
  </section>`;
  return html`<dialog class="keys" aria-labelledby="keys-title" @close=${onClose} @click=${(event: Event) => {
    if (event.target === event.currentTarget && event.target instanceof HTMLDialogElement)
      event.target.close();
  }}>
    <div class="keys-body">
      <h2 id="keys-title">${say.title}</h2>
      <form method="dialog"><button class="icon-button" aria-label=${say.close}>${icon('close')}</button></form>
      ${group(say.where.stage, (where) => where !== 'gallery')} ${group(say.where.gallery, (where) => where === 'gallery')}
      <p>${say.stageHint}</p>
    </div>
  </dialog>`;
}
