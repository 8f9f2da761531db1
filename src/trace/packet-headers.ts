// The headers of the packet that a step is about, bit by bit, with the owner of every address and port: what a header
// inspector shows. Bytes and fields come from the encoder's own tables (../wire/read-headers.ts); nothing is decided here.
import { parseAddress } from '../wire/address.js';
import type { Field } from '../wire/header.js';
import type { Packet } from '../wire/packet.js';
import { encodePacket } from '../wire/packet-bytes.js';
import { type Header, readHeaders } from '../wire/read-headers.js';
import type { HostId } from '../world/tables.js';
import type { Cast } from './cast.js';
import { packetOfStep } from './read-scene.js';
import type { RecordedStep } from './recording.js';
import type { EndpointView, Owner, PacketView } from './scene.js';
import { viewPacket } from './views.js';

export interface FieldView extends Field {
  /** Its digits, one for every four bits. */
  readonly hex: string;
  /** Of an address or a port: the host that the number belongs to. */
  readonly owner: Owner | undefined;
  /** What stood here before the last router; undefined if the same. Checksums follow from the rest and are not told. */
  readonly was: Field['value'] | undefined;
  /** Of an address or a port that was written anew: whose number it was. */
  readonly wasOwner: Owner | undefined;
}

export interface HeaderView extends Omit<Header, 'fields'> {
  readonly fields: readonly FieldView[];
}

export interface PacketHeaders {
  readonly packet: PacketView;
  /** From the outside in; behind an ICMP header those that it quotes. */
  readonly headers: readonly HeaderView[];
  /** The whole packet. */
  readonly bytes: Uint8Array;
}

/** Undefined if the step is about no packet. */
export function headersOfStep(cast: Cast, step: RecordedStep): PacketHeaders | undefined {
  const about = packetOfStep(step);
  if (about === undefined) return undefined;
  const { sent, toHost } = about;
  const view = viewPacket(cast, sent, toHost);
  const bytes = encodePacket(sent.packet);
  const outer = { source: view.source, destination: view.destination };
  const quoted = sent.packet.protocol === 'icmp' ? endsOf(cast, sent.packet.quoted, sent.host) : outer;
  const before = sent.passage === undefined ? [] : readHeaders(encodePacket(sent.passage.before));
  const headers = readHeaders(bytes).map(
    (header, index): HeaderView => ({
      ...header,
      fields: header.fields.map((field) => ({
        ...field,
        hex: hexOf(field),
        owner: ownerOf(field, header.isQuoted ? quoted : outer),
        was: formerValue(field, before[index]),
        wasOwner: ownerOf(field, { source: view.was?.source, destination: view.was?.destination }),
      })),
    }),
  );
  return { packet: view, headers, bytes };
}

function formerValue({ name, value }: Field, before: Header | undefined): Field['value'] | undefined {
  if (name === 'checksum') return undefined;
  const old = before?.fields.find((each) => each.name === name)?.value;
  return old === value ? undefined : old;
}

interface Ends {
  readonly source: EndpointView | undefined;
  readonly destination: EndpointView | undefined;
}

function endsOf(cast: Cast, { source, destination }: Packet, at: HostId): Ends {
  return { source: cast.endpoint(source, 0, at), destination: cast.endpoint(destination, 0, at) };
}

function ownerOf({ name }: Field, { source, destination }: Ends): Owner | undefined {
  if (name === 'source' || name === 'source port') return source?.owner;
  return name === 'destination' || name === 'destination port' ? destination?.owner : undefined;
}

function hexOf({ value, bits }: Field): string {
  const digits = Math.ceil(bits / 4);
  if (typeof value === 'number') return value.toString(16).padStart(digits, '0');
  const address = parseAddress(value); // option data is hex already
  if (address === undefined) return value;
  return address.bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
