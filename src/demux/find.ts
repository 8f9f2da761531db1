// The lookup: which socket a packet belongs to, by the rules in order, each one question to a hash table.
// Three questions are kept apart: which rule matches (here), which of several equal sockets (member.ts), and whether it is
// willing (../tcp/receive.ts). Why it is so, socket by socket: explain.ts.
import type { FourTuple, Protocol } from '../wire/packet.js';
import type { HostId, SocketId, World } from '../world/tables.js';
import { hears, pickMember } from './member.js';
import { DEMUX_RULES, type DemuxRule, type RuleId } from './rules.js';

export interface Found {
  readonly socket: SocketId;
  readonly rule: RuleId;
}

/**
 * The socket of `host` that gets a unicast packet with this four-tuple, and the rule that found it; undefined if none.
 * `device`: the interface it came in by. Reads only. At most one hash probe run per rule.
 */
export function findSocket(
  world: World,
  host: HostId,
  protocol: Protocol,
  tuple: FourTuple,
  device = '',
  rules: readonly DemuxRule[] = DEMUX_RULES,
): Found | undefined {
  if (tuple.localPort === 0) return undefined; // port 0 is nobody's
  const local = world.memory.code(tuple.localAddress);
  const remote = world.memory.code(tuple.remoteAddress);
  const table = protocol === 'tcp' ? world.tcpByTuple : world.udpByTuple;
  for (const rule of rules) {
    if (rule.protocol !== protocol) continue;
    const localKey = rule.local === 'any' ? 0 : local;
    const remoteKey = rule.remote === 'any' ? 0 : remote;
    if (localKey === undefined || remoteKey === undefined) continue; // an address that no socket ever held
    const ports = portsKey(tuple.localPort, rule.remote === 'same' ? tuple.remotePort : 0);
    const first = table.first(host, localKey, remoteKey, ports);
    if (!first) continue;
    const isAlone = !table.next(first); // nearly always: no list is made for it
    const socket = isAlone
      ? hears(world, first, tuple, device) && first
      : pickMember(world, host, table.of(host, localKey, remoteKey, ports), rule, tuple, device);
    if (socket) return { socket, rule: rule.id };
  }
  return undefined;
}

/** Both ports in one cell, as `sockets.ports` keeps them: local in the upper half. */
export function portsKey(localPort: number, remotePort: number): number {
  return ((localPort << 16) | remotePort) >>> 0;
}
