// Which sockets of a host get a box of their own: groups by process, in the host's order; what does not fit is "+n".
// Sockets that nobody has accepted stand beside the listener that made them; the kernel keeps those without a program.
// It refuses to know pixels: host-card.ts turns slots into boxes.
import type { HostView, ProcessView, SocketView } from '../../trace/scene.js';

export type Slot =
  | { readonly kind: 'socket'; readonly socket: SocketView; readonly isGone: boolean }
  | { readonly kind: 'more'; readonly key: string; readonly sockets: readonly SocketView[] }
  | { readonly kind: 'empty'; readonly key: string };

export interface Group {
  readonly key: string;
  readonly process: ProcessView | undefined;
  /** For a group without one process: what stands on its card. */
  readonly title: 'queue' | 'kernel' | 'more' | undefined;
  readonly slots: readonly Slot[];
}

/** A listener that could have made this socket: same protocol and port, held by a process. */
function listenerOf(socket: SocketView, all: readonly SocketView[]): SocketView | undefined {
  return all.find(
    (other) =>
      other.state === 'LISTEN' && other.process !== undefined && other.local.port === socket.local.port,
  );
}

const isUnaccepted = (socket: SocketView): boolean =>
  socket.state === 'SYN-RECEIVED' || socket.state === 'ESTABLISHED' || socket.state === 'CLOSE-WAIT';

function allGroups(host: HostView, gone: readonly SocketView[]): Group[] {
  const slot = (socket: SocketView): Slot => ({ kind: 'socket', socket, isGone: gone.includes(socket) });
  const all = [...host.sockets, ...gone];
  const groups: Group[] = [];
  const orphans = all.filter((socket) => socket.process === undefined);
  const inQueue = new Map<SocketView, number>();
  for (const socket of orphans) {
    const process = isUnaccepted(socket) ? listenerOf(socket, all)?.process : undefined;
    if (process !== undefined) inQueue.set(socket, process.id);
  }
  for (const process of host.processes) {
    const own = all.filter((socket) => socket.process?.id === process.id);
    if (own.length === 0 && !process.isRunning) continue;
    const slots: readonly Slot[] =
      own.length === 0 ? [{ kind: 'empty', key: `empty-${process.id}` }] : own.map(slot);
    groups.push({ key: `process-${process.id}`, process, title: undefined, slots });
    const waiting = orphans.filter((socket) => inQueue.get(socket) === process.id);
    if (waiting.length > 0) {
      groups.push({
        key: `queue-${process.id}`,
        process: undefined,
        title: 'queue',
        slots: waiting.map(slot),
      });
    }
  }
  const kept = orphans.filter((socket) => !inQueue.has(socket));
  if (kept.length > 0)
    groups.push({ key: 'kernel', process: undefined, title: 'kernel', slots: kept.map(slot) });
  return groups;
}

const idOf = (slot: Slot): number | undefined => (slot.kind === 'socket' ? slot.socket.id : undefined);
const socketsIn = (slots: readonly Slot[]): SocketView[] =>
  slots.flatMap((slot) => (slot.kind === 'socket' ? [slot.socket] : []));

/** What a group takes if so many of its sockets have a box of their own: one more for the rest, unless nobody is left. */
function sizeOf(group: Group, chosen: ReadonlySet<number>): number {
  const own = group.slots.filter((slot) => chosen.has(idOf(slot) ?? 0)).length;
  return group.slots.length - own < 2 ? group.slots.length : own + 1;
}

/** The chosen sockets, and one `+n` box for the others; a single one left stands for itself. */
function folded(group: Group, chosen: ReadonlySet<number>): Group {
  const loose = group.slots.filter((slot) => !chosen.has(idOf(slot) ?? 0));
  if (loose.length < 2) return group;
  const slots = group.slots.filter((slot) => !loose.includes(slot));
  return {
    ...group,
    slots: [...slots, { kind: 'more', key: `more-${group.key}`, sockets: socketsIn(loose) }],
  };
}

/** Beyond so many sockets on one host the table lists them; a picture shows those of this step and counts the rest. */
const TABLE_ONLY = 40;

/** What is left of the groups if only these sockets are shown, and everybody else in one last group. */
function joined(all: readonly Group[], chosen: ReadonlySet<number>): readonly Group[] {
  const isShown = (slot: Slot): boolean => chosen.has(idOf(slot) ?? 0);
  const groups = all.map((group) => ({ ...group, slots: group.slots.filter(isShown) }));
  const rest = all.flatMap(({ slots }) => slots.filter((slot) => !isShown(slot)));
  const hidden = socketsIn(rest);
  const slot: Slot =
    hidden.length > 0 ? { kind: 'more', key: 'more', sockets: hidden } : { kind: 'empty', key: 'more' };
  const last: Group = { key: 'more', process: undefined, title: 'more', slots: [slot] };
  return [...groups.filter(({ slots }) => slots.length > 0), ...(rest.length > 0 ? [last] : [])];
}

/** Each of these groups at least as one `+n`, and as many sockets of their own as there are slots, in the given order. */
function apart(groups: readonly Group[], order: readonly number[], limit: number): readonly Group[] {
  const chosen = new Set<number>();
  for (const id of order) {
    chosen.add(id);
    const used = groups.reduce((sum, group) => sum + sizeOf(group, chosen), 0);
    if (used > limit) chosen.delete(id);
  }
  return groups.map((group) => folded(group, chosen));
}

/**
 * At most `limit` slots, at least two. Every program keeps a card while there is a slot for each and for all of `keep`; those
 * that nobody asks about join one last card first. Then sockets get boxes of their own, those in `keep` before all others and in its order.
 * The first of `keep` always has one.
 */
export function groupsOf(
  host: HostView,
  gone: readonly SocketView[],
  limit: number,
  keep: ReadonlySet<number>,
): readonly Group[] {
  const all = allGroups(host, gone);
  if (all.reduce((sum, { slots }) => sum + slots.length, 0) <= limit) return all;
  const ids = all.flatMap(({ slots }) => slots.flatMap((slot) => idOf(slot) ?? []));
  const kept = [...keep].filter((id) => ids.includes(id));
  const isTableOnly = host.sockets.length > TABLE_ONLY;
  const order = [...kept, ...(isTableOnly ? [] : ids.filter((id) => !keep.has(id)))];
  const rankOf = ({ slots }: Group): number =>
    slots.reduce((best, slot) => {
      const rank = kept.indexOf(idOf(slot) ?? 0);
      return rank < 0 ? best : Math.min(best, rank);
    }, kept.length);
  const byNeed = [...all].sort((one, other) => rankOf(one) - rankOf(other));
  // Where programs join a last card, those that stay leave a slot for the socket that is asked about.
  // So they do where the sockets that were compared would fold otherwise.
  const wanted = new Set(kept);
  const isRoomFor = (groups: readonly Group[], slots: number): boolean =>
    groups.reduce((sum, group) => sum + sizeOf(group, wanted), 0) <= slots;
  const needed = byNeed.filter((group) => rankOf(group) < kept.length);
  const isNeedFirst = needed.length > 0 && !isRoomFor(all, limit) && isRoomFor(needed, limit - 1);
  const few = all.length <= limit ? all : byNeed.slice(0, Math.max(1, limit - 2));
  const first = new Set(isNeedFirst ? needed : few);
  const rest = all.filter((group) => !first.has(group));
  const groups = apart(
    all.filter((group) => first.has(group)),
    order,
    limit - (rest.length > 0 ? 1 : 0),
  );
  const [foremost] = kept;
  if (foremost !== undefined && !groups.some(({ slots }) => slots.some((slot) => idOf(slot) === foremost)))
    return joined(all, new Set(order.slice(0, limit - 1)));
  if (rest.length === 0) return groups;
  return [...groups, ...joined(rest, new Set())];
}
