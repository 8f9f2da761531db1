// The ladder on paper, of every scenario: thirty steps a sheet, a sheet no taller than A4 has room for, every label and
// every state whole on one sheet, and nothing in the tone of "now", because paper has no step one is at.
import { describe, expect, it } from 'vitest';
import { HEAD } from '../../src/app/present/ladder.js';
import { GUTTER, ladderSheets } from '../../src/app/present/ladder-sheets.js';
import { ladderStory } from '../../src/app/present/ladder-story.js';
import { openRun } from '../../src/scenario/run.js';
import { scenarioFiles } from '../builders/scenarios.js';

/** A4 inside margins of 14 mm, less a heading of 10 mm: height to width. */
const A4 = (297 - 28 - 10) / (210 - 28);

describe.each(scenarioFiles())('$id', ({ source }) => {
  const { run } = openRun(source);
  if (run === undefined) throw new Error('cannot be played');
  const story = ladderStory(
    Array.from({ length: run.total + 1 }, (_, t) => run.sceneAt(t)),
    run.steps,
  );
  const sheets = ladderSheets(story, run.total);

  it('prints in sheets of thirty steps that fit on A4', () => {
    expect(sheets.flatMap(({ rows }) => rows.map(({ step }) => step))).toEqual(
      Array.from({ length: story.flights.length === 0 ? 0 : run.total }, (_, at) => at + 1),
    );
    for (const { picture, count, height } of sheets) {
      expect(count).toBeLessThanOrEqual(30);
      expect((HEAD + height) / (picture.width + GUTTER)).toBeLessThan(A4);
    }
  });

  it('shows every packet and every state whole, once', () => {
    const labels = sheets.flatMap(({ picture }) => picture.arrows.filter(({ hasLabel }) => hasLabel));
    expect(labels.map(({ key }) => key).sort()).toEqual(
      story.flights.map(({ packet }, index) => `${packet.id} ${index}`).sort(),
    );
    const pills = sheets.flatMap(({ picture }) => picture.pills.map(({ key }) => key));
    expect(new Set(pills).size).toBe(pills.length);
    const railed = story.changes.filter(({ host, port }) =>
      story.rails.some(({ key }) => key === `${host}:${port}`),
    );
    expect(pills.length).toBe(railed.length);
    for (const { picture, top, height } of sheets) {
      const edges = [
        ...picture.arrows.filter(({ hasLabel }) => hasLabel).map(({ labelY }) => [labelY - 10, labelY + 10]),
        ...picture.pills.map(({ y }) => [y - 8, y + 8]),
      ].flat();
      expect(Math.min(top, ...edges)).toBe(top);
      expect(Math.max(top + height, ...edges)).toBe(top + height);
      for (const { labelX, labelW } of picture.arrows) {
        expect(labelX - labelW / 2).toBeGreaterThan(-GUTTER);
        expect(labelX + labelW / 2).toBeLessThan(picture.width);
      }
      expect([...picture.arrows, ...picture.pills].filter(({ moment }) => moment === 'now')).toEqual([]);
    }
  });
});
