// Where each host's card stands on the stage and how its layers divide it: processes, sockets, transport, IP.
// One host is opened and wide; the others are compact. With a single host on each side the layers line up.
// It refuses to know what is inside the cards: host-card.ts and tree.ts fill them.
import type { HostView, Scene } from '../../trace/scene.js';
import { type Side, sidesOf } from './focus.js';
import { COMPACT, heightsOf, MINI, SLIM } from './heights.js';
import { insideOutline, outlineOf } from './homes.js';
import { clamp } from './measure.js';
import type { Box, HostRow, OutlineRow } from './picture.js';

export type Variant = 'full' | 'hero' | 'phone';

export interface Frame extends Box {
  readonly host: HostView;
  readonly mode: HostRow['mode'];
  readonly side: Side;
  readonly layers: Layers;
  /** Where the wire meets the card, in stage pixels. */
  readonly door: { readonly x: number; readonly y: number };
}

/** All relative to the card's top. */
export interface Layers {
  readonly head: number;
  readonly processY: number;
  readonly processH: number;
  readonly socketY: number;
  readonly socketH: number;
  readonly bandTop: number;
  readonly bandBottom: number;
  readonly wireY: number;
}

export interface Ground {
  readonly frames: readonly Frame[];
  readonly outlines: readonly OutlineRow[];
  /** Between the columns: where the wire turns. Undefined with one card. */
  readonly busX: number | undefined;
}

const GAP = 12;
const COMPACT_TALL = 206;
/** From this height on the opened card has room for a line of programs at its neighbours. */
const ROOMY = 380;

/** An opened host lower than this has no room for its three questions. */
const OPEN_MIN = 276;

/** The height that the opened host of a scene needs, with the row of slim cards of its side: a lower stage is drawn smaller. */
export function leastHeight({ hosts }: Scene, focus: number | undefined): number {
  const sides = sidesOf(hosts);
  const side = focus === undefined ? undefined : sides.get(focus);
  const hasRow = hosts.some(({ id }) => id !== focus && sides.get(id) === side);
  const isOneSided = new Set(sides.values()).size < 2;
  return OPEN_MIN + 12 + (hasRow && !isOneSided ? MINI + GAP : 0);
}

function layersOf(mode: HostRow['mode'], h: number, variant: Variant): Layers {
  const stack = (processY: number, processH: number, gap: number, socketH: number, strip: number): Layers => {
    const socketY = processY + processH + gap;
    const bandTop = socketY + socketH / 2;
    return {
      head: 31,
      processY,
      processH,
      socketY,
      socketH,
      bandTop,
      bandBottom: h - strip,
      wireY: h - 28,
    };
  };
  if (mode === 'mini' && h >= SLIM)
    return { ...stack(36, 28, -25, 22, 0), head: 26, bandBottom: h, wireY: h / 2 };
  if (mode === 'mini') return { ...stack(10, 0, 0, 24, 0), head: 26, bandBottom: h, wireY: h / 2 };
  if (variant === 'phone') return { ...stack(36, 34, 8, 44, 52), head: 28, wireY: h - 27 };
  if (variant === 'hero') return { ...stack(38, 32, 2, 42, 38), wireY: h - 15 };
  if (mode === 'open') return h < 300 ? stack(34, 42, 4, 42, 50) : stack(40, 44, 6, 46, 54);
  if (h > 300) return stack(40, 44, 6, 46, 28);
  const isSmall = h < 160;
  return isSmall ? { ...stack(30, 22, 2, 34, 22), head: 28, wireY: h - 22 } : stack(40, 34, 4, 44, 28);
}

function frame(
  host: HostView,
  mode: HostRow['mode'],
  side: Side,
  box: Box,
  variant: Variant,
  isAlone: boolean,
): Frame {
  const layers = layersOf(mode, box.h, variant);
  const x = isAlone ? box.x : side === 'left' ? box.x + box.w : box.x;
  return { host, mode, side, ...box, layers, door: { x, y: box.y + layers.wireY } };
}

/** Cards stacked in one column, as tall as there is room for: heights.ts. */
function column(
  hosts: readonly HostView[],
  side: Side,
  area: Box,
  busy: ReadonlySet<number>,
  variant: Variant,
): Frame[] {
  const room = area.h - GAP * (hosts.length - 1);
  const tallest = hosts.length === 1 ? area.h : Math.max(COMPACT_TALL, (area.h - GAP) / 2);
  const heights = heightsOf(
    hosts.map(({ id }) => busy.has(id)),
    room,
    tallest,
  );
  let y = area.y;
  return hosts.map((host, index) => {
    const h = heights[index] ?? MINI;
    const mode = h < COMPACT ? 'mini' : 'compact';
    const placed = frame(host, mode, side, { ...area, y, h }, variant, false);
    y += h + GAP;
    return placed;
  });
}

/** The wide side: the opened card, and its neighbours of the same side in a row of slim cards above or below it. */
function wideColumn(
  hosts: readonly HostView[],
  focus: number | undefined,
  side: Side,
  area: Box,
  variant: Variant,
): Frame[] {
  const others = hosts.filter((host) => host.id !== focus);
  const opened = hosts.find((host) => host.id === focus);
  if (opened === undefined) return [];
  if (others.length === 0) return [frame(opened, 'open', side, area, variant, false)];
  const rowH = area.h >= ROOMY ? SLIM : MINI;
  const isAbove = hosts.at(-1) === opened;
  const openH = area.h - rowH - GAP;
  const w = (area.w - GAP * (others.length - 1)) / others.length;
  const rowY = isAbove ? area.y : area.y + openH + GAP;
  const row = others.map((host, index) => {
    const box = { x: area.x + index * (w + GAP), y: rowY, w, h: rowH };
    return frame(host, 'mini', side, box, variant, false);
  });
  const openY = isAbove ? area.y + rowH + GAP : area.y;
  return [frame(opened, 'open', side, { ...area, y: openY, h: openH }, variant, false), ...row];
}

/** Who takes part in this step: they keep a full card when room is short. */
function busyHosts(scene: Scene): Set<number> {
  const packets = [scene.step?.packet, ...scene.inFlight];
  const ids = packets.flatMap((packet) => (packet ? [packet.from.host, packet.toHost] : []));
  return new Set([...ids, scene.step?.host].filter((id) => id !== undefined));
}

export function placeHosts(
  scene: Scene,
  focus: number | undefined,
  width: number,
  height: number,
  variant: Variant,
): Ground {
  const { hosts } = scene;
  const opened = hosts.find((host) => host.id === focus);
  if (variant === 'phone') {
    if (opened === undefined) return { frames: [], outlines: [], busX: undefined };
    const box = { x: 10, y: 4, w: width - 20, h: height - 8 };
    return { frames: [frame(opened, 'open', 'right', box, variant, false)], outlines: [], busX: undefined };
  }
  const pad = variant === 'hero' ? { x: 20, y: 22 } : { x: 4, y: 6 };
  const area = { x: pad.x, y: pad.y, w: width - pad.x * 2, h: height - pad.y * 2 };
  const sides = sidesOf(hosts);
  const left = hosts.filter((host) => sides.get(host.id) === 'left');
  const right = hosts.filter((host) => sides.get(host.id) === 'right');
  if (left.length === 0 || right.length === 0) {
    const only = opened ?? hosts[0];
    if (only === undefined) return { frames: [], outlines: [], busX: undefined };
    const w = Math.min(area.w, 860);
    const box = { ...area, x: area.x + (area.w - w) / 2, w };
    return { frames: [frame(only, 'open', 'right', box, variant, true)], outlines: [], busX: undefined };
  }
  const busy = busyHosts(scene);
  if (variant === 'hero') {
    const gap = clamp(area.w * 0.33, 150, 244);
    const leftW = (area.w - gap) * 0.44;
    const rightBox = { ...area, x: area.x + leftW + gap, w: area.w - leftW - gap };
    const frames = [
      ...column(left, 'left', { ...area, w: leftW }, busy, variant),
      ...column(right, 'right', rightBox, busy, variant),
    ];
    return { frames, outlines: [], busX: area.x + leftW + gap / 2 };
  }
  const isLeftOpen = left.some((host) => host.id === focus);
  const narrow = clamp(area.w * 0.268, 190, 300);
  const gap = clamp(area.w * 0.132, 132, 150);
  const wide = area.w - narrow - gap;
  const leftBox = { ...area, w: isLeftOpen ? wide : narrow };
  const rightBox = { ...area, x: area.x + leftBox.w + gap, w: isLeftOpen ? narrow : wide };
  const leftLine = outlineOf(left, hosts, leftBox);
  const rightLine = outlineOf(right, hosts, rightBox);
  const leftRoom = insideOutline(leftBox, leftLine);
  const rightRoom = insideOutline(rightBox, rightLine);
  const frames = isLeftOpen
    ? [
        ...wideColumn(left, focus, 'left', leftRoom, variant),
        ...column(right, 'right', rightRoom, busy, variant),
      ]
    : [
        ...column(left, 'left', leftRoom, busy, variant),
        ...wideColumn(right, focus, 'right', rightRoom, variant),
      ];
  const outlines = [leftLine, rightLine].filter((line) => line !== undefined);
  return { frames, outlines, busX: leftBox.x + leftBox.w + gap / 2 };
}
