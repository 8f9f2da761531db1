// The tabs over a panel: one tab stop, arrows move along the row.
// It refuses to know what stands below: who chooses a tab is told by its id.
// Which tabs there are: ../pages/panel.ts on a desk, ../pages/phone.ts on a phone.
import { html, type TemplateResult } from 'lit';

export interface TabRow<Id extends string> {
  readonly id: Id;
  readonly label: string;
}

/** The row of tabs; the panel below has the id `tab-panel`. Arrows choose the next tab and go round at the ends. */
export function tabRow<Id extends string>(
  tabs: readonly TabRow<Id>[],
  chosen: Id,
  onChoose: (id: Id) => void,
): TemplateResult {
  const move = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const at = tabs.findIndex(({ id }) => id === chosen);
    const next = tabs[(at + by + tabs.length) % tabs.length];
    if (by === 0 || next === undefined || event.shiftKey) return;
    event.preventDefault();
    onChoose(next.id);
    const list = event.currentTarget;
    if (list instanceof Element) list.querySelector<HTMLElement>(`#tab-${next.id}`)?.focus();
  };
  return html`<div class="tabs" role="tablist" @keydown=${move}>
    ${tabs.map(
      ({ id, label }) => html`<button
        role="tab"
        id="tab-${id}"
        aria-selected=${chosen === id}
        aria-controls="tab-panel"
        tabindex=${chosen === id ? 0 : -1}
        @click=${() => onChoose(id)}
      >
        ${label}
      </button>`,
    )}
  </div>`;
}
