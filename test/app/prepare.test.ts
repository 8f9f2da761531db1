// What the build makes of the scenarios is what the simulator says of their text: nothing is lost on the way through JSON.
// What would be seen if it were wrong: a value that JSON drops, or a lesson that plays otherwise in the app than in `check`.
import { describe, expect, it, test } from 'vitest';
import { type Lesson, readTold, type ToldRun } from '../../src/app/lesson.js';
import { HERO } from '../../src/app/library.js';
import { prepareHead, prepareLesson, prepareTold } from '../../src/app/prepare.js';
import { playParsed } from '../../src/scenario/play-scenario.js';
import { openRun } from '../../src/scenario/run.js';
import { Positions } from '../../src/scenario/text/positions.js';
import { scenarioFiles } from '../builders/scenarios.js';

const sent = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;
const files = scenarioFiles();

test.each(files)('$path plays the same from its lesson as from its text', ({ source }) => {
  const { scenario, problems }: Lesson = sent(prepareLesson(source));
  expect(problems).toEqual([]);
  if (scenario === undefined) throw new Error('there is no lesson');
  const { run } = playParsed({ scenario, problems: [], positions: new Positions(source) });
  const fromText = openRun(source).run;
  expect(run?.total).toBe(fromText?.total);
  expect(run?.digestAt(run.total)).toBe(fromText?.digestAt(fromText.total));
  expect(run?.asked.map(({ answer }) => answer)).toEqual(fromText?.asked.map(({ answer }) => answer));
});

describe('the told run of the first screen', () => {
  const source = files.find(({ id }) => id === HERO)?.source ?? '';
  const told: ToldRun = sent(prepareTold(source));
  const { run } = openRun(source);

  it('has every scene of the run, and its steps, lanes and questions', () => {
    if (run === undefined) throw new Error('the hero cannot be played');
    const read = readTold(told);
    expect(read.total).toBe(run.total);
    for (let t = 0; t <= run.total; t += 1) expect(read.sceneAt(t)).toEqual(run.sceneAt(t));
    expect([read.steps, read.lanes, read.asked]).toEqual([run.steps, run.lanes, run.asked]);
    expect(read.sceneAt(999).t).toBe(run.total);
  });
});

describe('a head', () => {
  it('of a file that is not YAML has the name of the file, and neither a picture nor a time', () => {
    expect(sent(prepareHead('broken', '['))).toEqual({ title: 'broken', idea: '', breaks: [] });
  });

  it('of a scenario says what its text says, and how long it takes to read', () => {
    const [file] = files;
    const { run } = openRun(file?.source ?? '');
    const head = prepareHead(file?.id ?? '', file?.source ?? '');
    expect(head).toMatchObject({ title: run?.title, idea: run?.teaches, breaks: run?.breaks });
    expect(head.minutes).toBeGreaterThan(0);
    expect(head.picture).toBeDefined();
  });
});
