// The forms in which a check can be told, by name.
import type { Paint } from '../paint.js';
import type { Checked } from './checked.js';
import { json } from './json.js';
import { junit } from './junit.js';
import { pretty } from './pretty.js';
import { tap } from './tap.js';

export const REPORTERS = { pretty, json, junit, tap } as const satisfies Readonly<
  Record<string, (all: readonly Checked[], paint: Paint) => string>
>;
export type ReporterName = keyof typeof REPORTERS;

export function isReporter(name: string): name is ReporterName {
  return Object.hasOwn(REPORTERS, name);
}
