// Many measurements in one line: the middle, how bad the bad ones are, the worst.

export interface Spread {
  readonly count: number;
  readonly median: number;
  readonly p95: number;
  readonly worst: number;
}

/** NaN where nothing was measured. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { count: sorted.length, median: at(0.5), p95: at(0.95), worst: at(1) };
}

export function millis({ count, median, p95, worst }: Spread): string {
  return `median ${median.toFixed(1)} ms, p95 ${p95.toFixed(1)}, worst ${worst.toFixed(1)} (${count})`;
}

/** Frames of a second, from the times between them. */
export function fps(intervals: readonly number[]): number {
  const sum = intervals.reduce((total, each) => total + each, 0);
  return (1000 * intervals.length) / sum;
}
