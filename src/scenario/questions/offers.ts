// What can be answered to a question: offers with every way in which an author may write them, and which of them are right.
// Where offers come from: takers.ts, on-the-wire.ts, afterwards.ts. Which are shown, in which order, and what an author
// may say about them: asked.ts.
import type { Cast } from '../../trace/cast.js';
import type { Recording } from '../../trace/recording.js';
import type { CandidateView } from '../../trace/scene.js';
import type { Directory } from '../cast/directory.js';
import type { PlayedAct } from '../play/drive.js';
import type { Question } from '../schema/questions.js';

/** A question at its place in a run: it is about the steps from `first` up to `last`, the latter not included. */
export interface Asking {
  readonly recording: Recording;
  readonly cast: Cast;
  readonly directory: Directory;
  readonly question: Question;
  readonly first: number;
  readonly last: number;
  /** The call that the line makes, in a step from `calledFrom` on. */
  readonly act: PlayedAct | undefined;
  readonly calledFrom: number;
}

export interface Offer {
  /** The first is shown; the others are understood in `answer`, `options` and `wrong`. */
  readonly spellings: readonly string[];
  readonly isRight: boolean;
  /** For a socket or a process: where the demultiplexer put it aside, or that it won. */
  readonly candidate?: CandidateView;
}

/** What the run answers. */
export interface Answer {
  /** The number of the step in which it shows, 1 … total. */
  readonly decidedIn: number;
  /** In the order in which they are offered; at least one is right. */
  readonly offers: readonly Offer[];
}
/** The run has no answer: nothing of the kind happens here. `key`: the part of the question that is to blame. */
export interface Unanswered {
  readonly message: string;
  readonly key?: 'of' | 'in';
}

export function offer(spelling: string | number | boolean, isRight: boolean): Offer {
  return { spellings: [String(spelling)], isRight };
}

export function isSpelt({ spellings }: Offer, text: unknown): boolean {
  return spellings.includes(String(text));
}
