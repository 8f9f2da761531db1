// Measures works against each other: in turns, so that a machine's moods fall on all alike, and by the median. What counts
// is processor time, of the system's half too: a clock on the wall would count what else the machine is doing.

export interface Work {
  readonly name: string;
  /** How many operations one run is. */
  readonly count: number;
  readonly run: () => void;
}

const ROUNDS = 7;

/** Median nanoseconds an operation, in the order of the works. One round to warm up is not counted. */
export function medianNanos(works: readonly Work[]): number[] {
  const samples = works.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round++)
    for (const [index, { count, run }] of works.entries()) {
      const before = processorNanos();
      run();
      const nanos = (processorNanos() - before) / count;
      if (round > 0) samples[index]?.push(nanos);
    }
  return samples.map((each) => each.sort((one, other) => one - other)[ROUNDS >> 1] ?? Number.NaN);
}

/** Processor time of this process so far, in nanoseconds; known to the microsecond. */
export function processorNanos(): number {
  const { user, system } = process.cpuUsage();
  return 1000 * (user + system);
}

export function ratio(one: number, other: number): string {
  return (one / other).toFixed(2);
}
