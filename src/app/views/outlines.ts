// The dashed outline around the hosts of a private network, and its name. Rows come from ../present/homes.ts.
import type { OutlineRow } from '../present/picture.js';
import { add, draw, part, set, text } from './layer.js';

export function drawOutlines(parent: SVGGElement, rows: readonly OutlineRow[]): void {
  draw(
    parent,
    rows,
    (group) => {
      add(group, 'rect', 'dashes', { rx: 16 });
      add(group, 'text', 'outline-name');
    },
    (group, row) => {
      set(group, { class: 'outline' });
      set(part(group, 'dashes'), { x: row.x, y: row.y, width: row.w, height: row.h });
      set(part(group, 'outline-name'), { x: row.textX, y: row.textY });
      text(part(group, 'outline-name'), row.text);
    },
  );
}
