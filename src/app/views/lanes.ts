// The timeline: a lane a conversation with the glyphs of its steps, the bar, the playhead. Past solid, future hollow.
// Rows come from ../present/lanes.ts; the range input above the bar is in ../panels/transport.ts.
// It refuses to know time: a glyph says itself whether it is past. Glyphs that look alike are one path: a run of a thousand
// steps has a thousand of them, and as elements of their own they made each press four times as slow.
import type { Glyph, Lane, Timeline } from '../present/lanes.js';
import { add, draw, layer, part, set, text } from './layer.js';
import { MARK_PATHS } from './marks.js';

/** Around (0, 0): flag SYN, slashed box FIN, torn RST, tray listen, dot data, cross lost. */
const GLYPHS: Readonly<Record<Glyph['kind'], string>> = {
  call: 'M-3-3H3V3H-3Z',
  listen: 'M-5-4V1A4 4 0 0 0 -1 5H1A4 4 0 0 0 5 1V-4',
  syn: 'M-4-6V6M-4-6L6-2.5L-4 1Z',
  data: 'M0-3.6A3.6 3.6 0 1 0 .01-3.6Z',
  ack: 'M0-2.4A2.4 2.4 0 1 0 .01-2.4Z',
  fin: 'M-5-5H5V5H-5ZM-5 5L5-5',
  rst: 'M-5-5H5L2-2.5L5 0L2 2.5L5 5H-5Z',
  icmp: 'M0-6L6 0L0 6L-6 0Z',
  datagram: 'M-5-4H5V4H-5ZM-5-4L0 0L5-4',
  drop: 'M-4-4L4 4M4-4L-4 4',
  error: 'M0-5.5A5.5 5.5 0 1 0 .01-5.5ZM-2.2-2.2L2.2 2.2M2.2-2.2L-2.2 2.2',
  timer: 'M0-5A5 5 0 1 0 .01-5ZM0-3V0L2.4 1.6',
};

type Command = readonly [letter: string, ...numbers: number[]];

/** The commands of each glyph, read once; only absolute ones are used above. */
const COMMANDS = new Map<Glyph['kind'], readonly Command[]>(
  Object.entries(GLYPHS).map(([kind, d]) => [
    kind as Glyph['kind'],
    [...d.matchAll(/([A-Z])([^A-Z]*)/g)].map(
      ([, letter = '', rest = '']): Command => [
        letter,
        ...[...rest.matchAll(/-?(?:\d+\.?\d*|\.\d+)/g)].map(Number),
      ],
    ),
  ]),
);

/** A glyph moved to (x, y), as part of a longer path. */
function movedTo(kind: Glyph['kind'], x: number, y: number): string {
  const shifted = ([letter, ...numbers]: Command): string => {
    const isX = (at: number): boolean =>
      letter === 'H' || (letter !== 'V' && at % 2 === (letter === 'A' ? 1 : 0));
    const isRadius = (at: number): boolean => letter === 'A' && at < 5;
    return `${letter}${numbers.map((number, at) => (isRadius(at) ? number : number + (isX(at) ? x : y))).join(' ')}`;
  };
  return (COMMANDS.get(kind) ?? []).map(shifted).join('');
}

interface Alike {
  readonly key: string;
  readonly kind: Glyph['kind'];
  readonly isPast: boolean;
  readonly scale: number;
  readonly d: string;
}

/** One row for all glyphs of a kind that are past, one for those to come. */
function alike(glyphs: readonly Glyph[]): Alike[] {
  const groups = new Map<string, Glyph[]>();
  for (const glyph of glyphs) {
    const key = `${glyph.kind}-${glyph.isPast ? 'past' : 'future'}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [glyph]);
    else known.push(glyph);
  }
  return [...groups].flatMap(([key, [first, ...others]]) => {
    if (first === undefined) return [];
    const { kind, isPast, scale } = first;
    const d = [first, ...others].map(({ x, y }) => movedTo(kind, x / scale, y / scale)).join('');
    return [{ key, kind, isPast, scale, d }];
  });
}

function drawLaneRows(parent: SVGGElement, rows: readonly Lane[]): void {
  draw(
    parent,
    rows,
    (group) => {
      add(group, 'path', 'mark');
      add(group, 'text', 'label');
      add(group, 'path', 'track');
    },
    (group, row) => {
      set(group, {
        class: 'lane',
        transform: `translate(0 ${row.y})`,
        'data-hue': row.hue ?? 'any',
        'data-chosen': row.isChosen ? '' : undefined,
        'data-mark': row.mark,
      });
      set(part(group, 'mark'), {
        d: row.mark === undefined ? undefined : MARK_PATHS[row.mark],
        transform: 'translate(16 0)',
      });
      set(part(group, 'label'), { x: 30, y: 3.8 });
      text(part(group, 'label'), row.label);
      set(part(group, 'track'), { d: `M${row.from} 0H${row.to}` });
    },
  );
}

export function drawLanes(svg: SVGSVGElement, timeline: Timeline): void {
  const { width, height, bar } = timeline;
  set(svg, { viewBox: `0 0 ${width} ${height}`, width, height });
  drawLaneRows(layer(svg, 'lanes'), timeline.lanes);
  draw(
    layer(svg, 'glyphs'),
    alike(timeline.glyphs),
    (group) => {
      add(group, 'path', 'shape');
    },
    (group, row) => {
      set(group, {
        class: 'glyph',
        'data-kind': row.kind,
        'data-past': row.isPast ? '' : undefined,
        transform: `scale(${row.scale})`,
      });
      set(part(group, 'shape'), { d: row.d });
    },
  );
  draw(
    layer(svg, 'times'),
    timeline.times,
    (group) => {
      add(group, 'text', 'time');
    },
    (group, row) => {
      set(group, { transform: `translate(${row.x} ${height - 1})`, 'data-now': row.isNow ? '' : undefined });
      text(part(group, 'time'), row.text);
    },
  );
  draw(
    layer(svg, 'bar'),
    [{ key: 'bar' }],
    (group) => {
      add(group, 'path', 'future');
      add(group, 'path', 'past');
      add(group, 'path', 'needle');
    },
    (group) => {
      set(part(group, 'future'), { d: `M${bar.from} ${bar.y}H${bar.to}` });
      set(part(group, 'past'), { d: `M${bar.from} ${bar.y}H${bar.now}` });
      set(part(group, 'needle'), { d: `M${bar.now} 2V${bar.y - 10}` });
    },
  );
  draw(
    layer(svg, 'asks'),
    timeline.asks,
    (group) => {
      add(group, 'circle', 'ask-disc', { r: 6 });
      add(group, 'text', 'ask-sign', { y: 3.2, 'text-anchor': 'middle' }).textContent = '?';
    },
    (group, row) => set(group, { class: 'ask-stop', transform: `translate(${row.x} ${bar.y})` }),
  );
  draw(
    layer(svg, 'breaks'),
    timeline.breaks,
    (group) => {
      add(group, 'title', 'tip');
      add(group, 'path', 'diamond', { d: 'M0-7L7 0L0 7L-7 0Z' });
      add(group, 'text', 'break-label', { y: height - 3 - bar.y, 'text-anchor': 'middle' });
    },
    (group, row) => {
      text(part(group, 'break-label'), row.label);
      set(group, { class: 'break', transform: `translate(${row.x} ${bar.y})`, 'data-break': row.words });
      text(part(group, 'tip'), row.words);
    },
  );
}
