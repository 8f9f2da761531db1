// Wires, branches and the yellow road. A branch that was not taken is dotted; the road is a dark core in a wide halo.
// Nodes, verdicts, exits and labels of the tree are here as well: they stand on these lines.
// Rows come from ../present/tree.ts, funnel.ts and wire.ts.
import type { BadgeRow, BoxRow, ExitRow, LineRow, NodeRow, RoadRow, TextRow } from '../present/picture.js';
import { add, draw, part, set, text } from './layer.js';

export function drawLines(parent: SVGGElement, rows: readonly LineRow[]): void {
  draw(
    parent,
    rows,
    (group) => {
      add(group, 'path', 'line');
      add(group, 'path', 'inner');
      add(group, 'path', 'head');
    },
    (group, row) => {
      set(group, { class: 'branch', 'data-tone': row.tone });
      set(part(group, 'line'), { d: row.d });
      set(part(group, 'inner'), { d: row.tone === 'wire' ? row.d : undefined });
      set(part(group, 'head'), { d: row.head });
    },
  );
}

/** All halos lie under all cores, so that roads which meet look like one road. */
export function drawRoads(parent: SVGGElement, rows: readonly RoadRow[]): void {
  const pieces = ['halo', 'core'].flatMap((kind) =>
    rows.map((row) => ({ ...row, kind, key: `${kind}-${row.key}` })),
  );
  draw(
    parent,
    pieces,
    (group, row) => {
      add(group, 'path', row.kind);
    },
    (group, row) => {
      set(group, { class: 'road' });
      set(part(group, row.kind), { d: row.d });
    },
  );
}

export function drawNodes(parent: SVGGElement, rows: readonly NodeRow[]): void {
  draw(
    parent,
    rows,
    (group) => {
      add(group, 'title', 'tip');
      add(group, 'rect', 'pill', { y: -11, height: 22, rx: 11 });
      add(group, 'text', 'pill-text', { y: 4 });
      add(group, 'rect', 'ring', { y: -15, height: 30, rx: 15 });
    },
    (group, row) => {
      set(group, {
        class: 'node',
        'data-tone': row.tone,
        transform: `translate(${row.x} ${row.y})`,
        role: 'graphics-object',
        'aria-label': row.name,
        'data-stop': 'node',
      });
      text(part(group, 'tip'), row.name);
      set(part(group, 'pill'), { x: -row.w / 2, width: row.w });
      set(part(group, 'ring'), { x: -row.w / 2 - 4, width: row.w + 8 });
      text(part(group, 'pill-text'), row.text);
      set(part(group, 'pill-text'), { 'font-size': row.isSmall ? 10 : 11.5, y: row.isSmall ? 3.5 : 4 });
    },
  );
}

/** Ink disc with a tick, or orange ring with a cross. */
export function drawBadges(parent: SVGGElement, rows: readonly BadgeRow[]): void {
  draw(
    parent,
    rows.map((row) => ({ ...row, key: `${row.verdict}-${row.key}` })),
    (group, row) => {
      add(group, 'circle', 'disc', { r: row.verdict === 'match' ? 8 : 7 });
      add(group, 'path', 'sign', {
        d: row.verdict === 'match' ? 'M-4 0L-1.2 3L4.2-3.2' : 'M-3-3L3 3M3-3L-3 3',
      });
    },
    (group, row) => {
      set(group, {
        class: 'verdict',
        'data-verdict': row.verdict,
        transform: `translate(${row.x} ${row.y})`,
      });
    },
  );
}

export function drawTexts(parent: SVGGElement, rows: readonly TextRow[]): void {
  draw(
    parent,
    rows,
    (group) => {
      add(group, 'text', 'words');
    },
    (group, row) => {
      set(group, { class: 'label', 'data-role': row.role, transform: `translate(${row.x} ${row.y})` });
      set(part(group, 'words'), { 'text-anchor': row.anchor });
      text(part(group, 'words'), row.text);
    },
  );
}

/** A dot where a funnel meets the wire, or the question that the packet on its way asks. */
export function drawExits(parent: SVGGElement, rows: readonly ExitRow[]): void {
  draw(
    parent,
    rows,
    (group) => {
      add(group, 'circle', 'dot');
      add(group, 'text', 'ask', { y: 5.3 });
    },
    (group, row) => {
      set(group, { class: 'exit', 'data-tone': row.tone, transform: `translate(${row.x} ${row.y})` });
      set(part(group, 'dot'), { r: row.tone === 'question' ? 12 : 5 });
      text(part(group, 'ask'), row.tone === 'question' ? '?' : '');
    },
  );
}

/** Yellow grounds: what this step is about stands on them. */
export function drawBoxes(parent: SVGGElement, rows: readonly BoxRow[]): void {
  draw(
    parent,
    rows,
    (group) => {
      add(group, 'rect', 'ground', { rx: 8 });
    },
    (group, row) => {
      set(group, { class: 'now-box' });
      set(part(group, 'ground'), { x: row.x, y: row.y, width: row.w, height: row.h });
    },
  );
}
