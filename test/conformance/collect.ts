// `drain` and `acceptall`: every socket is emptied. Sockets that share a port by SO_REUSEPORT count as one, since which
// of them is handed something is the kernel's secret: what they got stands under `s1|s2`.
import type { Result } from '../../src/host/call.js';
import type { SocketId } from '../../src/world/tables.js';
import type { Label } from './labels.js';
import { endpointOf, hasNoPort, localText, peerText } from './names.js';
import { tcpState } from './observe.js';
import type { Player } from './player.js';
import type { Accepted, OpResult } from './recording.js';
import { errnoText } from './socket-calls.js';

/** As often the recorder asks one socket. */
const MOST_DATAGRAMS = 64;

/** Datagrams `[data, source]` and errors `['!ECONNREFUSED']` of every UDP socket that had any. */
export function drain(player: Player): Record<string, string[][]> {
  const got: Record<string, string[][]> = {};
  const labels = player.labels.open.filter(({ protocol }) => protocol === 'udp');
  for (const group of groupsOf(player, labels)) {
    const items = group.flatMap((label) => [...read(player, label)]);
    if (items.length > 0) got[nameOf(group)] = items;
  }
  return got;
}

function* read(player: Player, { socket, process, isV6 }: Label): Generator<string[]> {
  for (let count = 0; count < MOST_DATAGRAMS; count++) {
    const { outcome, data, from } = player.stage.ask(process.id, { call: 'recvfrom', socket });
    if (outcome === 'pending' || outcome === 'EAGAIN') return;
    if (outcome === 'ok') yield [data ?? '', endpointOf(from, { isV6 }) ?? ''];
    else yield [`!${errnoText(outcome)}`];
    if (outcome !== 'ok' && outcome !== 'ECONNREFUSED') return;
  }
}

/**
 * Connections of every listener that had any. Children are named after the first of the group, in the order of the
 * recording where there is a choice.
 */
export function acceptAll(player: Player, recorded: OpResult): Record<string, Accepted[]> {
  const got: Record<string, Accepted[]> = {};
  const { world } = player.simulation;
  const listeners = player.labels.open.filter(
    (label) => label.protocol === 'tcp' && tcpState(world, label) === 'LISTEN',
  );
  for (const group of groupsOf(player, listeners)) {
    const name = nameOf(group);
    const [first] = group;
    if (first === undefined) continue;
    const found = group.flatMap((listener) => [...accept(player, listener)]);
    if (found.length === 0) continue;
    const wanted = (recorded.got?.[name] ?? []) as readonly Accepted[];
    if (group.length > 1) arrange(player, found, wanted);
    got[name] = found.map(({ child, listener, from }) => {
      first.children += 1;
      const as = `${first.name}.${first.children}`;
      return { as, ...player.adopt(as, child, listener, from, undefined) };
    });
  }
  return got;
}

interface Found {
  readonly child: SocketId;
  readonly listener: Label;
  readonly from: Result['from'];
}

function* accept(player: Player, listener: Label): Generator<Found> {
  for (;;) {
    const { socket } = listener;
    const {
      outcome,
      socket: child,
      from,
    } = player.stage.ask(listener.process.id, { call: 'accept', socket });
    if (outcome !== 'ok' || child === undefined) return;
    yield { child, listener, from };
  }
}

/** The recorder sorts a group's connections by peer, ports by their symbols; so the order is taken from what it gave. */
function arrange(player: Player, found: Found[], wanted: readonly Accepted[]): void {
  const place = ({ listener, from }: Found) => {
    const peer = endpointOf(from, listener);
    const at = wanted.findIndex((row) => peer !== undefined && player.isSame(row.peer, peer));
    return at === -1 ? wanted.length : at;
  };
  const places = new Map(found.map((each) => [each, place(each)]));
  found.sort((one, other) => (places.get(one) ?? 0) - (places.get(other) ?? 0));
}

/** Sockets of one host with SO_REUSEPORT and the same protocol, family, device, local address and peer belong together. */
function groupsOf(player: Player, labels: readonly Label[]): Label[][] {
  const { v6Only } = player.simulation.world.sockets;
  const groups = new Map<string, Label[]>();
  for (const label of labels) {
    const isAlone = !label.sharesPort || hasNoPort(player.simulation, { ...label, isStale: false });
    const { process, protocol, isV6, device, socket, name } = label;
    const place = [localText(player.simulation, label), peerText(player.simulation, label)];
    const key = isAlone
      ? name
      : [process.host, protocol, isV6, device, isV6 && v6Only.get(socket), ...place].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), label]);
  }
  return [...groups.values()];
}

function nameOf(group: readonly Label[]): string {
  return group.map(({ name }) => name).join('|');
}
