// What is said about a scenario that plays, and could be better: a place and plain words. Always a warning.
import type { ProblemCode } from '../text/problems.js';
import type { Path } from '../text/tree.js';

export interface Warning {
  readonly path: Path;
  /** At the key of this part, not at its value. */
  readonly atKey: boolean;
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint?: string;
}
