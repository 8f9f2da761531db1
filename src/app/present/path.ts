// Lines as SVG path text: the S-shaped branch of a tree, the wire with rounded corners, and how to join them.
// All coordinates are stage pixels. It refuses to know what the lines mean.
// Where they are used: tree.ts, funnel.ts, wire.ts.
import { round } from './measure.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** From `a` to `b`, leaving and arriving upright. */
export function branch(a: Point, b: Point): string {
  const middle = round((a.y + b.y) / 2);
  if (Math.abs(a.x - b.x) < 0.5) return `M${round(a.x)} ${round(a.y)}V${round(b.y)}`;
  return `M${round(a.x)} ${round(a.y)}C${round(a.x)} ${middle} ${round(b.x)} ${middle} ${round(b.x)} ${round(b.y)}`;
}

/** Through the points with corners rounded by up to `radius`. */
export function bent(points: readonly Point[], radius = 16): string {
  const kept = points.filter((point, index) => {
    const before = points[index - 1];
    return before === undefined || Math.hypot(point.x - before.x, point.y - before.y) > 0.5;
  });
  const [first] = kept;
  if (first === undefined) return '';
  let d = `M${round(first.x)} ${round(first.y)}`;
  for (let index = 1; index < kept.length; index += 1) {
    const before = kept[index - 1];
    const here = kept[index];
    const after = kept[index + 1];
    if (before === undefined || here === undefined) continue;
    if (after === undefined) {
      d += `L${round(here.x)} ${round(here.y)}`;
      continue;
    }
    const into = Math.hypot(here.x - before.x, here.y - before.y);
    const out = Math.hypot(after.x - here.x, after.y - here.y);
    const r = Math.min(radius, into / 2, out / 2);
    const from = {
      x: here.x - ((here.x - before.x) / into) * r,
      y: here.y - ((here.y - before.y) / into) * r,
    };
    const to = { x: here.x + ((after.x - here.x) / out) * r, y: here.y + ((after.y - here.y) / out) * r };
    d += `L${round(from.x)} ${round(from.y)}Q${round(here.x)} ${round(here.y)} ${round(to.x)} ${round(to.y)}`;
  }
  return d;
}

/** One line out of several that meet. */
export function joined(parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .map((part, index) => (index === 0 ? part : part.replace(/^M/, 'L')))
    .join('');
}

interface Label {
  readonly x: number;
  readonly w: number;
}

/**
 * Moves labels apart so that each keeps `gap` pixels from the next, as near to where it wants to be as possible,
 * and inside `low` … `high`. If there is not enough room the gap shrinks first.
 */
export function spread(wanted: readonly Label[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a]?.x ?? 0) - (wanted[b]?.x ?? 0));
  const places = wanted.map(({ x }) => x);
  const total = wanted.reduce((sum, { w }) => sum + w, 0);
  const room = (high - low - total) / Math.max(1, wanted.length - 1);
  const apart = Math.min(gap, Math.max(2, room));
  const half = (index: number): number => (wanted[index]?.w ?? 0) / 2;
  for (let pass = 0; pass < 8; pass += 1) {
    for (let at = 1; at < order.length; at += 1) {
      const [left, right] = [order[at - 1] ?? 0, order[at] ?? 0];
      const overlap = half(left) + half(right) + apart - ((places[right] ?? 0) - (places[left] ?? 0));
      if (overlap <= 0.1) continue;
      places[left] = (places[left] ?? 0) - overlap / 2;
      places[right] = (places[right] ?? 0) + overlap / 2;
    }
  }
  let edge = low - apart;
  for (const index of order) {
    places[index] = Math.max(places[index] ?? 0, edge + apart + half(index));
    edge = (places[index] ?? 0) + half(index);
  }
  edge = high + apart;
  for (const index of [...order].reverse()) {
    places[index] = Math.min(places[index] ?? 0, edge - apart - half(index));
    edge = (places[index] ?? 0) - half(index);
  }
  return places;
}
