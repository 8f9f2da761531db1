// What the ladder of a run tells, whatever the position: who holds which rail when, each packet's flight, each change of state.
// Everything is read from the scenes: a packet is sent where it first is on the wire, and lands where a step says so.
// A router has rails only for numbers of its own: what it passes on with another's number goes from card to card.
// Where all of it stands: ladder.ts.
import type { EndpointView, HostView, Mark, Owner, PacketView, Scene, StepView } from '../../trace/scene.js';

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
