// Predicting without a browser: the machine that asks, what it keeps, how it bars the way; and what may be seen meanwhile,
// at every question of every scenario: nothing that comes later, no reason, no sign that joins the packet to its socket.
import { describe, expect, it } from 'vitest';
import { createActor } from 'xstate';
import { answersCsv } from '../../src/app/answers.js';
import { ladderStory } from '../../src/app/present/ladder-story.js';
import { discRows, killOf, optionRows } from '../../src/app/present/predict.js';
import { stagePicture } from '../../src/app/present/stage.js';
import { hostAsked, veilLanes, veilScene, veilStory } from '../../src/app/present/veil.js';
import { type Attempt, nextOpen, prediction, stopOf } from '../../src/app/state/prediction.js';
import { isPredicting, openQuestion, sceneOf, startSession, toldOf } from '../../src/app/state/session.js';
import { openRun } from '../../src/scenario/run.js';
import { scenarioFiles } from '../builders/scenarios.js';

function runOf(id: string) {
  const source = scenarioFiles().find((file) => file.id === id)?.source;
  const { run } = openRun(source ?? '');
  if (run === undefined) throw new Error(`${id} cannot be played`);
  return run;
}

const flagship = runOf('three-conversations-one-port');

function session(run = flagship) {
  const attempts: Attempt[] = [];
  const started = startSession({
    id: 'x',
    run,
    t: 0,
    isPredicting: true,
    onChange: () => {},
    onAttempt: (attempt) => attempts.push(attempt),
  });
  return { started, attempts, at: () => started.player.getSnapshot().context.t };
}

describe('a question on the way', () => {
  const stop = stopOf(flagship.asked[0] ?? fail());
  it('bars the way from every side, and lets one go back', () => {
    const { started, at } = session();
    for (const event of [
      { type: 'go', t: flagship.total },
      { type: 'by', steps: 1 },
      { type: 'by', steps: 5 },
      { type: 'play' },
    ] as const) {
      started.player.send(event);
      expect(at(), event.type).toBe(stop);
    }
    expect(started.player.getSnapshot().value).toBe('paused');
    expect(started.player.getSnapshot().context.halted).toMatch(/^Answer first/);
    started.player.send({ type: 'by', steps: -3 });
    expect([at(), openQuestion(started)]).toEqual([stop - 3, undefined]);
  });

  it('gives a second try, keeps both, and then moves to the step that shows the answer', () => {
    const { started, attempts, at } = session();
    const { answer, options, decidedIn } = flagship.asked[0] ?? fail();
    const wrong = options.find(({ isRight }) => !isRight)?.value ?? fail();
    started.player.send({ type: 'go', t: stop });
    started.prediction.send({ type: 'check' }); // nothing chosen yet
    expect(attempts).toEqual([]);
    started.prediction.send({ type: 'choose', value: wrong });
    started.prediction.send({ type: 'check' });
    started.prediction.send({ type: 'check' }); // the same again is no second try
    expect(started.prediction.getSnapshot().context).toMatchObject({ choice: wrong, tried: [wrong] });
    expect([at(), openQuestion(started)?.step]).toEqual([stop, flagship.asked[0]?.step]);
    started.prediction.send({ type: 'sure', sure: 'certain' });
    started.prediction.send({ type: 'choose', value: answer });
    started.prediction.send({ type: 'check' });
    expect(attempts.map(({ value, isRight, attempt, sure }) => [value, isRight, attempt, sure])).toEqual([
      [wrong, false, 1, undefined],
      [answer, true, 2, 'certain'],
    ]);
    expect(at()).toBe(decidedIn);
    expect(sceneOf(started).reason?.kind).toBe('delivery');
    started.player.send({ type: 'go', t: flagship.total });
    expect(at()).toBe(flagship.total);
    started.player.send({ type: 'go', t: stop });
    expect(openQuestion(started), 'it is asked once').toBeUndefined();
  });

  it('is shown by a second Step, and by a second wrong answer', () => {
    const first = session();
    first.started.player.send({ type: 'go', t: stop });
    first.started.prediction.send({ type: 'step' });
    expect(first.at()).toBe(stop);
    first.started.prediction.send({ type: 'step' });
    expect(first.at()).toBe(flagship.asked[0]?.decidedIn);
    expect(first.attempts.map(({ value, isRight }) => [value, isRight])).toEqual([['', false]]);
    const second = session();
    second.started.player.send({ type: 'go', t: stop });
    for (const { value, isRight } of flagship.asked[0]?.options ?? []) {
      if (isRight) continue;
      second.started.prediction.send({ type: 'choose', value });
      second.started.prediction.send({ type: 'check' });
    }
    expect(second.attempts.length).toBe(2);
    expect(second.at()).toBe(flagship.asked[0]?.decidedIn);
  });

  it('while watching bars nothing, but play rests at it and says why', () => {
    const { started, at } = session();
    started.prediction.send({ type: 'leave' });
    expect(isPredicting(started)).toBe(false);
    started.player.send({ type: 'go', t: stop - 1 });
    started.player.send({ type: 'play' });
    expect([at(), started.player.getSnapshot().value]).toEqual([stop, 'paused']);
    expect(started.player.getSnapshot().context.halted).toContain('Press P');
    started.player.send({ type: 'play' });
    expect([at(), started.player.getSnapshot().value]).toEqual([stop + 1, 'playing']);
    started.player.stop();
  });
});

describe.each(scenarioFiles())('$id', ({ source }) => {
  const { run } = openRun(source);
  if (run === undefined) throw new Error('cannot be played');
  if (run.asked.length === 0) return;

  it('shows at each question nothing of what comes later, and can be answered to the end', () => {
    const { started, at } = session(run);
    const story = ladderStory(
      Array.from({ length: run.total + 1 }, (_, t) => run.sceneAt(t)),
      run.steps,
    );
    for (let guard = 0; guard <= run.asked.length; guard += 1) {
      started.player.send({ type: 'go', t: run.total });
      const asked = openQuestion(started);
      if (asked === undefined) break;
      expect(at()).toBe(stopOf(asked));
      expect(at()).toBeLessThan(asked.decidedIn);
      const scene = sceneOf(started);
      expect(scene.reason).toBeUndefined();
      const offered = new Set(asked.options.map(({ socket }) => socket));
      for (const { sockets } of scene.hosts)
        if (sockets.some(({ id }) => offered.has(id)))
          expect(sockets.flatMap(({ mark, label }) => [mark, label]).filter(Boolean)).toEqual([]);
      const { steps, lanes } = toldOf(started);
      expect(steps.length).toBe(at());
      expect(
        Math.max(0, ...lanes.flatMap((lane) => lane.steps.map(({ number }) => number))),
      ).toBeLessThanOrEqual(at());
      const veiled = veilStory(story, at());
      expect(Math.max(0, ...veiled.flights.map(({ sent }) => sent))).toBeLessThanOrEqual(at());
      expect(Math.max(0, ...veiled.changes.map(({ step }) => step))).toBeLessThanOrEqual(at());
      const rows = optionRows(asked, scene);
      expect(new Set(rows.map(({ digit }) => digit)).size).toBe(asked.options.length);
      expect(new Set(rows.map(({ words, chip }) => `${words} ${chip?.ep}`)).size).toBe(asked.options.length);
      for (const { value, isRight } of asked.options) if (!isRight) expect(killOf(asked, value)).not.toBe('');
      if (asked.options.some(({ socket }) => socket !== undefined))
        expect(hostAsked(scene, asked)).toBeDefined();
      started.prediction.send({ type: 'choose', value: asked.answer });
      started.prediction.send({ type: 'check' });
      expect(at()).toBe(asked.decidedIn);
    }
    expect(at()).toBe(run.total);
    expect(nextOpen(run.asked, started.prediction.getSnapshot().context.results, 0)).toBe(-1);
  });
});

describe('the numbers of a question', () => {
  const [asked = fail()] = flagship.asked;
  const scene = veilScene(flagship.sceneAt(stopOf(asked)), asked);

  it('go from left to right over the stage, whatever the order in which they were written, and nobody is 0', () => {
    const picture = stagePicture(scene, {
      ...{ width: 996, height: 447, variant: 'full', upTo: undefined },
      pinned: hostAsked(scene, asked),
    });
    const backwards = { ...asked, options: asked.options.toReversed() };
    const discs = discRows(backwards, scene, picture, undefined, []).toSorted(
      (one, other) => one.x - other.x,
    );
    expect(discs.map(({ digit }) => digit)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(optionRows(backwards, scene).at(-1)).toMatchObject({ value: 'none', digit: 0 });
  });

  it('stay, struck out, on what was tried, and the reason names the question that put it aside', () => {
    const wrong = asked.options.find(({ candidate }) => candidate?.words === 'port 51005 ≠ 51004') ?? fail();
    const picture = stagePicture(scene, {
      ...{ width: 996, height: 447, variant: 'full', upTo: undefined },
      pinned: hostAsked(scene, asked),
    });
    const struck = discRows(asked, scene, picture, wrong.value, [wrong.value]).filter(
      ({ isTried }) => isTried,
    );
    expect(struck.map(({ digit }) => digit)).toEqual([3]);
    expect(killOf(asked, wrong.value)).toBe(`Whose conversation? ${wrong.feedback}`);
    const silent = { ...asked, options: [{ ...wrong, feedback: undefined }] };
    expect(killOf(silent, wrong.value)).toBe('Whose conversation? Port 51005 ≠ 51004.');
  });
});

describe('a packet at the door', () => {
  it('has no glyph on its lane yet, and stands where it will be decided', () => {
    const [asked] = flagship.asked;
    if (asked === undefined) throw new Error('the flagship asks');
    const veiled = veilLanes(flagship.lanes, stopOf(asked), asked);
    const last = Math.max(...veiled.flatMap((lane) => lane.steps.map(({ number }) => number)));
    expect(last).toBeLessThan(asked.step);
    const scene = veilScene(flagship.sceneAt(stopOf(asked)), asked);
    expect(scene.step?.kind).toBe('arrival');
    expect(scene.step?.host).toBe(hostAsked(scene, asked));
    expect(scene.step?.packet?.destination.port).toBe(80);
  });
});

describe('the file of answers', () => {
  it('is CSV that a spreadsheet reads as it was written, and takes nothing for a formula', () => {
    const row = {
      when: '2026-01-01T00:00:00.000Z',
      scenario: 'a',
      step: 3,
      question: 'Which, "really"?\nThis?',
      answer: '=1+1',
      isRight: false,
      attempt: 1,
      sure: '',
    };
    expect(answersCsv([row])).toBe(
      'when,scenario,step,question,answer,isRight,attempt,sure\r\n' +
        '2026-01-01T00:00:00.000Z,a,3,"Which, ""really""?\nThis?",\'=1+1,false,1,\r\n',
    );
  });
});

it('the machine asks nothing while nobody predicts', () => {
  const actor = createActor(prediction, { input: { asked: flagship.asked } }).start();
  actor.send({ type: 'at', t: 19 });
  actor.send({ type: 'choose', value: '●' });
  actor.send({ type: 'check' });
  expect([actor.getSnapshot().value, actor.getSnapshot().context.results.size]).toEqual(['watching', 0]);
});

function fail(): never {
  throw new Error('the flagship has a question with options');
}
