// A capture as a pcapng file (IETF draft-ietf-opsawg-pcapng): one section, little-endian, raw IP, nanoseconds.
// It knows the format and nothing of the run: what is captured is capture.ts. Who writes the file: ../cli/.
import { parseAddress } from '../wire/address.js';
import { encodeText } from '../wire/bytes.js';
import { encodePacket } from '../wire/packet-bytes.js';
import type { Capture, CapturedInterface, Frame } from './capture.js';

/** Block types, §4. */
const SECTION = 0x0a0d0d0a;
const INTERFACE = 1;
const NAMES = 4;
const PACKET = 6;

/** Nobody wraps the packets: LINKTYPE_RAW, "raw IP", by the registry of tcpdump.org. */
const RAW_IP = 101;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const UNKNOWN_LENGTH = [0xffffffff, 0xffffffff];
/** Option codes, by the block that they stand in. */
const ANY = { comment: 1 } as const;
const OF_SECTION = { application: 4 } as const;
const OF_INTERFACE = { name: 2, ipv4: 4, ipv6: 5, timeResolution: 9 } as const;
const OF_PACKET = { flags: 2, number: 5 } as const;
const RECORD = { ipv4: 1, ipv6: 2 } as const;
/** Times count 10^-9 s. */
const NANOSECONDS = 9;
/** epb_flags: direction in bits 0 and 1, kind of destination in bits 2 to 4. */
const DIRECTIONS = { in: 1, out: 2 } as const;
const REACHES = { unicast: 1, multicast: 2, broadcast: 3 } as const;
const LONGEST_VALUE = 0xffff;

/** The file's bytes: the same capture and title give the same. `title` is the section's comment. */
export function pcapngOf({ interfaces, frames }: Capture, title: string): Uint8Array {
  const section = [
    ...[...u32(BYTE_ORDER_MAGIC), ...u16(1), ...u16(0), ...UNKNOWN_LENGTH.flatMap(u32)],
    ...options([ANY.comment, textOf(title)], [OF_SECTION.application, textOf('fourtuple')]),
  ];
  return joined([
    block(SECTION, section),
    block(NAMES, namesOf(interfaces)),
    ...interfaces.map((each) => block(INTERFACE, interfaceOf(each))),
    ...frames.map((frame) => packetBlock(frame, interfaces.indexOf(frame.on))),
  ]);
}

function interfaceOf({ hostName, device, addresses }: CapturedInterface): number[] {
  const known = addresses.flatMap(({ address, prefix }): Option[] => {
    const { bytes = [], family } = parseAddress(address) ?? {};
    return family === 4
      ? [[OF_INTERFACE.ipv4, [...bytes, ...maskOf(prefix)]]]
      : [[OF_INTERFACE.ipv6, [...bytes, prefix]]];
  });
  return [
    ...[...u16(RAW_IP), ...u16(0), ...u32(0)],
    ...options([OF_INTERFACE.name, textOf(`${hostName}/${device}`)], ...known, [
      OF_INTERFACE.timeResolution,
      [NANOSECONDS],
    ]),
  ];
}

/** Name records: an address and the host that has it. One address, one name: the first host's that has it. */
function namesOf(interfaces: readonly CapturedInterface[]): number[] {
  const names = new Map<string, string>();
  for (const { hostName, addresses } of interfaces)
    for (const { address } of addresses) if (!names.has(address)) names.set(address, hostName);
  const records = [...names].flatMap(([address, name]) => {
    const { bytes = [], family } = parseAddress(address) ?? {};
    return field(family === 4 ? RECORD.ipv4 : RECORD.ipv6, [...bytes, ...textOf(name), 0]);
  });
  return [...records, ...u32(0)];
}

function packetBlock(frame: Frame, place: number): Uint8Array {
  const bytes = encodePacket(frame.packet);
  const head = [...u32(place), ...timeOf(frame.at), ...u32(bytes.length), ...u32(bytes.length)];
  const known = options(
    ...frame.comments.map((comment): Option => [ANY.comment, textOf(comment)]),
    [OF_PACKET.flags, u32(DIRECTIONS[frame.direction] | (REACHES[frame.reach] << 2))],
    [OF_PACKET.number, [...u32(frame.number), ...u32(0)]],
  );
  return block(PACKET, joined([Uint8Array.from(head), padded(bytes), Uint8Array.from(known)]));
}

type Option = readonly [code: number, value: readonly number[]];

/** Code, length and value of each, and the end. */
function options(...given: readonly Option[]): number[] {
  return [...given.flatMap(([code, value]) => field(code, value)), ...u32(0)];
}

function field(code: number, value: readonly number[]): number[] {
  const kept = value.slice(0, LONGEST_VALUE);
  return [...u16(code), ...u16(kept.length), ...padded(Uint8Array.from(kept))];
}

function block(type: number, body: readonly number[] | Uint8Array): Uint8Array {
  const length = u32(body.length + 12);
  return joined([Uint8Array.from([...u32(type), ...length]), Uint8Array.from(body), Uint8Array.from(length)]);
}

function padded(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(4 * Math.ceil(bytes.length / 4));
  whole.set(bytes);
  return whole;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function textOf(text: string): number[] {
  return Array.from(encodeText(text), (character) => character.charCodeAt(0));
}

function maskOf(prefix: number): number[] {
  return [0, 8, 16, 24].map((from) => (0xff << (8 - Math.min(8, Math.max(0, prefix - from)))) & 0xff);
}

function u16(value: number): number[] {
  return [value & 0xff, (value >> 8) & 0xff];
}

function u32(value: number): number[] {
  return [...u16(value & 0xffff), ...u16(value >>> 16)];
}

/** The upper half first, each little-endian. */
function timeOf(value: number): number[] {
  return [...u32(Math.floor(value / 2 ** 32)), ...u32(value % 2 ** 32)];
}
