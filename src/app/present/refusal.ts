// A call that was refused, on the stage: a cross at the program that asked and a dashed arrow to each socket in the way.
// It reads who holds what from the reason. The panel's words for it: ../panels/why.ts.
// It refuses to know why a call is refused; it draws what the reason names.
import type { CallReason } from '../../trace/scene.js';
import { messages } from '../messages.js';
import type { Card } from './host-card.js';
import { round, sansWidth } from './measure.js';
import type { BadgeRow, LineRow, NodeRow, TextRow } from './picture.js';

export interface Refusal {
  readonly lines: readonly LineRow[];
  readonly badges: readonly BadgeRow[];
  readonly texts: readonly TextRow[];
}

const DIP = 34;
/** Nearer than this to the middle of a node a line of words touches it. */
const NODE = 22;
const GAP = 10;
/** Half of a peer's chip in the tree, and a gap. */
const CHIP = 40;

/** `nodes`: what stands in the tree; the words keep clear of them. */
export function refusalOf(
  card: Card,
  nodes: readonly Pick<NodeRow, 'x' | 'y' | 'w'>[],
  reason: CallReason,
  process: number | undefined,
): Refusal {
  const asking = card.processes.find(({ id }) => id !== undefined && id === process);
  if (reason.errno === undefined || asking === undefined) return { lines: [], badges: [], texts: [] };
  const badge = { key: `refused-${asking.key}`, x: round(asking.x + asking.w - 4), y: asking.y + 4 };
  const holding = reason.holders.flatMap(({ id }) => card.feet.filter(({ socket }) => socket.id === id));
  const below = card.sockets[0];
  const fromX = asking.x + asking.w / 2;
  const lines: LineRow[] = [];
  const texts: TextRow[] = [];
  holding.forEach((foot, index) => {
    const from = { x: fromX, y: foot.y + 2 };
    const to = { x: foot.x + (fromX > foot.x ? 14 : -14), y: foot.y + 8 };
    const low = foot.y + DIP + index * 10;
    const turn = fromX > foot.x ? 1 : -1;
    lines.push({
      key: `refusal-${foot.socket.id}`,
      d: `M${round(from.x)} ${round(from.y)}C${round(from.x)} ${round(low + 8)} ${round(to.x + 26 * turn)} ${round(low + 8)} ${round(to.x)} ${round(to.y)}`,
      head: `M${round(to.x - 5 * turn)} ${round(to.y - 7)}L${round(to.x + 7 * turn)} ${round(to.y - 1)}L${round(to.x - 1 * turn)} ${round(to.y + 8)}Z`,
      tone: 'refused',
    });
    if (index > 0) return;
    // Beside what stands under the holder; below it where the program that asked has sockets of its own.
    const half = sansWidth(messages.stage.holdsIt, 10) / 2;
    const x = foot.x + turn * Math.max(Math.abs(from.x - to.x) / 2, CHIP + half);
    const isInTheWay = card.feet.some((each) => Math.abs(each.x - x) < CHIP + half);
    const y = low + (isInTheWay ? 50 : 20);
    const node = nodes.find(
      (each) => Math.abs(each.y - y) < NODE && Math.abs(each.x - x) < each.w / 2 + half + GAP,
    );
    texts.push({
      key: 'refusal-words',
      x: round(node === undefined ? x : node.x + node.w / 2 + half + GAP),
      y: round(y),
      text: messages.stage.holdsIt,
      role: 'reject',
      anchor: 'middle',
    });
  });
  return { lines, texts, badges: below === undefined ? [] : [{ ...badge, verdict: 'reject' }] };
}
