// What the interface says where there is nothing to show: what is wrong, where, and the way on.
// The whole table: ../messages.ts. Problems of a scenario's text bring their own words: ../../scenario/.
import { words } from './speech.js';

export const problem = {
  unknownTitle: 'There is no such scenario',
  unknownBody: (text: string) => words`The address asks for “${text}”, and nothing here has that name.`,
  near: 'These are nearest:',
  linkTitle: 'This link is not whole',
  linkAt: (column: number, part: string) => words`From character ${column}: “${part}”.`,
  link: {
    path: 'A link to a scenario looks like #/s/its-name?t=14.',
    escape: 'After % two digits or letters from a to f belong.',
    t: 't is the number of a step, as in t=14; 0 is the beginning.',
    v: 'v is a view: stage, ladder, ports or states.',
    sel: 'sel is a socket by its number, a conversation by its sign, or both, as in sel=5.circle.',
  },
  openWithout: 'Open it without that',
  brokenTitle: 'This scenario could not be run',
  brokenBody: 'What was found, and where. The text is kept below.',
  at: (line: number, column: number) => `${line}:${column}`,
  source: 'The text of the scenario',
  home: 'All scenarios',
  crashTitle: 'Something in the simulator broke',
  crashBody: 'This is a mistake of ours, not of yours. The report below helps to find it.',
} as const;
