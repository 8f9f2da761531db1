// Sharing: a link to this step and view, the picture as a file, paper. Everything is made here; nothing is sent anywhere.
// Files: ../picture-file.ts. What a link holds: ../route.ts.
import { html, type TemplateResult } from 'lit';
import { messages } from '../messages.js';
import { dialogFrame } from './dialog.js';

export interface ShareProps {
  readonly link: string;
  readonly isCopied: boolean;
  readonly onCopy: () => void;
  readonly onSave: (kind: 'svg' | 'png') => void;
  readonly onPrint: () => void;
  readonly onClose: () => void;
}

const { share: say } = messages;

export function shareDialog(props: ShareProps): TemplateResult {
  return dialogFrame(
    say.title,
    props.onClose,
    html`<label class="share-link">${say.link}<input readonly .value=${props.link} @focus=${(
      event: Event,
    ) => {
      if (event.target instanceof HTMLInputElement) event.target.select();
    }} /></label>
    <p><button class="btn primary" data-action="copy-link" @click=${props.onCopy}>${props.isCopied ? say.copied : say.copy}</button></p>
    <h3>${say.picture}</h3>
    <p class="share-files">
      <button class="btn" data-action="save-svg" @click=${() => props.onSave('svg')}>${say.svg}</button>
      <button class="btn" data-action="save-png" @click=${() => props.onSave('png')}>${say.png}</button>
      <button class="btn" @click=${props.onPrint}>${say.print}</button>
    </p>`,
  );
}
