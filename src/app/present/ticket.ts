// Packets as things one can hold: a ticket with a notch for TCP, a postcard for UDP, torn for RST, a road sign for ICMP
// with a small copy of the header that it complains about: an error has no ports of its own.
// At a host's door it is unfolded to all four numbers; on the wire it shows the two ports.
// It refuses to know where it stands: stage.ts places it.
import type { EndpointView, PacketView } from '../../trace/scene.js';
import { type ChipBox, chipBox, chipOf, fittedChip, portChipOf } from './chip.js';
import { monoWidth, round, shorten } from './measure.js';
import { packetName } from './names.js';
import type { QuoteBox, TicketRow } from './picture.js';

type Shape = Omit<TicketRow, 'x' | 'y' | 'tone' | 'heading'>;

export function shapeOfPacket(packet: PacketView): 'segment' | 'datagram' | 'rst' | 'icmp' {
  if (packet.protocol === 'icmp') return 'icmp';
  if (packet.protocol === 'udp') return 'datagram';
  return packet.flags.split(' ').includes('RST') ? 'rst' : 'segment';
}

function tabOf(packet: PacketView): TicketRow['tab'] {
  if (packet.flags === '') return undefined;
  const width = round(monoWidth(packet.flags, 10) + 14);
  return { text: packet.flags, width, isOutlined: packet.flags.split(' ').includes('FIN') };
}

const isSign = (packet: PacketView): boolean => packet.protocol === 'icmp';

function base(packet: PacketView): Pick<Shape, 'key' | 'name' | 'shape' | 'tab'> {
  return {
    key: `packet-${packet.id}`,
    name: packetName(packet),
    shape: shapeOfPacket(packet),
    tab: tabOf(packet),
  };
}

const textX = (packet: PacketView): number => (packet.protocol === 'icmp' ? 40 : 16);

/** The ports that an error quotes, small: in one line or one above the other, with its left edge at `x` and middle at `y`. */
function copyOf({ quoted }: PacketView, x: number, y: number, isInLine: boolean): QuoteBox | undefined {
  if (quoted === undefined) return undefined;
  const [one, other] = [quoted.source, quoted.destination].map((end) => chipBox(portChipOf(end), 10, 16));
  if (one === undefined || other === undefined) return undefined;
  const w = 10 + (isInLine ? one.width + 8 + other.width : Math.max(one.width, other.width));
  const h = isInLine ? 24 : 44;
  const second = isInLine ? { x: x + 13 + one.width, y: y - 8 } : { x: x + 5, y: y + 2 };
  return {
    ...{ x, y: y - h / 2, w: round(w), h },
    chips: [
      { x: x + 5, y: y - (isInLine ? 8 : 18), chip: one },
      { x: round(second.x), y: second.y, chip: other },
    ],
  };
}

/** All four numbers in one line and what it carries, no wider than `room`. */
export function unfolded(packet: PacketView, room: number): Shape {
  const h = 42;
  const x = textX(packet);
  const space = room - x - 31 - 14;
  const [source, destination] = pairOf(packet, 12, 22, space);
  const w = x + source.width + 31 + destination.width + 14;
  const destinationX = x + source.width + 31;
  const left = room - w - 12;
  const isSaid = left > 30 && !isSign(packet);
  const said = isSaid ? shorten(packet.payload, left, (text) => monoWidth(text, 11.5)) : '';
  const whole = copyOf(packet, round(w), h / 2, true);
  const copy = whole !== undefined && whole.w <= left ? whole : undefined;
  const width = w + (said === '' ? 0 : monoWidth(said, 11.5) + 12) + (copy === undefined ? 0 : copy.w + 10);
  return {
    ...base(packet),
    // What there is no room for stands in the name.
    ...(said === packet.payload ? {} : { name: `${packetName(packet)} ${packet.payload}`.trim() }),
    w: round(Math.max(width, 150)),
    h,
    chips: [
      { x, y: 10, chip: source },
      { x: round(destinationX), y: 10, chip: destination },
    ],
    arrow: { x: round(x + source.width + 15.5), y: 21 },
    text: said === '' ? undefined : { x: round(destinationX + destination.width + 12), y: 25, lines: [said] },
    sign: isSign(packet) ? { x: 20, y: h / 2 } : undefined,
    copy,
  };
}

/** Both ends in `space` pixels together: each has half, and what the shorter one leaves. If one gives up its address, so does the other. */
function pairOf(
  packet: PacketView,
  size: number,
  height: number,
  space: number,
): readonly [ChipBox, ChipBox] {
  const { source, destination } = packet;
  const wide = (end: EndpointView): number => chipBox(chipOf(end), size, height).width;
  const half = space / 2;
  const chips = [
    fittedChip(source, size, height, Math.max(half, space - wide(destination))),
    fittedChip(destination, size, height, Math.max(half, space - wide(source))),
  ] as const;
  const isBare = chips.some(({ address }) => address === '');
  return isBare && chips.some(({ address }) => address !== '')
    ? [chipBox(portChipOf(source), size, height), chipBox(portChipOf(destination), size, height)]
    : chips;
}

/** Road sign and small copy; what is wrong stands on the tab. */
function sign(packet: PacketView): Shape {
  const h = 58;
  const copy = copyOf(packet, 40, h / 2 + 2, false);
  const tab = tabOf(packet)?.width ?? 0;
  return {
    ...base(packet),
    w: round(Math.max(40 + (copy?.w ?? 0) + 8, tab + 12)),
    h,
    chips: [],
    arrow: undefined,
    text: undefined,
    sign: { x: 21, y: h / 2 + 2 },
    copy,
  };
}

/** The two ports, one above the other, for the narrow gap between the cards. */
export function folded(packet: PacketView): Shape {
  return twoLines(packet, (end) => chipBox(portChipOf(end), 12, 20));
}

/** All four numbers, one end above the other, no wider than `room`. */
export function stacked(packet: PacketView, room: number): Shape {
  return twoLines(packet, (end) => fittedChip(end, 11.5, 20, room - 26));
}

/** The source above the destination, each as `chip` shows it. */
function twoLines(packet: PacketView, chip: (end: EndpointView) => ChipBox): Shape {
  if (isSign(packet)) return sign(packet);
  const source = chip(packet.source);
  const destination = chip(packet.destination);
  const x = 14;
  return {
    ...base(packet),
    w: round(Math.max(source.width, destination.width) + x + 12),
    h: 58,
    chips: [
      { x, y: 8, chip: source },
      { x, y: 31, chip: destination },
    ],
    arrow: undefined,
    text: undefined,
    sign: undefined,
    copy: undefined,
  };
}

/** The two ports in one line, where the gap is wide. */
export function flat(packet: PacketView): Shape {
  if (isSign(packet)) return sign(packet);
  const source = chipBox(portChipOf(packet.source), 12, 22);
  const destination = chipBox(portChipOf(packet.destination), 12, 22);
  const x = textX(packet);
  const destinationX = x + source.width + 27;
  return {
    ...base(packet),
    w: round(destinationX + destination.width + 12),
    h: 38,
    chips: [
      { x, y: 8, chip: source },
      { x: round(destinationX), y: 8, chip: destination },
    ],
    arrow: { x: round(x + source.width + 13.5), y: 19 },
    text: undefined,
    sign: undefined,
    copy: undefined,
  };
}
