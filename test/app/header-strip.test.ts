// The strip below the ladder for every packet of every scenario: four rows at most, whose cells are the fields of the header
// panel with the same keys, numbers in the hue of their owners, and what a router wrote anew with what it was before.
import { describe, expect, it } from 'vitest';
import { headerGrids } from '../../src/app/present/header-grid.js';
import { headerStrip } from '../../src/app/present/header-strip.js';
import { openRun } from '../../src/scenario/run.js';
import { scenarioFiles } from '../builders/scenarios.js';

function stripAt(id: string, words: string) {
  const { run } = openRun(scenarioFiles().find((file) => file.id === id)?.source ?? '');
  const step = run?.steps.find(({ plain }) => plain.includes(words))?.number ?? 0;
  const about = run?.headersAt(step);
  if (about === undefined) throw new Error(`no packet where ${id} says “${words}”`);
  return headerStrip(about);
}

describe('the strip', () => {
  it.each(scenarioFiles())('of $id shows the ends of every packet as the panel does', ({ source }) => {
    const { run } = openRun(source);
    for (let t = 1; t <= (run?.total ?? 0); t++) {
      const about = run?.headersAt(t);
      if (about === undefined) continue;
      const rows = headerStrip(about);
      expect(rows.length, `step ${t}`).toBeLessThanOrEqual(4);
      const fields = new Map(
        headerGrids(about).flatMap(({ rows: all }) => all.flat().map((cell) => [cell.key, cell])),
      );
      for (const { key, hue, isAsked } of rows.flatMap(({ cells }) => cells))
        expect(fields.get(key), `step ${t}: ${key}`).toMatchObject({ hue, isAsked });
      for (const { key, isSet } of rows.flatMap(({ lamps }) => lamps))
        expect(fields.get(key)?.isSet).toBe(isSet);
      for (const { kind, cells } of rows)
        if (kind !== 'flags') expect(cells.reduce((sum, { span }) => sum + span, 0)).toBe(32);
    }
  });

  it('says whose number stood there before the router, and that SYN acknowledges nothing', () => {
    const rows = stripAt('two-laptops-one-address', 'A SYN from 203.0.113.5:62001 reaches web');
    const cells = rows.flatMap((row) => row.cells);
    expect(
      cells.flatMap(({ name, hue, was }) => (was === undefined ? [] : [`${name} ${hue} ${was}`])),
    ).toEqual(['source R was A 192.168.1.7', 'source port R was A 51004']);
    expect(cells.find(({ name }) => name === 'acknowledgment number')?.value).toBe('—');
    const flags = rows.find(({ kind }) => kind === 'flags');
    expect(flags?.lamps.map(({ name }) => name).join(' ')).toBe('CWR ECE URG ACK PSH RST SYN FIN');
    expect(flags?.lamps.filter(({ isSet }) => isSet).map(({ name }) => name)).toEqual(['SYN']);
    expect(flags?.options).toEqual(['MSS 1460']);
  });

  it('of an ICMP error shows the ends that it quotes, outlined: by them it finds its socket', () => {
    const rows = stripAt('closed-port-three-answers', 'ports quoted inside');
    expect(rows.map(({ key }) => key)).toEqual([
      'IPv4 network',
      'ICMP rest',
      'quoted IPv4 network',
      'quoted UDP ports',
    ]);
    expect(rows.at(-1)?.cells.map(({ value, isAsked }) => `${value} ${isAsked}`)).toEqual([
      '40112 true',
      '8081 true',
    ]);
  });
});
