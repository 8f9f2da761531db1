import { describe, expect, test } from 'vitest';
import { InvariantViolation, invariant, unreachable } from '../../src/base/invariant.js';

describe('invariant', () => {
  test('passes what holds and narrows its type', () => {
    const found = ['a'].find((name) => name === 'a');
    invariant(found !== undefined, 'it is there');
    expect(found.length).toBe(1);
  });

  test('throws what was found, under a name of its own', () => {
    const violate = () => invariant(1 + 1 === 3, 'two sockets on one four-tuple');
    expect(violate).toThrow(InvariantViolation);
    expect(violate).toThrow('two sockets on one four-tuple');
    expect(new InvariantViolation('x').name).toBe('InvariantViolation');
  });

  test('unreachable names the case that came after all', () => {
    const arrow = (side: 'left' | 'right') => {
      switch (side) {
        case 'left':
          return '<-';
        case 'right':
          return '->';
        default:
          return unreachable(side);
      }
    };
    expect(arrow('left')).toBe('<-');
    expect(() => arrow('up' as 'left')).toThrow('"up"');
  });
});
