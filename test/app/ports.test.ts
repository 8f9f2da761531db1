// The port map of every host at every step of every scenario: a dot for each number that somebody holds there and for no
// other, in the square of its own protocol; accept() adds none; and since when a port is held is what the steps show.
import { describe, expect, it } from 'vitest';
import { heldSince, portKey, portStory } from '../../src/app/present/port-story.js';
import { portMap, rangePath, SIDE } from '../../src/app/present/ports.js';
import { openRun } from '../../src/scenario/run.js';
import { scenarioFiles } from '../builders/scenarios.js';

function scenesOf(source: string) {
  const { run } = openRun(source);
  if (run === undefined) throw new Error('cannot be played');
  return { run, scenes: Array.from({ length: run.total + 1 }, (_, t) => run.sceneAt(t)) };
}

function byId(id: string) {
  const found = scenarioFiles().find((file) => file.id === id);
  if (found === undefined) throw new Error(`no scenario ${id}`);
  return scenesOf(found.source);
}

const dots = (map: ReturnType<typeof portMap>, protocol: 'tcp' | 'udp'): number[] =>
  (map?.held ?? []).filter((each) => each.protocol === protocol).map(({ port }) => port);

describe.each(scenarioFiles())('$id', ({ source }) => {
  const { scenes } = scenesOf(source);
  const story = portStory(scenes);

  it('has a dot for each number that is held, where the number is, and knows since when', () => {
    for (const scene of scenes)
      for (const host of scene.hosts) {
        const map = portMap(scene, host.id);
        const wanted = new Set(host.sockets.map(({ protocol, local }) => portKey(protocol, local.port)));
        expect(map?.held.length).toBe(wanted.size);
        expect(new Set(map?.held.map(({ key }) => key))).toEqual(wanted);
        for (const { key, port, x, y, sockets } of map?.held ?? []) {
          expect(y * SIDE + x).toBe(port);
          expect(sockets.length).toBeGreaterThan(0);
          const since = heldSince(story, host.id, key, scene.t) ?? -1;
          const holds = (t: number): boolean =>
            scenes[t]?.hosts.some(
              ({ id, sockets: all }) =>
                id === host.id && all.some((each) => portKey(each.protocol, each.local.port) === key),
            ) ?? false;
          for (let t = since; t <= scene.t; t += 1) expect(holds(t)).toBe(true);
          if (since > 0) expect(holds(since - 1)).toBe(false);
        }
      }
  });
});

describe('what the map teaches', () => {
  it('accept() adds a socket and no dot, and the listener goes on listening', () => {
    const { scenes, run } = byId('three-conversations-one-port');
    const web = scenes[0]?.hosts.find(({ owner }) => owner.letter === 'S')?.id;
    const accepts = run.steps.filter(({ plain }) => plain.startsWith('nginx accepts'));
    expect(accepts.length).toBe(3);
    for (const { number } of accepts) {
      const [before, after] = [scenes[number - 1], scenes[number]];
      if (before === undefined || after === undefined) throw new Error('a step has two sides');
      expect(dots(portMap(after, web), 'tcp')).toEqual(dots(portMap(before, web), 'tcp'));
      const on80 = after.hosts.find(({ id }) => id === web)?.sockets.filter(({ local }) => local.port === 80);
      expect(on80?.[0]?.state).toBe('LISTEN');
    }
    expect(portMap(scenes[20] ?? run.sceneAt(20), web)?.shared).toEqual({ port: 80, peers: 3 });
  });

  it('udp 53 beside tcp 53 is a dot in the other square only', () => {
    const { scenes } = byId('tcp-53-and-udp-53');
    const names = scenes[0]?.hosts.find(({ owner }) => owner.letter === 'S')?.id;
    const pairs = scenes.map((scene) => portMap(scene, names));
    const first = pairs.findIndex((map) => dots(map, 'tcp').includes(53) && dots(map, 'udp').includes(53));
    const before = pairs[first - 1];
    expect(first).toBeGreaterThan(0);
    const [was, is] = [
      [...dots(before, 'tcp'), '|', ...dots(before, 'udp')],
      [...dots(pairs[first], 'tcp'), '|', ...dots(pairs[first], 'udp')],
    ];
    expect([was.join(' '), is.join(' ')]).toEqual(['53 |', '53 | 53']);
  });
});

describe('a host that holds every number', () => {
  const { scenes } = byId('three-conversations-one-port');
  const [scene] = scenes;
  const web = scene?.hosts.find(({ owner }) => owner.letter === 'S');
  const [any] = scenes.at(-1)?.hosts.flatMap(({ sockets }) => sockets) ?? [];
  if (scene === undefined || web === undefined || any === undefined) throw new Error('cannot be played');
  const sockets = Array.from({ length: 65535 }, (_, at) => ({
    ...any,
    id: at + 1,
    protocol: 'tcp' as const,
    local: { ...any.local, port: at + 1 },
  }));
  const crowded = (count: number) =>
    portMap({ ...scene, hosts: [{ ...web, sockets: sockets.slice(0, count) }] }, web.id);

  it('is a few things to draw: one path, a short list, a lens of named numbers', () => {
    const map = crowded(65535);
    expect(map?.held.length).toBe(65535);
    expect(map?.dots.length).toBe(0);
    expect(map?.crowds.tcp.match(/M/g)?.length).toBe(65535);
    expect(map?.crowds.udp).toBe('');
    expect((map?.listed.length ?? 0) + (map?.unlisted ?? 0)).toBe(65535);
    // Nodes that these become: a dot has two, a line of the list six, a cell of the lens eight.
    const nodes = 2 * (map?.dots.length ?? 0) + 6 * (map?.listed.length ?? 0) + 8 * (map?.lens.length ?? 0);
    expect(nodes).toBeLessThan(1000);
  });

  it('has a dot for each as long as they are few', () => {
    const map = crowded(300);
    expect([map?.dots.length, map?.crowds.tcp]).toEqual([300, '']);
  });
});

describe('the range that a system picks from', () => {
  const inside = (path: string, x: number, y: number): boolean => {
    const corners: [number, number][] = [];
    for (const [, letter, numbers = ''] of path.matchAll(/([MHV])([\d. ]+)/g)) {
      const [one = 0, other = 0] = numbers.trim().split(' ').map(Number);
      const [lastX, lastY] = corners.at(-1) ?? [0, 0];
      corners.push(letter === 'M' ? [one, other] : letter === 'H' ? [one, lastY] : [lastX, one]);
    }
    let isIn = false;
    for (const [index, [x1, y1]] of corners.entries()) {
      const [x2, y2] = corners[(index + 1) % corners.length] ?? [x1, y1];
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) isIn = !isIn;
    }
    return isIn;
  };

  it.each([
    [32768, 60999],
    [49152, 65535],
    [40000, 40007],
    [40010, 41500],
    [1024, 65535],
  ])('%i to %i has exactly its own numbers inside', (low, high) => {
    const path = rangePath(low, high);
    for (let port = 0; port < SIDE * SIDE; port += 7)
      expect(inside(path, (port % SIDE) + 0.5, Math.floor(port / SIDE) + 0.5), `${port}`).toBe(
        port >= low && port <= high,
      );
    for (const port of [low - 1, low, high, high + 1])
      if (port < SIDE * SIDE)
        expect(inside(path, (port % SIDE) + 0.5, Math.floor(port / SIDE) + 0.5), `${port}`).toBe(
          port >= low && port <= high,
        );
  });
});
