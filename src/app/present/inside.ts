// What is inside each host at this step: its card with tones, and either the tree (opened) or the funnel (compact).
// It also says the way from the door to a socket, for roads and wires. Who joins hosts together: stage.ts.
// What gets a box: slots.ts. Where it stands: host-card.ts.
import type { CandidateView, DeliveryReason, Scene, SocketView } from '../../trace/scene.js';
import type { Tones } from './card-rows.js';
import { type Funnel, funnelOf } from './funnel.js';
import { type Card, cardOf, limitOf } from './host-card.js';
import { round } from './measure.js';
import { bent, joined, type Point } from './path.js';
import type { TicketRow } from './picture.js';
import type { Frame, Variant } from './places.js';
import { groupsOf } from './slots.js';
import { isOnlyRouter, type Translation, translationOf } from './translation.js';
import { type Tree, treeOf } from './tree.js';

export interface Inside {
  readonly frame: Frame;
  readonly card: Card;
  readonly tree: Tree | undefined;
  readonly funnel: Funnel | undefined;
  /** Of an opened router. */
  readonly table?: Translation;
}

export interface InsideOptions {
  readonly variant: Variant;
  /** Index of the last question that is told; undefined: all. */
  readonly upTo: number | undefined;
  /** Sockets among which an open question lets choose: each needs a box. */
  readonly offered?: readonly number[];
}

const deliveryOf = (scene: Scene): DeliveryReason | undefined =>
  scene.reason?.kind === 'delivery' ? scene.reason : undefined;

/** Sockets that were asked but are gone after the step: they keep their place in the picture of the decision. */
function goneFrom(scene: Scene, host: number): SocketView[] {
  const reason = deliveryOf(scene);
  if (reason?.host !== host) return [];
  const present = new Set(scene.hosts.find(({ id }) => id === host)?.sockets.map(({ id }) => id) ?? []);
  return reason.candidates.map(({ socket }) => socket).filter(({ id }) => !present.has(id));
}

function tonesOf(scene: Scene, host: number, sender: number | undefined): Tones {
  const reason = deliveryOf(scene);
  const isHere = reason?.host === host;
  const verdicts = new Map(reason?.candidates.map((candidate) => [candidate.socket.id, candidate]) ?? []);
  const hot = new Set([...(scene.step?.sockets ?? []), sender]);
  if (isHere) {
    for (const { socket, verdict } of verdicts.values()) {
      if (verdict === 'match' && reason.answer === 'delivered') hot.add(socket.id);
    }
  }
  const isAside = (id: number): boolean => {
    const candidate = verdicts.get(id);
    if (!isHere || candidate?.verdict !== 'reject') return false;
    return candidate.question === 'protocol' || candidate.question === 'local port';
  };
  return {
    socket: ({ id }) => (hot.has(id) ? 'now' : isAside(id) ? 'quiet' : 'plain'),
    process: (id, sockets) => {
      const isActor = id !== undefined && scene.step?.process === id && scene.step.host === host;
      if (isActor || (isHere && sockets.some((socket) => hot.has(socket.id)))) return 'now';
      return sockets.length > 0 && sockets.every((socket) => isAside(socket.id)) ? 'quiet' : 'plain';
    },
  };
}

/** The sockets that shall have a box of their own, the most needed first: who got it, who sends, what is asked, who was asked. */
function keepOf(
  { step, reason }: Scene,
  delivery: DeliveryReason | undefined,
  sender: number | undefined,
  offered: readonly number[],
): ReadonlySet<number> {
  const asked = (delivery?.candidates ?? []).filter(
    ({ verdict, question }) => verdict !== 'reject' || !['protocol', 'local port'].includes(question),
  );
  const of = (verdict: CandidateView['verdict']): number[] =>
    asked.filter((candidate) => candidate.verdict === verdict).map(({ socket }) => socket.id);
  const holders = reason?.kind === 'call' ? reason.holders.map(({ id }) => id) : [];
  const first = sender === undefined ? [] : [sender];
  return new Set([
    ...first,
    ...of('match'),
    ...(step?.sockets ?? []),
    ...offered,
    ...holders,
    ...of('fallback'),
    ...of('reject'),
  ]);
}

export function insideOf(
  scene: Scene,
  frame: Frame,
  sender: number | undefined,
  ticket: TicketRow | undefined,
  options: InsideOptions,
): Inside {
  const { host } = frame;
  const { variant } = options;
  const reason = deliveryOf(scene);
  const delivery = reason?.host === host.id ? reason : undefined;
  const keep = keepOf(scene, delivery, sender, options.offered ?? []);
  const groups = groupsOf(host, goneFrom(scene, host.id), limitOf(frame, variant), keep);
  const card = cardOf(frame, groups, tonesOf(scene, host.id, sender), variant);
  if (frame.mode === 'mini') return { frame, card, tree: undefined, funnel: undefined };
  if (frame.mode === 'compact') {
    return { frame, card, tree: undefined, funnel: funnelOf(frame, card.feet, delivery, sender, variant) };
  }
  const rootAt = (middle: number): Point => {
    const from = ticket === undefined ? frame.x : ticket.x;
    const to = from + (ticket === undefined ? frame.w : ticket.w);
    const y = variant === 'phone' && ticket ? ticket.y : frame.y + frame.layers.bandBottom - 8;
    return { x: round(Math.max(from + 44, Math.min(to - 44, middle))), y: round(y) };
  };
  const tree = treeOf(frame, card.feet, delivery, options.upTo, rootAt, variant);
  if (!isOnlyRouter(host)) return { frame, card, tree, funnel: undefined };
  const table = translationOf(scene, frame, ticket, variant);
  return { frame, card, tree: { ...tree, texts: [], chips: [] }, funnel: undefined, table };
}

/** From the door into the host up to a socket, or as far as the packet got. */
export function inward(inside: Inside, socket: number | undefined): string {
  const { frame, tree, funnel } = inside;
  if (funnel !== undefined) return socket === undefined ? funnel.mouth : funnel.way(socket);
  if (tree === undefined) return `M${round(frame.door.x)} ${round(frame.door.y)}h0`;
  const { root } = tree;
  const mouth = bent([frame.door, { x: root.x, y: frame.door.y }, root], 12);
  return socket === undefined ? mouth : joined([mouth, tree.way(socket)]);
}
