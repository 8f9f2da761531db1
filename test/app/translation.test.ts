// The opened router on the stage: its table, the row of this step, and the packet before and after it.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { StagePicture } from '../../src/app/present/picture.js';
import { stagePicture } from '../../src/app/present/stage.js';
import { openRun } from '../../src/scenario/run.js';

const file = (name: string) => new URL(`../../scenarios/routers/${name}.yaml`, import.meta.url);

/** The stage after the step whose packet the router has written anew for the `nth` time. */
function turned(name: string, nth: number, variant: 'full' | 'phone' = 'full') {
  const { run } = openRun(readFileSync(file(name), 'utf8'));
  if (run === undefined) throw new Error(`${name} cannot be played`);
  const steps = run.steps.filter(({ number }) => {
    const { reason } = run.sceneAt(number);
    return reason?.kind === 'passage' && reason.rewrites.length > 0;
  });
  const t = steps[nth - 1]?.number ?? 0;
  const size = variant === 'full' ? { width: 1010, height: 430 } : { width: 390, height: 334 };
  const picture = stagePicture(run.sceneAt(t), { ...size, variant, pinned: undefined, upTo: undefined });
  return { picture, scene: run.sceneAt(t) };
}

const words = ({ texts }: StagePicture) => texts.map(({ text }) => text);
const ends = (picture: StagePicture, key: RegExp) =>
  picture.tickets
    .filter((ticket) => key.test(ticket.key))
    .map(({ chips }) => chips.map(({ chip }) => chip.ep));

describe('an opened router', () => {
  test.each(['full', 'phone'] as const)(
    'shows the row of this step in a box, and what it made (%s)',
    (variant) => {
      // The first is the laptop’s SYN; four packets later the tablet calls from the same port.
      const { picture, scene } = turned('two-laptops-one-address', 4, variant);
      const rows = scene.hosts.find(({ name }) => name === 'router')?.router?.mappings ?? [];
      expect(rows.map(({ outside }) => outside.port)).toEqual([62001, 62002]);
      const chips = picture.chips.filter(({ key }) => key.startsWith('mapping-'));
      expect(chips).toHaveLength(2 * rows.length);
      const [box, ...others] = picture.boxes;
      expect(others).toEqual([]);
      const within = chips.filter(
        ({ x, y }) => box && x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h,
      );
      expect(within.map(({ chip }) => chip.ep)).toEqual(['192.168.1.9:51004', '203.0.113.5:62002']);
      expect(ends(picture, /^after-/)).toEqual([['203.0.113.5:62002', '198.51.100.8:80']]);
      // The same packet does not wait on the wire as well: it is drawn before and after, no third time.
      expect(picture.tickets).toHaveLength(2);
      expect(words(picture)).toEqual(expect.arrayContaining(['before the router', 'after the router']));
      expect(picture.roads.map(({ key }) => key)).toEqual(expect.arrayContaining(['road-row', 'road-after']));
    },
  );

  test('says which side changed, and turns the arrow when an answer comes in', () => {
    const out = turned('two-laptops-one-address', 1).picture;
    expect(words(out)).toContain('only the source changed');
    expect(words(out)).toContain('▼');
    const back = turned('two-laptops-one-address', 2).picture;
    expect(words(back)).toContain('only the destination changed');
    expect(words(back)).toContain('▲');
    const forward = turned('knock-on-8080', 1).picture;
    expect(words(forward)).toContain('only the destination changed');
    expect(ends(forward, /^after-/)).toEqual([['198.51.100.44:51004', '10.0.0.20:80']]);
  });

  test('has nothing after it where nothing was written anew', () => {
    const { run } = openRun(readFileSync(file('nobody-can-call-my-laptop'), 'utf8'));
    const dropped = run?.steps.find(({ glyph }) => glyph === 'drop')?.number ?? 0;
    const scene = run?.sceneAt(dropped);
    if (scene === undefined) throw new Error('it cannot be played');
    const size = { width: 1010, height: 430 };
    const picture = stagePicture(scene, { ...size, variant: 'full', pinned: undefined, upTo: undefined });
    expect(ends(picture, /^after-/)).toEqual([]);
    expect(picture.boxes).toEqual([]);
  });
});

describe('a network behind a router', () => {
  const at = (name: string, height: number, variant: 'full' | 'phone' = 'full') => {
    const { scene } = turned(name, 1);
    return stagePicture(scene, { width: 1010, height, variant, pinned: undefined, upTo: undefined });
  };

  test('is outlined with its name and range, around its hosts and nobody else', () => {
    const { outlines, hosts } = at('two-laptops-one-address', 430);
    expect(outlines.map(({ text }) => text)).toEqual(['home network 192.168.1.0/24']);
    const [outline] = outlines;
    const inside = hosts.filter(
      ({ x, y, w, h }) =>
        outline &&
        x > outline.x &&
        y > outline.y &&
        x + w < outline.x + outline.w &&
        y + h < outline.y + outline.h,
    );
    expect(inside.map(({ title }) => title)).toEqual(['laptop', 'tablet']);
  });

  test('is not where its hosts stand among others, on a low stage and on a phone', () => {
    expect(at('calling-home-from-home', 430).outlines).toEqual([]);
    expect(at('two-laptops-one-address', 330).outlines).toEqual([]);
    expect(at('two-laptops-one-address', 430, 'phone').outlines).toEqual([]);
  });
});
