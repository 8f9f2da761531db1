// Random packets of every kind, for properties about bytes. All ports, numbers, flags and payload, both families.
import fc from 'fast-check';
import { formatAddress } from '../../src/wire/address.js';
import type { Bytes } from '../../src/wire/bytes.js';
import { ICMP_ERRORS } from '../../src/wire/icmp-bytes.js';
import { ttlTowards } from '../../src/wire/ip-bytes.js';
import type { IcmpError, IcmpErrorKind, Packet, TcpSegment, UdpDatagram } from '../../src/wire/packet.js';

const byte = fc.nat(255);
const port = fc.nat(65_535);
const word = fc.nat(0xffff_ffff);
const v4 = fc.array(byte, { minLength: 4, maxLength: 4 }).map(formatAddress);
// The first byte keeps it from being a mapped address, which travels as IPv4.
const v6 = fc.array(byte, { minLength: 15, maxLength: 15 }).map((rest) => formatAddress([0x20, ...rest]));
// What a packet that says nothing has comes back as nothing: ttlTowards.
const addressed = fc
  .tuple(
    fc.oneof(fc.record({ source: v4, destination: v4 }), fc.record({ source: v6, destination: v6 })),
    fc.integer({ min: 1, max: 255 }),
  )
  .map(([ends, ttl]) => (ttl === ttlTowards(ends.destination) ? ends : { ...ends, ttl }));
const payload = fc
  .oneof(fc.array(byte, { maxLength: 3 }), fc.array(byte, { maxLength: 1_500 }))
  .map((bytes) => String.fromCharCode(...bytes) as Bytes);
const ports = fc.record({ sourcePort: port, destinationPort: port, payload });

const segment: fc.Arbitrary<TcpSegment> = fc
  .record(
    { sequence: word, acknowledgment: word, flags: byte, window: port, mss: port },
    { requiredKeys: ['sequence', 'acknowledgment', 'flags', 'window'] },
  )
  .chain((rest) =>
    fc.tuple(addressed, ports).map(([a, b]) => ({ protocol: 'tcp' as const, ...a, ...b, ...rest })),
  );
const datagram: fc.Arbitrary<UdpDatagram> = fc
  .tuple(addressed, ports)
  .map(([a, b]) => ({ protocol: 'udp' as const, ...a, ...b }));
export const ported: fc.Arbitrary<TcpSegment | UdpDatagram> = fc.oneof(segment, datagram);
export const icmpError: fc.Arbitrary<IcmpError> = fc
  .tuple(ported, fc.constantFrom(...(Object.keys(ICMP_ERRORS) as IcmpErrorKind[])))
  .map(([quoted, error]) => ({
    protocol: 'icmp' as const,
    source: quoted.destination,
    destination: quoted.source,
    error,
    quoted,
  }));
export const packet: fc.Arbitrary<Packet> = fc.oneof(segment, datagram, icmpError);
