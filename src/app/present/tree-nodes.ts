// The nodes of the demultiplexer inside an opened host: which protocol and port nodes there are and where they stand.
// Each branch is found again by its sockets. It refuses to know verdicts: tree.ts hangs reasons on these nodes.
// Where the boxes above them stand: host-card.ts.
import type { PacketView } from '../../trace/scene.js';
import { messages } from '../messages.js';
import type { Foot } from './host-card.js';
import { monoWidth, round } from './measure.js';
import { type Point, spread } from './path.js';
import type { Frame, Variant } from './places.js';

export interface TreeNode extends Point {
  readonly key: string;
  readonly w: number;
  readonly text: string;
  readonly name: string;
  readonly sockets: readonly number[];
  /** Nothing holds this port or protocol: drawn only because the packet asked for it. */
  readonly isMissing: boolean;
  /** Many nodes in one row: smaller print. */
  readonly isSmall: boolean;
}

export interface PortNode extends TreeNode {
  readonly protocol: string;
  readonly port: number | undefined;
}

export interface Nodes {
  readonly ports: readonly PortNode[];
  /** Empty where room is short, as on a phone: there a port node carries its protocol. */
  readonly protocols: readonly (TreeNode & { readonly protocol: string })[];
}

const NUMBERS: Readonly<Record<string, number>> = { tcp: 6, udp: 17, icmp: 1 };
const protocolText = (protocol: string): string =>
  `${protocol.toUpperCase()} ${NUMBERS[protocol] ?? ''}`.trim();

interface Draft {
  readonly protocol: string;
  readonly port: number | undefined;
  readonly feet: Foot[];
}

/** A node in small print and the room beside it. */
const NARROWEST = 56;

/**
 * One draft for each protocol and port. Where that is more than `most`, those ports that stand only in `+n` boxes and are
 * not asked for share one draft a protocol, or one for all where protocols have no nodes of their own.
 */
function drafts(
  feet: readonly Foot[],
  packet: PacketView | undefined,
  most: number,
  isMerged: boolean,
): Draft[] {
  const bound = feet.filter(({ socket }) => socket.local.port !== 0);
  const keyOf = ({ socket: { protocol, local } }: Foot): string => `${protocol}-${local.port}`;
  const open = new Set(bound.filter(({ isFolded }) => !isFolded).map(keyOf));
  const asked = packet && `${packet.protocol}-${packet.destination.port}`;
  const isAll = new Set(bound.map(keyOf)).size <= most;
  const found = new Map<string, Draft>();
  for (const foot of bound) {
    const { protocol, local } = foot.socket;
    const own = keyOf(foot);
    const isShown = isAll || open.has(own) || own === asked;
    const key = isShown ? own : isMerged ? 'others' : `${protocol}-others`;
    const draft = found.get(key) ?? { protocol, port: isShown ? local.port : undefined, feet: [] };
    draft.feet.push(foot);
    found.set(key, draft);
  }
  return [...found.values()];
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** Wide enough apart that a cross fits between two nodes. */
const APART = 26;

const SMALL_APART = 6;

/** From where to where the row of nodes may go. */
function reachOf(frame: Frame, variant: Variant): { readonly low: number; readonly high: number } {
  const labels = variant === 'full' && frame.w > 380 ? 92 : 12;
  return { low: frame.x + labels, high: frame.x + frame.w - 18 };
}

/** Beside the names of the questions; in smaller print where the row would not fit otherwise. */
function place<T extends TreeNode>(nodes: readonly T[], frame: Frame, variant: Variant): T[] {
  const { low, high } = reachOf(frame, variant);
  const needed = (all: readonly T[], apart: number): number =>
    all.reduce((sum, { w }) => sum + w + apart, -apart);
  const isSmall = needed(nodes, APART) > high - low;
  const small = (node: T, text: string, pad: number): T => ({
    ...node,
    text,
    isSmall,
    w: round(monoWidth(text, 10) + pad),
  });
  const smaller = nodes.map((node) => small(node, node.text, 12));
  // A protocol that stands before its port gives way first; the name keeps it.
  const bare = nodes.map((node) => small(node, node.text.replace(/^[A-Z]+ (?=:)/, ''), 6));
  const isTight = needed(smaller, SMALL_APART) > high - low;
  const sized = !isSmall ? nodes : isTight ? bare : smaller;
  const places = spread(sized, isSmall ? SMALL_APART : APART, low, high);
  return sized.map((node, index) => ({ ...node, x: round(places[index] ?? node.x) }));
}

export function nodesOf(
  frame: Frame,
  feet: readonly Foot[],
  rows: { readonly portY: number; readonly protocolY: number },
  packet: PacketView | undefined,
  variant: Variant,
  isMerged: boolean,
): Nodes {
  const portText = (protocol: string, port: number | undefined): string => {
    if (port === undefined) return messages.stage.others;
    return isMerged ? `${protocol.toUpperCase()} :${port}` : `:${port}`;
  };
  const { low, high } = reachOf(frame, variant);
  // One more for the port that is asked for and nobody holds.
  const list = drafts(feet, packet, Math.floor((high - low) / NARROWEST) - 1, isMerged);
  const ports: PortNode[] = list.map(({ protocol, port, feet: own }) => {
    const text = portText(protocol, port);
    return {
      key: `port-${frame.host.id}-${protocol}-${port ?? 'others'}`,
      protocol,
      port,
      text,
      w: round(monoWidth(text, 11.5) + 20),
      x: mean(own.map(({ x }) => x)),
      y: rows.portY,
      name: messages.stage.portName(protocol, port, own.length),
      sockets: own.map(({ socket }) => socket.id),
      isMissing: false,
      isSmall: false,
    };
  });
  const middle = frame.x + frame.w / 2;
  if (packet !== undefined && packet.protocol !== 'icmp') {
    const { protocol } = packet;
    const { port } = packet.destination;
    if (!ports.some((node) => node.protocol === protocol && node.port === port)) {
      const text = portText(protocol, port);
      const near = ports.filter((node) => node.protocol === protocol);
      ports.push({
        key: `port-${frame.host.id}-${protocol}-${port}`,
        protocol,
        port,
        text,
        w: round(monoWidth(text, 11.5) + 20),
        x: near.length > 0 ? mean(near.map(({ x }) => x)) + 1 : middle,
        y: rows.portY,
        name: messages.stage.portName(protocol, port, 0),
        sockets: [],
        isMissing: true,
        isSmall: false,
      });
    }
  }
  const placed = place(ports, frame, variant);
  if (isMerged) return { ports: placed, protocols: [] };
  const names = new Set(placed.map(({ protocol }) => protocol));
  if (packet !== undefined) names.add(packet.protocol);
  const protocols = [...names].map((protocol) => {
    const own = placed.filter((node) => node.protocol === protocol);
    const text = protocolText(protocol);
    const sockets = own.flatMap((node) => node.sockets);
    return {
      key: `protocol-${frame.host.id}-${protocol}`,
      protocol,
      text,
      w: round(monoWidth(text, 11.5) + 20),
      x: own.length > 0 ? mean(own.map(({ x }) => x)) : middle,
      y: rows.protocolY,
      name: messages.stage.protocolName(protocol, sockets.length),
      sockets,
      isMissing: sockets.length === 0,
      isSmall: false,
    };
  });
  return { ports: placed, protocols: place(protocols, frame, variant) };
}
