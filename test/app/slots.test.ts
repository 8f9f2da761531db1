// Which sockets get a box: by process, beside their listener while nobody has accepted them, folded when room is short.
import { describe, expect, it } from 'vitest';
import { groupsOf } from '../../src/app/present/slots.js';
import { circle, door, host, laptop, names, nginx, S, socket, sshd, web } from './cast.js';
import { crowded, sceneAt } from './scenes.js';

const serverOf = (scene: ReturnType<typeof sceneAt>) =>
  scene.hosts.find(({ id }) => id === 3) ?? host(3, '', S, '', [], []);
const shape = (groups: ReturnType<typeof groupsOf>): string[] =>
  groups.map(
    ({ key, slots }) =>
      `${key}: ${slots.map((slot) => (slot.kind === 'socket' ? slot.socket.id : slot.kind)).join(' ')}`,
  );

describe('sockets get boxes', () => {
  it('in the order of the host, grouped by process', () => {
    expect(shape(groupsOf(serverOf(sceneAt(6)), [], 10, new Set()))).toEqual([
      'process-3: 10 20 21 22',
      'process-4: 11',
      'process-5: 12',
    ]);
  });

  it('beside the listener while nobody has accepted them', () => {
    const waiting = { ...circle, process: undefined, descriptor: undefined };
    const groups = groupsOf(host(3, 'web', S, '10.0.0.80', [nginx], [door, waiting]), [], 10, new Set());
    expect(shape(groups)).toEqual(['process-3: 10', 'queue-3: 20']);
  });

  it('of the kernel last: TIME-WAIT has no program', () => {
    const old = socket(50, undefined, undefined, 'TIME-WAIT', web(80), laptop(51004));
    const groups = groupsOf(host(3, 'web', S, '10.0.0.80', [nginx, sshd], [door, old]), [], 10, new Set());
    expect(shape(groups)).toEqual(['process-3: 10', 'process-4: empty', 'kernel: 50']);
  });

  it('and the rest is +n: every program keeps a card, and sockets that are asked about come first', () => {
    const server = serverOf(crowded(3));
    expect(shape(groupsOf(server, [], 7, new Set([20])))).toEqual([
      'process-3: 10 20 21 22 more',
      'process-4: 11',
      'process-5: 12',
    ]);
    const few = groupsOf(server, [], 3, new Set([20]));
    expect(few.flatMap(({ slots }) => slots)).toHaveLength(3);
    expect(
      few.some(({ slots }) => slots.some((slot) => slot.kind === 'socket' && slot.socket.id === 20)),
    ).toBe(true);
  });

  it('and programs that nobody asks about fold before a socket that was compared does', () => {
    expect(shape(groupsOf(serverOf(sceneAt(6)), [], 5, new Set([20, 10, 21, 22])))).toEqual([
      'process-3: 10 20 21 22',
      'more: more',
    ]);
  });

  const shownOf = (groups: ReturnType<typeof groupsOf>): number[] =>
    groups.flatMap(({ slots }) => slots.flatMap((slot) => (slot.kind === 'socket' ? [slot.socket.id] : [])));

  it('in the order of need while there is room, the first always, and never more than there is room for', () => {
    const keep = [12, 22, 10, 21, 20];
    for (let limit = 2; limit <= 9; limit++) {
      const groups = groupsOf(serverOf(crowded(3)), [], limit, new Set(keep));
      expect(groups.flatMap(({ slots }) => slots).length).toBeLessThanOrEqual(limit);
      expect(shownOf(groups)).toContain(names.id);
      const held = groups.flatMap(({ slots }) =>
        slots.flatMap((slot) =>
          slot.kind === 'socket' ? [slot.socket] : slot.kind === 'more' ? slot.sockets : [],
        ),
      );
      expect(held.map(({ id }) => id).sort()).toEqual([10, 11, 12, 20, 21, 22, 40, 41]);
    }
  });

  it('of this step only where a host has more than forty: the table lists the others', () => {
    const many = [...Array(60).keys()].map((each) =>
      socket(100 + each, nginx, 20 + each, 'ESTABLISHED', web(80), laptop(40_000 + each)),
    );
    const server = host(3, 'web', S, '10.0.0.80', [nginx, sshd], [door, ...many]);
    expect(shape(groupsOf(server, [], 8, new Set([130])))).toEqual([
      'process-3: 130 more',
      'process-4: empty',
    ]);
  });
});
