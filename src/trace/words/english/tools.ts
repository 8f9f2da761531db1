// What English tables are written with.
import type { Forms } from '../../../base/tongue.js';
import type { Telling } from '../telling.js';

export interface English extends Telling {
  /** `one socket`, `13 sockets`. */
  readonly counted: (count: number, forms: Forms) => string;
  /** `a, b and c`. */
  readonly listed: (all: readonly string[]) => string;
}
