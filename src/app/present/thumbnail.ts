// The small picture on a scenario's card, taken from its own run: what a router writes anew, else the decision that is asked
// for or has the most to choose from, else the refusal; where one socket is all there is, the packets that come and go.
// It is the same sentence as the stage: one road taken, the others dotted.
// Who runs the scenario for it: ../prepare.ts. Who draws it: ../panels/thumbnail.ts.
import type {
  CandidateView,
  DeliveryReason,
  EndpointView,
  Mark,
  Owner,
  Scene,
  SocketView,
  StepView,
} from '../../trace/scene.js';
import { type ChipBox, chipBox, type Hue, portChipOf } from './chip.js';
import { type SocketShape, shapeOf } from './shape.js';

export interface ThumbBox {
  readonly key: string;
  readonly hue: Hue;
  readonly shape: SocketShape;
  readonly mark: Mark | undefined;
  readonly label: string;
  readonly isTaken: boolean;
}

/** One packet between the two hosts of a small ladder. */
export interface ThumbFlight {
  readonly isToRight: boolean;
  readonly isRefusal: boolean;
  readonly isLost: boolean;
}

export type Thumbnail =
  | {
      readonly kind: 'rewrite';
      readonly rows: readonly { readonly before: ChipBox; readonly after: ChipBox }[];
    }
  | {
      readonly kind: 'ladder';
      readonly ends: readonly [left: Owner, right: Owner];
      readonly flights: readonly ThumbFlight[];
    }
  | { readonly kind: 'fork'; readonly boxes: readonly ThumbBox[] }
  | { readonly kind: 'refused'; readonly label: string; readonly answer: 'rst' | 'icmp' | 'silence' }
  | { readonly kind: 'row'; readonly boxes: readonly ThumbBox[] }
  | { readonly kind: 'call'; readonly boxes: readonly ThumbBox[]; readonly errno: string };

interface Source {
  readonly total: number;
  readonly steps: readonly StepView[];
  sceneAt(t: number): Scene;
}

const MOST = 4;
const MOST_ROWS = 2;

function box(socket: SocketView, hue: Hue, isTaken: boolean): ThumbBox {
  const label = `:${socket.local.port}`;
  return { key: `box-${socket.id}`, hue, shape: shapeOf(socket), mark: socket.mark, label, isTaken };
}

/** The candidates nearest to the decision, in the order in which they stand on the host. */
function forkOf(reason: DeliveryReason, hue: Hue): Thumbnail | undefined {
  const rank = (candidate: CandidateView): number => {
    if (candidate.verdict === 'match') return 0;
    if (candidate.verdict === 'fallback') return 1;
    return { protocol: 4, 'local port': 3, conversation: 2, member: 2, willing: 2 }[candidate.question];
  };
  const near = [...reason.candidates].sort((a, b) => rank(a) - rank(b)).slice(0, MOST);
  const boxes = near
    .sort((a, b) => a.socket.id - b.socket.id)
    .map(({ socket, verdict }) => box(socket, hue, verdict === 'match'));
  return boxes.length === 0 ? undefined : { kind: 'fork', boxes };
}

function pictureOf(scene: Scene): Thumbnail | undefined {
  const { reason } = scene;
  if (reason === undefined) return undefined;
  const hue = scene.hosts.find(({ id }) => id === reason.host)?.owner.hue ?? 'S';
  if (reason.kind === 'passage') return undefined;
  if (reason.kind === 'call') {
    if (reason.errno === undefined) return undefined;
    const boxes = reason.holders.slice(0, 1).map((socket) => box(socket, hue, false));
    return { kind: 'call', boxes, errno: reason.errno };
  }
  if (reason.answer === 'delivered') return forkOf(reason, hue);
  return { kind: 'refused', label: `:${reason.packet.destination.port}`, answer: reason.answer };
}

/** The first two endpoints that a router wrote anew, as they were and as they became; undefined if none did. */
function rewritesOf(steps: readonly StepView[]): Thumbnail | undefined {
  const found = new Map<string, { readonly before: ChipBox; readonly after: ChipBox }>();
  const take = (from: EndpointView | undefined, to: EndpointView): void => {
    if (from === undefined) return;
    const [before, after] = [from, to].map((end) => chipBox(portChipOf(end), 11, 22));
    // What comes back is the same row, read the other way.
    const key = [before?.ep, after?.ep].sort().join(' ');
    if (before !== undefined && after !== undefined && !found.has(key)) found.set(key, { before, after });
  };
  for (const { packet } of steps) {
    if (packet === undefined) continue;
    take(packet.was?.source, packet.source);
    take(packet.was?.destination, packet.destination);
  }
  const rows = [...found.values()].slice(0, MOST_ROWS);
  return rows.length === 0 ? undefined : { kind: 'rewrite', rows };
}

/** The first packets between the two hosts of the first one; undefined if they are fewer than two. */
function ladderOf(steps: readonly StepView[]): Thumbnail | undefined {
  const arrivals = steps.flatMap(({ kind, packet, glyph }) => {
    const [from, to] = [packet?.source.owner, packet?.destination.owner];
    if (kind !== 'arrival' || packet === undefined || from === undefined || to === undefined) return [];
    return [{ from, to, isRefusal: packet.flags.includes('RST'), isLost: glyph === 'drop' }];
  });
  const [first] = arrivals;
  if (first === undefined || first.from.host === first.to.host) return undefined;
  const ends = [first.from, first.to] as const;
  const flights = arrivals
    .filter(({ from, to }) => ends.every(({ host }) => host === from.host || host === to.host))
    .map(({ from, isRefusal, isLost }) => ({ isToRight: from.host === first.from.host, isRefusal, isLost }));
  return flights.length < 2 ? undefined : { kind: 'ladder', ends, flights: flights.slice(0, MOST) };
}

/** Where nothing was decided: what stands on the busiest host in the end. */
function lastRow(scene: Scene): Thumbnail | undefined {
  const [host] = [...scene.hosts].sort((a, b) => b.sockets.length - a.sockets.length);
  const boxes = host?.sockets.slice(0, MOST).map((socket) => box(socket, host.owner.hue, false)) ?? [];
  return boxes.length === 0 ? undefined : { kind: 'row', boxes };
}

/** One socket and one road to it say little. */
function isPlain(picture: Thumbnail): boolean {
  return picture.kind === 'fork' && picture.boxes.length === 1;
}

/** What a router rewrites; else the decision; where that leaves no choice, the packets. */
export function thumbnailOf(run: Source): Thumbnail | undefined {
  const rewrites = rewritesOf(run.steps);
  if (rewrites !== undefined) return rewrites;
  const decision = decisionOf(run);
  return decision !== undefined && !isPlain(decision) ? decision : (ladderOf(run.steps) ?? decision);
}

/** The first decision at or after the scenario's question; without a question, the one with the most boxes. */
function decisionOf(run: Source): Thumbnail | undefined {
  const asked = run.steps.find(({ ask }) => ask !== undefined)?.number;
  let best: Thumbnail | undefined;
  const size = (picture: Thumbnail): number => ('boxes' in picture ? picture.boxes.length : 2);
  for (let t = asked ?? 1; t <= run.total; t += 1) {
    const picture = pictureOf(run.sceneAt(t));
    if (picture === undefined) continue;
    if (asked !== undefined) return picture;
    if (best === undefined || size(picture) > size(best)) best = picture;
  }
  return best ?? lastRow(run.sceneAt(run.total));
}
