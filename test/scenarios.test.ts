// The main suite: every scenario file is opened, played, walked in both directions, explained and told. A scenario that
// is added to scenarios/ is tested by being there.
import { describe, expect, test } from 'vitest';
import { build } from '../src/scenario/cast/build.js';
import { lintScenario } from '../src/scenario/lint-scenario.js';
import { parseScenario } from '../src/scenario/parse.js';
import { Driver } from '../src/scenario/play/drive.js';
import { openRun, type Run } from '../src/scenario/run.js';
import { formatProblem } from '../src/scenario/text/problems.js';
import { type DeliveryReason, plainText } from '../src/trace/scene.js';
import { scenarioFiles } from './builders/scenarios.js';
import { goldenFor, transcriptOf } from './builders/transcript.js';

/** A lesson is watched step by step; one that takes more loses its class. */
const MOST_STEPS = 40;
const files = scenarioFiles();

function play(source: string): Run {
  const { run, problems } = openRun(source);
  if (run === undefined) throw new Error(problems.map(formatProblem).join('\n') || 'no run');
  return run;
}
const everyStep = (run: Run) => Array.from({ length: run.total + 1 }, (_, t) => t);
/** The same places in an order without order, by the golden ratio. */
const shuffled = (run: Run) => {
  const all = everyStep(run);
  return all.map((_, turn) => Math.floor(((turn * 0.618_033_988_7) % 1) * all.length)).concat(all.reverse());
};

test('there are scenarios, and no two share a name', () => {
  expect(files.length).toBeGreaterThanOrEqual(5);
  expect(new Set(files.map(({ id }) => id)).size).toBe(files.length);
});

describe.each(files.map((file) => [file.path, file] as const))('%s', (_, { id, source }) => {
  // One run for all: reading it in any order changes nothing, as the first tests show.
  let first: Run | undefined;
  const played = () => (first ??= play(source));

  test('lints without a warning and says what it teaches', () => {
    const { run, problems } = lintScenario(source);
    expect(problems.map(formatProblem)).toEqual([]);
    expect(run?.title).not.toBe('');
    expect(run?.teaches).not.toBe('');
  });

  test(`takes at most ${MOST_STEPS} steps`, () => {
    const run = played();
    expect(run.total).toBeGreaterThan(0);
    expect(run.total).toBeLessThanOrEqual(MOST_STEPS);
    expect(run.steps.map((step) => step.number)).toEqual(everyStep(run).slice(1));
  });

  // A cell written round the journal, or a list kept outside the world, would show as another digest.
  test('is the same world at a step, however one came there: forward, back, by leaps, in a second run', () => {
    const run = played();
    const { memory } = run.recording.world;
    const forward = everyStep(run).map((t) => run.digestAt(t));
    const positions = [run.recording.start, ...run.recording.steps.map((step) => step.after)];
    for (const [t, position] of positions.entries()) {
      // k forward from 0 and k back
      memory.seek(0);
      memory.seek(position);
      expect(memory.digest()).toBe(forward[t]);
      memory.seek(memory.end);
      memory.seek(position);
      expect(memory.digest()).toBe(forward[t]);
    }
    memory.seek(0);
    expect(memory.firstLeak()).toBeUndefined();
    memory.seek(memory.end);
    for (const t of shuffled(run)) expect(run.digestAt(t)).toBe(forward[t]);
    const again = play(source);
    expect(everyStep(again).map((t) => again.digestAt(t))).toEqual(forward);
  });

  test('shows the same scene at a step, read in any order', () => {
    const run = played();
    const scenes = everyStep(run).map((t) => run.sceneAt(t));
    for (const t of shuffled(run)) expect(run.sceneAt(t)).toEqual(scenes[t]);
    expect(run.sceneAt(-1)).toEqual(scenes[0]);
    expect(run.sceneAt(run.total + 1)).toEqual(scenes[run.total]);
    expect(scenes.map((scene) => scene.t)).toEqual(everyStep(run));
  });

  test('has one sentence for each step, with a full stop', () => {
    const run = played();
    for (const { plain, sentence, number } of run.steps) {
      expect(plain, `step ${number}`).toMatch(/\S.*[.”]$/s);
      expect(plain).toBe(plainText(sentence));
      expect(plain, `step ${number}: ${plain}`).not.toMatch(
        /undefined|NaN|\[object|Something was asked|Time passes/,
      );
      expect(plain, `step ${number}`).not.toMatch(/ {2}|\.\.$/);
    }
  });

  test('explains every arrival: each candidate once, and the winner is who really got it', () => {
    const run = played();
    for (const step of run.recording.steps) {
      const decisions = step.facts.filter((fact) => fact.kind === 'delivered' || fact.kind === 'refused');
      const [decision] = decisions;
      if (decision === undefined) continue;
      const { reason } = run.sceneAt(step.index + 1);
      const where = `step ${step.index + 1}: ${run.steps[step.index]?.plain}`;
      expect(reason?.kind, where).toBe('delivery');
      const { candidates, winner, rule, answer, questions } = reason as DeliveryReason;
      const holders = run.sceneAt(step.index).hosts.find((host) => host.id === decision.host)?.sockets ?? [];
      const ids = candidates.map((each) => each.socket.id);
      expect([...ids].sort(), where).toEqual(holders.map((socket) => socket.id).sort());
      expect(new Set(ids).size, where).toBe(ids.length);
      const shown = questions.flatMap((question) => question.candidates.map((each) => each.socket.id));
      expect(shown.sort(), where).toEqual([...ids].sort());
      if (decisions.length > 1) continue; // a copy for everybody: there is no single winner
      expect({ winner, rule }, where).toEqual({ winner: decision.socket, rule: decision.rule });
      expect(answer, where).toBe(decision.kind === 'delivered' ? 'delivered' : decision.answer);
      const matches = candidates.filter((each) => each.verdict === 'match').map((each) => each.socket.id);
      expect(matches, where).toEqual(winner === undefined ? [] : [winner]);
      for (const each of candidates) {
        expect(each.words, where).not.toBe('');
        expect(
          each.words.split(/\s+/).filter((word) => /\w/.test(word)).length,
          each.words,
        ).toBeLessThanOrEqual(4);
      }
    }
  });

  test('gives a reason for every bind and for every call that failed', () => {
    const run = played();
    for (const step of run.recording.steps) {
      const call = step.facts.find((fact) => fact.kind === 'called');
      if (call?.kind !== 'called' || !['bind', 'listen'].includes(call.call) || call.port === undefined)
        continue;
      const { reason } = run.sceneAt(step.index + 1);
      expect(reason?.kind).toBe('call');
      if (reason?.kind !== 'call') continue;
      if (call.outcome === 'EADDRINUSE' && call.holder !== undefined)
        expect(reason.holders.map((holder) => holder.id)).toContain(call.holder);
      if (call.outcome === 'ok') expect(reason.holders).toEqual([]);
    }
  });

  // The engine runs at the end of a run only: what is shown of the past is read, never computed anew.
  test('can be walked when the engine may not run any more', () => {
    const { scenario } = parseScenario(source);
    if (scenario === undefined) throw new Error('no scenario');
    if (scenario.params !== undefined) return; // they are drawn in openRun; the same code plays them
    const { simulation, directory } = build(scenario);
    const driver = new Driver(simulation, directory, scenario);
    driver.play(scenario.script);
    simulation.engine.halt();
    expect(() => simulation.engine.step()).toThrow('halted');
    const { memory } = simulation.world;
    const run = played();
    const { steps } = driver.recorder;
    expect(steps).toHaveLength(run.total);
    for (const step of [...steps, ...[...steps].reverse()]) {
      memory.seek(step.after);
      expect(memory.digest()).toBe(run.digestAt(step.index + 1));
    }
  });

  test('reads as its transcript', () => {
    const actual = transcriptOf(played());
    const golden = goldenFor(id, actual);
    expect(golden, `test/transcripts/${id}.txt is missing: UPDATE=1 writes it`).toBeDefined();
    expect(
      actual,
      `read out/transcripts/${id}.txt.new; if it is right, let it take the place of the golden file`,
    ).toBe(golden);
  });
});
