// Brings what a step is about into view inside its own box: the row in the table, the question in the panel.
// Only when the step or the reason changed, so that it never fights the reader's own scrolling; never the page itself.
// It refuses to know rows: it finds them by their hooks.
import type { Session } from './state/session.js';

const PAIRS: readonly (readonly [box: string, inside: string])[] = [
  ['.sockets-body', 'tr[data-tone="now"]'],
  ['.tab-panel', '.question[data-told="now"]'],
  ['.ladder-body', '.ladder-steps [aria-current]'],
];
/** Sideways, where a phone shows a part: the chosen tab, the packet of this step between its rails. */
const ACROSS: readonly (readonly [box: string, inside: string])[] = [
  ['.tabs', '[aria-selected="true"]'],
  ['.ladder-body', '.flight[data-moment="now"] .label'],
];
/** The table's head and the panel's buttons stand over the scrolled part. */
const HEAD = 24;
const LADDER_HEAD = 80;
const FOOT = 60;
const SIDE = 56;

export class Reveal {
  #shown = '';

  show(root: HTMLElement, session: Session): void {
    const { t, told } = session.player.getSnapshot().context;
    const { tab, isText, tableHost, view } = session.choices;
    const key = [session.id, t, told, tab, isText, tableHost, view].join(' ');
    if (key === this.#shown) return;
    this.#shown = key;
    for (const [boxName, insideName] of PAIRS) {
      const box = root.querySelector(boxName);
      const inside = box?.querySelector(insideName);
      if (!box) continue;
      if (!inside) {
        box.scrollTop = 0;
        continue;
      }
      const [outer, inner] = [box.getBoundingClientRect(), inside.getBoundingClientRect()];
      const head = boxName === '.ladder-body' ? LADDER_HEAD : HEAD;
      const below = inner.bottom - (outer.bottom - (boxName === '.sockets-body' ? 0 : FOOT));
      const above = outer.top + head - inner.top;
      if (below > 0) box.scrollTop += Math.min(below, inner.top - outer.top - head);
      else if (above > 0) box.scrollTop -= above;
    }
    for (const [boxName, insideName] of ACROSS) {
      const box = root.querySelector(boxName);
      const inside = box?.querySelector(insideName);
      if (!box || !inside) continue;
      const [outer, inner] = [box.getBoundingClientRect(), inside.getBoundingClientRect()];
      const after = inner.right + SIDE - outer.right;
      const before = outer.left + SIDE - inner.left;
      if (after > 0) box.scrollLeft += after;
      else if (before > 0) box.scrollLeft -= before;
    }
  }
}
