// Atoms inside sentences: endpoint chips, marks, the strong phrase, code. Text content equals the plain sentence,
// so that caption, live region and transcript are one string: the owner's letter is drawn by the style sheet.
// It refuses to know where it stands: caption, table, panel and gallery use the same atoms.
import { html, nothing, type TemplateResult } from 'lit';
import type { Part } from '../../trace/scene.js';
import { type Chip, chipOf } from '../present/chip.js';
import { markSign } from './icons.js';

/** An address of more letters gives way in its middle where room is short: both its ends stay, and the text is whole. */
const LONG = 16;
const TAIL = 9;

function addressView(address: string): TemplateResult | typeof nothing {
  if (address === '') return nothing;
  if (address.length <= LONG) return html`<b>${address}</b>`;
  return html`<b class="long"><i>${address.slice(0, -TAIL)}</i><i>${address.slice(-TAIL)}</i></b>`;
}

export function chipView(chip: Chip, size: '' | 'large' | 'small' = ''): TemplateResult {
  const port = chip.port === '' ? nothing : html`<u>${chip.port}</u>`;
  return html`<span
    class="ep ${size}"
    data-hue=${chip.hue ?? 'any'}
    data-ep=${chip.ep}
    data-letter=${chip.letter === '' ? nothing : chip.letter}
    data-struck=${chip.struck === 'none' ? nothing : chip.struck}
    title=${chip.address.length > LONG ? chip.ep : nothing}
    >${addressView(chip.address)}${port}</span
  >`;
}

/** A sentence with its atoms; `size` is that of its chips. */
export function sentence(parts: readonly Part[], size: '' | 'large' | 'small' = ''): TemplateResult {
  return html`${parts.map((part) => {
    if (typeof part === 'string') return part;
    if ('chip' in part) return chipView(chipOf(part.chip), size);
    if ('mark' in part) return markSign(part.mark);
    return 'strong' in part ? html`<mark>${part.strong}</mark>` : html`<code>${part.code}</code>`;
  })}`;
}
