// What the interface says to a room and on paper: presenting, the notes beside it, the transcript, the printed page.
// It refuses to know scenarios; their words are filled in. The whole table: ../messages.ts.
import { words } from './speech.js';

export const present = {
  name: 'Presenter',
  of: (t: number, total: number) => `${t} / ${total}`,
  blank: 'The screen is blank. B shows it again.',
  hints: {
    step: 'step',
    blank: 'blank',
    ask: 'ask the room',
    ladder: 'ladder',
    notes: 'notes',
    leave: 'leave',
  },
  reveal: 'P shows the answer.',
  goOn: 'P goes on.',
  notes: 'Notes',
  now: 'Now',
  next: 'What comes next',
  over: 'That was the last step.',
  teacher: 'For you',
  questions: 'Questions',
  asks: (stop: number) => words`after step ${stop}`,
  answer: (value: string) => words`Answer: ${value}`,
};

export const transcript = {
  tab: 'Transcript',
  title: 'What has happened so far',
  who: 'Who is there',
  host: (name: string, addresses: string, programs: string) =>
    programs === '' ? words`${name}, ${addresses}.` : words`${name}, ${addresses}, with ${programs}.`,
  forwards: (protocol: string, from: string, to: string) => words`It forwards ${protocol} ${from} to ${to}.`,
  nothing: 'Nothing yet. Each step adds its sentence.',
  noPhase: 'Beginning',
};

export const print = {
  at: (t: number, total: number) => words`Step ${t} of ${total}`,
  steps: 'What happens, step by step',
  tables: (t: number) => (t === 0 ? words`Sockets before the first step` : words`Sockets after step ${t}`),
  noSockets: 'Nobody has one yet.',
  noPackets: 'No packet travels here.',
  ladder: 'Ladder: one rail a port, time runs down',
};
