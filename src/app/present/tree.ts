// The demultiplexer of an opened host: a tree with three questions that grows from the arriving packet up to the sockets.
// The branch that was taken is a road; the others stay, dotted, with the reason at the branch. Without a packet the
// same tree is the multiplexer, quiet. It reads verdicts from the reason and never decides anything.
import type { CandidateView, DeliveryReason, Question } from '../../trace/scene.js';
import { messages } from '../messages.js';
import { chipBox, portChipOf, struckOf } from './chip.js';
import type { Foot } from './host-card.js';
import { round, sansWidth } from './measure.js';
import { branch, joined, type Point } from './path.js';
import type { BadgeRow, ChipRow, LineRow, NodeRow, RoadRow, TextRow } from './picture.js';
import type { Frame, Variant } from './places.js';
import { nodesOf, type PortNode, type TreeNode } from './tree-nodes.js';

export interface Tree {
  readonly lines: readonly LineRow[];
  readonly roads: readonly RoadRow[];
  readonly nodes: readonly NodeRow[];
  readonly chips: readonly ChipRow[];
  readonly badges: readonly BadgeRow[];
  readonly texts: readonly TextRow[];
  readonly root: Point;
  /** From the root up to a socket's foot, as far as there are branches. */
  way(socket: number): string;
}

const HALF = 11;
/** Below this pitch the chips get the smaller print; below this height verdicts sit on the chips' corners. */
const SNUG = 70;
/** Below this height a port's node carries its protocol, as on a phone. */
const MERGED = 112;
const TINY = 150;
/** Where the three rows stand in the room between sockets and IP, from the top. */
const ROWS = { chip: 0.19, port: 0.52, protocol: 0.77 } as const;
const TINY_ROWS = { chip: 0.12, port: 0.48, protocol: 0.82 } as const;
const PHONE_ROWS = { chip: 0.25, port: 0.62, protocol: 0.62 } as const;
const TINY_PHONE_ROWS = { chip: 0.22, port: 0.66, protocol: 0.66 } as const;
const TINY_PHONE = 125;
const MERGED_ROWS = { chip: 0.17, port: 0.6, protocol: 0.6 } as const;
const LOW = 190;

/** What is told already: the questions up to where the reader walks, and the candidates that stand under them. */
function toldSoFar(
  reason: DeliveryReason | undefined,
  upTo: number | undefined,
): { readonly questions: ReadonlySet<string>; readonly sockets: ReadonlySet<number> } {
  const told = reason?.questions.slice(0, (upTo ?? reason.questions.length) + 1) ?? [];
  const sockets = told.flatMap(({ candidates }) => candidates.map(({ socket }) => socket.id));
  return { questions: new Set(told.map(({ id }) => id)), sockets: new Set(sockets) };
}

export function treeOf(
  frame: Frame,
  feet: readonly Foot[],
  delivery: DeliveryReason | undefined,
  upTo: number | undefined,
  rootAt: (middle: number) => Point,
  variant: Variant,
): Tree {
  const host = frame.host.id;
  const top = frame.y + frame.layers.socketY + frame.layers.socketH;
  const bottom = frame.y + frame.layers.bandBottom;
  const room = bottom - top;
  const isPhone = variant === 'phone';
  const isLow = room < LOW && !isPhone;
  const phoneShare = room < TINY_PHONE ? TINY_PHONE_ROWS : PHONE_ROWS;
  const isMerged = isPhone || room < MERGED;
  const share = isPhone ? phoneShare : isMerged ? MERGED_ROWS : room < TINY ? TINY_ROWS : ROWS;
  const chipY = round(top + room * share.chip);
  const rows = { portY: round(top + room * share.port), protocolY: round(top + room * share.protocol) };
  const { ports, protocols } = nodesOf(frame, feet, rows, delivery?.packet, variant, isMerged);

  const told = toldSoFar(delivery, upTo);
  const isTold = (question: Question): boolean => told.questions.has(question);
  const verdicts = new Map<number, CandidateView>();
  for (const candidate of delivery?.candidates ?? []) verdicts.set(candidate.socket.id, candidate);
  const winners = new Set(
    (delivery?.candidates ?? [])
      .filter(({ verdict, socket }) => verdict === 'match' && told.sockets.has(socket.id))
      .map(({ socket }) => socket.id),
  );
  const asked = delivery?.packet;
  const isAskedPort = (node: PortNode): boolean =>
    asked !== undefined &&
    (asked.protocol === 'icmp'
      ? node.sockets.some((id) => winners.has(id))
      : node.protocol === asked.protocol && node.port === asked.destination.port);
  const onRoad = (node: PortNode): boolean => isAskedPort(node) && isTold('local port');
  const protocolOnRoad = (protocol: string): boolean => asked?.protocol === protocol && isTold('protocol');

  const base = protocols.length > 0 ? protocols : ports;
  const middle = base.reduce((sum, node) => sum + node.x, 0) / Math.max(1, base.length);
  const root = rootAt(base.length > 0 ? middle : frame.x + frame.w / 2);
  const cold = delivery === undefined ? 'cold' : 'dotted';
  const lines: LineRow[] = [];
  const roads: RoadRow[] = [];
  const line = (key: string, d: string, isRoad: boolean): void => {
    if (isRoad) roads.push({ key, d, layer: 'over' });
    else lines.push({ key, d, tone: cold });
  };
  const above = (node: Point): Point => ({ x: node.x, y: node.y - HALF });
  const below = (node: Point): Point => ({ x: node.x, y: node.y + HALF });
  const footOf = (id: number): Foot | undefined => feet.find(({ socket }) => socket.id === id);
  const protocolOf = (node: PortNode): TreeNode | undefined => {
    const isQuoted = asked?.protocol === 'icmp' && isAskedPort(node);
    return protocols.find(({ protocol }) => protocol === (isQuoted ? 'icmp' : node.protocol));
  };

  for (const node of protocols) {
    line(`edge-${node.key}`, branch(root, below(node)), protocolOnRoad(node.protocol));
  }
  const chips: ChipRow[] = [];
  const badges: BadgeRow[] = [];
  const texts: TextRow[] = [];
  const stems = new Map<number, string>();
  const pitch = pitchOf(feet);
  for (const node of ports) {
    const from = protocolOf(node);
    const stem = branch(from === undefined ? root : above(from), below(node));
    line(`edge-${node.key}`, stem, onRoad(node) && (from === undefined || isTold('protocol')));
    const own = feet.filter(({ socket }) => node.sockets.includes(socket.id));
    const isShown = isAskedPort(node) || own.length > 1 || own.some(({ socket }) => socket.remote.port !== 0);
    const boxes = own.map(({ socket }) => {
      const candidate = verdicts.get(socket.id);
      const isKnown = candidate !== undefined && told.sockets.has(socket.id);
      const chip = portChipOf(socket.remote, struckOf(isKnown ? candidate : undefined));
      return pitch < SNUG ? chipBox(chip, 9.5, 16) : chipBox(chip, 10, 18);
    });
    own.forEach((foot, index) => {
      const { socket } = foot;
      const box = boxes[index];
      const isRoad = winners.has(socket.id) && onRoad(node);
      const key = `edge-socket-${host}-${socket.id}`;
      if (!isShown || box === undefined || foot.isFolded) {
        if (foot.isFolded && own.findIndex(({ slot }) => slot === foot.slot) !== index) return;
        const d = branch(above(node), foot);
        stems.set(socket.id, d);
        line(key, d, isRoad);
        return;
      }
      const y = chipY;
      const half = box.height / 2;
      const low = branch(above(node), { x: foot.x, y: y + half });
      const high = branch({ x: foot.x, y: y - half }, foot);
      stems.set(socket.id, joined([low, high]));
      line(key, low, isRoad);
      line(`${key}-top`, high, isRoad);
      chips.push({
        key: `peer-${host}-${socket.id}`,
        x: round(foot.x - box.width / 2),
        y: round(y - half),
        chip: box,
      });
      const candidate = verdicts.get(socket.id);
      if (candidate === undefined || !told.sockets.has(socket.id)) return;
      if (candidate.question === 'protocol') return;
      if (candidate.question === 'local port' && candidate.field !== 'local address') return;
      const corner = { x: round(foot.x + box.width / 2 - 3), y: y + 13 };
      const below = { x: round(foot.x + 27), y: y + 17 };
      const badge = { key: `verdict-${host}-${socket.id}`, ...(isLow ? corner : below) };
      if (candidate.verdict === 'match') {
        if (isRoad) badges.push({ ...badge, verdict: 'match' });
        return;
      }
      const said = messages.stage.verdict(candidate);
      const isWide = pitch > sansWidth(said, 10) + 26 && !isPhone && !isLow;
      const text = { key: `words-${host}-${socket.id}`, y: y + 22, text: said } as const;
      if (candidate.verdict === 'reject') {
        const x = isLow ? badge.x : isWide ? badge.x + 4 : round(foot.x + 20);
        badges.push({ ...badge, x, y: isLow ? badge.y : y + 18, verdict: 'reject' });
        if (isWide) texts.push({ ...text, x: round(foot.x + 20), role: 'reject', anchor: 'end' });
      } else if (isWide) {
        texts.push({ ...text, x: round(foot.x - 3), role: 'fallback', anchor: 'middle' });
      }
    });
  }

  const nodes: NodeRow[] = [];
  const rejected = (sockets: readonly number[], question: Question): boolean =>
    isTold(question) &&
    sockets.length > 0 &&
    sockets.every((id) => verdicts.get(id)?.verdict === 'reject' && verdicts.get(id)?.question === question);
  const add = (node: TreeNode, isTaken: boolean, isOut: boolean): void => {
    const isNobody = node.isMissing && isTaken && !protocols.some((other) => other === node);
    const tone = isNobody ? 'missing' : isTaken ? 'taken' : isOut ? 'out' : 'open';
    const { key, x, y, w, text, name, isSmall } = node;
    nodes.push({ key, x, y, w, text, name, tone, isSmall });
    if (isOut || isNobody) {
      badges.push({
        key: `out-${node.key}`,
        x: round(node.x + node.w / 2 + (isSmall ? -2 : 5)),
        y: node.y + (isSmall ? 10 : 0),
        verdict: 'reject',
      });
    }
    if (isNobody && !isPhone) {
      const text = messages.stage.nobodyHere;
      texts.push({
        key: `nobody-${node.key}`,
        x: node.x,
        y: node.y - 17,
        text,
        role: 'reject',
        anchor: 'middle',
      });
    }
  };
  for (const node of ports) {
    const isOut = rejected(node.sockets, 'local port') || (isMerged && rejected(node.sockets, 'protocol'));
    const isMixed = node.port === undefined && isTold('local port') && !onRoad(node);
    add(node, onRoad(node), isOut || (isMixed && node.sockets.every((id) => verdicts.has(id))));
  }
  for (const node of protocols) {
    add(node, protocolOnRoad(node.protocol), rejected(node.sockets, 'protocol'));
  }
  if (variant === 'full' && frame.w > 380)
    texts.push(...questionLabels(frame, chipY, rows, room >= TINY, isMerged));

  const way = (id: number): string => {
    const foot = footOf(id);
    const node = ports.find(({ sockets }) => sockets.includes(id));
    if (node === undefined || foot === undefined) return '';
    const from = protocolOf(node);
    const lower = from === undefined ? [] : [branch(root, below(from)), branch(above(from), below(node))];
    const stem = from === undefined ? [branch(root, below(node))] : lower;
    return joined([...stem, stems.get(id) ?? branch(above(node), foot)]);
  };
  return { lines, roads, nodes, chips, badges, texts, root, way };
}

/** Between neighbouring boxes, in pixels; plenty for a single one. */
function pitchOf(feet: readonly Foot[]): number {
  const xs = [...new Set(feet.map(({ x }) => x))].sort((one, other) => one - other);
  return Math.min(200, ...xs.slice(1).map((x, index) => x - (xs[index] ?? 0)));
}

function questionLabels(
  frame: Frame,
  chipY: number,
  rows: { readonly portY: number; readonly protocolY: number },
  hasHints: boolean,
  isMerged: boolean,
): TextRow[] {
  const x = frame.x + 14;
  const label = (key: string, y: number, text: string, hint: string): TextRow[] => {
    const row = { key: `${key}-${frame.host.id}`, x, y: y + (hasHints ? -1 : 4), anchor: 'start' } as const;
    const words: TextRow = { ...row, text, role: 'question' };
    if (!hasHints) return [words];
    return [words, { ...row, key: `${key}-hint-${frame.host.id}`, y: y + 12, text: hint, role: 'hint' }];
  };
  const { tree } = messages.stage;
  return [
    ...label('question-3', chipY, tree.whose, tree.whoseHint),
    ...label('question-2', rows.portY, tree.port, tree.portHint),
    ...(isMerged ? [] : label('question-1', rows.protocolY, tree.protocol, tree.protocolHint)),
  ];
}
