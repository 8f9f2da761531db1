// What to read in the socket table at a delivery: which column tells the rows apart that a packet could have meant.
// It reads the reason, it never decides. The rows: table.ts. The words: ../messages.ts.
import type { DeliveryReason } from '../../trace/scene.js';
import { messages } from '../messages.js';

const { hints } = messages.table;

/** Without a decision on this host: what the two columns of ends are. */
export function hintOf(reason: DeliveryReason | undefined): string {
  if (reason === undefined) return messages.table.hint;
  const { packet, candidates, winner } = reason;
  const { port } = packet.quoted?.source ?? packet.destination;
  const protocol = packet.quoted?.protocol ?? packet.protocol;
  const meant = candidates.filter(({ question }) => question !== 'protocol' && question !== 'local port');
  const matches = meant.filter(({ verdict }) => verdict === 'match');
  const won = meant.find(({ socket }) => socket.id === winner)?.socket;
  if (meant.length === 0) {
    const isElsewhere = candidates.some(({ field }) => field === 'local address');
    return isElsewhere ? hints.otherAddress(port) : hints.nobody(protocol, port);
  }
  if (matches.length > 1) return hints.copies(matches.length, port);
  if (won === undefined) return hints.noPeer(port);
  if (meant.length > 1 && meant.some(({ question }) => question === 'member')) return hints.equals(port);
  if (won.remote.port === 0) return protocol === 'tcp' ? hints.newcomer(port) : hints.anybody(port);
  return meant.length === 1 ? hints.only(port) : hints.same(port);
}
