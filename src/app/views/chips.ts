// Endpoint chips on the stage: badge with the owner's letter, address, port; the half that differs is struck.
// Numbers come from present/chip.ts; colours hang on the letter's hue in the style sheet.
// In text the same chip is HTML: ../panels/atoms.ts.
import type { ChipBox } from '../present/chip.js';
import type { ChipRow } from '../present/picture.js';
import { add, draw, set } from './layer.js';

/** Draws one chip into an empty or old group; chips are few and small, so they are built anew. */
export function drawChip(group: SVGGElement, chip: ChipBox): void {
  const known = `${chip.ep}|${chip.letter}|${chip.address}|${chip.port}|${chip.struck}|${chip.size}`;
  if (group.dataset['chip'] === known) return;
  group.dataset['chip'] = known;
  group.dataset['ep'] = chip.ep;
  group.replaceChildren();
  set(group, { class: 'chip', 'data-hue': chip.hue ?? 'any' });
  const { width, height, size, badge } = chip;
  const base = height / 2 + size * 0.36;
  add(group, 'rect', 'chip-box', { width, height, rx: 5 });
  if (badge > 0) {
    add(group, 'path', 'chip-badge', {
      d: `M5 0H${badge}V${height}H5A5 5 0 0 1 0 ${height - 5}V5A5 5 0 0 1 5 0Z`,
    });
    add(group, 'text', 'chip-letter', { x: badge / 2, y: base, 'font-size': size }).textContent = chip.letter;
  }
  if (chip.address !== '') {
    const address = add(group, 'text', 'chip-address', { x: chip.addressX, y: base, 'font-size': size });
    address.textContent = chip.address;
    if (chip.port !== '') {
      add(group, 'path', 'chip-split', { d: `M${chip.portX - 5} 3V${height - 3}` });
    }
  }
  add(group, 'text', 'chip-port', { x: chip.portX, y: base, 'font-size': size }).textContent = chip.port;
  if (chip.struck === 'none') return;
  const isPort = chip.struck === 'port';
  const from = isPort ? chip.portX - 2 : chip.address === '' ? 2 : chip.addressX - 2;
  const to = isPort ? width - 3 : chip.address === '' ? badge - 2 : chip.portX - 7;
  add(group, 'path', 'chip-strike', { d: `M${from} ${height / 2}H${to}` });
}

export function drawChips(parent: SVGGElement, rows: readonly ChipRow[]): void {
  draw(
    parent,
    rows,
    () => {},
    (group, row) => {
      drawChip(group, row.chip);
      set(group, { transform: `translate(${row.x} ${row.y})` });
    },
  );
}
