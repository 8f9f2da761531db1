// Programs: neutral cards with name and pid, never coloured, because programs come and go and numbers belong to hosts.
// Rows come from ../present/host-card.ts.
// A dotted card stands for sockets that no program holds.
import type { ProcessRow } from '../present/picture.js';
import { add, draw, part, set, text } from './layer.js';

export function drawProcesses(parent: SVGGElement, rows: readonly ProcessRow[]): void {
  draw(
    parent,
    rows,
    (group) => {
      add(group, 'title', 'tip');
      add(group, 'rect', 'process-box', { rx: 9 });
      add(group, 'text', 'process-name');
      add(group, 'text', 'process-detail');
      add(group, 'rect', 'ring', { x: -4, y: -4, rx: 13 });
    },
    (group, row) => {
      set(group, {
        class: `process${row.isGhost ? ' ghost' : ''}`,
        'data-tone': row.tone,
        'data-process': row.id,
        transform: `translate(${row.x} ${row.y})`,
        role: 'graphics-object',
        'aria-label': row.name,
        'data-stop': 'process',
        'data-of': row.host,
      });
      text(part(group, 'tip'), row.name);
      set(part(group, 'process-box'), { width: row.w, height: row.h });
      set(part(group, 'ring'), { width: row.w + 8, height: row.h + 8 });
      set(part(group, 'process-name'), { x: row.titleX, y: row.titleY, 'text-anchor': row.anchor });
      text(part(group, 'process-name'), row.title);
      set(part(group, 'process-detail'), { x: row.w - 10, y: row.titleY });
      text(part(group, 'process-detail'), row.detail);
    },
  );
}
