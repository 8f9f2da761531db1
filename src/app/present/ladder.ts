// The ladder: time runs down, one row a step; each host is a column, each of its ports a rail, each packet a line from
// rail to rail that ends in the row where it arrives. Shapes without a DOM, the same for every position but for what is past.
// A router has rails only for numbers of its own: what it passes on with another's number goes from card to card.
// Everything is read from the scenes: a packet is sent where it first is on the wire, and lands where a step says so.
// Who draws it: ../panels/ladder.ts.
import type { EndpointView, HostView, Mark, Owner, PacketView, Scene, StepView } from '../../trace/scene.js';
import { monoWidth, round, sansWidth } from './measure.js';

export const ROW = 50;
export const HEAD = 74;
const INSET = 22;
const LEAST_COLUMN = 132;
/** How far apart things stand: a step from the next, a rail from the next, a host from the next. */
export interface LadderPace {
  readonly row: number;
  readonly pitch: number;
  readonly gap: number;
}
const SCREEN: LadderPace = { row: ROW, pitch: 74, gap: 118 };
/** So much of a message stands on its arrow. */
const LABEL_LETTERS = 16;

/** Who calls, whom it passes, who is called, who else is there: by the hue of their role. */
const ORDER: readonly Owner['hue'][] = ['A', 'B', 'R', 'S', 'D'];

export interface Rail {
  readonly key: string;
  readonly host: number;
  readonly port: number;
  /** When it is held, ascending; empty: nobody ever does. */
  readonly held: readonly Holding[];
}
/** The first and the last position of a time in which sockets hold a port without a gap. */
export interface Holding {
  readonly from: number;
  readonly to: number;
  /** All of them are in TIME-WAIT: nobody can use it, and nobody can have it. */
  readonly isWaiting: boolean;
}
interface Landing {
  readonly step: number;
  readonly host: number | undefined;
  readonly isLost: boolean;
}
export interface Flight {
  readonly packet: PacketView;
  readonly sent: number;
  /** The rails it leads from and to, by key; undefined where the host does not own the number, or there is none. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly landing: Landing | undefined;
}
export interface StateChange {
  readonly step: number;
  readonly host: number;
  readonly port: number;
  readonly state: string;
  readonly mark: Mark | undefined;
}
/** What the ladder of a run shows, whatever the position. */
export interface LadderStory {
  readonly hosts: readonly HostView[];
  readonly rails: readonly Rail[];
  readonly flights: readonly Flight[];
  readonly changes: readonly StateChange[];
  readonly steps: readonly StepView[];
}

/** `scenes`: those of all positions, 0 … total. */
export function ladderStory(scenes: readonly Scene[], steps: readonly StepView[]): LadderStory {
  const hosts = [...(scenes.at(-1)?.hosts ?? [])].sort(
    (one, other) => ORDER.indexOf(one.owner.hue) - ORDER.indexOf(other.owner.hue),
  );
  const flights = flightsOf(scenes, steps, hosts);
  return { hosts, rails: railsOf(scenes, flights), flights, changes: changesOf(scenes), steps };
}

function flightsOf(
  scenes: readonly Scene[],
  steps: readonly StepView[],
  hosts: readonly HostView[],
): Flight[] {
  const sent = new Map<number, { packet: PacketView; sent: number }>();
  for (const { t, inFlight } of scenes)
    for (const packet of inFlight) if (!sent.has(packet.id)) sent.set(packet.id, { packet, sent: t });
  const landings = new Map<number, Landing[]>();
  for (const { number, kind, packet, host, glyph } of steps) {
    if (kind !== 'arrival' || packet === undefined) continue;
    const landing = { step: number, host, isLost: glyph === 'drop' };
    landings.set(packet.id, [...(landings.get(packet.id) ?? []), landing]);
  }
  const railOf = (host: number | undefined, { port, owner }: EndpointView, isForMany = false) => {
    const isOwn = isForMany || hosts.find(({ id }) => id === host)?.name === owner?.host;
    return host === undefined || port === 0 || !isOwn ? undefined : `${host}:${port}`;
  };
  return [...sent.values()].flatMap((flight) =>
    (landings.get(flight.packet.id) ?? [undefined]).map((landing) => {
      const { source, destination, from, toHost } = flight.packet;
      // A broadcast is for the port of everybody who hears it.
      const to = railOf(landing?.host ?? toHost, destination, destination.owner === undefined);
      return { ...flight, landing, from: railOf(from.host, source, source.owner === undefined), to };
    }),
  );
}

function railsOf(scenes: readonly Scene[], flights: readonly Flight[]): Rail[] {
  const rails = new Map<string, Rail>();
  const take = (key: string, held: readonly Holding[]): void => {
    const [host = 0, port = 0] = key.split(':').map(Number);
    rails.set(key, { key, host, port, held });
  };
  const used = new Set(flights.flatMap(({ from, to }) => [from ?? [], to ?? []].flat()));
  for (const { t, hosts } of scenes)
    for (const { id, sockets } of hosts)
      for (const port of new Set(sockets.map(({ local }) => local.port))) {
        const key = `${id}:${port}`;
        if (!used.has(key)) continue;
        const own = sockets.filter(({ local }) => local.port === port);
        const isWaiting = own.every(({ state }) => state === 'TIME-WAIT');
        const held = rails.get(key)?.held ?? [];
        const last = held.at(-1);
        const isOn = last !== undefined && last.to === t - 1 && last.isWaiting === isWaiting;
        take(
          key,
          isOn ? [...held.slice(0, -1), { ...last, to: t }] : [...held, { from: t, to: t, isWaiting }],
        );
      }
  for (const key of used) if (!rails.has(key)) take(key, []);
  return [...rails.values()];
}

function changesOf(scenes: readonly Scene[]): StateChange[] {
  const last = new Map<number, string>();
  return scenes.flatMap(({ t, hosts }) =>
    hosts.flatMap(({ id, sockets }) =>
      sockets.flatMap((socket) => {
        const before = last.get(socket.id);
        last.set(socket.id, socket.state);
        const isTold = socket.protocol === 'tcp' && socket.state !== 'CLOSED' && socket.state !== before;
        return isTold && t > 0
          ? [{ step: t, host: id, port: socket.local.port, state: socket.state, mark: socket.mark }]
          : [];
      }),
    ),
  );
}

// ── Places ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export type Moment = 'past' | 'now' | 'flying' | 'future';

export interface LadderColumn {
  readonly key: string;
  readonly name: string;
  /** '' where there is no room for it. */
  readonly address: string;
  readonly addressX: number;
  readonly owner: Owner;
  readonly x: number;
  readonly w: number;
}
export interface LadderRail {
  readonly key: string;
  readonly x: number;
  readonly label: string;
  readonly owner: Owner;
  /** Where it is held, down to now. */
  readonly pieces: readonly Holding[];
}
export interface LadderArrow {
  readonly key: string;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly label: string;
  /** The label with the whole of its message. */
  readonly name: string;
  readonly labelX: number;
  readonly labelY: number;
  readonly labelW: number;
  /** False where the label stands on another sheet. */
  readonly hasLabel: boolean;
  readonly mark: Mark | undefined;
  readonly moment: Moment;
  readonly isLost: boolean;
  readonly from: string | undefined;
  readonly to: string | undefined;
}
export interface LadderPill {
  readonly key: string;
  readonly step: number;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly label: string;
  readonly owner: Owner;
  readonly moment: Moment;
}
export interface LadderPicture {
  readonly width: number;
  readonly height: number;
  readonly columns: readonly LadderColumn[];
  readonly rails: readonly LadderRail[];
  readonly arrows: readonly LadderArrow[];
  readonly pills: readonly LadderPill[];
  readonly nowY: number;
}

/** `width`: what there is room for; the picture is wider if its rails need more. */
export function ladderPicture(
  story: LadderStory,
  t: number,
  width: number,
  { row, pitch, gap: leastGap }: LadderPace = SCREEN,
): LadderPicture {
  /** The middle of a step's row; 0 is the row before the first. */
  const rowY = (step: number): number => HEAD + (step - 0.5) * row;
  const height = HEAD + story.steps.length * row + 24;
  const railsOn = (host: number): readonly Rail[] => story.rails.filter((rail) => rail.host === host);
  const busy = new Set(
    story.flights.flatMap(({ packet, landing }) => [packet.from.host, landing?.host ?? packet.toHost]),
  );
  const shown = story.hosts.filter(({ id }) => busy.has(id) || railsOn(id).length > 0);
  const widths = shown.map(({ id }) => Math.max(LEAST_COLUMN, railsOn(id).length * pitch + 2 * INSET - 20));
  const wanted = widths.reduce((sum, each) => sum + each, 0);
  const gap = Math.max(leastGap, (width - wanted - 24) / Math.max(1, shown.length - 1));
  let x = 12;
  const columns = shown.map((host, index): LadderColumn => {
    const w = widths[index] ?? LEAST_COLUMN;
    const address = host.addresses[0] ?? '';
    const addressX = 34 + sansWidth(host.name, 13.5) + 8;
    const column = {
      key: String(host.id),
      name: host.name,
      address: addressX + monoWidth(address, 11) + 8 <= w ? address : '',
      addressX: round(addressX),
      owner: host.owner,
      x: round(x),
      w,
    };
    x += column.w + gap;
    return column;
  });
  const railX = new Map<string, number>();
  const rails = columns.flatMap((column) => {
    const own = railsOn(Number(column.key));
    return own.map((rail, index): LadderRail => {
      const at = round(column.x + (column.w * (index + 0.5)) / own.length);
      railX.set(rail.key, at);
      const now = rowY(t) + row / 2;
      const pieces = rail.held.map(({ from, to, isWaiting }, index) => {
        const isNext = rail.held[index - 1]?.to === from - 1;
        const end = to === story.steps.length ? height - 12 : rowY(to) + row / 2;
        return { from: rowY(from) - (isNext ? row / 2 : 0), to: Math.min(end, now), isWaiting };
      });
      return {
        key: rail.key,
        x: at,
        label: `:${rail.port}`,
        owner: column.owner,
        pieces: pieces.filter(({ from }) => from < now),
      };
    });
  });
  const edge = (host: number | undefined, other: number | undefined): number => {
    const column = columns.find(({ key }) => key === String(host));
    const there = columns.find(({ key }) => key === String(other));
    if (column === undefined) return there === undefined ? 0 : there.x - 40;
    return (there?.x ?? 0) > column.x ? column.x + column.w : column.x;
  };
  const arrows = story.flights.map(({ packet, sent, landing, from, to }, index): LadderArrow => {
    const goal = landing?.host ?? packet.toHost;
    const x1 = railX.get(from ?? '') ?? edge(packet.from.host, goal);
    const end = railX.get(to ?? '') ?? edge(goal, packet.from.host);
    const isLost = landing === undefined || landing.isLost;
    const x2 = isLost ? round((x1 + end) / 2) : end;
    const y1 = rowY(sent) + 8;
    const y2 = landing === undefined ? y1 + 10 : rowY(landing.step) - (landing.step > sent ? 4 : -14);
    const label = labelOf(packet, LABEL_LETTERS);
    const middle = isLost ? 0.5 : 0.42;
    return {
      key: `${packet.id} ${index}`,
      ...{
        x1,
        y1,
        x2,
        y2,
        label,
        name: labelOf(packet, Number.POSITIVE_INFINITY),
        isLost,
        from,
        to,
        mark: packet.mark,
      },
      hasLabel: true,
      labelX: round(x1 + (x2 - x1) * middle),
      labelY: round(y1 + (y2 - y1) * middle),
      labelW: round(monoWidth(label, 11) + 18 + (packet.mark === undefined ? 0 : 14)),
      moment: momentOf(sent, landing?.step, t),
    };
  });
  const pills = story.changes.flatMap(({ step, host, port, state }): LadderPill[] => {
    const at = railX.get(`${host}:${port}`);
    const column = columns.find(({ key }) => key === String(host));
    if (at === undefined || column === undefined) return [];
    const moment = step === t ? 'now' : step < t ? 'past' : 'future';
    const w = round(monoWidth(state, 9) + 10);
    return [
      {
        key: `${step} ${host} ${port} ${state}`,
        step,
        x: at,
        y: rowY(step) + 10,
        w,
        label: state,
        owner: column.owner,
        moment,
      },
    ];
  });
  return {
    width: Math.max(width, round(x - gap + 12)),
    height,
    columns,
    rails,
    arrows,
    pills,
    nowY: rowY(t) + row / 2,
  };
}

function momentOf(sent: number, landed: number | undefined, t: number): Moment {
  if (sent > t) return 'future';
  if (sent === t || landed === t) return 'now';
  return landed !== undefined && landed > t ? 'flying' : 'past';
}

/** Flags, then the beginning of the text; a datagram has its text alone. */
function labelOf({ flags, payload, protocol, length }: PacketView, letters: number): string {
  if (protocol === 'icmp') return `ICMP ${flags}`;
  const text = payload.length > letters ? `${payload.slice(0, letters - 1)}…` : payload;
  const words = /^[\x20-\x7e…]*$/.test(text) ? text : `${length} bytes`;
  const bare = length > 0 ? flags.replace(/PSH ACK|ACK/, '').trim() : flags;
  return [bare, words].filter(Boolean).join(' ') || `${protocol.toUpperCase()} ${length} bytes`;
}
