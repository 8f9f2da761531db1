// Every step of every scenario that ships, as rows: the stage has no flaws on a desktop and on a phone, the panel lists
// every candidate once, the table repeats its verdicts, and there is something to see on the card.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { chosenCell, headerGrids, hexLines, ROW_BITS } from '../../src/app/present/header-grid.js';
import type { Variant } from '../../src/app/present/places.js';
import { stagePicture } from '../../src/app/present/stage.js';
import { tableOf } from '../../src/app/present/table.js';
import { thumbnailOf } from '../../src/app/present/thumbnail.js';
import { toldIndex, whyRows } from '../../src/app/present/why.js';
import { meaningOf } from '../../src/app/words/header.js';
import { openRun, type Run } from '../../src/scenario/run.js';
import { flaws } from './overlap.js';

const folder = fileURLToPath(new URL('../../scenarios', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.yaml'),
);

function runOf(file: string): Run {
  const { run } = openRun(readFileSync(`${folder}/${file}`, 'utf8'));
  if (run === undefined) throw new Error(`${file} cannot be played`);
  return run;
}

const sizes: readonly (readonly [Variant, number, number])[] = [
  ['full', 1016, 412],
  ['full', 852, 330],
  ['phone', 390, 326],
  ['phone', 375, 282],
  ['phone', 320, 334],
];

describe.each(files)('%s', (file) => {
  const run = runOf(file);
  const scenes = Array.from({ length: run.total + 1 }, (_, t) => run.sceneAt(t));

  it.each(sizes)('has a flawless stage at every step (%s, %i x %i)', (variant, width, height) => {
    const found = scenes.flatMap((scene) => {
      const upTo = toldIndex(scene.reason, undefined);
      const picture = stagePicture(scene, { width, height, variant, pinned: undefined, upTo });
      return flaws(picture).map((flaw) => `step ${scene.t}: ${flaw}`);
    });
    expect(found).toEqual([]);
  });

  it('has a header for every packet, 32 bits a row, with words for each field and the numbers that are asked outlined', () => {
    for (const { t, reason, step } of scenes) {
      const about = run.headersAt(t);
      expect(about === undefined, `step ${t}`).toBe(step?.packet === undefined);
      if (about === undefined) continue;
      expect(about.packet).toEqual(step?.packet);
      expect(
        hexLines(about.bytes)
          .map((line) => line.slice(6, 29).replaceAll(' ', ''))
          .join(''),
      ).toBe(Buffer.from(about.bytes).toString('hex'));
      const grids = headerGrids(about);
      const cells = grids.flatMap(({ rows }) => rows.flat());
      for (const { rows, key } of grids) {
        const bits = rows.flat().reduce((sum, { span, rows: tall }) => sum + span * tall, 0);
        expect(bits, `step ${t}: ${key}`).toBe(ROW_BITS * rows.length);
        const isTall = (row: (typeof rows)[number]) => row.some(({ rows: tall }) => tall > 1);
        for (const row of rows.filter((each) => each.length > 0 && !isTall(each)))
          expect(
            row.reduce((sum, { span }) => sum + span, 0),
            `step ${t}: ${key}`,
          ).toBe(ROW_BITS);
      }
      expect(new Set(cells.map(({ key }) => key)).size).toBe(cells.length);
      for (const { header, rows } of grids)
        for (const { field, name } of rows.flat()) {
          expect(name, field.name).not.toBe('');
          expect(meaningOf(header, field), field.name).toMatch(/\.$/);
        }
      expect(chosenCell(grids, undefined)?.field.asked).toBe('localPort');
      // What is outlined is what decided: the reason's protocol and ports stand in these very cells.
      if (reason?.kind !== 'delivery') continue;
      const outlined = cells.filter(({ isAsked }) => isAsked).map(({ field }) => field.value);
      const { source, destination, protocol } = reason.packet;
      for (const number of protocol === 'icmp' ? [1] : [source.port, destination.port])
        expect(outlined, `step ${t}`).toContain(number);
    }
  });

  it('lists every candidate of every decision once, and leads the road to each that got it', () => {
    for (const scene of scenes) {
      const { reason } = scene;
      if (reason?.kind !== 'delivery') continue;
      const told = whyRows(reason, undefined).questions.flatMap(({ candidates }) =>
        candidates.map(({ id }) => id),
      );
      const all = reason.candidates.map(({ socket }) => socket.id);
      expect([...told].sort(), `step ${scene.t}`).toEqual([...all].sort());
      const rows = tableOf(scene, reason.host)?.rows ?? [];
      for (const { id, verdict } of rows) {
        expect(verdict !== undefined, `step ${scene.t}: socket ${id}`).toBe(all.includes(id));
      }
      const options = {
        width: 1016,
        height: 412,
        variant: 'full',
        pinned: undefined,
        upTo: undefined,
      } as const;
      const roads = stagePicture(scene, options).roads.map(({ key }) => key);
      const lit = reason.candidates.filter(({ socket }) =>
        roads.includes(`edge-socket-${reason.host}-${socket.id}`),
      );
      const matched = reason.candidates.filter(({ verdict }) => verdict === 'match');
      const ids = (list: typeof matched): number[] => list.map(({ socket }) => socket.id);
      expect(ids(lit), `step ${scene.t}`).toEqual(ids(matched));
    }
  });

  it('has a picture for its card', () => {
    expect(thumbnailOf(run)).toBeDefined();
  });
});
