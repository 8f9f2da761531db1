// Which conversation a packet belongs to: its socket's; that of what it answers (RST, ICMP errors, datagrams of a socket
// with many peers); or, where a NAT has written that anew, that of the row.
import { endsOf, type Packet } from '../wire/packet.js';
import { findFlow } from '../world/flows.js';
import type { Kernel } from '../world/kernel.js';
import type { ConversationId, HostId, SocketId } from '../world/tables.js';

export function conversationOfPacket(
  { world, log }: Kernel,
  host: HostId,
  packet: Packet,
  socket: SocketId | undefined,
): ConversationId | undefined {
  const { sockets } = world;
  const own = socket !== undefined && sockets.rows.has(socket) ? sockets.conversation.get(socket) : 0;
  if (own) return own;
  const answered = log.lastArrival(host, (each) => isAnswer(packet, each))?.conversation;
  if (answered !== undefined || packet.protocol === 'icmp') return answered;
  const found = findFlow(world, host, packet.protocol, endsOf(packet));
  return (found && world.flows.conversation.get(found.flow)) || undefined;
}

/** Does `answer` go back to where `packet` came from? */
function isAnswer(answer: Packet, packet: Packet): boolean {
  if (packet.protocol === 'icmp') return false;
  const about = answer.protocol === 'icmp' ? answer.quoted : undefined;
  if (about !== undefined) return about === packet;
  if (answer.protocol === 'icmp' || answer.protocol !== packet.protocol) return false;
  return (
    answer.destination === packet.source &&
    answer.destinationPort === packet.sourcePort &&
    answer.sourcePort === packet.destinationPort
  );
}
