// A scenario that was read, played to its end: a run that can be read at any step. Nothing here reads text or knows a schema.
// From a text to a run: run.ts. Reading it at a position: ../trace/. Grading it: ../check/.
import { below, type RandomState, seedRandom } from '../base/random.js';
import type { Choices } from '../engine/choices.js';
import { Cast } from '../trace/cast.js';
import { lanesOf } from '../trace/lanes.js';
import { type Lifecycle, lifecycleAt, type Move, movesOf } from '../trace/lifecycle.js';
import { headersOfStep, type PacketHeaders } from '../trace/packet-headers.js';
import { type Note, readScene, viewStep } from '../trace/read-scene.js';
import { type Recording, readAt, visitSteps } from '../trace/recording.js';
import type { LaneView, Mark, Scene, StepView } from '../trace/scene.js';
import type { Words } from '../trace/words/words.js';
import { fillIn, type ParamValues, unescapeDollars } from './atoms/params.js';
import { parsePortRange } from './atoms/quantities.js';
import { build } from './cast/build.js';
import type { Directory } from './cast/directory.js';
import type { Library } from './include.js';
import type { ParsedScenario } from './parse.js';
import { Driver, type PlayedLine } from './play/drive.js';
import { momentsOf } from './play/moments.js';
import { RunDefect } from './play/run-defect.js';
import { unexpectedFailures } from './play/verdict.js';
import { type Asked, readQuestions } from './questions/asked.js';
import type { Scenario } from './schema/schema.js';
import { listOf } from './schema/short-forms.js';
import { textIn } from './schema/texts.js';
import { accepted } from './text/parsed.js';
import type { Positions } from './text/positions.js';
import { type Problem, sortProblems } from './text/problems.js';

export interface OpenOptions {
  /** Where `include` finds its files; without one there are none. */
  readonly library?: Library;
  /** Language of the author's texts; falls back to English, then to whatever is there. */
  readonly language?: string;
  /** The table in which the steps are told; English. */
  readonly words?: Words;
  /** Decide what the file leaves open, instead of its own `order`. Nobody is asked a question in such a run. */
  readonly choices?: Choices;
}

/** A scenario that has been played to its end. Reading moves the world through time and changes nothing. */
export interface Run {
  readonly scenario: Scenario;
  readonly title: string;
  readonly teaches: string;
  readonly takeaway: string;
  /** How to use it in class; empty if its author says nothing about that. */
  readonly teacher: string;
  /** Codes of the misconceptions that it breaks. */
  readonly breaks: readonly string[];
  /** How many steps there are. */
  readonly total: number;
  readonly steps: readonly StepView[];
  readonly lanes: readonly LaneView[];
  readonly recording: Recording;
  readonly directory: Directory;
  /** Lines as they were played, for grading. */
  readonly lines: readonly PlayedLine[];
  /** Every question with its answer, in order of the steps before which they are asked. */
  readonly asked: readonly Asked[];
  /** The scene after `t` steps, 0 … total; what is beyond is cut to that. */
  sceneAt(t: number): Scene;
  /** Both ends of a TCP conversation after `t` steps; undefined for one that is not TCP or never began. */
  lifecycleAt(t: number, mark: Mark): Lifecycle | undefined;
  /** The headers, bit by bit, of the packet that step `t` is about; undefined if it is about none. */
  headersAt(t: number): PacketHeaders | undefined;
  /** 16 hex digits over everything that the world holds after `t` steps. */
  digestAt(t: number): string;
}

export interface Opened {
  /** Absent if the text cannot be played. */
  readonly run?: Run;
  /** In order of the text. Warnings only if there is no error. */
  readonly problems: readonly Problem[];
  readonly positions: Positions;
}

/** As `openRun`, for a text that was read already: it may be played again and again. */
export function playParsed(parsed: ParsedScenario, options: OpenOptions = {}): Opened {
  const { positions } = parsed;
  if (parsed.scenario === undefined || parsed.problems.some((problem) => problem.severity === 'error'))
    return { problems: parsed.problems, positions };
  const scenario = drawParams(parsed.scenario);
  const told = (each: {
    path: readonly (string | number)[];
    atKey: boolean;
    code: Problem['code'];
    message: string;
    hint?: string;
  }): Problem => ({
    ...positions.of(each.path, { key: each.atKey }),
    code: each.code,
    message: each.message,
    severity: 'error',
    ...(each.hint === undefined ? {} : { hint: each.hint }),
  });
  const { simulation, directory } = build(scenario, options.choices);
  const driver = new Driver(simulation, directory, scenario);
  const start = simulation.world.memory.position;
  try {
    driver.play(scenario.script);
  } catch (thrown) {
    throw new RunDefect(thrown, scenario.seed ?? 1, driver.recorder.steps.length + 1);
  }
  const recording: Recording = {
    world: simulation.world,
    log: simulation.log,
    steps: driver.recorder.steps,
    start,
  };
  const language = options.language ?? 'en';
  const cast = new Cast(recording, options.words);
  const { moments, flaws: missed } = momentsOf(recording, directory, driver.lines);
  const lines = [...driver.lines, ...moments];
  const { asked, flaws: misasked } =
    options.choices === undefined
      ? readQuestions({ recording, cast, directory }, lines, language)
      : { asked: [], flaws: [] };
  const run = describeRun(scenario, recording, cast, directory, lines, asked, language);
  const isObstructed = ({ path }: { path: readonly (string | number)[] }) =>
    driver.obstacles.some((obstacle) => obstacle.path.join(' ') === path.join(' '));
  const failures = [...unexpectedFailures(recording, driver.lines)].filter((each) => !isObstructed(each));
  // Behind an obstacle nothing was played, and a call that failed by mistake has its question answered by the mistake.
  const isEcho = ({ path }: { path: readonly (string | number)[] }) =>
    driver.obstacles.length > 0 ||
    failures.some((failure) => failure.path.slice(0, -2).every((key, at) => key === path[at]));
  const flaws = [
    ...driver.obstacles,
    ...failures.map((each) => ({ ...each, atKey: false })),
    ...[...missed, ...misasked].filter((each) => !isEcho(each)),
  ];
  return { run, problems: sortProblems([...parsed.problems, ...flaws.map(told)]), positions };
}

function describeRun(
  scenario: Scenario,
  recording: Recording,
  cast: Cast,
  directory: Directory,
  lines: readonly PlayedLine[],
  asked: readonly Asked[],
  language: string,
): Run {
  const { world, steps: recorded } = recording;
  // Told when somebody asks: who only grades a run needs no sentences.
  let told: readonly StepView[] | undefined;
  const steps = () => {
    if (told !== undefined) return told;
    const said = notesOf(recording, lines, asked, language);
    const views: StepView[] = [];
    visitSteps(recording, (step) => views.push(viewStep(recording, cast, step, said[step.index] ?? {})));
    told = views;
    return told;
  };
  let lanes: readonly LaneView[] | undefined;
  let moves: readonly Move[] | undefined;
  const clamp = (t: number) => Math.min(Math.max(0, Math.trunc(t) || 0), recorded.length);
  return {
    scenario,
    title: textIn(scenario.title, language),
    teaches: listOf(scenario.teaches)
      .map((each) => textIn(each, language))
      .join(' '),
    takeaway: scenario.takeaway === undefined ? '' : textIn(scenario.takeaway, language),
    teacher: scenario.teacher === undefined ? '' : textIn(scenario.teacher, language),
    breaks: listOf(scenario.breaks),
    total: recorded.length,
    get steps() {
      return steps();
    },
    get lanes() {
      lanes ??= lanesOf(recording, cast, steps());
      return lanes;
    },
    recording,
    directory,
    lines,
    asked,
    sceneAt: (t) => readScene(recording, cast, steps(), clamp(t)),
    headersAt: (t) => {
      const step = recorded[clamp(t) - 1];
      return step && headersOfStep(cast, step);
    },
    lifecycleAt: (t, mark) => {
      moves ??= movesOf(recording, cast);
      return lifecycleAt(recording, cast, moves, mark, clamp(t));
    },
    digestAt: (t) =>
      readAt(world, recorded[clamp(t) - 1]?.after ?? recording.start, () => world.memory.digest()),
  };
}

/** What the author says and asks stands at the first step of its line; a line without a step hands it to the next. */
function notesOf(
  recording: Recording,
  lines: readonly PlayedLine[],
  asked: readonly Asked[],
  language: string,
): Note[] {
  const notes: Note[] = recording.steps.map(() => ({}));
  for (const { step, which, text } of asked) notes[step - 1] = { ask: { which, text } };
  let phase: string | undefined;
  for (const { step, first, last, isMoment } of lines) {
    if (isMoment) continue;
    if (step.phase !== undefined) phase = textIn(step.phase, language);
    for (let index = first; index < last; index++)
      if (phase !== undefined) notes[index] = { ...notes[index], phase };
  }
  let waiting: string[] = [];
  for (const { step, first, last } of lines.toSorted((one, other) => one.first - other.first)) {
    if (step.say !== undefined) waiting.push(textIn(step.say, language));
    if (first === last) continue;
    const said = [notes[first]?.say ?? [], waiting].flat().join(' ');
    notes[first] = {
      ...notes[first],
      ...(said === '' ? {} : { say: said }),
    };
    waiting = [];
  }
  return notes;
}

/** Draws a value for each parameter from the scenario's own seed and puts it in. */
function drawParams(scenario: Scenario): Scenario {
  const words = new Uint32Array(4);
  const state: RandomState = { get: (word) => words[word] ?? 0, set: (word, value) => (words[word] = value) };
  seedRandom(state, scenario.seed ?? 1);
  const values: ParamValues = new Map(
    Object.entries(scenario.params ?? {}).map(([name, spec]) => {
      if ('from' in spec) return [name, spec.from[below(state, spec.from.length)] ?? ''];
      const { first, last } = accepted(parsePortRange(spec.between));
      return [name, first + below(state, last - first + 1)];
    }),
  );
  const { params: _, ...rest } = scenario;
  return unescapeDollars(fillIn(rest, values));
}
