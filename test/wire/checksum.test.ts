// Checksums against vectors that another tool has judged, and against an oracle that adds byte by byte.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checksumOf, isGoodSum, sumWords } from '../../src/wire/checksum.js';
import { decodePacket, encodePacket, fillChecksum } from '../../src/wire/packet-bytes.js';
import { readHeaders } from '../../src/wire/read-headers.js';

interface Vector {
  readonly name: string;
  readonly hex: string;
  readonly tshark: Readonly<Partial<Record<'ip' | 'tcp' | 'udp' | 'icmp', string>>>;
}
const { vectors } = JSON.parse(readFileSync(new URL('./checksum-vectors.json', import.meta.url), 'utf8')) as {
  readonly vectors: readonly Vector[];
};
const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (each) => Number.parseInt(each, 16));
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const named = (name: string) => bytesOf(vectors.find((each) => each.name === name)?.hex ?? '');

/** RFC 1071 by its definition, with nothing clever: two bytes at a time, the carry added at once. */
function byteSum(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at++) {
    sum += (bytes[at] ?? 0) * (at % 2 === 0 ? 256 : 1);
    if (sum > 0xffff) sum -= 0xffff;
  }
  return sum;
}

// tshark does not check what an error quotes: "unverified". Ours can, as far as all of it is there.
const WORDS: Readonly<Record<string, readonly (string | undefined)[]>> = {
  good: ['good'],
  bad: ['bad'],
  'not present': ['absent'],
  illegal: ['illegal'],
  unverified: ['good', 'cut'],
};

describe.each(vectors)('$name', ({ hex, tshark }) => {
  const bytes = bytesOf(hex);
  const headers = readHeaders(bytes);

  test('every checksum is judged as tshark does', () => {
    expect(Object.keys(tshark).length).toBeGreaterThan(0);
    for (const [name, verdict] of Object.entries(tshark)) {
      const found = headers.filter((each) => each.name.toLowerCase().replace(/v\d$/, '') === name);
      expect(found.length, name).toBeGreaterThan(0);
      for (const header of found) expect(WORDS[verdict], name).toContain(header.checksum);
    }
  });

  test('the checksum that we put in is the one that is there, unless that is wrong', () => {
    const own = bytes.slice();
    fillChecksum(own);
    const isRight = Object.values(tshark).every((verdict) => verdict === 'good' || verdict === 'unverified');
    if (isRight) expect(hexOf(own)).toBe(hex);
    else expect(hexOf(own)).not.toBe(hex);
    const judged = readHeaders(own).filter(({ isQuoted }) => !isQuoted);
    for (const { checksum, name } of judged)
      expect(checksum, name).toBe(name === 'IPv6' ? undefined : 'good');
  });

  // Identification and DF are ours to choose, so bytes may differ there; the packet may not.
  test('it decodes, and encodes to the same packet again', () => {
    const packet = decodePacket(bytes);
    if (packet === undefined) throw new Error('not decoded');
    expect(decodePacket(encodePacket(packet))).toEqual(packet);
  });
});

test('all twelve vectors are here, and every verdict of tshark is among them', () => {
  expect(vectors).toHaveLength(12);
  expect(new Set(vectors.flatMap(({ tshark }) => Object.values(tshark)))).toEqual(
    new Set(Object.keys(WORDS)),
  );
});

describe('the sum in 32-bit words', () => {
  test('equals the sum byte by byte: random headers, every length, any start, a sum to go on from', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(7), fc.nat(200), (bytes, before, split) => {
        const padded = new Uint8Array([...new Array<number>(before).fill(0xaa), ...bytes, 0xff]);
        const end = before + bytes.length;
        expect(sumWords(padded, before, end)).toBe(byteSum(bytes));
        const middle = before + 2 * Math.floor(Math.min(split, bytes.length) / 2);
        expect(sumWords(padded, middle, end, sumWords(padded, before, middle))).toBe(byteSum(bytes));
      }),
      { seed: 1071, numRuns: 2_000 },
    );
  });

  test.each([
    [[], 0],
    [[0, 0], 0],
    [[0xff, 0xff], 0xffff],
    [[0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 0xffff],
    [[1], 0x100],
    [[0xff, 0xff, 0, 1], 1],
  ])('of %j is %i', (bytes, sum) => {
    expect(sumWords(Uint8Array.from(bytes))).toBe(sum);
    expect(byteSum(Uint8Array.from(bytes))).toBe(sum);
  });

  test('a datagram of the greatest length does not overflow it', () => {
    const bytes = new Uint8Array(65_535).fill(0xff);
    expect(sumWords(bytes)).toBe(byteSum(bytes));
  });
});

describe('a checksum', () => {
  test('sees every single bit that flips in what it covers', () => {
    const right = named('tcp4 data, odd length');
    for (let bit = 0; bit < 8 * right.length; bit++) {
      const bytes = right.slice();
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (0x80 >> (bit % 8));
      const statuses = readHeaders(bytes).map(({ checksum }) => checksum);
      expect(statuses.join() === 'good,good', `bit ${bit}`).toBe(false);
    }
  });

  // RFC 1624: HC' = ~(~HC + ~m + m'), for what a NAT rewrites: address and port of the source.
  test('brought up to date after a rewrite equals the one that is computed anew', () => {
    const before = named('udp4');
    const after = named('same udp4 datagram after NAPT to 203.0.113.1:61000');
    const word = (bytes: Uint8Array, at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    const update = (checksum: number, places: readonly number[]) =>
      places.reduce((now, at) => {
        const parts = [~now & 0xffff, ~word(before, at) & 0xffff, word(after, at)];
        return checksumOf(parts.reduce((sum, part) => (sum + part) % 0xffff || sum + part, 0));
      }, checksum);
    expect(update(word(before, 10), [12, 14])).toBe(word(after, 10));
    expect(update(word(before, 26), [12, 14, 20])).toBe(word(after, 26));
    expect(isGoodSum(sumWords(after, 0, 20))).toBe(true);
  });
});
