// Atoms inside sentences: endpoint chips, marks, the strong phrase, code. Text content equals the plain sentence,
// so that caption, live region and transcript are one string: the owner's letter is drawn by the style sheet.
// It refuses to know where it stands: caption, table, panel and gallery use the same atoms.
import { html, nothing, type TemplateResult } from 'lit';
import type { Part } from '../../trace/scene.js';
import { type Chip, chipOf } from '../present/chip.js';
import { markSign } from './icons.js';

export function chipView(chip: Chip, size: '' | 'large' | 'small' = ''): TemplateResult {
  const port = chip.port === '' ? nothing : html`<u>${chip.port}</u>`;
  return html`<span
    class="ep ${size}"
    data-hue=${chip.hue ?? 'any'}
    data-ep=${chip.ep}
    data-letter=${chip.letter === '' ? nothing : chip.letter}
    data-struck=${chip.struck === 'none' ? nothing : chip.struck}
    >${chip.address === '' ? nothing : html`<b>${chip.address}</b>`}${port}</span
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
