import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatNanos, type Nanos, parseDuration } from '../../src/base/time.js';

describe('parseDuration', () => {
  const readable: [string, Nanos][] = [
    ['0s', 0],
    ['0h', 0],
    ['1ns', 1],
    ['250 ns', 250],
    ['1us', 1_000],
    ['0.001us', 1],
    ['200ms', 200_000_000],
    ['007ms', 7_000_000],
    ['1.5s', 1_500_000_000],
    ['1.50 s', 1_500_000_000],
    ['1.0ns', 1],
    ['0.000000001s', 1],
    ['2m', 120_000_000_000],
    ['0.1m', 6_000_000_000],
    ['2h', 7_200_000_000_000],
    ['0.0000000000025h', 9],
    ['9007199254740991ns', Number.MAX_SAFE_INTEGER],
  ];
  test.each(readable)('%s is %d ns', (text, nanos) => {
    expect(parseDuration(text)).toBe(nanos);
  });

  // Each of these, if read, would be a guess at what somebody meant, or a rounded time.
  const unreadable = [
    '',
    '5',
    's',
    '5 parsecs',
    '-1s',
    '+1s',
    '.5s',
    '5.s',
    '1,5s',
    '1e3s',
    '5S',
    '5  s',
    ' 5s',
    '5s ',
  ];
  const inexact = [
    '0.5ns',
    '1.0000000001s',
    '9007199254740992ns',
    '9999999999999999h',
    '0x10s',
    '1_000s',
    '٣s',
    'NaNs',
  ];
  test.each([...unreadable, ...inexact])('"%s" is no duration', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

describe('formatNanos', () => {
  const table: [Nanos, string][] = [
    [0, '0 s'],
    [1, '1 ns'],
    [250, '250 ns'],
    [999, '999 ns'],
    [1_000, '1 us'],
    [1_001, '1.001 us'],
    [42_000_000, '42 ms'],
    [100_000_000, '100 ms'],
    [999_999_999, '999.999999 ms'],
    [1_000_000_000, '1 s'],
    [1_500_000_000, '1.5 s'],
    [1_000_000_001, '1.000000001 s'],
    [120_000_000_000, '120 s'],
    [Number.MAX_SAFE_INTEGER, '9007199.254740991 s'],
  ];
  test.each(table)('%d ns is written %s', (nanos, text) => {
    expect(formatNanos(nanos)).toBe(text);
  });

  test('what it writes is read back exactly, for any time', () => {
    const anyTime = fc.oneof(
      fc.maxSafeNat(),
      fc.nat(5_000),
      fc.nat(7_200).map((seconds) => seconds * 1e9),
    );
    fc.assert(
      fc.property(anyTime, (nanos) => parseDuration(formatNanos(nanos)) === nanos),
      { seed: 1001, numRuns: 3_000 },
    );
  });
});
