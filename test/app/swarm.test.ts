// Above 500 packets on the wire one image shows them all: each once, beside what stands there, found again by its place.
import { describe, expect, it } from 'vitest';
import { isOver } from '../../src/app/present/labels.js';
import { stagePicture } from '../../src/app/present/stage.js';
import { CANVAS_ABOVE, markAt } from '../../src/app/present/swarm.js';
import type { Scene } from '../../src/trace/scene.js';
import { flaws } from './overlap.js';
import { get, query, rst } from './reasons.js';
import { sceneAt } from './scenes.js';

const kinds = [get, query, rst];
function flying(count: number): Scene {
  const inFlight = [...Array(count).keys()].map((index) => ({
    ...(kinds[index % 3] ?? get),
    id: 1000 + index,
  }));
  return { ...sceneAt(5), inFlight };
}
const draw = (count: number, width = 1016, height = 412) =>
  stagePicture(flying(count), { width, height, variant: 'full', pinned: undefined, upTo: undefined });

describe('many packets on the wire', () => {
  it('are tickets up to 500 and marks above', () => {
    expect(draw(CANVAS_ABOVE).swarm).toBeUndefined();
    expect(draw(CANVAS_ABOVE).texts.some(({ role }) => role === 'count')).toBe(true);
    const picture = draw(CANVAS_ABOVE + 1);
    expect(picture.swarm?.marks).toHaveLength(CANVAS_ABOVE + 1);
    expect(picture.texts.map(({ text }) => text)).toContain(`${CANVAS_ABOVE + 1} in flight`);
    expect(picture.swarm?.name).toContain(String(CANVAS_ABOVE + 1));
    expect(picture.tickets.length).toBeLessThanOrEqual(1);
    expect(flaws(picture)).toEqual([]);
  });

  it.each([
    [612, 1016, 412],
    [900, 852, 330],
    [2500, 1016, 412],
  ])(
    '%i each once at a place of its own, in the hue of the sender and the shape of its kind (%i x %i)',
    (count, width, height) => {
      const { swarm, tickets, hosts } = draw(count, width, height);
      if (swarm === undefined) throw new Error('no swarm');
      expect(new Set(swarm.marks.map(({ id }) => id)).size).toBe(count);
      expect(new Set(swarm.marks.map(({ x, y }) => `${x} ${y}`)).size).toBe(count);
      expect(new Set(swarm.marks.map(({ shape }) => shape))).toEqual(new Set(['segment', 'datagram', 'rst']));
      for (const mark of swarm.marks) {
        const half = swarm.size / 2;
        const box = { x: mark.x - half, y: mark.y - half, w: swarm.size, h: swarm.size };
        expect([...tickets, ...hosts].filter((other) => isOver(box, other))).toEqual([]);
        expect(markAt(swarm, mark.x, mark.y)?.id).toBe(mark.id);
      }
      expect(markAt(swarm, swarm.x - 50, swarm.y)).toBeUndefined();
    },
  );
});
