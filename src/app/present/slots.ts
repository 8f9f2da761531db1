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

const socketsIn = (slots: readonly Slot[]): SocketView[] =>
  slots.flatMap((slot) => (slot.kind === 'socket' ? [slot.socket] : []));

const countOf = (groups: readonly Group[]): number =>
  groups.reduce((sum, group) => sum + group.slots.length, 0);

/** Folds a group's sockets that nobody asks about into one `+n` box. */
function foldGroup(group: Group, keep: ReadonlySet<number>, excess: number): Group {
  const loose = group.slots.filter((slot) => slot.kind === 'socket' && !keep.has(slot.socket.id));
  if (loose.length < 2) return group;
  const folded = loose.slice(-Math.min(loose.length, excess + 1));
  const slots = group.slots.filter((slot) => !folded.includes(slot));
  return {
    ...group,
    slots: [...slots, { kind: 'more', key: `more-${group.key}`, sockets: socketsIn(folded) }],
  };
}

/**
 * At most `limit` slots (never fewer than are needed for `keep`): first programs that nobody asks about
 * join one last group, then the sockets inside the remaining groups fold.
 */
export function groupsOf(
  host: HostView,
  gone: readonly SocketView[],
  limit: number,
  keep: ReadonlySet<number>,
): readonly Group[] {
  let groups = allGroups(host, gone);
  const isAsked = (group: Group): boolean => socketsIn(group.slots).some((socket) => keep.has(socket.id));
  if (countOf(groups) > limit) {
    const rest: Group[] = [];
    for (const group of [...groups].reverse()) {
      if (countOf(groups) + (rest.length > 0 ? 1 : 0) <= limit) break;
      if (isAsked(group) || groups.length === 1) continue;
      rest.unshift(group);
      groups = groups.filter((other) => other !== group);
    }
    const sockets = rest.flatMap((group) => socketsIn(group.slots));
    const [only] = rest;
    if (rest.length === 1 && only !== undefined) {
      groups.push(
        only.slots.length === 1 ? only : { ...only, slots: [{ kind: 'more', key: 'more', sockets }] },
      );
    } else if (rest.length > 1) {
      groups.push({
        key: 'more',
        process: undefined,
        title: 'more',
        slots: [sockets.length > 0 ? { kind: 'more', key: 'more', sockets } : { kind: 'empty', key: 'more' }],
      });
    }
  }
  for (const group of [...groups].sort((a, b) => b.slots.length - a.slots.length)) {
    const excess = countOf(groups) - limit;
    if (excess <= 0) break;
    groups = groups.map((other) => (other === group ? foldGroup(group, keep, excess) : other));
  }
  return groups;
}
