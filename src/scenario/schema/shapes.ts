// Small pieces the schemas are put together from: one or a list, on or off, and rules over a whole map.
// It knows no key of the language. Reading what was validated: short-forms.ts.
import { z } from 'zod';
import type { Flaw } from '../text/problems.js';

export function oneOrMany<Item extends z.ZodType>(item: Item) {
  return z.union([item, z.array(item).min(1)]);
}

export const onOff = z.boolean();

/** A flaw of a map: at one of its keys, or of the map itself. */
export interface MapFlaw extends Flaw {
  readonly key?: string;
}

/**
 * A rule over the keys of a map that is asked even where some value inside is wrong: all problems are told at once.
 * Problems of one key are marked at the key, not at its value (`atKey`).
 */
export function mapRule(judge: (map: Readonly<Record<string, unknown>>) => Iterable<MapFlaw>) {
  return [
    (value: unknown, context: z.RefinementCtx): void => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
      for (const { key, message, ...params } of judge(value as Record<string, unknown>))
        context.addIssue({
          code: 'custom',
          path: key === undefined ? [] : [key],
          message,
          params: { ...params, atKey: key !== undefined },
        });
    },
    { when: () => true },
  ] as const;
}
