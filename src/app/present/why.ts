// The panel "Why this socket?" as rows: the numbered questions with their answers, and under each the candidates
// it put aside or chose. It walks: what is told, what is told now, what waits. Texts come from the reason itself.
// Who draws it: ../panels/why.ts. The same index tells the stage how far to grow: inside.ts.
import type { CandidateView, DeliveryReason, Mark, Part, Reason } from '../../trace/scene.js';
import { type Chip, chipOf, struckOf } from './chip.js';

export interface CandidateRow {
  readonly key: string;
  readonly id: number;
  readonly mark: Mark | undefined;
  /** Its peer for the last questions, its own end for the first two. */
  readonly chip: Chip;
  readonly isAnyPeer: boolean;
  readonly program: string;
  readonly words: string;
  readonly verdict: CandidateView['verdict'];
}

export interface QuestionRow {
  readonly key: string;
  readonly number: number;
  readonly title: string;
  readonly answer: readonly Part[];
  readonly told: 'before' | 'now' | 'waiting';
  readonly isLarge: boolean;
  readonly candidates: readonly CandidateRow[];
}

export interface WhyRows {
  readonly headline: readonly Part[];
  readonly source: Chip;
  readonly destination: Chip;
  readonly protocol: string;
  readonly flags: string;
  readonly questions: readonly QuestionRow[];
  /** Index of the question told now. */
  readonly index: number;
}

/** The question that settles it: the last that holds a match, else the last that put somebody aside. */
export function decidingIndex(reason: DeliveryReason): number {
  const { questions } = reason;
  const matched = questions.findLastIndex(({ candidates }) =>
    candidates.some(({ verdict }) => verdict === 'match'),
  );
  if (matched >= 0) return matched;
  return questions.length - 1;
}

/** How far the reader has walked: what was asked for, within the questions there are. */
export function toldIndex(reason: Reason | undefined, wanted: number | undefined): number | undefined {
  if (reason?.kind !== 'delivery') return undefined;
  if (wanted === undefined) return decidingIndex(reason);
  return Math.max(0, Math.min(reason.questions.length - 1, wanted));
}

function candidateRow(candidate: CandidateView, isLarge: boolean): CandidateRow {
  const { socket } = candidate;
  const isLocal = !isLarge || candidate.field === 'local address';
  const struck = isLocal ? (candidate.field === 'local address' ? 'address' : 'none') : struckOf(candidate);
  return {
    key: `candidate-${socket.id}`,
    id: socket.id,
    mark: socket.mark,
    chip: chipOf(isLocal ? socket.local : socket.remote, struck),
    isAnyPeer: !isLocal && socket.remote.port === 0,
    program: socket.process?.name ?? '',
    words: candidate.words,
    verdict: candidate.verdict,
  };
}

const RANK = { match: 0, reject: 1, fallback: 2 } as const;

export function whyRows(reason: DeliveryReason, wanted: number | undefined): WhyRows {
  const index = toldIndex(reason, wanted) ?? 0;
  return {
    headline: reason.headline,
    source: chipOf(reason.packet.source),
    destination: chipOf(reason.packet.destination),
    protocol: reason.packet.protocol.toUpperCase(),
    flags: reason.packet.flags,
    index,
    questions: reason.questions.map((question, at): QuestionRow => {
      const isLarge = question.id !== 'protocol' && question.id !== 'local port';
      const candidates = [...question.candidates]
        .sort((a, b) => RANK[a.verdict] - RANK[b.verdict])
        .map((candidate) => candidateRow(candidate, isLarge));
      return {
        key: question.id,
        number: at + 1,
        title: question.title,
        answer: question.answer,
        told: at < index ? 'before' : at === index ? 'now' : 'waiting',
        isLarge,
        candidates,
      };
    }),
  };
}
