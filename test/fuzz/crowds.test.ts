// Crowded scenarios on the stage: whatever the number of hosts, programs, sockets, letters in a name and length of an address,
// at every size nothing overlaps, nothing leaves its card and no text is cut; and no socket is lost, shown or counted.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StagePicture } from '../../src/app/present/picture.js';
import type { Variant } from '../../src/app/present/places.js';
import { stagePicture } from '../../src/app/present/stage.js';
import { toldIndex } from '../../src/app/present/why.js';
import { openRun, type Run } from '../../src/scenario/run.js';
import type { Scene } from '../../src/trace/scene.js';
import { flaws } from '../app/overlap.js';
import { type CrowdedShape, crowdedScenario, crowdedShapes } from '../builders/crowded-scenario.js';
import { fuzz } from './share.js';

const SIZES: readonly (readonly [Variant, number, number])[] = [
  ['full', 1016, 412],
  ['full', 852, 330],
  ['full', 825, 380],
  ['full', 660, 380],
  ['phone', 390, 334],
  ['phone', 375, 282],
  ['phone', 320, 334],
];

/** Seven ports in one row of a phone, of both protocols and one that nobody holds: once they went beyond the card. */
const SEVEN_PORTS: CrowdedShape = {
  hosts: 2,
  hasRouter: false,
  programs: 3,
  calls: 4,
  letters: 0,
  letterCount: 1,
  family: '6',
  isAtOnce: false,
  closes: 'none',
  knocks: 1,
  isHighPort: true,
};

/** The opened host shows each socket in a box of its own or counts it in a `+n`. */
function lostSockets(picture: StagePicture, scene: Scene): string[] {
  const host = scene.hosts.find(({ id }) => id === picture.focus);
  if (host === undefined || host.sockets.length === 0) return [];
  const rows = picture.sockets.filter((row) => row.host === host.id);
  const present = new Set(host.sockets.map(({ id }) => id));
  const shown = rows.filter(({ id, tone }) => id !== undefined && (present.has(id) || tone === 'gone'));
  const counted = rows
    .filter(({ shape }) => shape === 'more')
    .reduce((sum, { port }) => sum + Number(port), 0);
  const all = shown.length + counted;
  return all >= host.sockets.length
    ? []
    : [`${host.sockets.length - all} sockets are neither shown nor counted`];
}

function flawsOf(run: Run, every: number): string[] {
  const found: string[] = [];
  for (let t = 0; t <= run.total; t += every) {
    const scene = run.sceneAt(t);
    const upTo = toldIndex(scene.reason, undefined);
    for (const [variant, width, height] of SIZES) {
      const picture = stagePicture(scene, { width, height, variant, pinned: undefined, upTo });
      for (const flaw of [...flaws(picture), ...lostSockets(picture, scene)])
        found.push(`step ${t}, ${variant} ${width}: ${flaw}`);
    }
  }
  return found;
}

test(
  'crowded scenarios have a flawless stage',
  () => {
    const every = fuzz.share(12, 3);
    fc.assert(
      fc.property(crowdedShapes, (shape) => {
        const { run, problems } = openRun(crowdedScenario(shape));
        expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(run && flawsOf(run, every)).toEqual([]);
      }),
      { ...fuzz.settings<[CrowdedShape]>('crowds', fuzz.share(2, 400)), examples: [[SEVEN_PORTS]] },
    );
  },
  fuzz.timeout,
);
