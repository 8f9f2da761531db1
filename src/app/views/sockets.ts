// Sockets on the boundary between program and transport: an open tray listens, a closed box is connected, a half-filled
// one opens or closes, a hatched one waits, a dashed capsule is UDP. A yellow ring says that this step is about it.
// Rows come from ../present/host-card.ts, shapes from ../present/shape.ts.
import { monoWidth, sansWidth } from '../present/measure.js';
import type { SocketRow } from '../present/picture.js';
import { portSize } from '../present/shape.js';
import { add, draw, part, set, text } from './layer.js';
import { MARK_PATHS } from './marks.js';

function outline(row: SocketRow): { readonly box: string; readonly lid: string; readonly fill: string } {
  const { w, h } = row;
  const rounded = (r: number): string =>
    `M${r} 0H${w - r}A${r} ${r} 0 0 1 ${w} ${r}V${h - r}A${r} ${r} 0 0 1 ${w - r} ${h}H${r}A${r} ${r} 0 0 1 0 ${h - r}V${r}A${r} ${r} 0 0 1 ${r} 0Z`;
  const low = `M1 ${h / 2}H${w - 1}V${h - 8}A7 7 0 0 1 ${w - 8} ${h - 1}H8A7 7 0 0 1 1 ${h - 8}Z`;
  switch (row.shape) {
    case 'tray':
    case 'more':
      return {
        box: `M0 0V${h - 8}A8 8 0 0 0 8 ${h}H${w - 8}A8 8 0 0 0 ${w} ${h - 8}V0`,
        lid: `M0 0H${w}`,
        fill: '',
      };
    case 'capsule':
    case 'dashed capsule':
      return { box: rounded(Math.min(h, w) / 2), lid: '', fill: '' };
    case 'half':
      return { box: rounded(8), lid: '', fill: low };
    default:
      return { box: rounded(8), lid: '', fill: '' };
  }
}

export function drawSockets(parent: SVGGElement, rows: readonly SocketRow[]): void {
  draw(
    parent,
    rows,
    (group) => {
      add(group, 'title', 'tip');
      add(group, 'rect', 'socket-glow', { x: -5, y: -5 });
      add(group, 'path', 'socket-box');
      add(group, 'path', 'fill');
      add(group, 'path', 'lid');
      add(group, 'path', 'mark');
      add(group, 'text', 'socket-port');
      add(group, 'text', 'socket-state');
      add(group, 'rect', 'ring', { x: -7, y: -7 });
    },
    (group, row) => {
      const { w, h } = row;
      const { box, lid, fill } = outline(row);
      set(group, {
        class: 'socket',
        'data-hue': row.hue,
        'data-shape': row.shape,
        'data-tone': row.tone,
        'data-socket': row.id,
        'data-ep': row.ep === '' ? undefined : row.ep,
        transform: `translate(${row.x} ${row.y})`,
        role: 'graphics-object',
        'aria-label': row.name,
        'data-stop': 'socket',
        'data-of': row.host,
      });
      text(part(group, 'tip'), row.name);
      const bend = row.shape.endsWith('capsule') ? Math.min(h, w) / 2 : 7;
      set(part(group, 'socket-glow'), { width: w + 10, height: h + 10, rx: bend + 5 });
      set(part(group, 'ring'), { width: w + 14, height: h + 14, rx: bend + 7 });
      set(part(group, 'socket-box'), { d: box });
      set(part(group, 'fill'), { d: fill === '' ? undefined : fill });
      set(part(group, 'lid'), { d: lid === '' ? undefined : lid });
      const size = portSize(w, h);
      const portWidth = monoWidth(row.port, size);
      const markSize = row.mark === undefined ? 0 : 14;
      const isSingle = row.port === '';
      const isSlim = h < 30;
      const portY = isSlim ? h / 2 : h * 0.36;
      const start = (w - portWidth - markSize) / 2;
      set(part(group, 'mark'), {
        d: row.mark === undefined ? undefined : MARK_PATHS[row.mark],
        transform:
          row.mark === undefined
            ? undefined
            : `translate(${start + 5} ${portY}) scale(${isSlim ? 0.8 : 0.95})`,
      });
      set(part(group, 'socket-port'), {
        x: start + markSize,
        y: portY + 4.4,
        'font-size': size,
      });
      text(part(group, 'socket-port'), row.port);
      const room = w - 8;
      set(part(group, 'socket-state'), {
        x: w / 2,
        y: isSingle ? h / 2 + 3.5 : h - 6.5,
        textLength: sansWidth(row.state, 9.9) > room ? room : undefined,
        lengthAdjust: sansWidth(row.state, 9.9) > room ? 'spacingAndGlyphs' : undefined,
      });
      text(part(group, 'socket-state'), isSlim ? '' : row.state);
    },
  );
}
