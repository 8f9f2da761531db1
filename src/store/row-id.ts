// How a row is named. A row is a run of cells and its id is the number of the first, so an id never comes back in a run.
// Ids are numbers with a brand: the compiler tells a host from a socket, and 0 means "no row" everywhere.

declare const table: unique symbol;

/** A row of the table with this name. Not 1, 2, 3: ids have gaps. */
export type Id<Of extends string> = number & { readonly [table]: Of };

/** A row, or 0 for none: `if (next) …` narrows to the id. */
export type Link<Of extends string> = Id<Of> | 0;

/** Every row begins with these cells: its table's tag, and the living rows before and after it in its table. */
export const TAG = 0;
export const PREVIOUS = 1;
export const NEXT = 2;
export const ROW_HEADER = 3;

/**
 * What stands in the first cell of a living row, negated once it is removed. The base keeps tags away from the numbers
 * that rows hold, so a number that is no id is hardly ever taken for one. Below 2^30: a small integer in every V8.
 */
export function tagOf(tableNumber: number): number {
  return 0x1ab1e000 + tableNumber;
}
