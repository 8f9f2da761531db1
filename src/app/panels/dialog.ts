// The frame of every dialog: a title, a way out, and what stands in it. A <dialog> keeps the focus inside and closes with
// Esc by itself; a click beside it closes it too. What is in it: keys-dialog.ts, breakpoints-dialog.ts, share-dialog.ts.
import { html, type TemplateResult } from 'lit';
import { messages } from '../messages.js';
import { icon } from './icons.js';

export function dialogFrame(title: string, onClose: () => void, body: TemplateResult): TemplateResult {
  const onClick = (event: Event): void => {
    if (event.target === event.currentTarget && event.target instanceof HTMLDialogElement)
      event.target.close();
  };
  return html`<dialog class="keys" aria-labelledby="dialog-title" @close=${onClose} @click=${onClick}>
    <div class="keys-body">
      <h2 id="dialog-title">${title}</h2>
      <form method="dialog"><button class="icon-button" aria-label=${messages.keys.close}>${icon('close')}</button></form>
      <div class="dialog-body">${body}</div>
    </div>
  </dialog>`;
}
