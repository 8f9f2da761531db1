// What the run did, in one line of notation: a packet with its receiver, a loss with its reason, an error with its process,
// a row of the socket table. The world stands where the thing is read (evidence.ts).
import { DEMUX_RULES } from '../demux/rules.js';
import { dropReasonOf, isDrop } from '../scenario/holds/holds.js';
import type { EndpointView } from '../trace/scene.js';
import { viewSocket } from '../trace/views.js';
import { formatEndpoint } from '../wire/address.js';
import { decodeText } from '../wire/bytes.js';
import { formatPacket } from '../wire/notation.js';
import type { Packet } from '../wire/packet.js';
import type { Fact as LogFact } from '../world/facts.js';
import type { ProcessId, SocketId } from '../world/tables.js';
import type { Evidence } from './evidence.js';

export function logWords(evidence: Evidence, log: LogFact): string {
  switch (log.kind) {
    case 'called':
    case 'returned':
      return `${log.call} of ${processWords(evidence, log.process)} gives ${log.outcome}`;
    case 'delivered':
      return `${packetWords(evidence, log.sent.packet)} → ${socketWords(evidence, log.socket)} by ${ruleWord(log.rule)}`;
    case 'refused':
      return `${packetWords(evidence, log.sent.packet)} is refused: ${REFUSALS[log.answer]}`;
    case 'dropped':
      return `${packetWords(evidence, log.sent.packet)} is dropped: ${dropReasonOf(log)}`;
    case 'sent':
    case 'arrived':
      return packetWords(evidence, log.sent.packet);
    case 'state':
      return `${socketWords(evidence, log.socket)} ${log.from} → ${log.to}`;
    case 'told':
      return `${socketWords(evidence, log.socket)} learns of ${log.errno}`;
    case 'changed':
      return `${log.change} ${log.text}`.trim();
    case 'mapping':
      return `${log.protocol} ${formatEndpoint(log.inside.address, log.inside.port)} ↔ ${formatEndpoint(log.outside.address, log.outside.port)} is ${log.change}`;
    case 'freed':
      return `port ${log.port} is free`;
  }
}
const REFUSALS = { rst: 'RST', icmp: 'ICMP port unreachable', silence: 'no answer' } as const;

/** Why a packet went without an answer, '' for anything else. */
export function whyWord(log: LogFact): string {
  return isDrop(log) ? dropReasonOf(log) : '';
}

/** The word of expectations for a rule: `exact`, `listener` … */
export function ruleWord(rule: string): string {
  return DEMUX_RULES.find((each) => each.id === rule)?.by ?? rule;
}

/** `tcp laptop:51004 > web:80 DATA “GET /”`. */
export function packetWords({ cast }: Evidence, packet: Packet): string {
  const line = formatPacket(packet, (address) => cast.nameOf(address));
  const payload = payloadOf(packet);
  return payload === '' ? line : `${line} “${payload}”`;
}

export function payloadOf(packet: Packet): string {
  return packet.protocol === 'icmp' ? '' : decodeText(packet.payload);
}

/** `●@nginx`, `nginx` for one without a label, `●` for one without a process. */
export function socketWords({ world, cast }: Evidence, socket: SocketId): string {
  if (!world.sockets.rows.has(socket)) return 'a socket that is gone';
  const { label, process, local } = viewSocket(world, cast, socket);
  if (process === undefined) return label ?? `the connection on ${endpointWords(local)}`;
  return label === undefined ? process.name : `${label}@${process.name}`;
}

export function processWords({ world }: Evidence, process: ProcessId): string {
  return world.processes.rows.has(process) ? world.processes.name.get(process) : 'a process that is gone';
}

/** As a row of the socket table: `tcp ESTABLISHED web:80 laptop:51004 nginx`. */
export function rowWords({ world, cast }: Evidence, socket: SocketId): string {
  const { protocol, state, local, remote, process } = viewSocket(world, cast, socket);
  return `${protocol} ${state} ${endpointWords(local)} ${endpointWords(remote)} ${process?.name ?? '*'}`;
}

/** `web:80`, `*:80`, `*:*`: names of hosts where one owns the address. */
export function endpointWords({ address, port, owner }: EndpointView): string {
  const host = owner?.host ?? (address.includes(':') ? `[${address}]` : address);
  return `${host}:${port === 0 ? '*' : port}`;
}

/** Where a packet comes from: `laptop:51004`, `web` for ICMP. */
export function nameOfSource({ cast }: Evidence, packet: Packet): string {
  const host = cast.nameOf(packet.source);
  return packet.protocol === 'icmp' ? host : `${host}:${packet.sourcePort}`;
}
