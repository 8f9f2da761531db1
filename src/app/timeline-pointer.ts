// Which step lies under the pointer on the timeline, and where along it; nothing beyond what may be seen.
// It refuses to know the drawing: places come from present/lanes.ts.
import { LANE_LABELS, SLIM_LABELS, stepAt } from './present/lanes.js';
import { horizonOf, type Session } from './state/session.js';

export interface Hover {
  readonly step: number;
  /** 0 … 1 of the width. */
  readonly share: number;
}

export function underPointer(
  event: MouseEvent,
  session: Session | undefined,
  isPhone: boolean,
): Hover | undefined {
  if (!(event.currentTarget instanceof Element) || session === undefined) return undefined;
  const { x, width } = event.currentTarget.getBoundingClientRect();
  const labels = isPhone ? SLIM_LABELS : LANE_LABELS;
  const step = stepAt(event.clientX - x, session.run.total, width, labels);
  return { step: Math.min(step, horizonOf(session)), share: (event.clientX - x) / width };
}
