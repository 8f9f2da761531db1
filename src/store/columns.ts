// What the columns of a table are declared with: `{ state: choice('CLOSED', 'LISTEN'), host: link('hosts') }`.
// Specs are plain data; `ColumnOf` says which column each becomes, and `columnFrom` makes it. How a column reads and
// writes is not known here: column.ts. How columns make a table: table.ts.

import { unreachable } from '../base/invariant.js';
import {
  bitsFor,
  ChoiceColumn,
  type Column,
  type ColumnPlace,
  FlagColumn,
  LinkColumn,
  NumberColumn,
  TextColumn,
  TimeColumn,
} from './column.js';

export type {
  ChoiceColumn,
  Column,
  FlagColumn,
  LinkColumn,
  NumberColumn,
  TextColumn,
  TimeColumn,
} from './column.js';

export interface LinkSpec<To extends string> {
  readonly holds: 'link';
  readonly to: To;
}

export interface ChoiceSpec<Name extends string> {
  readonly holds: 'choice';
  readonly names: readonly Name[];
}

export type Spec =
  | { readonly holds: 'uint32' | 'time' | 'text' | 'flag' }
  | LinkSpec<string>
  | ChoiceSpec<string>;

/** 0 to 2^32 - 1; `add` wraps. */
export const uint32 = { holds: 'uint32' } as const;

/** Whole nanoseconds up to 2^53 - 1, in two cells. */
export const time = { holds: 'time' } as const;

/** Any text. */
export const text = { holds: 'text' } as const;

/** A boolean. */
export const flag = { holds: 'flag' } as const;

/** A row of the table of this name, or 0. */
export function link<const To extends string>(to: To): LinkSpec<To> {
  return { holds: 'link', to };
}

/** One of a few names. The first is the value of a fresh row. */
export function choice<const Name extends string>(...names: Name[]): ChoiceSpec<Name> {
  return { holds: 'choice', names };
}

/** The column that a spec becomes in the table `Of`. */
export type ColumnOf<Of extends string, S extends Spec> = S extends { readonly holds: 'uint32' }
  ? NumberColumn<Of>
  : S extends { readonly holds: 'time' }
    ? TimeColumn<Of>
    : S extends { readonly holds: 'text' }
      ? TextColumn<Of>
      : S extends { readonly holds: 'flag' }
        ? FlagColumn<Of>
        : S extends LinkSpec<infer To>
          ? LinkColumn<Of, To>
          : S extends ChoiceSpec<infer Name>
            ? ChoiceColumn<Of, Name>
            : never;

/** How much of a row the column takes: 32 bits are a cell. What takes less shares one with others. */
export function bitsOf(spec: Spec): number {
  if (spec.holds === 'flag') return 1;
  if (spec.holds === 'choice') return bitsFor(spec.names.length);
  return spec.holds === 'time' ? 64 : 32;
}

export function columnFrom(spec: Spec, place: ColumnPlace): Column<string, unknown> {
  switch (spec.holds) {
    case 'uint32':
      return new NumberColumn(place);
    case 'time':
      return new TimeColumn(place);
    case 'text':
      return new TextColumn(place);
    case 'flag':
      return new FlagColumn(place);
    case 'link':
      return new LinkColumn(place);
    case 'choice':
      return new ChoiceColumn(place, spec.names);
    default:
      return unreachable(spec);
  }
}
