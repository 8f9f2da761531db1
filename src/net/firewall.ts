// What a host does not let in: packets that fit a pattern vanish without an answer. Silence is not refusal: nobody is told.
import type { Packet, Protocol } from '../wire/packet.js';
import type { HostId } from '../world/tables.js';

/** One side of a pattern: an address, or any; a range of ports, or any. */
export interface SidePattern {
  readonly address: string | undefined;
  readonly ports: { readonly low: number; readonly high: number } | undefined;
}
export interface BlockRule {
  readonly host: HostId;
  readonly protocol: Protocol | 'icmp';
  readonly source: SidePattern;
  readonly destination: SidePattern;
}

export function isBlocked(rules: readonly BlockRule[], host: HostId, packet: Packet): boolean {
  return rules.some(
    (rule) =>
      rule.host === host &&
      rule.protocol === packet.protocol &&
      fits(rule.source, packet.source, packet.protocol === 'icmp' ? 0 : packet.sourcePort) &&
      fits(rule.destination, packet.destination, packet.protocol === 'icmp' ? 0 : packet.destinationPort),
  );
}

function fits(side: SidePattern, address: string, port: number): boolean {
  if (side.address !== undefined && side.address !== address) return false;
  return side.ports === undefined || (port >= side.ports.low && port <= side.ports.high);
}
