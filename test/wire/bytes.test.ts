import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bytes, decodeText, encodeText, joinBytes, sliceBytes } from '../../src/wire/bytes.js';

/** Node's own encoder is the oracle. */
const utf8 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

describe('text travels as UTF-8', () => {
  test.each([
    ['GET /', 5],
    ['é', 2],
    ['€', 3],
    ['😀', 4],
    ['\u0000', 1],
    ['\u007f\u0080\u07ff\u0800\uffff\u{10000}\u{10ffff}', 1 + 2 + 2 + 3 + 3 + 4 + 4],
  ])('%j takes %i bytes', (text, length) => {
    expect(encodeText(text)).toBe(utf8(text));
    expect(encodeText(text)).toHaveLength(length);
  });

  test('any text comes back, and its bytes are those that Node makes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(encodeText(text)).toBe(utf8(text));
        expect(decodeText(encodeText(text))).toBe(text);
      }),
      { seed: 3629, numRuns: 2_000 },
    );
  });

  // A segment may cut a character in two; a reader must get something for it and go on behind it.
  test('a text that was cut anywhere reads as its whole characters and one sign for each byte left over', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(), (text, place) => {
        const bytes = encodeText(text);
        const cut = place % (bytes.length + 1);
        const [head, tail] = [sliceBytes(bytes, 0, cut), sliceBytes(bytes, cut)];
        expect(joinBytes(head, tail)).toBe(bytes);
        const whole = decodeText(head).replace(/\ufffd{0,3}$/, '');
        expect(text.startsWith(whole) || text.includes('\ufffd')).toBe(true);
      }),
      { seed: 3630, numRuns: 1_000 },
    );
  });

  test.each([
    ['\x80', '\ufffd'],
    ['\xc3', '\ufffd'],
    ['\xc3A', '\ufffdA'],
    ['a\xffb', 'a\ufffdb'],
    ['\xf4\x90\x80\x80', '\ufffd\ufffd\ufffd\ufffd'], // beyond U+10FFFF
  ])('%j was never UTF-8 and reads %j', (bytes, text) => {
    expect(decodeText(bytes as Bytes)).toBe(text);
  });
});
