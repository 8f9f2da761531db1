// Four numbers that stand in TIME-WAIT are wanted again: by a SYN of the peer (RFC 9293 §3.6.1, RFC 6191), or by a call from
// here. A new connection must not be taken for the old one, so its numbers lie beyond all that the old one used.
// Timestamps (RFC 7323) are not on the wire here, so a SYN is judged by its sequence number alone, which RFC 6191 §2 falls
// back on. Differs: Linux also takes a SYN with a smaller number if its timestamp is newer; whoever calls again from the
// same host has a greater number anyway (initial-number.ts). If the SYN turns out to be old after all, nobody goes back to
// TIME-WAIT (Linux neither). Who asks: ../host/deliver.ts, ../host/local-port.ts.
import type { TcpSegment } from '../wire/packet.js';
import { distance, plus } from '../wire/sequence.js';
import type { Kernel } from '../world/kernel.js';
import { hostOf } from '../world/sockets.js';
import type { SocketId, World } from '../world/tables.js';
import { release } from './release.js';
import { rulesOf } from './rules.js';
import { connectionOf } from './send.js';

/** May this SYN open anew, or could it be a late copy from the old connection? */
export function isBeyond(world: World, waiting: SocketId, syn: TcpSegment): boolean {
  const connection = world.sockets.connection.get(waiting);
  if (!connection) return false;
  const next = world.connections.receiveNext.get(connection);
  const least = rulesOf(world, hostOf(world, waiting)).reopensBeyondNext ? 1 : 0;
  return distance(syn.sequence, next) >= least;
}

/** Ends the TIME-WAIT. Gives the initial number of the connection that takes over its four numbers. */
export function takeOver(kernel: Kernel, waiting: SocketId): number {
  const last = kernel.world.connections.sendNext.get(connectionOf(kernel, waiting));
  release(kernel, waiting);
  return plus(last, LARGEST_WINDOW + 2);
}
/** Linux (tcp_timewait_state_process): no old segment lies further on. RFC 9293 §3.6.1 asks for a larger number only. */
const LARGEST_WINDOW = 65535;
