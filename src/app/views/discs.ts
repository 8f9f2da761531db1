// The numbers by which one answers, on what can be chosen: yellow with an ink edge, because the question is now.
// What was tried and is wrong stays, struck out. Rows come from ../present/predict.ts; clicking the thing itself chooses it, so a number needs no role of its own.
import type { DiscRow } from '../present/predict.js';
import { add, draw, part, set, text } from './layer.js';

export function drawDiscs(parent: SVGGElement, rows: readonly DiscRow[]): void {
  draw(
    parent,
    rows,
    (group) => {
      add(group, 'circle', 'disc-ground', { r: 10.5 });
      add(group, 'path', 'disc-cross', { d: 'M-7.4 7.4L7.4 -7.4' });
      add(group, 'text', 'disc-digit', { y: 4.2, 'text-anchor': 'middle' });
    },
    (group, row) => {
      set(group, {
        class: 'choice-disc',
        'aria-hidden': 'true',
        'data-chosen': row.isChosen ? '' : undefined,
        'data-tried': row.isTried ? '' : undefined,
        transform: `translate(${row.x} ${row.y})`,
      });
      text(part(group, 'disc-digit'), String(row.digit));
    },
  );
}
