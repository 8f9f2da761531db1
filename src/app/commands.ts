// What each command does to an opened scenario: steps, skips, speeds, reasons and what is chosen.
// It refuses to know keys (keys.ts) and pages; it sends events to the playback machine and sets choices.
// Where the machine is: state/playback.ts. Where steps are searched: state/skip.ts.
import type { CommandName } from './keys.js';
import { optionRows } from './present/predict.js';
import { toldIndex } from './present/why.js';
import { toggled } from './state/breakpoints.js';
import { SPEEDS } from './state/playback.js';
import { nextOpen, stopOf } from './state/prediction.js';
import { isPredicting, openQuestion, type Session, sceneOf } from './state/session.js';
import { conversationAt, findStep, type Skip } from './state/skip.js';

/** `key`: the digit of a choice. */
export function runCommand(session: Session, command: CommandName, key = ''): void {
  const { player, choices, prediction } = session;
  const asked = openQuestion(session);
  const { context, value } = player.getSnapshot();
  const isPlaying = value === 'playing';
  const isBack = command.startsWith('previous');
  switch (command) {
    case 'step':
      if (asked !== undefined) return prediction.send({ type: 'step' });
      return player.send({ type: 'by', steps: 1 });
    case 'watch':
      return prediction.send({ type: 'leave' });
    case 'predict':
      return startPredicting(session);
    case 'choose': {
      const row = asked && optionRows(asked, sceneOf(session)).find(({ digit }) => String(digit) === key);
      return row && prediction.send({ type: 'choose', value: row.value });
    }
    case 'check':
      return prediction.send({ type: 'check' });
    case 'back':
      return player.send({ type: 'by', steps: -1 });
    case 'first':
      return player.send({ type: 'go', t: 0 });
    case 'last':
      return player.send({ type: 'go', t: context.total });
    case 'toggle':
      return player.send({ type: isPlaying ? 'pause' : 'play' });
    case 'pause':
      return player.send({ type: 'pause' });
    case 'play faster':
      return player.send(
        isPlaying ? { type: 'speed', speed: nextSpeed(context.speed, 1) } : { type: 'play' },
      );
    case 'slower':
      return player.send(
        isPlaying ? { type: 'speed', speed: nextSpeed(context.speed, -1) } : { type: 'by', steps: -1 },
      );
    case 'next delivery':
    case 'previous delivery':
      if (asked !== undefined && !isBack) return prediction.send({ type: 'step' });
      return skipTo(session, 'delivery', isBack);
    case 'next state change':
    case 'previous state change':
      return skipTo(session, 'state', isBack);
    case 'next event':
    case 'previous event':
      return skipTo(session, 'conversation', isBack);
    case 'next reason':
    case 'previous reason': {
      const told = toldIndex(sceneOf(session).reason, context.told);
      return told === undefined ? undefined : tellUpTo(session, told + (isBack ? -1 : 1));
    }
    case 'pin host': {
      const host = sceneOf(session).step?.host;
      choices.pinned = choices.pinned === undefined ? host : undefined;
      return;
    }
    case 'view stage':
      choices.view = 'stage';
      return;
    case 'view ladder':
      choices.view = 'ladder';
      return;
    case 'view ports':
      choices.view = 'ports';
      return;
    case 'view states':
      choices.view = 'states';
      return;
    case 'breakpoint here': {
      const step = context.t;
      if (step > 0) choices.breakpoints = toggled(choices.breakpoints, { kind: 'step', step });
      return;
    }
    case 'raise':
      choices.isRaised = !choices.isRaised;
      return;
    case 'blank':
      choices.isBlank = !choices.isBlank;
      return;
    case 'spotlight':
      choices.isSpotlit = !choices.isSpotlit;
      return;
    case 'ladder':
      choices.view = choices.view === 'ladder' ? 'stage' : 'ladder';
      return;
    case 'ask the room':
      return askTheRoom(session);
    case 'leave':
      choices.socket = undefined;
      choices.mark = undefined;
      choices.pinned = undefined;
      return;
    default:
      return;
  }
}

/** Asks the next question, then shows the answer, then goes on: one key does all three. */
function askTheRoom(session: Session): void {
  const { player, prediction, run } = session;
  if (openQuestion(session) !== undefined) return prediction.send({ type: 'show' });
  if (isPredicting(session)) return prediction.send({ type: 'leave' });
  const { t } = player.getSnapshot().context;
  const { results } = prediction.getSnapshot().context;
  const next = run.asked[nextOpen(run.asked, results, t)];
  if (next === undefined) return;
  player.send({ type: 'go', t: stopOf(next) });
  prediction.send({ type: 'start', t: stopOf(next) });
}

/** From the next question on; if none is ahead, from the beginning. */
function startPredicting(session: Session): void {
  const { player, prediction, run } = session;
  if (isPredicting(session) || run.asked.length === 0) return;
  const { results } = prediction.getSnapshot().context;
  const { t } = player.getSnapshot().context;
  const isAhead = nextOpen(run.asked, results, t) >= 0;
  const isTold = run.asked.some((each, index) => results.has(index) && stopOf(each) <= t);
  if (!isAhead && !isTold) player.send({ type: 'go', t: 0 });
  prediction.send({ type: 'start', t: player.getSnapshot().context.t });
  session.choices.tab = 'predict';
}

function skipTo(session: Session, skip: Skip, isBack: boolean): void {
  const { run, player, choices } = session;
  const { t } = player.getSnapshot().context;
  const mark = conversationAt(run.steps, run.lanes, t, choices.mark);
  const found = findStep(run.steps, t, skip, isBack, mark);
  if (found !== undefined) player.send({ type: 'go', t: found });
}

/** Tells the reasons up to an index, within those that this step has. */
export function tellUpTo(session: Session, upTo: number): void {
  const index = toldIndex(sceneOf(session).reason, upTo);
  if (index !== undefined) session.player.send({ type: 'tell', upTo: index });
}

/** The next of the four speeds in a direction; it stays at the ends. */
function nextSpeed(speed: number, by: 1 | -1): number {
  const at = SPEEDS.indexOf(speed);
  return SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, at + by))] ?? 1;
}

/** The next speed, round and round: for the one button that stands on the bar. */
export function turnSpeed(session: Session): void {
  const { speed } = session.player.getSnapshot().context;
  const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1;
  session.player.send({ type: 'speed', speed: next });
}

/** Chooses a socket and follows its conversation; choosing it again lets go. At a question it is the answer. */
export function chooseSocket(session: Session, socket: number): void {
  const { choices } = session;
  const option = openQuestion(session)?.options.find((each) => each.socket === socket);
  if (option !== undefined) return session.prediction.send({ type: 'choose', value: option.value });
  const isSame = choices.socket === socket;
  const all = sceneOf(session).hosts.flatMap(({ sockets }) => sockets);
  choices.socket = isSame ? undefined : socket;
  choices.mark = isSame ? undefined : all.find(({ id }) => id === socket)?.mark;
}
