// What an opened router shows instead of a demultiplexer: its table, one row each, inside → outside, the newest last.
// A router that has sockets of its own shows those: the table stands below the stage in any case.
// Who draws the rows: ../views/chips.ts. The whole table with states and times: ../panels/translations.ts.
import type { HostView, MappingView, Mark } from '../../trace/scene.js';
import { messages } from '../messages.js';
import { type ChipBox, chipBox, chipOf } from './chip.js';
import { round } from './measure.js';
import type { ChipRow, TextRow } from './picture.js';
import type { Frame, Variant } from './places.js';

const PITCH = 40;
const ARROW = 34;
const SIGN = 24;

/** Does it only pass on what others send? */
export function isOnlyRouter({ router, sockets }: HostView): boolean {
  return router !== undefined && sockets.length === 0;
}

export interface TranslationRows {
  readonly chips: readonly ChipRow[];
  readonly texts: readonly TextRow[];
}

/** `mark`: the conversation of this step, whose row is told more strongly. */
export function translationRows(frame: Frame, mark: Mark | undefined, variant: Variant): TranslationRows {
  const { host, layers } = frame;
  const top = frame.y + layers.processY + 8;
  const bottom = frame.y + layers.bandBottom - 14;
  const fits = Math.max(1, Math.floor((bottom - top - 22) / PITCH));
  const shown = (host.router?.mappings ?? []).slice(-fits);
  const size = variant === 'phone' ? 10 : 11.5;
  const left = round(frame.x + 16);
  const title = shown.length === 0 ? messages.translations.stageNone : messages.translations.stage;
  const rows = shown.map((mapping, index) => row(mapping, left, round(top + 30 + index * PITCH), size, mark));
  const head: TextRow = {
    key: `table-${host.id}`,
    x: left,
    y: round(top + 8),
    text: title,
    role: 'layer',
    anchor: 'start',
  };
  return { chips: rows.flatMap(({ chips }) => chips), texts: [head, ...rows.flatMap(({ texts }) => texts)] };
}

function row(
  mapping: MappingView,
  x: number,
  y: number,
  size: number,
  mark: Mark | undefined,
): TranslationRows {
  const key = `mapping-${mapping.id}-${mapping.outside.port}`;
  const box = (end: MappingView['inside']): ChipBox => chipBox(chipOf(end), size, 20);
  const [inside, outside] = [box(mapping.inside), box(mapping.outside)];
  const isNow = mark !== undefined && mapping.mark === mark;
  const role = isNow ? 'descriptor now' : 'hint';
  const from = x + SIGN;
  const to = from + inside.width + ARROW;
  const texts: TextRow[] = [
    { key: `${key}-sign`, x: x + 6, y: y + 14, text: mapping.mark ?? '', role, anchor: 'middle' },
    {
      key: `${key}-arrow`,
      x: round(from + inside.width + ARROW / 2),
      y: y + 14,
      text: '→',
      role,
      anchor: 'middle',
    },
  ];
  return {
    chips: [
      { key: `${key}-inside`, x: from, y, chip: inside },
      { key: `${key}-outside`, x: round(to), y, chip: outside },
    ],
    texts: texts.filter(({ text }) => text !== ''),
  };
}
