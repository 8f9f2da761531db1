// The questions of a run with their answers: where each is asked, what is offered, what is right, and what the author says to
// each wrong one. The run answers (takers.ts, on-the-wire.ts, afterwards.ts); an author's key that says otherwise is a problem.
import type { Cast } from '../../trace/cast.js';
import type { Recording } from '../../trace/recording.js';
import type { CandidateView } from '../../trace/scene.js';
import type { Directory } from '../cast/directory.js';
import type { PlayedLine } from '../play/drive.js';
import type { Question, QuestionKind } from '../schema/questions.js';
import { questionOf } from '../schema/short-forms.js';
import { textIn } from '../schema/texts.js';
import type { ProblemCode } from '../text/problems.js';
import { claimHolds, countAfter, outcomeOf, portAfter, stateAfter } from './afterwards.js';
import { type Answer, type Asking, isSpelt, type Offer, type Unanswered } from './offers.js';
import { replyTo, speakerOf } from './on-the-wire.js';
import { NOBODY, takerOf } from './takers.js';

export interface AskedOption {
  /** As an author writes it in `answer` and `wrong`; unique in its question. Shown as it is. */
  readonly value: string;
  readonly isRight: boolean;
  /** socket, process: the id of the candidate, before step `decidedIn`. */
  readonly socket: number | undefined;
  /** socket, process: the question of the demultiplexer that put it aside, with the field and both values. */
  readonly candidate: CandidateView | undefined;
  /** The author's words to whoever chooses this. */
  readonly feedback: string | undefined;
}

/** A question at its place in the run. Nothing in it changes when the run is read at another step. */
export interface Asked {
  /** The step before which it is asked, 1 … total. */
  readonly step: number;
  /** The step that shows the answer, `step` … total. */
  readonly decidedIn: number;
  readonly which: QuestionKind;
  readonly text: string;
  /** At least two; the author's order if the author has listed them, else one that does not depend on the answer. */
  readonly options: readonly AskedOption[];
  /** The value of the right option; of the first, where several are right (a broadcast has many takers). */
  readonly answer: string;
  /** The author's reason, '' if there is none. */
  readonly because: string;
  /** Weight in grading, 1 unless said. */
  readonly points: number;
  /** Where it stands in the scenario, as keys and indices from the root. */
  readonly path: readonly (string | number)[];
}

/** What is wrong with a question, at the part of the scenario that says so. */
export interface QuestionFlaw {
  readonly path: readonly (string | number)[];
  readonly atKey: boolean;
  readonly code: Extract<ProblemCode, 'question-contradicts' | 'question-no-event'>;
  readonly message: string;
  readonly hint?: string;
}

export interface Questions {
  /** In order of their steps. */
  readonly asked: readonly Asked[];
  readonly flaws: readonly QuestionFlaw[];
}

const ANSWERS: Readonly<Record<QuestionKind, (asking: Asking) => Answer | Unanswered>> = {
  socket: takerOf,
  process: takerOf,
  speaker: speakerOf,
  reply: replyTo,
  outcome: outcomeOf,
  port: portAfter,
  state: stateAfter,
  count: countAfter,
  claim: claimHolds,
};

export function readQuestions(
  run: { readonly recording: Recording; readonly cast: Cast; readonly directory: Directory },
  lines: readonly PlayedLine[],
  language: string,
): Questions {
  const asked: Asked[] = [];
  const flaws: QuestionFlaw[] = [];
  for (const line of lines) {
    const { path, step, first, last } = line;
    if (step.ask === undefined) continue;
    const question = questionOf(step.ask);
    const place = [...path, 'ask'];
    const answer =
      first === last
        ? { message: 'nothing happens in this line' }
        : ANSWERS[question.which]({ ...run, question, first, last, ...callOf(lines, line) });
    if ('message' in answer) {
      const key = answer.key ?? (typeof step.ask === 'string' ? undefined : 'which');
      flaws.push({
        path: key === undefined ? place : [...place, key],
        atKey: false,
        code: 'question-no-event',
        message: answer.message,
        hint: 'ask it at a line where it is decided',
      });
      continue;
    }
    const offers = offered(question, answer.offers);
    flaws.push(...contradictions(question, answer, offers, place));
    asked.push({
      step: first + 1,
      decidedIn: answer.decidedIn,
      which: question.which,
      text:
        question.text === undefined
          ? run.cast.phrase(`question.${question.which}`)
          : textIn(question.text, language),
      options: offers.map((each) => optionOf(question, each, language)),
      answer: offers.find(({ isRight }) => isRight)?.spellings[0] ?? '',
      because: question.because === undefined ? '' : textIn(question.because, language),
      points: question.points ?? 1,
      path: place,
    });
  }
  return { asked: asked.sort((one, other) => one.step - other.step), flaws };
}

/** The call that a question is about: its line's, and for a moment that of the line around it. */
function callOf(lines: readonly PlayedLine[], line: PlayedLine): Pick<Asking, 'act' | 'calledFrom'> {
  const around = line.path.slice(0, -2); // of a moment: without `during` and its place there
  const own =
    line.isMoment === true
      ? lines.find(
          ({ path, first, last }) =>
            path.join() === around.join() && first <= line.first && line.last <= last,
        )
      : line;
  return { act: own?.act, calledFrom: own?.first ?? line.first };
}

/** The author's list, or the run's with what the author has an answer to; every text once. */
function offered(question: Question, offers: readonly Offer[]): readonly Offer[] {
  const byText = (text: unknown): Offer => {
    const same = offers.filter((each) => isSpelt(each, text));
    const found = same.find(({ isRight }) => isRight) ?? same[0];
    if (found === undefined) return { spellings: [String(text)], isRight: false };
    return {
      ...found,
      spellings: [String(text), ...found.spellings.filter((each) => each !== String(text))],
    };
  };
  if (question.options !== undefined) return [...new Set(question.options.map(String))].map(byText);
  const more = Object.keys(question.wrong ?? {}).filter(
    (text) => !offers.some((each) => isSpelt(each, text)),
  );
  return inOrder([...offers, ...more.map(byText)]);
}

/** What an author adds stands where it belongs: numbers among numbers, other words before `none`. */
function inOrder(offers: readonly Offer[]): readonly Offer[] {
  const isNumber = ({ spellings: [text = ''] }: Offer) => /^\d+$/.test(text);
  if (offers.every(isNumber))
    return offers.toSorted((one, other) => Number(one.spellings[0]) - Number(other.spellings[0]));
  const isLast = ({ spellings: [text] }: Offer) => text === NOBODY || text === 'nothing';
  return [...offers.filter((each) => !isLast(each)), ...offers.filter(isLast)];
}

function* contradictions(
  { options, answer, wrong }: Question,
  { offers }: Answer,
  shown: readonly Offer[],
  place: readonly (string | number)[],
): Generator<QuestionFlaw> {
  const code = 'question-contradicts';
  const right = offers.filter(({ isRight }) => isRight).map(({ spellings: [text = ''] }) => text);
  const truth = `the run says \`${right.join('`, `')}\``;
  const isRight = (text: unknown) => offers.some((each) => each.isRight && isSpelt(each, text));
  if (answer !== undefined && !isRight(answer))
    yield {
      path: [...place, 'answer'],
      atKey: false,
      code,
      message: `${truth}, the question says \`${String(answer)}\``,
      hint: 'leave out `answer`: the run knows it',
    };
  if (options !== undefined && !shown.some((each) => each.isRight))
    yield {
      path: [...place, 'options'],
      atKey: false,
      code,
      message: `${truth}, and that is not among the options`,
      hint: `put \`${right[0] ?? ''}\` among them, or leave out \`options\``,
    };
  for (const text of Object.keys(wrong ?? {}))
    if (isRight(text) && !offers.some((each) => !each.isRight && isSpelt(each, text)))
      yield {
        path: [...place, 'wrong', text],
        atKey: true,
        code,
        message: `${truth}: \`${text}\` is not wrong`,
      };
}

function optionOf({ wrong }: Question, each: Offer, language: string): AskedOption {
  const [value = ''] = each.spellings;
  const spelt = Object.keys(wrong ?? {}).find((text) => isSpelt(each, text));
  const feedback = each.isRight || spelt === undefined ? undefined : wrong?.[spelt];
  return {
    value,
    isRight: each.isRight,
    socket: each.candidate?.socket.id,
    candidate: each.candidate,
    feedback: feedback === undefined ? undefined : textIn(feedback, language),
  };
}
