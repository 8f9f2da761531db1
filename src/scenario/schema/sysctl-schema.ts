// Settings of a kernel by name, as sysctl(8) writes them. Which there are and what each takes: ../../world/sysctls.ts.
import { z } from 'zod';
import { isSysctlValue, SYSCTL_NAMES } from '../../world/sysctls.js';
import { didYouMean } from '../text/parsed.js';
import { type MapFlaw, mapRule } from './shapes.js';
import { settingOf } from './short-forms.js';

export const sysctlSchema = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
  .superRefine(...mapRule(judgeSettings));

function* judgeSettings(settings: Readonly<Record<string, unknown>>): Generator<MapFlaw> {
  for (const [key, value] of Object.entries(settings)) {
    if (!SYSCTL_NAMES.includes(key)) {
      const hint = didYouMean(key, SYSCTL_NAMES) ?? `there is ${SYSCTL_NAMES.join(', ')}`;
      yield { code: 'unknown-key', key, message: `\`${key}\` is no setting of these hosts`, hint };
    } else if (isScalar(value) && !isSysctlValue(key, settingOf(value))) {
      const message = `\`${key}\` cannot be ${String(value)}`;
      yield { code: 'unknown-value', key, message, hint: hintFor(key) };
    }
  }
}

function hintFor(key: string): string {
  if (key.endsWith('_range')) return 'write two ports: 32768 60999';
  if (key.endsWith('_ports')) return 'write ports and ranges: 40000,40002-40004';
  return 'write a whole number';
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
