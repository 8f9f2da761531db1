// Host cards: edge in the owner's colour, letter badge, name and addresses, the sunken transport band and its boundary.
// Rows come from ../present/host-card.ts; colours hang on data-hue in the style sheet.
// What stands inside is drawn by its own views.
import type { HostRow } from '../present/picture.js';
import { add, draw, part, set, text } from './layer.js';

export function drawHosts(parent: SVGGElement, rows: readonly HostRow[], descriptor: string): void {
  draw(
    parent,
    rows,
    (group) => {
      add(group, 'title', 'tip');
      add(group, 'rect', 'card', { rx: 14 });
      add(group, 'rect', 'band', { x: 1 });
      add(group, 'path', 'boundary');
      add(group, 'path', 'strip');
      add(group, 'rect', 'edge', { rx: 14 });
      add(group, 'rect', 'second-edge', { x: 4, y: 4, rx: 10.5 });
      add(group, 'rect', 'badge', { x: 12, y: 11, width: 20, height: 20, rx: 5 });
      add(group, 'text', 'letter', { x: 22 });
      add(group, 'text', 'host-name');
      add(group, 'text', 'host-address');
      add(group, 'text', 'aside');
      add(group, 'rect', 'ring', { x: -4, y: -4, rx: 18 });
    },
    (group, row) => {
      const { w, h, band } = row;
      set(group, {
        class: 'host',
        'data-hue': row.hue,
        'data-host': row.id,
        'data-mode': row.mode,
        transform: `translate(${row.x} ${row.y})`,
        role: 'graphics-object',
        'aria-roledescription': descriptor,
        'aria-label': row.name,
        'data-stop': 'host',
      });
      text(part(group, 'tip'), row.name);
      const middle = row.mode === 'mini' ? 20 : 21;
      set(part(group, 'card'), { width: w, height: h });
      set(part(group, 'edge'), { width: w, height: h });
      set(part(group, 'second-edge'), { width: row.isRouter ? w - 8 : 0, height: row.isRouter ? h - 8 : 0 });
      set(part(group, 'ring'), { width: w + 8, height: h + 8 });
      set(part(group, 'band'), {
        y: band?.top ?? 0,
        width: w - 2,
        height: band === undefined ? 0 : Math.max(0, band.bottom - band.top),
      });
      set(part(group, 'boundary'), { d: band === undefined ? undefined : `M1 ${band.top}H${w - 1}` });
      set(part(group, 'strip'), { d: band === undefined ? undefined : `M1 ${band.bottom}H${w - 1}` });
      set(part(group, 'badge'), { y: middle - 10 });
      set(part(group, 'letter'), { y: middle + 4.3 });
      text(part(group, 'letter'), row.letter);
      set(part(group, 'host-name'), { x: row.titleX, y: middle + 5 });
      text(part(group, 'host-name'), row.title);
      set(part(group, 'host-address'), { x: row.addressX, y: middle + 4.6 });
      text(part(group, 'host-address'), row.addresses);
      set(part(group, 'aside'), { x: w - 14, y: middle + 5 });
      text(part(group, 'aside'), row.aside);
    },
  );
}
