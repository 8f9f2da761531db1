// The small words of a picture: how much room each takes, and which may stay. A word never covers a thing or another word,
// and none is cut: where there is no room it is left out, because nothing is told only there.
// Sizes are those of the style sheets. Who asks: stage.ts.
import { monoWidth, sansWidth } from './measure.js';
import type { Box, StagePicture, TextRow } from './picture.js';

/** Pixels of the letters, and whether they are monospace. */
interface Print {
  readonly size: number;
  readonly isMono?: true;
}

const PRINT: Readonly<Record<TextRow['role'], Print>> = {
  layer: { size: 10 },
  question: { size: 10.5 },
  hint: { size: 10 },
  count: { size: 10 },
  reject: { size: 10 },
  fallback: { size: 10 },
  descriptor: { size: 9.5, isMono: true },
  'descriptor now': { size: 9.5, isMono: true },
};

/** What must be read before all else comes first. */
const ORDER: readonly TextRow['role'][] = [
  'count',
  'descriptor now',
  'reject',
  'fallback',
  'descriptor',
  'question',
  'hint',
  'layer',
];

/** From the top of capitals to a little below the line they stand on. */
export function textBox(
  { x, y, text, anchor }: Pick<TextRow, 'x' | 'y' | 'text' | 'anchor'>,
  { size, isMono }: Print,
): Box {
  const w = isMono === true ? monoWidth(text, size) : sansWidth(text, size);
  return {
    x: anchor === 'start' ? x : anchor === 'end' ? x - w : x - w / 2,
    y: y - size * 0.75,
    w,
    h: size * 0.9,
  };
}

export function labelBox(row: TextRow): Box {
  return textBox(row, PRINT[row.role]);
}

/** Half a pixel is no overlap. */
const SLACK = 0.5;

export function isOver(one: Box, other: Box, slack = SLACK): boolean {
  return (
    one.x < other.x + other.w - slack &&
    other.x < one.x + one.w - slack &&
    one.y < other.y + other.h - slack &&
    other.y < one.y + one.h - slack
  );
}

/** How far the flag tab stands above its ticket. */
const TAB = 9;

/** What no word may cover. */
function things(picture: StagePicture): Box[] {
  const { nodes, chips, badges, tickets, sockets, width, height, network } = picture;
  const around = ({ x, y }: { x: number; y: number }, r: number): Box => ({
    x: x - r,
    y: y - r,
    w: 2 * r,
    h: 2 * r,
  });
  return [
    ...sockets,
    ...nodes.map(({ x, y, w }) => ({ x: x - w / 2, y: y - 11, w, h: 22 })),
    ...chips.map(({ x, y, chip }) => ({ x, y, w: chip.width, h: chip.height })),
    ...badges.map((badge) => around(badge, 7)),
    ...tickets.map(({ x, y, w, h, tab }) =>
      tab === undefined ? { x, y, w, h } : { x, y: y - TAB, w, h: h + TAB },
    ),
    ...(network === undefined ? [] : [around(network, 24)]),
    // Beyond the edges.
    { x: -1e4, y: -1e4, w: 1e4, h: 3e4 },
    { x: width, y: -1e4, w: 1e4, h: 3e4 },
    { x: -1e4, y: -1e4, w: 3e4, h: 1e4 },
    { x: -1e4, y: height, w: 3e4, h: 1e4 },
  ];
}

/** The words that have room, in the order in which they were given. */
export function readable(picture: StagePicture): readonly TextRow[] {
  const taken = things(picture);
  const kept = new Set<TextRow>();
  const inOrder = [...picture.texts].sort(
    (one, other) => ORDER.indexOf(one.role) - ORDER.indexOf(other.role),
  );
  for (const row of inOrder) {
    const box = labelBox(row);
    if (taken.some((other) => isOver(box, other))) continue;
    taken.push(box);
    kept.add(row);
  }
  return picture.texts.filter((row) => kept.has(row));
}
