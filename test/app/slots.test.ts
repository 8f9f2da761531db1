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

  it('and the rest is +n: first whole programs that nobody asks about, then sockets', () => {
    const server = serverOf(crowded(3));
    expect(shape(groupsOf(server, [], 7, new Set([20])))).toEqual([
      'process-3: 10 20 21 22 40 41',
      'more: more',
    ]);
    const few = groupsOf(server, [], 3, new Set([20]));
    expect(few.flatMap(({ slots }) => slots)).toHaveLength(3);
    expect(
      few.some(({ slots }) => slots.some((slot) => slot.kind === 'socket' && slot.socket.id === 20)),
    ).toBe(true);
  });

  it('never hides one that is asked about', () => {
    const keep = new Set([10, 12, 20, 21, 22]);
    const shown = groupsOf(serverOf(crowded(3)), [], 2, keep).flatMap(({ slots }) =>
      slots.flatMap((slot) => (slot.kind === 'socket' ? [slot.socket.id] : [])),
    );
    expect(shown).toEqual(expect.arrayContaining([...keep]));
    expect(names.id).toBe(12);
  });
});
