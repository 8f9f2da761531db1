// A slim card: sockets in one line, each program as a small card around its own; where there is only a head they stand
// behind the name. What does not fit is counted at the end of the line.
// Who makes the rest of a card: host-card.ts. The rows themselves: card-rows.ts.
import type { SocketView } from '../../trace/scene.js';
import { messages } from '../messages.js';
import { processRow, socketRow, type Tones } from './card-rows.js';
import { SLIM } from './heights.js';
import { monoWidth, sansWidth, shorten } from './measure.js';
import type { HostRow, ProcessRow, SocketRow } from './picture.js';
import type { Frame } from './places.js';
import { portLine } from './shape.js';
import type { Group, Slot } from './slots.js';

const GAP = 8;
const PAD = 8;
/** A program's name is cut at this width; its accessible name is whole. */
const WIDEST_NAME = 92;
const NARROWEST_NAME = 34;
/** Room for the count of those who do not fit. */
const COUNT = 52;

const socketsIn = (slots: readonly Slot[]): readonly SocketView[] =>
  slots.flatMap((slot) =>
    slot.kind === 'socket' ? [slot.socket] : slot.kind === 'more' ? slot.sockets : [],
  );
const countOf = (slots: readonly Slot[]): number => socketsIn(slots).length;
const allIn = (slots: readonly Slot[], key: string): Slot => ({
  kind: 'more',
  key,
  sockets: socketsIn(slots),
});

function widthOf(slot: Slot): number {
  if (slot.kind === 'empty') return 0;
  const isMarked = slot.kind === 'socket' && slot.socket.mark !== undefined;
  const text = slot.kind === 'socket' ? portLine(slot.socket) : messages.stage.more(slot.sockets.length);
  return monoWidth(text, 11.5) + (isMarked ? 30 : 16);
}

/** As many slots as fit into `room`, and those that do not as one last count; empty if not even that fits. */
function fitting(slots: readonly Slot[], room: number, key: string): readonly Slot[] {
  const shown = slots.filter(({ kind }) => kind !== 'empty');
  for (let count = shown.length; count >= 0; count -= 1) {
    const rest = shown.slice(count);
    const row = rest.length === 0 ? shown : [...shown.slice(0, count), allIn(rest, key)];
    if (row.reduce((sum, slot) => sum + widthOf(slot) + GAP, 0) <= room) return row;
  }
  return [];
}

function boxes(frame: Frame, slots: readonly Slot[], from: number, tones: Tones): SocketRow[] {
  let x = from;
  return slots.map((slot) => {
    const w = widthOf(slot);
    const row = socketRow(frame, slot, x, w, tones);
    x += w + GAP;
    return row;
  });
}

export function slimRows(
  frame: Frame,
  head: HostRow,
  groups: readonly Group[],
  tones: Tones,
): { readonly processes: readonly ProcessRow[]; readonly sockets: readonly SocketRow[] } {
  const right = frame.x + frame.w - 12;
  if (frame.h < SLIM) {
    const shownTo =
      head.addresses === ''
        ? head.titleX + sansWidth(head.title, 14)
        : head.addressX + monoWidth(head.addresses, 12);
    const x = frame.x + shownTo + 18;
    const slots = fitting(
      groups.flatMap((group) => group.slots),
      right - x,
      'more-slim',
    );
    return { processes: [], sockets: boxes(frame, slots, x, tones) };
  }
  return programs(frame, groups, right, tones);
}

/** Each program with its sockets in one small card; those for whom there is no room are counted at the end. */
function programs(frame: Frame, groups: readonly Group[], right: number, tones: Tones) {
  const processes: ProcessRow[] = [];
  const sockets: SocketRow[] = [];
  const hidden: Slot[] = [];
  let x = frame.x + 12;
  groups.forEach((group, index) => {
    const isLast = index === groups.length - 1 && hidden.length === 0;
    const room = right - x - 2 * PAD - (isLast ? 0 : COUNT);
    const size = group.process === undefined ? 11.5 : 12.5;
    const title = group.process?.name ?? messages.stage.groupTitle(group.title, countOf(group.slots));
    const wanted = Math.min(WIDEST_NAME, sansWidth(title, size) + 1);
    const least = Math.min(wanted, NARROWEST_NAME);
    const slots = fitting(group.slots, room - least, `slim-${group.key}`);
    const used = slots.reduce((sum, slot) => sum + widthOf(slot) + GAP, 0);
    if (room < least || (used === 0 && countOf(group.slots) > 0)) {
      hidden.push(...group.slots);
      return;
    }
    const named = Math.min(wanted, room - used);
    const card = processRow(frame, group, x, named + 2 * PAD + used, tones, 'full');
    const shown = shorten(title, named, (text) => sansWidth(text, size));
    processes.push({ ...card, title: shown, titleX: PAD, titleY: 18.5, detail: '', anchor: 'start' });
    sockets.push(...boxes(frame, slots, x + PAD + named + GAP, tones));
    x += card.w + GAP;
  });
  if (hidden.some(({ kind }) => kind !== 'empty'))
    sockets.push(...boxes(frame, fitting([allIn(hidden, 'slim-rest')], right - x, 'slim-rest'), x, tones));
  return { processes, sockets };
}
