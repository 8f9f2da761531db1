// What the interface says about breakpoints: each condition in a few plain words, and why playing has stopped.
// It refuses to know steps. The conditions: ../state/breakpoints.ts. The whole table: ../messages.ts.
import type { Breakpoint } from '../state/breakpoints.js';

function words(breakpoint: Breakpoint): string {
  switch (breakpoint.kind) {
    case 'step':
      return `step ${breakpoint.step}`;
    case 'packet':
      return `any ${breakpoint.packet}`;
    case 'state':
      return `state = ${breakpoint.state}${breakpoint.mark === undefined ? '' : ` on ${breakpoint.mark}`}`;
    case 'delivery':
      return `delivery to ${breakpoint.program}`;
  }
}

export const breakpoints = {
  title: 'Where playing stops',
  button: (count: number) => `Breakpoints, ${count} set (B sets one here)`,
  lead: 'Play stops where one of these is so, and says why. Step goes through.',
  none: 'None is set.',
  remove: (breakpoint: string) => `Remove ${breakpoint}`,
  here: (step: number) => `step ${step}`,
  add: 'Add',
  state: 'state =',
  on: 'on',
  any: 'any',
  delivery: 'delivery to',
  words,
  stopped: (breakpoint: string) => `Stopped: ${breakpoint}.`,
} as const;

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
} as const;
