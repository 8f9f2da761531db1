// The question in our words, for an author who only says which kind it is.
import type { QuestionKind } from './questions.js';

const TEXTS: Readonly<Record<QuestionKind, string>> = {
  socket: 'Which socket gets the next packet that is delivered?',
  process: 'Which program gets the next packet that is delivered?',
  speaker: 'Who sends the next packet?',
  reply: 'What comes back?',
  outcome: 'What does this call give?',
  port: 'Which port is it?',
  state: 'Which state is it in afterwards?',
  count: 'How many are there?',
  claim: 'Is this true?',
};

export function defaultQuestion(which: QuestionKind): string {
  return TEXTS[which];
}
