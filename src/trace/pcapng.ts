// A capture as a pcapng file (IETF draft-ietf-opsawg-pcapng): one section, little-endian, raw IP, nanoseconds.
// It knows what stands in which block and nothing of the run: what is captured is capture.ts, how blocks are laid out
// block-writer.ts. Who writes the file: ../cli/.
import { parseAddress } from '../wire/address.js';
import { encodeText } from '../wire/bytes.js';
import { encodePacket } from '../wire/packet-bytes.js';
import { BlockWriter } from './block-writer.js';
import type { Capture, CapturedInterface, Frame } from './capture.js';

/** Block types, §4. */
const SECTION = 0x0a0d0d0a;
const INTERFACE = 1;
const NAMES = 4;
const PACKET = 6;

/** Nobody wraps the packets: LINKTYPE_RAW, "raw IP", by the registry of tcpdump.org. */
const RAW_IP = 101;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const UNKNOWN_LENGTH = 0xffffffff;
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

/** The file's bytes: the same capture and title give the same. `title` is the section's comment. */
export function pcapngOf({ interfaces, frames }: Capture, title: string): Uint8Array {
  const writer = new BlockWriter();
  writer.block(SECTION, () => {
    writer.u32(BYTE_ORDER_MAGIC);
    writer.u16(1); // version 1.0
    writer.u16(0);
    for (let half = 0; half < 2; half++) writer.u32(UNKNOWN_LENGTH);
    writer.option(ANY.comment, title);
    writer.option(OF_SECTION.application, 'fourtuple');
    writer.endOfOptions();
  });
  writer.block(NAMES, () => writeNames(writer, interfaces));
  for (const each of interfaces) writer.block(INTERFACE, () => writeInterface(writer, each));
  const places = new Map(interfaces.map((each, place) => [each, place]));
  for (const frame of frames)
    writer.block(PACKET, () => writePacket(writer, frame, places.get(frame.on) ?? 0));
  return writer.file();
}

function writeInterface(writer: BlockWriter, { hostName, device, addresses }: CapturedInterface): void {
  writer.u16(RAW_IP);
  writer.u16(0);
  writer.u32(0); // nothing is cut
  writer.option(OF_INTERFACE.name, `${hostName}/${device}`);
  for (const { address, prefix } of addresses) {
    const { bytes = [], family } = parseAddress(address) ?? {};
    if (family === 4) writer.option(OF_INTERFACE.ipv4, [...bytes, ...maskOf(prefix)]);
    else writer.option(OF_INTERFACE.ipv6, [...bytes, prefix]);
  }
  writer.option(OF_INTERFACE.timeResolution, [NANOSECONDS]);
  writer.endOfOptions();
}

/** An address and the host that has it. One address, one name: the first host's that has it. Records look like options. */
function writeNames(writer: BlockWriter, interfaces: readonly CapturedInterface[]): void {
  const names = new Map<string, string>();
  for (const { hostName, addresses } of interfaces)
    for (const { address } of addresses) if (!names.has(address)) names.set(address, hostName);
  for (const [address, name] of names) {
    const { bytes = [], family } = parseAddress(address) ?? {};
    const text = Array.from(encodeText(name), (character) => character.charCodeAt(0));
    writer.option(family === 4 ? RECORD.ipv4 : RECORD.ipv6, [...bytes, ...text, 0]);
  }
  writer.endOfOptions();
}

function writePacket(writer: BlockWriter, frame: Frame, place: number): void {
  const bytes = encodePacket(frame.packet);
  writer.u32(place);
  writer.u32(Math.floor(frame.at / 2 ** 32)); // the upper half first
  writer.u32(frame.at % 2 ** 32);
  writer.u32(bytes.length);
  writer.u32(bytes.length);
  writer.raw(bytes);
  for (const comment of frame.comments) writer.option(ANY.comment, comment);
  writer.option(OF_PACKET.flags, DIRECTIONS[frame.direction] | (REACHES[frame.reach] << 2));
  writer.longOption(OF_PACKET.number, frame.number);
  writer.endOfOptions();
}

function maskOf(prefix: number): number[] {
  return [0, 8, 16, 24].map((from) => (0xff << (8 - Math.min(8, Math.max(0, prefix - from)))) & 0xff);
}
