// How a column of hosts shares its height: heads only, heads with a line of programs, or whole cards.
// Everybody shows programs before anybody gets a whole card; who takes part in the step gets one before the others.
// It refuses to know what stands in the cards. Who asks: places.ts.

/** A head. */
export const MINI = 44;
/** A head and one line of programs with their sockets. */
export const SLIM = 70;
/** A card with programs, sockets and a funnel. */
export const COMPACT = 124;

/**
 * The height of each card in pixels; `isBusy`: who takes part, in order; `room`: pixels without the gaps between the cards;
 * `tallest`: a compact card grows up to this. With too little room for all heads the sum is more than `room`.
 */
export function heightsOf(isBusy: readonly boolean[], room: number, tallest: number): readonly number[] {
  const heights = isBusy.map(() => MINI);
  const left = (): number => room - heights.reduce((sum, each) => sum + each, 0);
  const raise = (indices: readonly number[], to: number): void => {
    const cost = indices.reduce((sum, index) => sum + Math.max(0, to - (heights[index] ?? 0)), 0);
    if (cost > left()) return;
    for (const index of indices) heights[index] = Math.max(heights[index] ?? 0, to);
  };
  const all = isBusy.map((_, index) => index);
  const busy = all.filter((index) => isBusy[index] === true);
  const idle = all.filter((index) => isBusy[index] !== true);
  raise(all, SLIM);
  for (const index of busy) raise([index], SLIM);
  for (const index of busy) raise([index], COMPACT);
  for (const index of idle) raise([index], SLIM);
  raise(idle, COMPACT);
  const whole = all.filter((index) => (heights[index] ?? 0) >= COMPACT);
  const more = left() / Math.max(1, whole.length);
  for (const index of whole) heights[index] = Math.min(tallest, COMPACT + Math.max(0, more));
  return heights;
}
