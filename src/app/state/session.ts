// One opened scenario while somebody reads it: the run, the playback machine, and what is chosen in the views.
// Two machines: where one is, and what is being asked; a question bars the way. Pictures come from ../present/.
// Who changes it: ../commands.ts. Who reads it: ../pages/ and ../pictures.ts.
import { type Actor, createActor } from 'xstate';
import type { Asked } from '../../scenario/questions/asked.js';
import type { Lifecycle } from '../../trace/lifecycle.js';
import type { LaneView, Mark, Scene, StepView } from '../../trace/scene.js';
import type { Run } from '../lesson.js';
import { messages } from '../messages.js';
import { hostAsked, veilLanes, veilLifecycle, veilScene, veilSteps } from '../present/veil.js';
import type { Selection, View } from '../route.js';
import { storiesOf } from '../stories.js';
import { type Breakpoint, isHit } from './breakpoints.js';
import { playback } from './playback.js';
import { type Attempt, nextOpen, prediction, stopOf } from './prediction.js';

export type Tab = 'transcript' | 'predict' | 'port' | 'why' | 'header' | 'sockets' | 'state' | 'notes';

export interface Choices {
  view: View;
  /** A host that stays open whatever happens. */
  pinned: number | undefined;
  /** The host of the table; undefined follows the step. */
  tableHost: number | undefined;
  isText: boolean;
  isCopied: boolean;
  tab: Tab;
  socket: number | undefined;
  mark: Mark | undefined;
  /** Which end of the conversation the state panel lists events for: 0 or 1. */
  end: number;
  /** In a small window: the panel takes room from the stage. */
  isRaised: boolean;
  /** Presenting: nothing on the screen. */
  isBlank: boolean;
  /** Presenting: dark but for a disc around the pointer. */
  isSpotlit: boolean;
  /** Where playing stops. */
  breakpoints: readonly Breakpoint[];
  /** The port that the map speaks of; undefined follows the step. */
  port: { readonly protocol: 'tcp' | 'udp'; readonly port: number } | undefined;
  /** States told in five words instead of eleven. */
  isPlainStates: boolean;
  /** The field that the header panel speaks of, by its key; undefined: the one it begins with. */
  field: string | undefined;
  /** Below the ladder stand the sockets and not the headers. */
  hasSocketStrip: boolean;
}

export interface Session {
  readonly id: string;
  readonly run: Run;
  readonly player: Actor<typeof playback>;
  readonly prediction: Actor<typeof prediction>;
  readonly choices: Choices;
}

const words = (text: string): number => text.split(/\s+/).filter(Boolean).length;

const FIRST_CHOICES: Choices = {
  view: 'stage',
  pinned: undefined,
  tableHost: undefined,
  isText: false,
  isCopied: false,
  tab: 'why',
  socket: undefined,
  mark: undefined,
  end: 0,
  isRaised: false,
  isBlank: false,
  isSpotlit: false,
  breakpoints: [],
  port: undefined,
  isPlainStates: false,
  field: undefined,
  hasSocketStrip: false,
};

export interface SessionStart {
  readonly id: string;
  readonly run: Run;
  readonly t: number;
  readonly view?: View;
  readonly isPredicting?: boolean;
  readonly selected?: Selection;
  /** After every change of position, speed, play or prediction. */
  readonly onChange: () => void;
  readonly onAttempt?: (attempt: Attempt) => void;
}

/** Starts reading at `t`. An open question bars the way while predicting; while watching, play only rests at it. */
export function startSession(start: SessionStart): Session {
  const { id, run, t, view = 'stage', onChange } = start;
  const questions = createActor(prediction, { input: { asked: run.asked } });
  const wordsAt = (at: number): number => words(run.steps[at - 1]?.plain ?? '');
  const limitFrom = (at: number): number => {
    const { context, value } = questions.getSnapshot();
    const next = value === 'watching' ? undefined : run.asked[nextOpen(run.asked, context.results, at)];
    return next === undefined ? run.total : stopOf(next);
  };
  const tab = start.isPredicting === true ? 'predict' : 'why';
  const choices: Choices = { ...FIRST_CHOICES, ...start.selected, view, tab };
  const haltAt = (at: number): string | undefined => {
    if (run.asked.some((each) => stopOf(each) === at)) {
      const isAsked = questions.getSnapshot().value !== 'watching';
      return isAsked ? messages.transport.haltOpen : messages.transport.haltQuestion;
    }
    if (choices.breakpoints.length === 0) return undefined;
    const happening = storiesOf(run).happenings[at - 1];
    const hit = happening && choices.breakpoints.find((each) => isHit(each, happening));
    return hit && messages.breakpoints.stopped(messages.breakpoints.words(hit));
  };
  const player = createActor(playback, { input: { t, total: run.total, wordsAt, limitFrom, haltAt } });
  let last = t;
  player.subscribe(({ context }) => {
    if (context.t !== last) {
      last = context.t;
      questions.send({ type: 'at', t: last });
    }
    onChange();
  });
  questions.on('tried', ({ attempt }) => start.onAttempt?.(attempt));
  questions.on('told', ({ asked }) => player.send({ type: 'go', t: asked.decidedIn }));
  let asking = -1;
  questions.subscribe(({ value, context: { at } }) => {
    const opened = value === 'asking' ? at : -1;
    if (opened !== asking && opened >= 0) choices.tab = 'predict';
    asking = opened;
    onChange();
  });
  questions.start();
  player.start();
  if (start.isPredicting === true) questions.send({ type: 'start', t });
  return { id, run, player, prediction: questions, choices };
}

/** The step before the first packet leaves: everybody listens, nothing is on the wire. */
export function quietStart(run: Run): number {
  const first = run.steps.find(({ packet, isDelivery }) => packet !== undefined && !isDelivery);
  return first === undefined ? 0 : first.number - 1;
}

/** The question that is open now. */
export function openQuestion({ prediction: questions, run }: Session): Asked | undefined {
  const { context, value } = questions.getSnapshot();
  return value === 'asking' ? run.asked[context.at] : undefined;
}

export function isPredicting({ prediction: questions }: Session): boolean {
  return questions.getSnapshot().value !== 'watching';
}

/** How far one may look: everything, but while predicting nothing beyond here as long as a question is to come. */
export function horizonOf(session: Session): number {
  const { t, total } = session.player.getSnapshot().context;
  const { context } = session.prediction.getSnapshot();
  if (!isPredicting(session) || nextOpen(session.run.asked, context.results, t) < 0) return total;
  return t;
}

export interface Told {
  readonly steps: readonly StepView[];
  readonly lanes: readonly LaneView[];
}

/** The steps and lanes that may be shown. */
export function toldOf(session: Session): Told {
  const { run } = session;
  const upTo = horizonOf(session);
  if (upTo === run.total) return run;
  return { steps: veilSteps(run.steps, upTo), lanes: veilLanes(run.lanes, upTo, openQuestion(session)) };
}

/** Both ends of a conversation, as far as they may be shown. */
export function lifecycleOf(session: Session, mark: Mark): Lifecycle | undefined {
  const scene = sceneOf(session);
  const lifecycle = session.run.lifecycleAt(scene.t, mark);
  return horizonOf(session) === session.run.total ? lifecycle : veilLifecycle(lifecycle, scene, mark);
}

interface Seen {
  readonly scene: Scene;
  readonly asked: Asked | undefined;
}
const lastScenes = new WeakMap<Run, Seen>();

/** The scene one is at, without what would answer an open question; read once however often a frame asks for it. */
export function sceneOf(session: Session): Scene {
  const { t } = session.player.getSnapshot().context;
  const asked = openQuestion(session);
  const last = lastScenes.get(session.run);
  if (last?.scene.t === t && last.asked === asked) return last.scene;
  const scene = session.run.sceneAt(t);
  const seen = asked === undefined ? scene : veilScene(scene, asked);
  lastScenes.set(session.run, { scene: seen, asked });
  return seen;
}

const earlierScenes = new WeakMap<Run, Scene>();

/** The scene before this step, for what has gone with it; undefined at the start and while a question is open. */
export function sceneBefore(session: Session): Scene | undefined {
  const { t } = session.player.getSnapshot().context;
  if (t === 0 || openQuestion(session) !== undefined) return undefined;
  const last = earlierScenes.get(session.run);
  if (last?.t === t - 1) return last;
  const scene = session.run.sceneAt(t - 1);
  earlierScenes.set(session.run, scene);
  return scene;
}

/** The host that stays open: the reader's, or the one at whose door a packet waits for an answer. */
export function pinnedHost(session: Session): number | undefined {
  const asked = openQuestion(session);
  return (asked && hostAsked(sceneOf(session), asked)) ?? session.choices.pinned;
}
