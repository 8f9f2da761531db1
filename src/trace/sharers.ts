// Was the socket that a packet found one of several that share its port by SO_REUSEPORT? Asked by sentences and for
// `by: group`; the rule that matched is `listener` or `unconnected` all the same. Who shares with whom: ../demux/member.ts.
import { sharersOf } from '../demux/member.js';
import { DEMUX_RULES } from '../demux/rules.js';
import { fourTupleOf } from '../wire/packet.js';
import type { Fact } from '../world/facts.js';
import type { SocketId, World } from '../world/tables.js';

/** All of them, the socket itself among them; none if it shares with nobody, or was not looked for by a packet of its own. */
export function sharersAt(
  world: World,
  { sent: { packet }, socket, rule, device }: Extract<Fact, { kind: 'delivered' | 'refused' }>,
): readonly SocketId[] {
  const matched = DEMUX_RULES.find((each) => each.id === rule);
  if (matched === undefined || packet.protocol === 'icmp') return [];
  if (socket === undefined || !world.sockets.rows.has(socket)) return [];
  const sharers = sharersOf(world, socket, matched, fourTupleOf(packet), device);
  return sharers.length > 1 ? sharers : [];
}
