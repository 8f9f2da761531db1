// On a phone only one host is seen: its head says from whom to whom the packet of this step goes, where there is room for it.
// It refuses to know the ticket, which says the same in full. Rows of heads: host-card.ts.
import type { PacketView } from '../../trace/scene.js';
import { monoWidth, sansWidth } from './measure.js';
import type { HostRow } from './picture.js';

const GAP = 14;

/** `A ● → S`; '' without a packet, or if nobody here owns one of its ends. */
function wayOf(packet: PacketView | undefined): string {
  const from = packet?.source.owner?.letter;
  const to = packet?.destination.owner?.letter;
  if (from === undefined || to === undefined) return '';
  return [from, packet?.mark, '→', to].filter((part) => part !== undefined).join(' ');
}

export function withWay(head: HostRow, packet: PacketView | undefined): HostRow {
  const aside = wayOf(packet);
  const end = head.addressX + monoWidth(head.addresses, 12);
  return end + sansWidth(aside, 11) + 2 * GAP > head.w ? head : { ...head, aside };
}
