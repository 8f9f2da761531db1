// The stage as rows: nothing overlaps, everything stands inside its host, and the road leads to the socket that won.
import { describe, expect, it } from 'vitest';
import type { StagePicture } from '../../src/app/present/picture.js';
import type { Variant } from '../../src/app/present/places.js';
import { stagePicture } from '../../src/app/present/stage.js';
import { decidingIndex } from '../../src/app/present/why.js';
import type { Scene } from '../../src/trace/scene.js';
import { flaws } from './overlap.js';
import { crowded, sceneAt, steps } from './scenes.js';

const draw = (
  scene: Scene,
  width = 1016,
  height = 420,
  variant: Variant = 'full',
  upTo?: number,
): StagePicture => stagePicture(scene, { width, height, variant, pinned: undefined, upTo });

const sizes: readonly { readonly width: number; readonly height: number; readonly variant: Variant }[] = [
  { width: 1016, height: 420, variant: 'full' },
  { width: 988, height: 452, variant: 'full' },
  { width: 390, height: 334, variant: 'phone' },
  { width: 766, height: 262, variant: 'hero' },
];

const scenes: readonly (readonly [string, Scene])[] = [
  ...Array.from({ length: steps.length + 1 }, (_, t) => [`step ${t}`, sceneAt(t)] as const),
  ['four hosts and eight sockets, a caller opened', crowded(1)],
  ['four hosts and eight sockets, the server opened', crowded(3)],
];

describe.each(sizes)('at $width x $height ($variant)', ({ width, height, variant }) => {
  it.each(scenes)('nothing overlaps or leaves its host: %s', (_, scene) => {
    expect(flaws(draw(scene, width, height, variant))).toEqual([]);
  });

  it('keys are unique in each kind of row', () => {
    for (const [, scene] of scenes) {
      const { hosts, processes, sockets, lines, roads, nodes, chips, badges, texts, tickets } = draw(
        scene,
        width,
        height,
        variant,
      );
      for (const rows of [hosts, processes, sockets, lines, roads, nodes, chips, badges, texts, tickets]) {
        const keys = rows.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
      }
    }
  });
});

describe('the decision', () => {
  it('is a road from the sending socket to the winner, with every other branch dotted', () => {
    const picture = draw(sceneAt(6));
    const keys = picture.roads.map(({ key }) => key);
    expect(keys).toEqual(
      expect.arrayContaining([
        'road-out',
        'road-wire',
        'road-in',
        'edge-socket-3-20',
        'edge-socket-3-20-top',
      ]),
    );
    expect(keys.filter((key) => key.startsWith('edge-socket-3-')).every((key) => key.includes('-20'))).toBe(
      true,
    );
    expect(
      picture.lines.filter(({ key }) => key.startsWith('edge-')).every(({ tone }) => tone === 'dotted'),
    ).toBe(true);
  });

  it('strikes the half that differs and crosses what was put aside', () => {
    const { chips, badges, nodes } = draw(sceneAt(6));
    const struck = new Map(chips.map(({ key, chip }) => [key, chip.struck]));
    expect(struck.get('peer-3-20')).toBe('none');
    expect(struck.get('peer-3-21')).toBe('port');
    expect(struck.get('peer-3-22')).toBe('address');
    expect(badges.find(({ key }) => key === 'verdict-3-20')?.verdict).toBe('match');
    expect(nodes.find(({ text }) => text === ':22')?.tone).toBe('out');
    expect(nodes.find(({ text }) => text === 'UDP 17')?.tone).toBe('out');
    expect(nodes.find(({ text }) => text === ':80')?.tone).toBe('taken');
  });

  it('grows with the reasons: after the first question only the protocol is known', () => {
    const first = draw(sceneAt(6), 1016, 420, 'full', 0);
    expect(first.nodes.filter(({ tone }) => tone === 'taken').map(({ text }) => text)).toEqual(['TCP 6']);
    expect(first.badges.map(({ key }) => key)).toEqual(['out-protocol-3-udp']);
    expect(first.chips.every(({ chip }) => chip.struck === 'none')).toBe(true);
    const second = draw(sceneAt(6), 1016, 420, 'full', 1);
    expect(second.nodes.filter(({ tone }) => tone === 'taken').map(({ text }) => text)).toEqual([
      ':80',
      'TCP 6',
    ]);
  });

  it('ends at a port that nobody holds, drawn only because it was asked for', () => {
    const { nodes, roads, texts } = draw(sceneAt(7));
    expect(nodes.find(({ text }) => text === ':8081')?.tone).toBe('missing');
    expect(roads.some(({ key }) => key.startsWith('edge-socket'))).toBe(false);
    expect(texts.some(({ text }) => text === 'nobody here')).toBe(true);
  });

  it('of a refused call points from the program that asked to the socket in the way', () => {
    const { lines, badges } = draw(sceneAt(9));
    expect(lines.filter(({ tone }) => tone === 'refused').map(({ key }) => key)).toEqual(['refusal-10']);
    expect(badges.some(({ key }) => key.startsWith('refused-3-process-4'))).toBe(true);
  });
});

describe('what the picture depends on', () => {
  it('is the scene and the size only: the same rows again', () => {
    expect(draw(sceneAt(6))).toEqual(draw(sceneAt(6)));
  });

  it('sides never change: a caller stays left when it is opened', () => {
    const [before, after] = [draw(sceneAt(6)), draw(sceneAt(4))];
    const x = (picture: StagePicture, name: string): number =>
      picture.hosts.find(({ title }) => title === name)?.x ?? -1;
    expect(before.focus).not.toBe(after.focus);
    expect(x(before, 'laptop')).toBe(x(after, 'laptop'));
    expect(x(after, 'laptop')).toBeLessThan(x(after, 'web'));
  });

  it('without a reason the tree is quiet: nothing taken, nothing crossed', () => {
    const picture = draw({ ...sceneAt(6), reason: undefined, step: undefined });
    expect(picture.badges).toEqual([]);
    expect(picture.roads).toEqual([]);
    expect(picture.nodes.every(({ tone }) => tone === 'open')).toBe(true);
  });

  it('opens up to the question that decides by default', () => {
    const { reason } = sceneAt(6);
    expect(reason?.kind === 'delivery' && decidingIndex(reason)).toBe(2);
  });
});
