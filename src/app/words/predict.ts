// What the interface says around a question. Questions and reasons themselves come with the run.
// It refuses to know which answer is right. The whole table: ../messages.ts.
import { capital, counted, words } from './speech.js';

export const predict = {
  tab: 'Predict',
  yourTurn: 'Your turn.',
  spoken: (text: string, count: number) => words`Question: ${text} ${count} choices.`,
  hasLeft: 'It has left',
  goesTo: 'for',
  press: 'Press a number, or click in the picture.',
  listener: (program: string | undefined) =>
    program === undefined ? words`the listening socket` : words`the listening socket of ${program}`,
  alone: (protocol: string, program: string | undefined) =>
    program === undefined
      ? words`${protocol.toUpperCase()} socket`
      : words`${protocol.toUpperCase()} socket of ${program}`,
  conversation: (protocol: string) =>
    protocol === 'tcp' ? words`conversation with` : words`UDP socket that knows only`,
  none: { none: 'none of them', nothing: 'nothing' },
  howSure: 'How sure?',
  sure: { guessing: 'guessing', fairly: 'fairly', certain: 'certain' },
  check: 'Check my answer',
  show: 'Show me',
  private: 'Reasons come after you commit. Your answers stay in this browser; nothing is sent.',
  notKept:
    'Reasons come after you commit. Your answers are not kept: this browser does not let the page keep anything.',
  hidden: 'hidden until you answer',
  notThis: 'Not this one.',
  again: 'Try once more, or let it be shown.',
  tried: 'tried',
  yours: 'your answer',
  notSo: 'That is not what happens here.',
  killed: (question: string, how: string) => {
    const of: Readonly<Record<string, string>> = {
      protocol: words`Which protocol?`,
      'local port': words`Which local port?`,
      conversation: words`Whose conversation?`,
      member: words`Which of those that share it?`,
      willing: words`Does it take this?`,
    };
    return `${of[question] ?? question} ${how}`;
  },
  differs: (how: string) => `${capital(how)}.`,
  right: 'Right.',
  rightLater: 'Right, at the second try.',
  answerIs: 'This is the answer.',
  isIt: 'this one',
  alsoRight: 'this one too',
  goOn: 'Walk the reasons with ] and [, or go on with Step.',
  soFar: 'So far',
  counts: (done: number, right: number, revised: number) =>
    words`${done} predicted · ${right} right · ${revised} revised`,
  now: 'asked now',
  toCome: 'to come',
  wasRight: 'right',
  wasShown: 'shown',
  exportAll: 'All my answers as CSV',
  restTitle: 'Questions wait on the way.',
  rest: (count: number, done: number) =>
    done === count
      ? words`All of them are answered.`
      : words`${capital(counted(count - done, { one: words`question`, other: words`questions` }))} to come. Go on with Step; the way ends at the next one until you have answered.`,
};
