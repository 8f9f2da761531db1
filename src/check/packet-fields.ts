// The fields of a packet pattern, each asked alone: protocol, both hosts, both ports, flag or message, text, and for a
// loss its reason. Part of the nearest miss (near-miss.ts); patterns are judged in ../scenario/holds/holds.ts.
import { lastColon } from '../scenario/atoms/endpoints.js';
import type { PacketPattern, SidePattern } from '../scenario/atoms/packets.js';
import type { EventValue } from '../scenario/holds/holds.js';
import type { Fact } from '../scenario/schema/facts.js';
import { flagWord } from '../wire/notation.js';
import type { Packet } from '../wire/packet.js';
import type { Fact as LogFact } from '../world/facts.js';
import type { Evidence } from './evidence.js';
import { payloadOf, whyWord } from './log-words.js';

export interface Field {
  readonly name: string;
  readonly fits: boolean;
  readonly expected: string;
  readonly got: string;
}

const ANYWHERE: SidePattern = { place: { kind: 'any' }, ports: { kind: 'any' } };

/** The pattern that any packet of this protocol fits. */
export function anyPacket({ protocol }: Packet): PacketPattern {
  return { protocol, source: ANYWHERE, destination: ANYWHERE };
}

/** Of a packet on the wire or a loss, as the fact asks for one; none for anything else that is logged. */
export function packetFields(
  { cast }: Evidence,
  fact: Extract<EventValue, { kind: 'packet' | 'dropped' }>,
  spelt: Fact,
  log: LogFact,
  fits: (alone: EventValue) => boolean,
): readonly Field[] {
  if (!('sent' in log)) return [];
  const { packet } = log.sent;
  const widest = anyPacket(packet);
  const open: EventValue =
    fact.kind === 'packet'
      ? { ...fact, packet: widest, text: undefined }
      : { ...fact, packet: widest, why: undefined };
  if (!fits(open)) return [];
  const [protocol = '', from = '', , to = '', word] = String(spelt[fact.kind]).split(' ');
  const pattern = fact.packet;
  const ports = packet.protocol === 'icmp' ? undefined : packet;
  const side = (name: 'source' | 'destination', text: string, address: string, port: number | undefined) => [
    ...field(
      `${name} host`,
      pattern[name].place.kind === 'any' ? undefined : hostText(text),
      cast.nameOf(address),
      fits({ ...open, packet: { ...widest, [name]: { ...ANYWHERE, place: pattern[name].place } } }),
    ),
    ...field(
      `${name} port`,
      pattern[name].ports.kind === 'any' ? undefined : portText(text),
      String(port ?? 'none'),
      fits({ ...open, packet: { ...widest, [name]: { ...ANYWHERE, ports: pattern[name].ports } } }),
    ),
  ];
  const isSame = pattern.protocol === packet.protocol;
  const kind =
    packet.protocol === 'icmp' ? packet.error : packet.protocol === 'tcp' ? flagWord(packet) : 'none';
  return [
    { name: 'protocol', fits: isSame, expected: protocol, got: packet.protocol },
    ...side('source', from, packet.source, ports?.sourcePort),
    ...side('destination', to, packet.destination, ports?.destinationPort),
    ...field(
      packet.protocol === 'icmp' ? 'message' : 'flag',
      isSame ? word : undefined,
      kind,
      fits({ ...open, packet: { ...pattern, source: ANYWHERE, destination: ANYWHERE } }),
    ),
    ...(fact.kind === 'packet'
      ? field(
          'text',
          fact.text && `“${fact.text}”`,
          `“${payloadOf(packet)}”`,
          fits({ ...fact, packet: widest }),
        )
      : field('reason', fact.why, whyWord(log), fits({ ...fact, packet: widest }))),
  ];
}

/** One field, if the author asked for it. */
function field(name: string, expected: string | undefined, got: string, fits: boolean): readonly Field[] {
  return expected === undefined ? [] : [{ name, fits, expected, got }];
}

function hostText(side: string): string {
  const colon = lastColon(side);
  return colon < 0 ? side : side.slice(0, colon);
}

function portText(side: string): string {
  return side.slice(lastColon(side) + 1);
}
