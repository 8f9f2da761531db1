// The ladder of every scenario: each packet that is ever on the wire is drawn once for each place where it lands, from the
// rail of its source port to that of its destination port, and what is past, now and to come follows from the step.
import { describe, expect, it } from 'vitest';
import { ladderPicture } from '../../src/app/present/ladder.js';
import { ladderStory } from '../../src/app/present/ladder-story.js';
import { openRun } from '../../src/scenario/run.js';
import { scenarioFiles } from '../builders/scenarios.js';

const WIDTH = 730;

describe.each(scenarioFiles())('$id', ({ source }) => {
  const { run } = openRun(source);
  if (run === undefined) throw new Error('cannot be played');
  const scenes = Array.from({ length: run.total + 1 }, (_, t) => run.sceneAt(t));
  const story = ladderStory(scenes, run.steps);

  it('has a line for every packet, and every arrival is the end of one', () => {
    const flown = new Set(scenes.flatMap(({ inFlight }) => inFlight.map(({ id }) => id)));
    expect(new Set(story.flights.map(({ packet }) => packet.id))).toEqual(flown);
    const landings = story.flights.flatMap(({ packet, landing }) =>
      landing ? [`${packet.id} ${landing.step}`] : [],
    );
    const arrivals = run.steps.flatMap(({ kind, packet, number }) =>
      kind === 'arrival' && packet !== undefined ? [`${packet.id} ${number}`] : [],
    );
    expect(landings.sort()).toEqual(arrivals.sort());
  });

  it('leads from the rail of the source port to that of the destination port', () => {
    const { rails, arrows } = ladderPicture(story, run.total, WIDTH);
    const xs = new Map(rails.map(({ key, x }) => [key, x]));
    for (const [index, { packet, landing }] of story.flights.entries()) {
      const arrow = arrows[index];
      const nameOf = (id: number | undefined) => scenes[0]?.hosts.find((host) => host.id === id)?.name;
      // An address that nobody owns (0.0.0.0) is the sender's own. ICMP has no ports, and what a router passes on has another's: that goes from card to card.
      if (
        packet.source.port !== 0 &&
        (packet.source.owner?.host ?? nameOf(packet.from.host)) === nameOf(packet.from.host)
      ) {
        expect(arrow?.x1).toBe(xs.get(`${packet.from.host}:${packet.source.port}`));
        expect(rails.find(({ x }) => x === arrow?.x1)?.label).toBe(`:${packet.source.port}`);
      } else expect(arrow?.from).toBeUndefined();
      const to = landing?.host ?? packet.toHost;
      if (packet.destination.port === 0 || arrow?.isLost !== false) continue;
      if (packet.destination.owner?.host === nameOf(to))
        expect(arrow.x2).toBe(xs.get(`${to}:${packet.destination.port}`));
    }
    expect(new Set(rails.map(({ x }) => x)).size).toBe(rails.length);
  });

  it('takes no more room than it is given, down to a phone, and keeps the rail that this step is about', () => {
    for (const width of [340, 480, 730, 990])
      for (let t = 0; t <= run.total; t += 8) {
        const picture = ladderPicture(story, t, width);
        expect(picture.width, `${width} at ${t}`).toBe(width);
        for (const { x, w } of picture.columns) expect(x + w).toBeLessThanOrEqual(width);
        for (const { labelX, labelW } of picture.arrows) {
          expect(labelX - labelW / 2).toBeGreaterThanOrEqual(0);
          expect(labelX + labelW / 2).toBeLessThanOrEqual(width);
        }
        for (const { key } of picture.columns) {
          const drawn = picture.rails.filter((rail) => rail.key.startsWith(`${key}:`));
          const moving = picture.arrows.filter(({ moment }) => moment === 'now');
          const busy = new Set(
            moving.flatMap(({ from, to }) => [from, to]).filter((rail) => rail?.startsWith(`${key}:`)),
          );
          const [only] = busy;
          if (busy.size === 1 && drawn.length > 1) expect(drawn.map((rail) => rail.key)).toContain(only);
          const ports = story.rails.filter(({ host }) => String(host) === key).map(({ port }) => `:${port}`);
          const told = drawn
            .map(({ label, name }) => `${label} ${name} `.replaceAll(',', ' ').replaceAll(/(\d):/g, '$1 :'))
            .join(' ');
          for (const port of ports) expect(told).toMatch(new RegExp(`${port}\\b`));
        }
      }
  });

  it('knows past, now and future at every step, and no rail is held before its time', () => {
    for (let t = 0; t <= run.total; t++) {
      const { arrows, rails, nowY } = ladderPicture(story, t, WIDTH);
      const onTheWire = new Set(scenes[t]?.inFlight.map(({ id }) => id));
      for (const [index, { packet, sent, landing }] of story.flights.entries()) {
        const moment = arrows[index]?.moment;
        expect(moment === 'future').toBe(sent > t);
        if (landing !== undefined && moment === 'flying')
          expect(onTheWire.has(packet.id) || landing.step > t).toBe(true);
        if (run.steps[t - 1]?.kind === 'arrival' && landing?.step === t) expect(moment).toBe('now');
      }
      for (const { key, pieces } of rails) {
        for (const { to } of pieces) expect(to).toBeLessThanOrEqual(nowY);
        const [host, port] = key.split(':').map(Number);
        const sockets = scenes[t]?.hosts.find(({ id }) => id === host)?.sockets ?? [];
        const held = sockets.filter(({ local }) => local.port === port);
        const last = pieces.at(-1);
        // Solid to the line of now while somebody holds it, and hatched while only TIME-WAIT does.
        const isHeld = last !== undefined && last.to > nowY - 30;
        expect(isHeld, `${key} at ${t}`).toBe(held.length > 0);
        if (isHeld) expect(last.isWaiting).toBe(held.every(({ state }) => state === 'TIME-WAIT'));
      }
    }
  });
});

describe('active FTP', () => {
  it('has a call from rail 20 of the server to the rail that the client listens on', () => {
    const { run } = openRun(
      scenarioFiles().find(({ id }) => id === 'the-server-phones-you-back')?.source ?? '',
    );
    if (run === undefined) throw new Error('cannot be played');
    const scenes = Array.from({ length: run.total + 1 }, (_, t) => run.sceneAt(t));
    const { arrows, columns } = ladderPicture(ladderStory(scenes, run.steps), run.total, WIDTH);
    const nameOf = (key: string | undefined): string => {
      const [host, port] = (key ?? '').split(':');
      return `${columns.find((column) => column.key === host)?.name}:${port}`;
    };
    const calls = arrows
      .filter(({ label }) => label === 'SYN')
      .map(({ from, to }) => `${nameOf(from)} > ${nameOf(to)}`);
    expect(calls).toEqual(['laptop:50001 > server:21', 'server:20 > laptop:50002']);
  });
});
