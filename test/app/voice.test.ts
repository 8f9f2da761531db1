// What is said aloud: every caption once while one steps; at double speed only deliveries, refusals and state changes; each reason
// as one sentence. What would be heard if it were wrong: a step told twice, a fast run that never stops talking.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runCommand } from '../../src/app/commands.js';
import { stopOf } from '../../src/app/state/prediction.js';
import { type Session, startSession } from '../../src/app/state/session.js';
import { Voice } from '../../src/app/voice.js';
import { openRun } from '../../src/scenario/run.js';
import { scenarioFiles } from '../builders/scenarios.js';

const source = scenarioFiles().find(({ id }) => id === 'three-conversations-one-port')?.source ?? '';

/** A session, and everything that was said since it began. */
function listening(t: number) {
  const { run } = openRun(source);
  if (run === undefined) throw new Error('the scenario cannot be played');
  const said: string[] = [];
  const voice = new Voice({
    get textContent() {
      return said.at(-1) ?? '';
    },
    set textContent(words: string) {
      said.push(words);
    },
  });
  let opened: Session | undefined; // starting tells of itself too
  const session = startSession({ id: 'flagship', run, t, onChange: () => opened && voice.speak(opened) });
  opened = session;
  return { run, said, session };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a step says its caption once, a reason its question and answer as one sentence', () => {
  const { run, said, session } = listening(0);
  for (let t = 1; t <= run.total; t += 1) runCommand(session, 'step');
  expect(said).toEqual(run.steps.map(({ plain }) => plain));
  session.player.send({ type: 'go', t: 20 });
  said.length = 0;
  runCommand(session, 'previous reason');
  runCommand(session, 'previous reason');
  runCommand(session, 'next reason');
  expect(said).toHaveLength(3);
  expect(said[1]).toMatch(/^Which protocol\? .*TCP/);
  expect(said[2]).toMatch(/^Which local port\? .*80/);
});

test.each([1, 2, 4])('played at speed %d it says what one can follow', (speed) => {
  const { run, said, session } = listening(0);
  session.player.send({ type: 'speed', speed });
  said.length = 0;
  for (let rest = 0; rest < 5 && session.player.getSnapshot().context.t < run.total; rest += 1) {
    runCommand(session, 'play faster'); // a question is a rest
    session.player.send({ type: 'speed', speed });
    vi.advanceTimersByTime(600_000);
  }
  expect(session.player.getSnapshot().context.t).toBe(run.total);
  const rests = run.asked.map(stopOf); // it stops there, and says where it stands
  const told = run.steps.filter(
    (step) => speed < 2 || step.isDelivery || step.changesState || rests.includes(step.number),
  );
  expect(new Set(said)).toEqual(new Set(told.map(({ plain }) => plain)));
  expect(said.length).toBeLessThan(told.length + 5);
  if (speed >= 2) expect(told.length).toBeLessThan(run.total);
});
