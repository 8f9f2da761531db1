// What the interface says about breakpoints: each condition in a few plain words, and why playing has stopped.
// It refuses to know steps. The conditions: ../state/breakpoints.ts. The whole table: ../messages.ts.
import type { Breakpoint } from '../state/breakpoints.js';
import { words } from './speech.js';

function condition(breakpoint: Breakpoint): string {
  switch (breakpoint.kind) {
    case 'step':
      return words`step ${breakpoint.step}`;
    case 'packet':
      return words`any ${breakpoint.packet}`;
    case 'state':
      return breakpoint.mark === undefined
        ? words`state = ${breakpoint.state}`
        : words`state = ${breakpoint.state} on ${breakpoint.mark}`;
    case 'delivery':
      return words`delivery to ${breakpoint.program}`;
  }
}

export const breakpoints = {
  title: 'Where playing stops',
  button: (count: number) => words`Breakpoints, ${count} set (B sets one here)`,
  lead: 'Play stops where one of these is so, and says why. Step goes through.',
  none: 'None is set.',
  remove: (breakpoint: string) => words`Remove ${breakpoint}`,
  here: (step: number) => words`step ${step}`,
  add: 'Add',
  state: 'state =',
  on: 'on',
  any: 'any',
  delivery: 'delivery to',
  words: condition,
  /** Below the bar. */
  label: (breakpoint: string) => words`break: ${breakpoint}`,
  stopped: (breakpoint: string) => words`Stopped: ${breakpoint}.`,
};

export const share = {
  title: 'Share this step and view',
  link: 'A link to exactly this',
  copy: 'Copy the link',
  copied: 'Copied',
  picture: 'The picture as it stands',
  svg: 'SVG',
  png: 'PNG',
  print: 'Print: sentences and ladder',
  embedded: (title: string, link: string) => `${title} (${link})`,
};
