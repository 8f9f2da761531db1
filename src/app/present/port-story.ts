// Since when a port has been held: read once for a whole run, so that the map can tell it at any position.
// Held is held by anybody; a port that passes from one socket to the next without a gap has been held all the time.
// Who asks: ports.ts.
import type { Scene } from '../../trace/scene.js';

export type PortKey = `${'tcp' | 'udp'}:${number}`;

/** Positions, both included, between which a port is held without a gap. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** By host id and port. */
export type PortStory = ReadonlyMap<string, readonly Span[]>;

export function portKey(protocol: 'tcp' | 'udp', port: number): PortKey {
  return `${protocol}:${port}`;
}

/** `scenes`: those of all positions, 0 … total. */
export function portStory(scenes: readonly Scene[]): PortStory {
  const story = new Map<string, Span[]>();
  for (const { t, hosts } of scenes)
    for (const { id, sockets } of hosts)
      for (const key of new Set(sockets.map(({ protocol, local }) => portKey(protocol, local.port)))) {
        const spans = story.get(`${id} ${key}`) ?? [];
        const last = spans.at(-1);
        const isOn = last !== undefined && last.to === t - 1;
        story.set(`${id} ${key}`, [
          ...(isOn ? spans.slice(0, -1) : spans),
          { from: isOn ? last.from : t, to: t },
        ]);
      }
  return story;
}

/** The step with which it was taken, 0 for before the first; undefined while nobody holds it. */
export function heldSince(story: PortStory, host: number, key: PortKey, t: number): number | undefined {
  return story.get(`${host} ${key}`)?.find(({ from, to }) => from <= t && t <= to)?.from;
}
