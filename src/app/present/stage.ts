// A scene as a picture: frames, cards, the tree of the opened host, the wire, the road and the tickets on it.
// A pure function of scene, size and what the reader chose; it draws nothing and remembers nothing.
// Rows: picture.ts. Frames: places.ts. Inside a host: inside.ts. Between them: wire.ts. Who draws: ../views/stage.ts.
import type { Scene } from '../../trace/scene.js';
import { messages } from '../messages.js';
import { focusOf } from './focus.js';
import { type Inside, type InsideOptions, insideOf, inward } from './inside.js';
import { readable } from './labels.js';
import { layerTexts } from './layers.js';
import { round } from './measure.js';
import { bent } from './path.js';
import type {
  ExitRow,
  HostRow,
  LineRow,
  RoadRow,
  StagePicture,
  TextRow,
  TicketRow,
  Travel,
} from './picture.js';
import { type Frame, placeHosts } from './places.js';
import { type Refusal, refusalOf } from './refusal.js';
import { isSwarm, type Swarm, swarmOf } from './swarm.js';
import { withWay } from './way.js';
import { doorTicket, freeHub, networkOf, wireTickets, wireWay } from './wire.js';

/** In the small stage an arrived ticket stands this much nearer to its host. */
const HERO_SHIFT = 46;
/** Below many packets their number is told. */
const COUNT = 16;

export interface StageOptions extends InsideOptions {
  readonly width: number;
  readonly height: number;
  readonly pinned: number | undefined;
}

export function stagePicture(scene: Scene, options: StageOptions): StagePicture {
  const { width, height, variant } = options;
  const focus = focusOf(scene, options.pinned);
  const { frames, outlines, busX } = placeHosts(scene, focus, width, height, variant);
  const { step } = scene;
  const packet = step?.packet;
  const isArrival = step?.kind === 'arrival';
  const isLost = step?.glyph === 'drop';
  const target = isArrival ? step.host : packet?.toHost;
  const frameOf = (id: number | undefined): Frame | undefined => frames.find(({ host }) => host.id === id);

  // Where the packet of this step stands: at the opened door, else on the wire. A phone shows only the opened host.
  const isSentHere = variant === 'phone' && packet?.from.host === focus;
  const doorHost = isArrival ? frameOf(target) : isSentHere ? frameOf(focus) : undefined;
  const atDoor = doorHost?.mode === 'open' ? doorHost : undefined;
  const door = packet && atDoor ? doorTicket(atDoor, packet, isLost) : undefined;

  const insides = frames.map((frame) => {
    const sender = packet?.from.host === frame.host.id ? packet.from.socket : undefined;
    return insideOf(scene, frame, sender, frame === atDoor ? door : undefined, options);
  });
  const insideAt = (id: number | undefined): Inside | undefined =>
    insides.find(({ frame }) => frame.host.id === id);
  const sender = packet && insideAt(packet.from.host);
  const receiver = insideAt(target);

  const lines: LineRow[] = insides.flatMap(({ tree, funnel }) => [
    ...(tree?.lines ?? []),
    ...(funnel?.lines ?? []),
  ]);
  const roads: RoadRow[] = [];
  const tickets: TicketRow[] = door === undefined ? [] : [door];
  const texts: TextRow[] = [];
  let hub: StagePicture['network'];
  let travel: Travel | undefined;
  let isCrowd = false;

  if (busX !== undefined) {
    for (const inside of insides) {
      if (inside.frame.mode === 'mini' || inside.table !== undefined) continue;
      lines.push({ key: `mouth-${inside.frame.host.id}`, d: inward(inside, undefined), tone: 'cold' });
    }
    const network = networkOf(frames, busX);
    lines.push(...network.lines);
    hub = network.hub;
  }
  if (packet !== undefined && sender !== undefined) {
    roads.push({ key: 'road-out', d: outward(sender, packet.from.socket, variant), layer: 'over' });
    if (busX !== undefined && sender !== receiver) {
      const to = receiver?.frame.door ?? { x: busX, y: sender.frame.door.y };
      const way = wireWay(sender.frame.door, to, busX, !isArrival);
      roads.push({ key: 'road-wire', d: bent(way), layer: 'under' });
    }
  }
  if (isArrival && receiver !== undefined && packet !== undefined && !isLost && variant !== 'phone') {
    roads.push({ key: 'road-in', d: inward(receiver, undefined), layer: 'over' });
  }
  const isTurned = receiver?.table !== undefined && receiver.table.roads.length > 0;
  if (isTurned) roads.splice(0, roads.length, ...roads.filter(({ key }) => key !== 'road-in'));
  for (const { table } of insides) roads.push(...(table?.roads ?? []));
  for (const { tree, funnel } of insides) roads.push(...(tree?.roads ?? []), ...(funnel?.roads ?? []));

  if (busX !== undefined) {
    const isOnWire = packet !== undefined && door === undefined;
    const taken = [sender, isArrival ? receiver : undefined].flatMap((end) =>
      end ? [end.frame.door.y] : [],
    );
    const isNear = isArrival && variant === 'hero';
    const shift = isNear && receiver ? Math.sign(receiver.frame.door.x - busX) * HERO_SHIFT : 0;
    const now = isOnWire ? packet : undefined;
    const on = { now, isLost, taken, isRoadThrough: door !== undefined, hub, shift };
    // What a router shows as it leaves is not shown on the wire as well.
    const leaving = new Set(insides.flatMap(({ table }) => table?.tickets.map(({ key }) => key) ?? []));
    const inFlight = scene.inFlight.filter(({ id }) => !leaving.has(`after-packet-${id}`));
    isCrowd = isSwarm(inFlight);
    const waiting = isCrowd ? [] : inFlight;
    const onWire = wireTickets(
      { ...scene, inFlight: waiting },
      frames,
      busX,
      height,
      on,
      variant,
      gapOf(frames),
    );
    tickets.push(...onWire.tickets);
    texts.push(...onWire.texts);
    const [ticket] = tickets;
    if (packet !== undefined && ticket !== undefined && ticket.tone !== 'plain' && sender !== undefined) {
      const centre = { x: ticket.x + ticket.w / 2, y: ticket.y + ticket.h / 2 };
      const half = wireWay(sender.frame.door, centre, busX, true);
      const whole = receiver ? wireWay(sender.frame.door, receiver.frame.door, busX, false).slice(1) : [];
      const middle = { x: busX, y: centre.y };
      const flight =
        door !== undefined ? [...whole, centre] : shift === 0 ? [...half, centre] : [middle, centre];
      travel = { ticket: ticket.key, d: bent(flight) };
    }
  }

  const refusal = callRefusal(scene, insides);
  lines.push(...refusal.lines);
  const all = <Row>(pick: (inside: Inside) => readonly Row[] | undefined): Row[] =>
    insides.flatMap((inside) => pick(inside) ?? []);
  const picture: StagePicture = {
    width,
    height,
    focus,
    outlines,
    hosts: all(({ card }) => [
      variant === 'phone' ? withWay(card.host, packet) : asKept(card.host, scene, options.pinned),
    ]),
    processes: all(({ card }) => card.processes),
    sockets: all(({ card }) => card.sockets),
    lines,
    roads,
    nodes: all(({ tree }) => tree?.nodes),
    chips: [...all(({ tree }) => tree?.chips), ...all(({ table }) => table?.chips)],
    boxes: all(({ table }) => table?.boxes),
    badges: [...all(({ tree, funnel }) => tree?.badges ?? funnel?.badges), ...refusal.badges],
    exits: exitsOf(insides, roads.length > 0 ? [sender, receiver] : [], isArrival ? undefined : receiver),
    texts: [
      ...texts,
      ...refusal.texts,
      ...all(({ card }) => card.texts),
      ...all(({ tree }) => tree?.texts),
      ...all(({ table }) => table?.texts),
      ...all((inside) => layerTexts(inside.frame, inside.frame === atDoor ? door : undefined, variant)),
    ],
    tickets: [...tickets, ...all(({ table }) => table?.tickets)],
    network: freeHub(hub, tickets, frames),
    travel,
    swarm: undefined,
  };
  if (!isCrowd || busX === undefined) return { ...picture, texts: readable(picture) };
  const swarm = swarmBetween(frames, packet?.id, scene, picture);
  const count: TextRow = {
    key: 'swarm-count',
    x: round(busX),
    y: height - 8,
    text: messages.stage.inFlight(scene.inFlight.length),
    role: 'count',
    anchor: 'middle',
  };
  return { ...picture, swarm, texts: readable({ ...picture, texts: [count, ...picture.texts] }) };
}

/** Between the cards of both sides, in pixels. */
function gapOf(frames: readonly Frame[]): number {
  const of = (side: Frame['side']): Frame[] => frames.filter((frame) => frame.side === side);
  return Math.min(...of('right').map(({ x }) => x)) - Math.max(...of('left').map(({ x, w }) => x + w));
}

/** A card that stays open although the step happens elsewhere says so. */
function asKept(row: HostRow, { step }: Scene, pinned: number | undefined): HostRow {
  const isKept = row.id === pinned && row.aside !== '' && step?.host !== pinned;
  return isKept ? { ...row, aside: messages.stage.keptOpen } : row;
}

/** All that wait on the wire, between the cards of both sides, beside the tickets and the network's circle. */
function swarmBetween(
  frames: readonly Frame[],
  now: number | undefined,
  { inFlight }: Scene,
  { tickets, network, height }: StagePicture,
): Swarm {
  const w = gapOf(frames) - 12;
  const left = Math.max(...frames.filter(({ side }) => side === 'left').map((frame) => frame.x + frame.w));
  const area = { x: round(left + 6), y: 6, w: round(w), h: height - 12 - COUNT };
  const hub = network === undefined ? [] : [{ x: network.x - 28, y: network.y - 28, w: 56, h: 56 }];
  const papers = tickets.map(({ x, y, w: wide, h }) => ({ x: x - 6, y: y - 12, w: wide + 12, h: h + 18 }));
  return swarmOf(
    inFlight.filter(({ id }) => id !== now),
    area,
    [...papers, ...hub],
  );
}

/** The sender's part of the road. A phone has no wire: there the road begins at the ticket. */
function outward(sender: Inside, socket: number | undefined, variant: StageOptions['variant']): string {
  if (variant !== 'phone') return inward(sender, socket);
  return socket === undefined ? '' : (sender.tree?.way(socket) ?? '');
}

function callRefusal(scene: Scene, insides: readonly Inside[]): Refusal {
  const none: Refusal = { lines: [], badges: [], texts: [] };
  const { reason } = scene;
  if (reason?.kind !== 'call') return none;
  const inside = insides.find(({ frame }) => frame.host.id === reason.host);
  if (inside === undefined || inside.frame.mode === 'mini') return none;
  return refusalOf(inside.card, inside.tree?.nodes ?? [], reason, scene.step?.process);
}

/** A dot where a funnel meets the wire; a question where the packet on its way will be decided. */
function exitsOf(
  insides: readonly Inside[],
  onRoad: readonly (Inside | undefined)[],
  waiting: Inside | undefined,
): ExitRow[] {
  return insides.flatMap((inside) => {
    const { frame, funnel } = inside;
    if (funnel === undefined) return [];
    const isFork = inside === waiting && inside.card.feet.length > 1;
    const tone = isFork ? 'question' : onRoad.includes(inside) && inside !== waiting ? 'road' : 'plain';
    return [{ key: `exit-${frame.host.id}`, x: round(funnel.exit.x), y: round(funnel.exit.y), tone }];
  });
}
