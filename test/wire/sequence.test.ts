import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distance, isAtMost, isBefore, plus } from '../../src/wire/sequence.js';

const TOP = 2 ** 32;

describe('sequence numbers wrap at 2^32', () => {
  test.each([
    [0, 0, 0],
    [TOP - 1, 1, 0],
    [TOP - 10, 1460, 1450],
    [5, -6, TOP - 1],
    [0x7fffffff, 1, 0x80000000],
  ])('%i plus %i is %i', (start, length, end) => {
    expect(plus(start, length)).toBe(end);
  });

  // Compared as plain numbers, a transfer would die after at most four gigabytes: RFC 9293 §3.4.
  test.each([
    [TOP - 1, 0, true],
    [0, TOP - 1, false],
    [0x7fffffff, 0x80000000, true],
    [10, 10, false],
    [TOP - 100, 1_000, true],
  ])('%i is before %i: %s', (a, b, wanted) => {
    expect(isBefore(a, b)).toBe(wanted);
    expect(isAtMost(b, a)).toBe(!wanted);
  });

  test('distance undoes plus, and comparing agrees with BigInt arithmetic, everywhere on the circle', () => {
    const number = fc.oneof(fc.nat(TOP - 1), fc.constantFrom(0, 1, TOP - 1, 2 ** 31, 2 ** 31 - 1));
    fc.assert(
      fc.property(number, fc.integer({ min: -(2 ** 31) + 1, max: 2 ** 31 - 1 }), (start, step) => {
        const end = plus(start, step);
        expect(end).toBe(Number(BigInt.asUintN(32, BigInt(start) + BigInt(step))));
        expect(distance(end, start)).toBe(step);
        expect(isBefore(start, end)).toBe(step > 0);
        expect(isAtMost(start, end)).toBe(step >= 0);
      }),
      { seed: 9293, numRuns: 5_000 },
    );
  });
});
