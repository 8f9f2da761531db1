// What stands inside one host's card above the transport band: its programs, and their sockets on the boundary.
// It refuses to know the tree below (tree.ts) and the funnel (funnel.ts); it hands them the foot of each socket.
// Who decides what gets a box: slots.ts.
import type { SocketView } from '../../trace/scene.js';
import { messages } from '../messages.js';
import { processRow, socketRow, type Tones } from './card-rows.js';
import { clamp, monoWidth, round, sansWidth, shorten, shortenMiddle } from './measure.js';
import { hostName } from './names.js';
import type { HostRow, ProcessRow, SocketRow, TextRow } from './picture.js';
import type { Frame, Variant } from './places.js';
import { slimRows } from './slim-card.js';
import type { Group } from './slots.js';
import { isOnlyRouter } from './translation.js';

/** Where a socket's branch begins: under the middle of its box. */
export interface Foot {
  readonly x: number;
  readonly y: number;
  readonly slot: string;
  readonly socket: SocketView;
  /** Several sockets may share the box. */
  readonly isFolded: boolean;
}

export interface Card {
  readonly host: HostRow;
  readonly processes: readonly ProcessRow[];
  readonly sockets: readonly SocketRow[];
  readonly texts: readonly TextRow[];
  readonly feet: readonly Foot[];
}

const { layers, tree } = messages.stage;
const BESIDE = [layers.processes, layers.sockets, layers.transport, layers.demultiplexer];
const ASKED = [tree.whose, tree.whoseHint, tree.port, tree.portHint, tree.protocol, tree.protocolHint];
/** Room for the names of layers and questions, whatever their language. */
const LABELS = Math.max(86, ...[...BESIDE, ...ASKED].map((words) => Math.ceil(16 + sansWidth(words, 9.5))));

/** Left edge and pitch of the row of boxes in a card. */
function rowOf(frame: Frame, slots: number, variant: Variant): { x: number; pitch: number; w: number } {
  const isOpen = frame.mode === 'open';
  const { labels, room } = roomOf(frame, variant);
  const widest = isOpen ? 108 : variant === 'hero' ? 92 : 102;
  const pitch = clamp(room / Math.max(1, slots), Math.min(NARROWEST, room / 2), widest);
  const w = Math.min(pitch - (pitch > 71 ? 9 : 4), isOpen ? 88 : 80);
  const used = pitch * slots;
  const isCentred = isOpen || variant === 'hero';
  return { x: frame.x + labels + (isCentred ? Math.max(0, (room - used) / 2) : 0), pitch, w };
}

/** The narrowest pitch: a box in which a conversation's sign and a port of five digits can be read. */
const NARROWEST = 62;

/** How many boxes fit at a readable width; at least two. */
export function limitOf(frame: Frame, variant: Variant): number {
  return Math.max(2, Math.floor(roomOf(frame, variant).room / NARROWEST));
}

function roomOf(frame: Frame, variant: Variant): { readonly labels: number; readonly room: number } {
  const isOpen = frame.mode === 'open';
  const labels = isOpen && variant === 'full' ? LABELS : variant === 'phone' ? 10 : 16;
  return { labels, room: frame.w - labels - (isOpen ? 14 : 16) };
}

/** As many addresses as there is room for; one that does not fit keeps both its ends. The accessible name has them all. */
function addressesIn(addresses: readonly string[], room: number): string {
  const widthOf = (text: string): number => monoWidth(text, 12);
  const whole = addresses.join(' ');
  if (widthOf(whole) <= room) return whole;
  const rest = addresses.length > 1 ? ' …' : '';
  return `${shortenMiddle(addresses[0] ?? '', room - widthOf(rest), widthOf)}${rest}`;
}

function headOf(frame: Frame, variant: Variant): HostRow {
  const { host, mode, layers } = frame;
  const size = variant === 'phone' ? 14.5 : 14;
  const aside = mode === 'open' && variant === 'full' && frame.w > 420 ? messages.stage.lookingInside : '';
  const titleX = 40;
  const kept = aside === '' ? 0 : sansWidth(aside, 11) + 12;
  const room = frame.w - titleX - 16 - kept;
  const title = shorten(host.name, room, (text) => sansWidth(text, size));
  const addressX = titleX + sansWidth(title, size) + 12;
  const left = frame.w - addressX - 12 - kept;
  return {
    key: `host-${host.id}`,
    id: host.id,
    name: hostName(host),
    title,
    titleX,
    addresses: left > 60 ? addressesIn(host.addresses, left) : '',
    addressX: round(addressX),
    hue: host.owner.hue,
    letter: host.owner.letter,
    mode,
    isRouter: host.router !== undefined,
    band:
      mode === 'mini' || (mode === 'open' && isOnlyRouter(host))
        ? undefined
        : { top: layers.bandTop, bottom: layers.bandBottom },
    aside,
    x: round(frame.x),
    y: round(frame.y),
    w: round(frame.w),
    h: round(frame.h),
  };
}

export function cardOf(frame: Frame, groups: readonly Group[], tones: Tones, variant: Variant): Card {
  const host = headOf(frame, variant);
  if (frame.mode === 'mini') return { host, ...slimRows(frame, host, groups, tones), texts: [], feet: [] };
  const count = groups.reduce((sum, group) => sum + group.slots.length, 0);
  const row = rowOf(frame, count, variant);
  const inset = (row.pitch - row.w) / 2;
  const footY = frame.y + frame.layers.socketY + frame.layers.socketH + 2;
  const processes: ProcessRow[] = [];
  const sockets: SocketRow[] = [];
  const texts: TextRow[] = [];
  const feet: Foot[] = [];
  let index = 0;
  for (const group of groups) {
    const reach = Math.min(3, inset - 1);
    const from = row.x + index * row.pitch + inset - reach;
    const w = group.slots.length * row.pitch - inset * 2 + reach * 2;
    processes.push(processRow(frame, group, from, w, tones, variant));
    for (const slot of group.slots) {
      const x = row.x + index * row.pitch + inset;
      const box = socketRow(frame, slot, x, row.w, tones);
      sockets.push(box);
      const held = slot.kind === 'socket' ? [slot.socket] : slot.kind === 'more' ? slot.sockets : [];
      for (const socket of held) {
        feet.push({
          x: round(x + row.w / 2),
          y: footY,
          slot: box.key,
          socket,
          isFolded: slot.kind === 'more',
        });
      }
      const [socket] = held;
      if (
        slot.kind === 'socket' &&
        socket?.descriptor !== undefined &&
        frame.mode === 'open' &&
        variant === 'full'
      ) {
        texts.push({
          key: `fd-${socket.id}`,
          x: round(x + row.w / 2),
          y: round(frame.y + frame.layers.processY + 37),
          text: messages.stage.descriptor(socket.descriptor),
          role: tones.socket(socket) === 'now' ? 'descriptor now' : 'descriptor',
          anchor: 'middle',
        });
      }
      index += 1;
    }
  }
  return { host, processes, sockets, texts, feet };
}
