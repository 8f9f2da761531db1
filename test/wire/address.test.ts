import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AddressKind,
  formatEndpoint,
  isInPrefix,
  kindOf,
  parseAddress,
} from '../../src/wire/address.js';

const must = (text: string) => {
  const address = parseAddress(text);
  if (address === undefined) throw new Error(`${text} is an address`);
  return address;
};

describe('one address has one spelling', () => {
  // RFC 5952 §4 and §5: two spellings of one address would be two peers to a lookup.
  test.each([
    ['2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8::1'], // leading zeros go, the run is shortened
    ['2001:db8:0:0:0:0:2:1', '2001:db8::2:1'],
    ['2001:db8::1:1:1:1:1', '2001:db8:0:1:1:1:1:1'], // one zero group is no run
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'], // the longest run
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'], // of equals the first
    ['2001:DB8::A', '2001:db8::a'], // lower case
    ['::', '::'],
    ['0:0:0:0:0:0:0:0', '::'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['fe80::', 'fe80::'],
    ['1::', '1::'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
    ['::2:3:4:5:6:7:8', '0:2:3:4:5:6:7:8'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'], // four bytes in the last place, RFC 4291 §2.2
    ['1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:102:304'],
    ['10.0.0.7', '10.0.0.7'],
    ['255.255.255.255', '255.255.255.255'],
    ['0.0.0.0', '0.0.0.0'],
  ])('%s reads %s', (text, canonical) => {
    expect(parseAddress(text)?.text).toBe(canonical);
  });

  // Seen otherwise, a dual-stack listener would know one laptop twice.
  test.each([
    ['::ffff:10.0.0.7', '10.0.0.7'],
    ['::FFFF:a00:7', '10.0.0.7'],
    ['0:0:0:0:0:ffff:10.0.0.7', '10.0.0.7'],
  ])('%s is IPv4 in IPv6 clothes: %s', (text, canonical) => {
    expect(must(text)).toMatchObject({ family: 4, text: canonical });
  });

  test('::10.0.0.7 and ::fffe:a00:7 are no mapped addresses', () => {
    expect(must('::10.0.0.7').family).toBe(6);
    expect(must('::fffe:10.0.0.7').family).toBe(6);
  });
});

describe('what is none is refused', () => {
  test.each([
    '',
    ' ',
    'localhost',
    '10.0.0.256',
    '10.0.0',
    '10.0.0.7.8',
    '10.0.0.07', // octal to some, decimal to others: no address to us
    '10.0.0.-1',
    '10.0.0. 7',
    '10.0.0.7/24',
    '1e1.0.0.1',
    '0x0a.0.0.1',
    ':',
    ':::',
    '1:2',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    '1:2:3:4:5:6:7:8::',
    '::1:2:3:4:5:6:7:8',
    '1:2:3:4::5:6:7:8', // :: stands for at least one group
    '12345::',
    'g::',
    '[::1]',
    'fe80::1%eth0',
    '1.2.3.4::',
    '::1.2.3',
    '::1.2.3.4:5',
    '1:2:3:4:5:6:7:1.2.3.4',
  ])('%j', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });
});

test('text and bytes are inverse on each other, for any sixteen or four bytes', () => {
  const bytes = (size: number) =>
    fc.array(fc.oneof(fc.constant(0), fc.nat(255)), { minLength: size, maxLength: size });
  fc.assert(
    fc.property(fc.oneof(bytes(16), bytes(4)), (given) => {
      const groups = Array.from({ length: 8 }, (_, at) =>
        (((given[2 * at] ?? 0) << 8) | (given[2 * at + 1] ?? 0)).toString(16).padStart(4, '0'),
      );
      const long = given.length === 4 ? given.join('.') : groups.join(':');
      const address = must(long);
      expect(address.bytes).toEqual(address.family === 4 ? given.slice(-4) : given);
      expect(parseAddress(address.text)).toEqual(address);
    }),
    { seed: 5952, numRuns: 2_000 },
  );
});

describe('kinds', () => {
  test.each<[string, AddressKind]>([
    ['', 'any'],
    ['0.0.0.0', 'any'],
    ['::', 'any'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['128.0.0.1', 'unicast'],
    ['126.255.255.255', 'unicast'],
    ['::1', 'loopback'],
    ['::2', 'unicast'],
    ['255.255.255.255', 'broadcast'],
    ['223.255.255.255', 'unicast'],
    ['224.0.0.1', 'multicast'],
    ['239.255.255.255', 'multicast'],
    ['ff02::1', 'multicast'],
    ['fe80::1', 'unicast'],
    ['10.0.0.7', 'unicast'],
  ])('%j is %s', (text, kind) => {
    expect(kindOf(text)).toBe(kind);
  });
});

describe('prefixes', () => {
  test.each<[string, string, number, boolean]>([
    ['10.0.0.255', '10.0.0.7', 24, true],
    ['10.0.1.7', '10.0.0.7', 24, false],
    ['10.0.1.7', '10.0.0.7', 23, true],
    ['10.0.0.128', '10.0.0.127', 25, false],
    ['10.0.0.6', '10.0.0.7', 31, true],
    ['10.0.0.6', '10.0.0.7', 32, false],
    ['10.0.0.7', '10.0.0.7', 32, true],
    ['203.0.113.1', '10.0.0.7', 0, true],
    ['2001:db8::ffff', '2001:db8::1', 64, true],
    ['2001:db8:0:1::1', '2001:db8::1', 64, false],
    ['2001:db8:0:1::1', '2001:db8::1', 63, true],
    ['::1', '0.0.0.1', 0, false], // families never meet
  ])('%s lies in %s/%i: %s', (address, network, prefix, isIn) => {
    expect(isInPrefix(must(address), must(network), prefix)).toBe(isIn);
  });

  test('an IPv4 prefix means what 32-bit masks mean', () => {
    const whole = (bytes: readonly number[]) => bytes.reduce((sum, byte) => sum * 256 + byte, 0);
    const address = fc.array(fc.nat(255), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(address, address, fc.nat(32), fc.nat(31), (one, other, prefix, flip) => {
        const near = one.map((byte, at) => (at === flip >> 3 ? byte ^ (0x80 >> (flip & 7)) : byte));
        for (const each of [other, near, one]) {
          const size = 2 ** (32 - prefix);
          const wanted = Math.floor(whole(one) / size) === Math.floor(whole(each) / size);
          expect(isInPrefix(must(one.join('.')), must(each.join('.')), prefix)).toBe(wanted);
        }
      }),
      { seed: 4632, numRuns: 500 },
    );
  });
});

test.each([
  ['10.0.0.7', 80, '10.0.0.7:80'],
  ['2001:db8::1', 80, '[2001:db8::1]:80'],
  ['', 53, '*:53'],
  ['', 0, '*:*'],
])('%j and %i read %s', (address, port, text) => {
  expect(formatEndpoint(address, port)).toBe(text);
});
