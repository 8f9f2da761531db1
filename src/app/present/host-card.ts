// What stands inside one host's card above the transport band: its programs, and their sockets on the boundary.
// It refuses to know the tree below (tree.ts) and the funnel (funnel.ts); it hands them the foot of each socket.
// Who decides what gets a box: slots.ts.
import { addressText, type HostView, type SocketView } from '../../trace/scene.js';
import { messages } from '../messages.js';
import { clamp, monoWidth, round, sansWidth, shorten } from './measure.js';
import { hostName, socketName } from './names.js';
import type { HostRow, ProcessRow, SocketRow, TextRow, Tone } from './picture.js';
import type { Frame, Variant } from './places.js';
import { portLine, shapeOf, stateLine } from './shape.js';
import type { Group, Slot } from './slots.js';
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

/** How a thing looks at this step. */
export interface Tones {
  socket(socket: SocketView): Tone;
  process(id: number | undefined, sockets: readonly SocketView[]): Tone;
}

const LABELS = 86;
const slotKey = (host: HostView, slot: Slot): string =>
  slot.kind === 'socket' ? `socket-${slot.socket.id}` : `${host.id}-${slot.key}`;

/** Left edge and pitch of the row of boxes in a card. */
function rowOf(frame: Frame, slots: number, variant: Variant): { x: number; pitch: number; w: number } {
  const isOpen = frame.mode === 'open';
  const labels = isOpen && variant === 'full' ? LABELS : variant === 'phone' ? 10 : 16;
  const room = frame.w - labels - (isOpen ? 14 : 16);
  const widest = isOpen ? 108 : variant === 'hero' ? 92 : 102;
  const pitch = clamp(room / Math.max(1, slots), 20, widest);
  const w = Math.min(pitch - (pitch > 66 ? 9 : 4), isOpen ? 88 : 80);
  const used = pitch * slots;
  const isCentred = isOpen || variant === 'hero';
  return { x: frame.x + labels + (isCentred ? Math.max(0, (room - used) / 2) : 0), pitch, w };
}

/** How many boxes fit at a readable width. */
export function limitOf(frame: Frame, variant: Variant): number {
  const isOpen = frame.mode === 'open';
  const labels = isOpen && variant === 'full' ? LABELS : 16;
  return Math.max(2, Math.floor((frame.w - labels - 14) / (isOpen ? (variant === 'phone' ? 66 : 62) : 70)));
}

function headOf(frame: Frame, variant: Variant): HostRow {
  const { host, mode, layers } = frame;
  const size = variant === 'phone' ? 14.5 : 14;
  const aside = mode === 'open' && variant === 'full' && frame.w > 420 ? messages.stage.lookingInside : '';
  const titleX = 40;
  const room = frame.w - titleX - 16 - sansWidth(aside, 11);
  const title = shorten(host.name, room, (text) => sansWidth(text, size));
  const addressX = titleX + sansWidth(title, size) + 12;
  const left = frame.w - addressX - 12 - sansWidth(aside, 11);
  const addresses = host.addresses.join(' ');
  return {
    key: `host-${host.id}`,
    id: host.id,
    name: hostName(host),
    title,
    titleX,
    addresses: left > 60 ? shorten(addresses, left, (text) => monoWidth(text, 12)) : '',
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

function processRow(
  frame: Frame,
  group: Group,
  x: number,
  w: number,
  tones: Tones,
  variant: Variant,
): ProcessRow {
  const { host, layers } = frame;
  const sockets = group.slots.flatMap((slot) =>
    slot.kind === 'socket' ? [slot.socket] : slot.kind === 'more' ? slot.sockets : [],
  );
  const pid = group.process === undefined ? '' : messages.stage.pid(group.process.pid);
  const name = group.process?.name ?? messages.stage.groupTitle(group.title, sockets.length);
  const size = group.process === undefined ? 11.5 : 12.5;
  const isWide = w > sansWidth(name, size) + monoWidth(pid, 10.5) + 30;
  const detail = variant === 'hero' || !isWide ? '' : pid;
  const anchor = variant === 'hero' ? 'middle' : 'start';
  return {
    key: `${host.id}-${group.key}`,
    id: group.process?.id,
    host: host.id,
    name: group.process === undefined ? name : messages.stage.processName(name, group.process.pid, host.name),
    title: shorten(name, w - 14, (text) => sansWidth(text, size)),
    titleX: anchor === 'middle' ? round(w / 2) : 11,
    titleY: frame.mode === 'open' && variant === 'full' ? 19 : round(layers.processH / 2 + 4.5),
    anchor,
    detail,
    tone: tones.process(group.process?.id, sockets),
    isGhost: group.process === undefined,
    x: round(x),
    y: round(frame.y + layers.processY),
    w: round(w),
    h: layers.processH,
  };
}

function socketRow(frame: Frame, slot: Slot, x: number, w: number, tones: Tones): SocketRow {
  const { host, layers } = frame;
  const box = { x: round(x), y: round(frame.y + layers.socketY), w: round(w), h: layers.socketH };
  const common = { key: slotKey(host, slot), host: host.id, hue: host.owner.hue, ...box };
  if (slot.kind === 'empty') {
    const text = w < 74 ? messages.stage.noSocketShort : messages.stage.noSocket;
    return {
      ...common,
      id: undefined,
      name: messages.stage.noSocket,
      shape: 'ghost',
      mark: undefined,
      port: '',
      state: text,
      ep: '',
      tone: 'quiet',
    };
  }
  if (slot.kind === 'more') {
    const text = messages.stage.more(slot.sockets.length);
    return {
      ...common,
      id: undefined,
      name: messages.stage.moreName(slot.sockets.length, host.name),
      shape: 'more',
      mark: undefined,
      port: text,
      state: messages.stage.others,
      ep: '',
      tone: 'quiet',
    };
  }
  const { socket } = slot;
  return {
    ...common,
    id: socket.id,
    name: socketName(socket, host),
    shape: shapeOf(socket),
    mark: socket.mark,
    port: portLine(socket),
    state: slot.isGone ? messages.stage.gone : stateLine(socket),
    ep: `${addressText(socket.local.address)}:${socket.local.port}`,
    tone: slot.isGone ? 'gone' : tones.socket(socket),
  };
}

/** A slim card shows its sockets behind its name, as many as fit. */
function slimSockets(frame: Frame, host: HostRow, groups: readonly Group[], tones: Tones): SocketRow[] {
  const rows: SocketRow[] = [];
  let x = frame.x + host.addressX + monoWidth(host.addresses, 12) + 18;
  for (const slot of groups.flatMap(({ slots }) => slots)) {
    if (slot.kind === 'empty') continue;
    const sockets = slot.kind === 'socket' ? [slot.socket] : slot.sockets;
    const text = slot.kind === 'socket' ? portLine(slot.socket) : messages.stage.more(sockets.length);
    const w = monoWidth(text, 11.5) + (sockets[0]?.mark === undefined ? 16 : 30);
    if (x + w > frame.x + frame.w - 12) break;
    rows.push(socketRow(frame, slot, x, w, tones));
    x += w + 12;
  }
  return rows;
}

export function cardOf(frame: Frame, groups: readonly Group[], tones: Tones, variant: Variant): Card {
  const host = headOf(frame, variant);
  if (frame.mode === 'mini')
    return { host, processes: [], sockets: slimSockets(frame, host, groups, tones), texts: [], feet: [] };
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
