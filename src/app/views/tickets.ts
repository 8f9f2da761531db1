// Packets: a ticket with a notch at the left (one of a strip), a dashed postcard, a torn ticket, a road sign.
// Rows come from ../present/ticket.ts and wire.ts; the flag tab stands on the upper edge.
// How a ticket travels: motion.ts.
import type { TicketRow } from '../present/picture.js';
import { drawChip } from './chips.js';
import { add, draw, part, set, text } from './layer.js';

/** The notch at the left; RST is torn at the right. */
function segment(w: number, h: number, isTorn: boolean): string {
  const middle = h / 2;
  const left = `A6 6 0 0 1 2 ${h - 6}V${middle + 6}A6 6 0 0 0 2 ${middle - 6}V6A6 6 0 0 1 8 0Z`;
  if (!isTorn) return `M8 0H${w - 6}A6 6 0 0 1 ${w} 6V${h - 6}A6 6 0 0 1 ${w - 6} ${h}H8${left}`;
  const teeth = Math.max(4, Math.round(h / 10));
  let d = `M8 0H${w}`;
  for (let tooth = 0; tooth < teeth; tooth += 1) {
    const y = (h / teeth) * tooth;
    d += `L${w - 8} ${y + h / teeth / 2}L${w} ${y + h / teeth}`;
  }
  return `${d}H8${left}`;
}

function outline(row: TicketRow): string {
  const { w, h } = row;
  if (row.shape === 'segment') return segment(w, h, false);
  if (row.shape === 'rst') return segment(w, h, true);
  return `M4 0H${w - 4}A4 4 0 0 1 ${w} 4V${h - 4}A4 4 0 0 1 ${w - 4} ${h}H4A4 4 0 0 1 0 ${h - 4}V4A4 4 0 0 1 4 0Z`;
}

/** The flap of the postcard; the sign of an ICMP message. */
function figure(row: TicketRow): string {
  if (row.shape === 'datagram') return `M1 1L${row.w / 2} ${Math.min(9, row.h / 4)}L${row.w - 1} 1`;
  return '';
}

/** One or two short lines of text, anew each time. */
function drawLines(words: SVGElement, at: TicketRow['text']): void {
  words.replaceChildren();
  at?.lines.forEach((line, index) => {
    add(words, 'tspan', '', { x: at.x, y: at.y + index * 13 }).textContent = line;
  });
}

/** One chip in its place, or none. */
function putChip(slot: SVGElement, at: TicketRow['chips'][number] | undefined): void {
  set(slot, { transform: at && `translate(${at.x} ${at.y})` });
  if (at === undefined) return slot.replaceChildren();
  const inner = slot.firstElementChild ?? add(slot, 'g', '');
  if (inner instanceof SVGGElement) drawChip(inner, at.chip);
}

export function drawTickets(parent: SVGGElement, rows: readonly TicketRow[]): void {
  draw(
    parent,
    rows,
    (group) => {
      add(group, 'title', 'tip');
      add(group, 'path', 'ticket-glow');
      add(group, 'path', 'paper');
      add(group, 'path', 'flap');
      add(group, 'path', 'ticket-sign');
      add(group, 'text', 'bang');
      add(group, 'g', 'from');
      add(group, 'g', 'to');
      add(group, 'rect', 'copy-box', { rx: 4 });
      add(group, 'g', 'copy-from');
      add(group, 'g', 'copy-to');
      add(group, 'path', 'arrow');
      add(group, 'path', 'heading');
      add(group, 'text', 'payload');
      add(group, 'rect', 'tab', { y: -9, height: 17, rx: 3 });
      add(group, 'text', 'tab-text', { y: 3.4 });
      add(group, 'path', 'loss');
      add(group, 'path', 'ring');
    },
    (group, row) => {
      const d = outline(row);
      set(group, {
        class: 'ticket',
        'data-shape': row.shape,
        'data-tone': row.tone,
        'data-packet': row.key,
        transform: `translate(${row.x} ${row.y})`,
        role: 'graphics-object',
        'aria-label': row.name,
        'data-stop': 'packet',
      });
      text(part(group, 'tip'), row.name);
      for (const name of ['ticket-glow', 'paper', 'ring']) set(part(group, name), { d });
      set(part(group, 'flap'), { d: figure(row) });
      const middle = row.h / 2;
      const { sign } = row;
      set(part(group, 'ticket-sign'), {
        d: sign && 'M0-13L13 0L0 13L-13 0Z',
        transform: sign && `translate(${sign.x} ${sign.y})`,
      });
      set(part(group, 'bang'), { x: sign?.x ?? 0, y: (sign?.y ?? 0) + 5 });
      text(part(group, 'bang'), sign === undefined ? '' : '!');
      const { copy } = row;
      ['from', 'to'].forEach((name, index) => {
        putChip(part(group, name), row.chips[index]);
        putChip(part(group, `copy-${name}`), copy?.chips[index]);
      });
      set(part(group, 'copy-box'), { x: copy?.x, y: copy?.y, width: copy?.w ?? 0, height: copy?.h ?? 0 });
      set(part(group, 'arrow'), {
        d: row.arrow === undefined ? undefined : 'M-8 0H2M1-4.5L9 0L1 4.5Z',
        transform: row.arrow === undefined ? undefined : `translate(${row.arrow.x} ${row.arrow.y})`,
      });
      const x = row.heading === 'left' ? -5 : row.w + 5;
      const turn = row.heading === 'left' ? -1 : 1;
      set(part(group, 'heading'), {
        d:
          row.heading === undefined
            ? undefined
            : `M${x} ${middle - 7}L${x + 8 * turn} ${middle}L${x} ${middle + 7}Z`,
      });
      drawLines(part(group, 'payload'), row.text);
      set(part(group, 'loss'), {
        d:
          row.tone === 'lost'
            ? `M${row.w - 8} ${middle - 12}L${row.w + 16} ${middle + 12}M${row.w + 16} ${middle - 12}L${row.w - 8} ${middle + 12}`
            : undefined,
      });
      const tabX = row.w - 8 - (row.tab?.width ?? 0);
      set(part(group, 'tab'), {
        x: tabX,
        width: row.tab?.width ?? 0,
        class: row.tab?.isOutlined === true ? 'tab outlined' : 'tab',
      });
      set(part(group, 'tab-text'), { x: tabX + (row.tab?.width ?? 0) / 2 });
      text(part(group, 'tab-text'), row.tab?.text ?? '');
    },
  );
}
