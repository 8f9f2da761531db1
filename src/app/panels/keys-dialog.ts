// Keys and settings: the same data that the keyboard uses, as lists, and the switches of this device.
// It is a <dialog>, so that focus stays inside and Esc closes it without help.
// The keys themselves: ../keys.ts.
import { html, type TemplateResult } from 'lit';
import { KEYS } from '../keys.js';
import { messages } from '../messages.js';
import { icon } from './icons.js';

const { keys: say } = messages;

export interface KeysProps {
  readonly preferences: { readonly isStrong: boolean; readonly hasLetters: boolean };
  readonly onClose: () => void;
  readonly onPrefer: (what: 'contrast' | 'letters') => void;
  readonly onForget: () => void;
}

export function keysDialog({ preferences, onClose, onPrefer, onForget }: KeysProps): TemplateResult {
  const turn = (what: 'contrast' | 'letters', isOn: boolean, words: string): TemplateResult =>
    html`<label class="switch"><input type="checkbox" data-prefer=${what} .checked=${isOn} @change=${() => onPrefer(what)} /> ${words}</label>`;
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
      <section class="settings">
        <h3>${say.settings}</h3>
        ${turn('letters', preferences.hasLetters, say.letters)} ${turn('contrast', preferences.isStrong, say.contrast)}
        <button type="button" class="pill" data-action="forget" @click=${onForget}>${say.forget}</button>
      </section>
      ${group(say.where.stage, (where) => where === 'stage' || where === 'both')} ${group(say.where.present, (where) => where === 'present')} ${group(say.where.gallery, (where) => where === 'gallery')}
      <p>${say.stageHint}</p>
    </div>
  </dialog>`;
}
