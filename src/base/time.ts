// Virtual time: whole nanoseconds since the start of a run, and how people write lengths of it.
// It knows no wall clock and no calendar; what happens when is the engine's business (engine/engine.ts).
// Everything is exact: what cannot be said in whole nanoseconds is no duration here.

/** Nanoseconds, whole, from 0 up to 2^53 - 1 (104 days): a length of time, or a moment counted from the start. */
export type Nanos = number;

export const NANOS_PER_MICRO = 1_000;
export const NANOS_PER_MILLI = 1_000_000;
export const NANOS_PER_SECOND = 1_000_000_000;

const NANOS_PER_UNIT: ReadonlyMap<string, Nanos> = new Map([
  ['ns', 1],
  ['us', NANOS_PER_MICRO],
  ['ms', NANOS_PER_MILLI],
  ['s', NANOS_PER_SECOND],
  ['m', 60 * NANOS_PER_SECOND],
  ['h', 3600 * NANOS_PER_SECOND],
]);

/**
 * Reads `200ms`, `1.5 s`, `2m`: a decimal number, then one of ns, us, ms, s, m, h.
 * Undefined for anything else: no unit, a sign, a fraction of a nanosecond (`0.5ns`), or more than `Nanos` can hold.
 */
export function parseDuration(text: string): Nanos | undefined {
  const [, whole = '', fraction = '', unit = ''] = /^(\d{1,16})(?:\.(\d{1,16}))? ?([a-z]+)$/.exec(text) ?? [];
  const scale = NANOS_PER_UNIT.get(unit);
  if (scale === undefined) return undefined;
  const parts = BigInt(whole + fraction) * BigInt(scale);
  const partsPerNano = 10n ** BigInt(fraction.length);
  const nanos = parts / partsPerNano;
  const isExact = parts % partsPerNano === 0n && nanos <= BigInt(Number.MAX_SAFE_INTEGER);
  return isExact ? Number(nanos) : undefined;
}

/** `250 ns`, `42 ms`, `1.5 s`: the largest unit up to seconds that leaves at least 1, every digit kept. */
export function formatNanos(nanos: Nanos): string {
  if (nanos === 0) return '0 s';
  if (nanos >= NANOS_PER_SECOND) return `${inUnits(nanos, NANOS_PER_SECOND)} s`;
  if (nanos >= NANOS_PER_MILLI) return `${inUnits(nanos, NANOS_PER_MILLI)} ms`;
  if (nanos >= NANOS_PER_MICRO) return `${inUnits(nanos, NANOS_PER_MICRO)} us`;
  return `${nanos} ns`;
}

function inUnits(nanos: Nanos, unit: Nanos): string {
  const digits = String(unit).length - 1;
  const rest = String(nanos % unit).padStart(digits, '0');
  return `${Math.floor(nanos / unit)}.${rest}`.replace(/\.?0+$/, '');
}
