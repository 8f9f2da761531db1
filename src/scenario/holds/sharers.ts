// Was the socket that got a packet one of several that share its port by SO_REUSEPORT? Asked for `by: group`; the rule that
// matched is `listener` or `unconnected` all the same. Who shares with whom: ../../demux/member.ts.
import { sharersOf } from '../../demux/member.js';
import { DEMUX_RULES } from '../../demux/rules.js';
import { fourTupleOf } from '../../wire/packet.js';
import type { Fact as LogFact } from '../../world/facts.js';
import type { World } from '../../world/tables.js';

/** The world stands after the delivery: it makes a new socket at most, and no new listener. */
export function isOneOfSharers(
  world: World,
  { sent: { packet }, socket, rule, device }: Extract<LogFact, { kind: 'delivered' }>,
): boolean {
  const matched = DEMUX_RULES.find((each) => each.id === rule);
  if (matched === undefined || packet.protocol === 'icmp' || !world.sockets.rows.has(socket)) return false;
  return sharersOf(world, socket, matched, fourTupleOf(packet), device).length > 1;
}
