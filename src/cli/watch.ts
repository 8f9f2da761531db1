// `check --watch`: when a file that was meant by the call has changed, come or gone, it is checked again. It looks instead of
// being told: editors put files in the place of others, and network drives tell nobody.
import { findFiles } from './files.js';
import type { Machine } from './machine.js';

/** How often it looks. */
export const LOOK_MILLIS = 300;

/** Other than before if anything has changed. */
export function stateOf(machine: Machine, paths: readonly string[]): string {
  const { files, troubles } = findFiles(machine, paths);
  return [...files.map((file) => `${file} ${machine.stamp(file)}`), ...troubles.map(({ path }) => path)].join(
    '\n',
  );
}
