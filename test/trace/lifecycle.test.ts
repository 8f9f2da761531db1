// Both ends of every TCP conversation of every scenario: the states told are those that the engine holds, at every step.
import { describe, expect, it } from 'vitest';
import { openRun } from '../../src/scenario/run.js';
import { MARKS } from '../../src/trace/scene.js';
import { scenarioFiles } from '../builders/scenarios.js';

describe.each(scenarioFiles())('$id', ({ source }) => {
  const { run } = openRun(source);
  if (run === undefined) throw new Error('cannot be played');
  it('tells the state that the engine holds, forward and back', () => {
    const order = [...Array(run.total + 1).keys(), ...[...Array(run.total + 1).keys()].reverse()];
    for (const t of order)
      for (const mark of MARKS) {
        const life = run.lifecycleAt(t, mark);
        const { hosts } = run.sceneAt(t);
        for (const { owner, local, state } of life?.ends ?? []) {
          const sockets = hosts.find(({ name }) => name === owner.host)?.sockets ?? [];
          const own = sockets.filter(
            (socket) => socket.protocol === 'tcp' && socket.mark === mark && socket.local.port === local.port,
          );
          const alive = own.filter((socket) => socket.state !== 'CLOSED');
          expect(alive.length, `${owner.host} ${mark} at ${t}`).toBeLessThanOrEqual(1);
          const waits = sockets.some(
            (socket) => socket.state === 'LISTEN' && socket.local.port === local.port,
          );
          if (alive[0] !== undefined) expect(state, `${owner.host} ${mark} at ${t}`).toBe(alive[0].state);
          else expect(waits ? ['LISTEN', 'CLOSED'] : ['CLOSED']).toContain(state);
        }
      }
  });

  it('knows every state that is visited, and the moves lead from one to the next', () => {
    for (const mark of MARKS) {
      const before = new Map<string, string>();
      for (let t = 0; t <= run.total; t++) {
        const life = run.lifecycleAt(t, mark);
        for (const { owner, local, taken, state } of life?.ends ?? []) {
          const end = `${owner.host} ${local.address} ${local.port}`;
          for (const { from, to } of taken) {
            expect(before.get(end) ?? from).toBe(from);
            before.set(end, to);
            expect(life?.visited.has(from) && life.visited.has(to)).toBe(true);
          }
          if (taken.length > 0) expect(state).toBe(taken.at(-1)?.to);
        }
      }
    }
  });
});
