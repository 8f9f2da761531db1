// The small picture on a scenario's card, taken from its own run: the decision with the most to choose from,
// or the refusal, as a few boxes. It is the same sentence as the stage: one road taken, the others dotted.
// Who runs the scenario for it: ../thumbnails.ts. Who draws it: ../panels/thumbnail.ts.
import type { CandidateView, DeliveryReason, Mark, Scene, SocketView, StepView } from '../../trace/scene.js';
import type { Hue } from './chip.js';
import { type SocketShape, shapeOf } from './shape.js';

export interface ThumbBox {
  readonly key: string;
  readonly hue: Hue;
  readonly shape: SocketShape;
  readonly mark: Mark | undefined;
  readonly label: string;
  readonly isTaken: boolean;
}

export type Thumbnail =
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

/** Where nothing was decided: what stands on the busiest host in the end. */
function lastRow(scene: Scene): Thumbnail | undefined {
  const [host] = [...scene.hosts].sort((a, b) => b.sockets.length - a.sockets.length);
  const boxes = host?.sockets.slice(0, MOST).map((socket) => box(socket, host.owner.hue, false)) ?? [];
  return boxes.length === 0 ? undefined : { kind: 'row', boxes };
}

/** The first decision at or after the scenario's question; without a question, the one with the most boxes. */
export function thumbnailOf(run: Source): Thumbnail | undefined {
  const asked = run.steps.find(({ ask }) => ask !== undefined)?.number;
  let best: Thumbnail | undefined;
  const size = (picture: Thumbnail): number => (picture.kind === 'refused' ? 2 : picture.boxes.length);
  for (let t = asked ?? 1; t <= run.total; t += 1) {
    const picture = pictureOf(run.sceneAt(t));
    if (picture === undefined) continue;
    if (asked !== undefined) return picture;
    if (best === undefined || size(picture) > size(best)) best = picture;
  }
  return best ?? lastRow(run.sceneAt(run.total));
}
