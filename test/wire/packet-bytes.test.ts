// Packets as bytes and back, and the field tables: writer, reader and inspector go by the same ones, so the bits are also
// compared with what RFC 791, 8200, 9293, 768 and 792 draw, by hand.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeText, NO_BYTES } from '../../src/wire/bytes.js';
import { ICMP_ERRORS } from '../../src/wire/icmp-bytes.js';
import { fourTupleOf, type IcmpError, type Packet, SYN, type UdpDatagram } from '../../src/wire/packet.js';
import { decodePacket, encodePacket } from '../../src/wire/packet-bytes.js';
import { type Header, readHeaders } from '../../src/wire/read-headers.js';
import { icmpError, packet, ported } from '../builders/packets.js';

const SEED = 791;
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

const syn = {
  protocol: 'tcp',
  source: '10.0.0.7',
  sourcePort: 51004,
  destination: '10.0.0.80',
  destinationPort: 80,
  sequence: 0x01020304,
  acknowledgment: 0,
  flags: SYN,
  window: 64240,
  mss: 1460,
  payload: NO_BYTES,
} as const;
const query: UdpDatagram = {
  protocol: 'udp',
  source: '2001:db8::7',
  sourcePort: 40000,
  destination: '2001:db8::35',
  destinationPort: 53,
  payload: encodeText('who?'),
};

describe('a packet', () => {
  test('comes back from its bytes as it was, with good checksums; what an error quotes may be cut at the end', () => {
    fc.assert(
      fc.property(packet, (sent) => {
        const bytes = encodePacket(sent);
        for (const { checksum } of readHeaders(bytes)) expect(['bad', 'illegal']).not.toContain(checksum);
        const back = decodePacket(bytes);
        if (sent.protocol !== 'icmp' || back?.protocol !== 'icmp') {
          expect(back).toEqual(sent);
          return;
        }
        const { payload } = back.quoted;
        expect(back).toEqual({ ...sent, quoted: { ...sent.quoted, payload } });
        expect(sent.quoted.payload.startsWith(payload)).toBe(true);
        if (payload !== sent.quoted.payload)
          expect(bytes.length).toBe(sent.source.includes(':') ? 1280 : 576);
      }),
      { seed: SEED, numRuns: 1_000 },
    );
  });

  test('is nothing but a packet: bytes that were cut or made up are refused or read, and never break the reader', () => {
    fc.assert(
      fc.property(packet, fc.nat(), fc.uint8Array({ maxLength: 90 }), (sent, cut, noise) => {
        const bytes = encodePacket(sent);
        expect(decodePacket(bytes.subarray(0, cut % bytes.length))).toBeUndefined();
        for (const some of [noise, new Uint8Array([0x45, ...noise]), new Uint8Array([0x60, ...noise])]) {
          readHeaders(some);
          decodePacket(some);
        }
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test('over IPv4 has the bytes that the RFCs draw', () => {
    expect(hexOf(encodePacket(syn))).toBe(
      [
        '4500002c00004000400626760a0000070a000050', // version 4, 5 words, 44 bytes, DF, TTL 64, TCP
        'c73c005001020304000000006002faf0', // ports, numbers, 6 words, SYN, window
        'bd4c0000020405b4', // checksum, no urgent data, MSS 1460
      ].join(''),
    );
  });

  test('over IPv6 has the bytes that the RFCs draw, and a group is left after one hop', () => {
    expect(hexOf(encodePacket(query))).toBe(
      [
        '60000000000c1140', // version 6, 12 bytes behind the header, UDP, hop limit 64
        '20010db8000000000000000000000007',
        '20010db8000000000000000000000035',
        '9c400035000c210b77686f3f',
      ].join(''),
    );
    expect(encodePacket({ ...query, destination: 'ff02::fb' })[7]).toBe(1);
    expect(encodePacket({ ...syn, destination: '224.0.0.251' })[8]).toBe(1);
    expect(encodePacket({ ...syn, ttl: 7 })[8]).toBe(7);
    expect(encodePacket({ ...query, ttl: 7 })[7]).toBe(7);
  });
});

describe('an ICMP error', () => {
  const about: UdpDatagram = { ...query, source: '10.0.0.7', destination: '10.0.0.80' };
  const error = (kind: IcmpError['error'], quoted: IcmpError['quoted'] = about): IcmpError => ({
    protocol: 'icmp',
    source: quoted.destination,
    destination: quoted.source,
    error: kind,
    quoted,
  });

  test.each([
    ['net-unreachable', [3, 0], [1, 0]],
    ['host-unreachable', [3, 1], [1, 3]],
    ['port-unreachable', [3, 3], [1, 4]],
    ['admin-prohibited', [3, 13], [1, 1]],
    ['time-exceeded', [11, 0], [3, 0]],
  ] as const)(
    '%s has type and code %j, over IPv6 %j, and quotes the packet that it complains about',
    (kind, v4, v6) => {
      expect([...encodePacket(error(kind)).subarray(20, 22)]).toEqual(v4);
      expect([...encodePacket(error(kind, query)).subarray(40, 42)]).toEqual(v6);
      expect(hexOf(encodePacket(error(kind))).slice(2 * 28)).toBe(hexOf(encodePacket(about)));
      expect(Object.keys(ICMP_ERRORS)).toContain(kind);
    },
  );

  test('quotes as much as 576 bytes hold, over IPv6 1280', () => {
    const payload = encodeText('x'.repeat(1400));
    expect(encodePacket(error('port-unreachable', { ...about, payload }))).toHaveLength(576);
    expect(encodePacket(error('port-unreachable', { ...query, payload }))).toHaveLength(1280);
  });
});

/** What the demultiplexer would be told, from the fields that say so. */
const askedOf = (headers: readonly Header[]) =>
  Object.fromEntries(
    headers.flatMap(({ fields }) =>
      fields.flatMap(({ asked, value }) => (asked === undefined ? [] : [[asked, value]])),
    ),
  );
const PROTOCOLS: Readonly<Record<Packet['protocol'], number>> = { icmp: 1, tcp: 6, udp: 17 };

describe('the fields of a header', () => {
  test('lie side by side, bit after bit, and fill it', () => {
    fc.assert(
      fc.property(packet, (sent) => {
        for (const { fields, size } of readHeaders(encodePacket(sent))) {
          let next = 0;
          for (const { offset, bits, name } of fields) {
            expect(offset, name).toBe(next);
            next += bits;
          }
          expect(next).toBe(8 * size);
        }
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('that the demultiplexer reads are the protocol and the four numbers, from the side of who receives', () => {
    fc.assert(
      fc.property(ported, (sent) => {
        const asked = askedOf(readHeaders(encodePacket(sent)));
        expect(asked).toEqual({ protocol: PROTOCOLS[sent.protocol], ...fourTupleOf(sent) });
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('of an error are asked inside what it quotes, where source is local: the receiver sent it', () => {
    fc.assert(
      fc.property(icmpError, (sent) => {
        const headers = readHeaders(encodePacket(sent));
        const { source, sourcePort, destination, destinationPort, protocol } = sent.quoted;
        expect(askedOf(headers.filter(({ isQuoted }) => isQuoted))).toEqual({
          protocol: PROTOCOLS[protocol],
          localAddress: source,
          localPort: sourcePort,
          remoteAddress: destination,
          remotePort: destinationPort,
        });
        const outside = askedOf(headers.filter(({ isQuoted }) => !isQuoted));
        expect(outside).toEqual({ protocol: sent.source.includes(':') ? 58 : 1 });
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('of options that are not spoken here are told as kind, length and data', () => {
    const bytes = encodePacket(syn);
    bytes.set([3, 3, 7, 1], 40); // window scale 7, no operation, in place of MSS
    const fields = readHeaders(bytes)[1]?.fields.slice(-4) ?? [];
    expect(fields.map(({ name, value }) => `${name} ${value}`)).toEqual([
      'option kind 3',
      'option length 3',
      'option data 07',
      'option kind 1',
    ]);
  });
});
