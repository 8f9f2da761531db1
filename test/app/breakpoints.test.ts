// Breakpoints: which steps a condition names, against the sentences of the run; and play stops there, says why, and goes on.
import { describe, expect, it, vi } from 'vitest';
import { type Breakpoint, isHit, toggled } from '../../src/app/state/breakpoints.js';
import { startSession } from '../../src/app/state/session.js';
import { storiesOf } from '../../src/app/stories.js';
import { openRun } from '../../src/scenario/run.js';
import { scenarioFiles } from '../builders/scenarios.js';

function runOf(id: string) {
  const { run } = openRun(scenarioFiles().find((file) => file.id === id)?.source ?? '');
  if (run === undefined) throw new Error(`${id} cannot be played`);
  return run;
}

const stepsOf = (run: ReturnType<typeof runOf>, breakpoint: Breakpoint): number[] =>
  storiesOf(run).happenings.flatMap((each) => (isHit(breakpoint, each) ? each.step : []));

describe('a condition names steps', () => {
  it('any RST and any ICMP: those in which one leaves', () => {
    const run = runOf('closed-port-three-answers');
    const rst = stepsOf(run, { kind: 'packet', packet: 'RST' });
    const icmp = stepsOf(run, { kind: 'packet', packet: 'ICMP' });
    expect([rst.length, icmp.length]).toEqual([1, 1]);
    expect(run.steps[(rst[0] ?? 0) - 1]?.plain).toContain('RST');
    expect(run.steps[(icmp[0] ?? 0) - 1]?.plain).toContain('ICMP');
  });

  it('a state on one conversation, or on any; a delivery to one program', () => {
    const run = runOf('three-conversations-one-port');
    const every = stepsOf(run, { kind: 'state', state: 'ESTABLISHED', mark: undefined });
    const square = stepsOf(run, { kind: 'state', state: 'ESTABLISHED', mark: '■' });
    expect([every.length, square.length]).toEqual([6, 2]);
    for (const step of square) expect([every.includes(step), run.steps[step - 1]?.mark]).toEqual([true, '■']);
    const toNginx = stepsOf(run, { kind: 'delivery', program: 'nginx' });
    expect(toNginx.length).toBeGreaterThan(0);
    for (const step of toNginx) expect(run.steps[step - 1]?.isDelivery).toBe(true);
    expect(stepsOf(run, { kind: 'delivery', program: 'sshd' })).toEqual([]);
  });

  it('set twice is set no more', () => {
    const here: Breakpoint = { kind: 'step', step: 3 };
    expect(toggled(toggled([], here), { kind: 'step', step: 3 })).toEqual([]);
  });
});

it('play stops there and says why; step goes through, and play goes on', () => {
  vi.useFakeTimers();
  const run = runOf('three-conversations-one-port');
  const session = startSession({ id: 'x', run, t: 0, onChange: () => {} });
  const at = () => session.player.getSnapshot().context;
  session.choices.breakpoints = [{ kind: 'state', state: 'ESTABLISHED', mark: '■' }];
  const [first = 0, second = 0] = stepsOf(run, { kind: 'state', state: 'ESTABLISHED', mark: '■' });
  session.player.send({ type: 'play' });
  vi.runAllTimers();
  expect([at().t, at().halted]).toEqual([first, 'Stopped: state = ESTABLISHED on ■.']);
  session.player.send({ type: 'play' });
  vi.runAllTimers();
  expect(at().t).toBe(second);
  session.player.send({ type: 'go', t: first - 1 });
  session.player.send({ type: 'by', steps: 1 });
  session.player.send({ type: 'by', steps: 1 });
  expect([at().t, at().halted]).toEqual([first + 1, undefined]);
  vi.useRealTimers();
});
