// A run that broke off by a mistake of ours, with what is needed to see it again: the seed and the step. Whoever shows it
// adds the scenario. Nothing that an author can write leads here.
export class RunDefect extends Error {
  override readonly name = 'RunDefect';
  readonly seed: number;
  /** The step that could not be finished, 1 or more. */
  readonly step: number;

  constructor(cause: unknown, seed: number, step: number) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.seed = seed;
    this.step = step;
  }
}
