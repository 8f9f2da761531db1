// What every reporter gets: the files of one check in their order, each with its report or with why there is none.
import type { Report } from '../../check/report.js';
import { isBroken } from '../problem-lines.js';

export interface Checked {
  readonly file: string;
  /** The scenario's id in links. */
  readonly id: string;
  readonly exitCode: 0 | 1 | 2 | 3;
  /** Absent if the file could not be read, or if we made a mistake. */
  readonly report?: Report;
  /** Why there is no report, in plain words. */
  readonly trouble?: string;
}

/** Points of the expectations that hold, and of all, over all files. */
export function pointsOf(all: readonly Checked[]): { readonly earned: number; readonly total: number } {
  const sum = (of: (report: Report) => number) =>
    rounded(all.reduce((points, { report }) => points + (report === undefined ? 0 : of(report)), 0));
  return { earned: sum(({ earned }) => earned), total: sum(({ total }) => total) };
}

/** Why the file was not judged: what could not be read, or its problems in order; none if it was. */
export function flawsOf({ exitCode, report, trouble }: Checked): readonly Flaw[] {
  if (trouble !== undefined)
    return [{ code: exitCode === 3 ? 'defect' : 'unreadable', line: 1, column: 1, message: trouble }];
  return report !== undefined && isBroken(report.problems) ? report.problems : [];
}

export interface Flaw {
  readonly file?: string;
  readonly code: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint?: string;
}

/** At most two decimals: points may be fractions, and sums of fractions are not exact. */
export function rounded(points: number): number {
  return Math.round(points * 100) / 100;
}

/** `1 point`, `2.5 points`. */
export function counted(count: number, noun: string): string {
  return `${rounded(count)} ${noun}${count === 1 ? '' : 's'}`;
}
