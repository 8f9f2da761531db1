// Panel, table, listing and timeline as rows: what stands where, in which order, and what is struck.
import { describe, expect, it } from 'vitest';
import { stepAt, stepX, timelineOf } from '../../src/app/present/lanes.js';
import { ssText } from '../../src/app/present/ss.js';
import { tableOf } from '../../src/app/present/table.js';
import { thumbnailOf } from '../../src/app/present/thumbnail.js';
import { toldIndex, whyRows } from '../../src/app/present/why.js';
import { openRun } from '../../src/scenario/run.js';
import type { DeliveryReason } from '../../src/trace/scene.js';
import { scenarioFiles } from '../builders/scenarios.js';
import { lanes, sceneAt, steps } from './scenes.js';

function reasonAt(t: number): DeliveryReason {
  const { reason } = sceneAt(t);
  if (reason?.kind !== 'delivery') throw new Error(`step ${t} delivers nothing`);
  return reason;
}

describe('the reasons', () => {
  it('list every candidate exactly once, the match first and the fallback last', () => {
    const { questions } = whyRows(reasonAt(6), undefined);
    const ids = questions.flatMap(({ candidates }) => candidates.map(({ id }) => id));
    expect([...ids].sort()).toEqual([10, 11, 12, 20, 21, 22]);
    const conversation = questions.find(({ key }) => key === 'conversation');
    expect(conversation?.candidates.map(({ verdict }) => verdict)).toEqual([
      'match',
      'reject',
      'reject',
      'fallback',
    ]);
  });

  it('stand at the question that decides unless the reader walks', () => {
    expect(whyRows(reasonAt(6), undefined).questions.map(({ told }) => told)).toEqual([
      'before',
      'before',
      'now',
      'waiting',
    ]);
    expect(whyRows(reasonAt(6), 0).questions.map(({ told }) => told)).toEqual([
      'now',
      'waiting',
      'waiting',
      'waiting',
    ]);
    expect(toldIndex(reasonAt(6), 99)).toBe(3);
    expect(toldIndex(reasonAt(6), -1)).toBe(0);
    expect(toldIndex(undefined, 2)).toBeUndefined();
  });

  it('of a refusal stand at the last question', () => {
    expect(whyRows(reasonAt(7), undefined).questions.at(-1)?.told).toBe('now');
  });
});

describe('the socket table', () => {
  it('strikes the half that differs and repeats each verdict', () => {
    const table = tableOf(sceneAt(6), 3);
    const row = (id: number) => table?.rows.find((one) => one.id === id);
    expect(table?.asked).toBe('segment');
    expect(row(20)).toMatchObject({ tone: 'now', verdict: { kind: 'match', words: 'all four' } });
    expect(row(21)?.remote.struck).toBe('port');
    expect(row(22)?.remote.struck).toBe('address');
    expect(row(11)?.local.struck).toBe('port');
    expect(row(11)?.tone).toBe('quiet');
  });

  it('has no verdicts for a host where nothing was decided', () => {
    const table = tableOf(sceneAt(6), 1);
    expect(table?.asked).toBeUndefined();
    expect(table?.rows.every(({ verdict }) => verdict === undefined)).toBe(true);
  });

  it('keeps what went with this step, struck, in its place', () => {
    const [before, after] = [sceneAt(5), sceneAt(6)];
    const left = after.hosts.map((host) => ({
      ...host,
      sockets: host.sockets.filter(({ id }) => id !== 20),
    }));
    const table = tableOf({ ...after, hosts: left }, 3, before);
    expect(table?.rows.map(({ id }) => id)).toEqual([10, 11, 12, 20, 21, 22]);
    expect(table?.rows.filter(({ tone }) => tone === 'gone')).toMatchObject([{ id: 20, note: 'closed' }]);
    expect(tableOf({ ...after, hosts: left }, 3)?.rows.map(({ id }) => id)).toEqual([10, 11, 12, 21, 22]);
  });

  it('says what to read in it at this step', () => {
    expect(tableOf(sceneAt(6), 3)?.hint).toBe(
      'our end is the same on every :80 row; only the peer tells them apart',
    );
    expect(tableOf(sceneAt(7), 3)?.hint).toBe('no tcp row has port 8081 on our end');
    expect(tableOf(sceneAt(6), 1)?.hint).toBe('our end is local, their end is the peer');
  });

  it('as text is what ss prints: UDP first, 0.0.0.0 for any, users with pid and fd', () => {
    const host = sceneAt(6).hosts.find(({ id }) => id === 3);
    expect(host && ssText(host)).toMatchInlineSnapshot(`
      "Netid  State   Recv-Q  Send-Q  Local Address:Port  Peer Address:Port  Process
      udp    UNCONN  0       0       0.0.0.0:53          0.0.0.0:*          users:(("named",pid=655,fd=5))
      tcp    LISTEN  0       128     0.0.0.0:80          0.0.0.0:*          users:(("nginx",pid=812,fd=6))
      tcp    LISTEN  0       128     0.0.0.0:22          0.0.0.0:*          users:(("sshd",pid=640,fd=3))
      tcp    ESTAB   0       0       10.0.0.80:80        10.0.0.7:51004     users:(("nginx",pid=812,fd=9))
      tcp    ESTAB   0       0       10.0.0.80:80        10.0.0.7:51005     users:(("nginx",pid=812,fd=10))
      tcp    ESTAB   0       0       10.0.0.80:80        10.0.0.9:51004     users:(("nginx",pid=812,fd=11))"
    `);
  });
});

describe('the timeline', () => {
  const picture = timelineOf(lanes, steps, 4, '●', 900, 98);

  it('gives every step one glyph, past or to come', () => {
    expect(picture.glyphs).toHaveLength(steps.length);
    expect(picture.glyphs.filter(({ isPast }) => isPast)).toHaveLength(4);
    expect(picture.lanes.find(({ isChosen }) => isChosen)?.mark).toBe('●');
  });

  it('finds the step under the pointer where it drew it', () => {
    for (let t = 0; t <= steps.length; t += 1) {
      expect(stepAt(stepX(t, steps.length, 900, 76), steps.length, 900, 76)).toBe(t);
    }
    expect(stepAt(-50, steps.length, 900, 76)).toBe(0);
    expect(stepAt(5000, steps.length, 900, 76)).toBe(steps.length);
  });

  it('names each breakpoint below the bar where there is room, and marks where a question waits', () => {
    const { breaks, asks, bar } = timelineOf(lanes, steps, 4, '●', 900, 98, 76, steps.length, {
      breaks: [
        { step: 2, words: 'any RST' },
        { step: 4, words: 'step 4' },
        { step: 6, words: 'state = TIME-WAIT on ●' },
        { step: 7, words: 'delivery to nginx' },
      ],
      asks: [5, 5, 8],
    });
    // At 4 stands the time, and the label of 7 would touch that of 6.
    expect(breaks.map(({ label }) => label)).toEqual([
      'break: any RST',
      '',
      'break: state = TIME-WAIT on ●',
      '',
    ]);
    expect(asks.map(({ x }) => x)).toEqual([5, 8].map((step) => stepX(step, steps.length, 900, 76)));
    expect(asks.every(({ x }) => x > bar.from && x < bar.to)).toBe(true);
  });

  it.each([
    [98, 7],
    [80, 5],
  ])(
    'keeps its lanes apart, above the bar and below the edge, however many there are (%i high)',
    (height, most) => {
      const marks = ['●', '▲', '■', '◆', '★', '⬢'] as const;
      const many = Array.from({ length: 9 }, (_, at) =>
        lanes.slice(0, 1).map((lane) => ({ ...lane, mark: marks[at] })),
      ).flat();
      const crowded = timelineOf(many, steps, 4, '⬢', 900, height);
      expect(crowded.lanes).toHaveLength(most);
      expect(crowded.lanes.map(({ isChosen }) => isChosen).filter(Boolean)).toHaveLength(1);
      // No step is lost: what has no lane of its own stands in the first.
      const told = new Set(crowded.glyphs.map(({ x }) => x));
      expect(told.size).toBe(steps.length);
      for (const [at, { y }] of crowded.lanes.entries()) {
        expect(y).toBeGreaterThan(4);
        expect(y).toBeLessThan(crowded.bar.y - 4);
        if (at > 0) expect(y - (crowded.lanes[at - 1]?.y ?? 0)).toBeGreaterThanOrEqual(9);
      }
    },
  );
});

describe('a card', () => {
  const pictureOf = (id: string) => {
    const { run } = openRun(scenarioFiles().find((file) => file.id === id)?.source ?? '');
    return run && thumbnailOf(run);
  };

  it('of a router shows what is written anew, a row once however often it is used', () => {
    const picture = pictureOf('two-laptops-one-address');
    const rows = picture?.kind === 'rewrite' ? picture.rows : [];
    expect(rows.map(({ before, after }) => [before.ep, after.ep])).toEqual([
      ['192.168.1.7:51004', '203.0.113.5:62001'],
      ['192.168.1.9:51004', '203.0.113.5:62002'],
    ]);
  });

  it('of a decision without a choice shows the packets, each in its direction', () => {
    expect(pictureOf('your-browsers-own-port')).toMatchObject({
      kind: 'ladder',
      ends: [{ letter: 'A' }, { letter: 'S' }],
      flights: [{ isToRight: true }, { isToRight: false }, { isToRight: true }, { isToRight: true }],
    });
  });
});

it('a card shows the decision with the most to choose from when the scenario asks nothing', () => {
  const picture = thumbnailOf({ total: steps.length, steps, sceneAt });
  expect(picture).toMatchObject({ kind: 'fork' });
  expect(picture?.kind === 'fork' && picture.boxes.filter(({ isTaken }) => isTaken)).toHaveLength(1);
});
