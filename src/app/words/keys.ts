// What each key does, as the list of keys says it. Which key that is: ../keys.ts. The whole table: ../messages.ts.
import { words } from './speech.js';

/** `Step (→)`: a button's words with its key. */
export const withKey = (name: string, key: string): string => words`${name} (${key})`;
/** The name of a button on which the key is read too: what is seen must be in the name, and not in parentheses. */
export const besideKey = (name: string, key: string): string => words`${name}, ${key}`;

export const keyWords = {
  step: 'Step',
  back: 'Step back',
  first: 'First step',
  last: 'Last step',
  toggle: 'Play or pause',
  slower: 'Slower',
  pause: 'Pause',
  faster: 'Play, then faster',
  nextDelivery: 'Next delivery',
  previousDelivery: 'Previous delivery',
  nextState: 'Next state change',
  previousState: 'Previous state change',
  nextEvent: 'Next event of the conversation',
  previousEvent: 'Previous event of the conversation',
  nextReason: 'Next reason',
  previousReason: 'Previous reason',
  pin: 'Keep this host open, or let go',
  stage: 'Stage',
  ladder: 'Ladder',
  ports: 'Ports',
  states: 'States',
  watch: 'Watch',
  predict: 'Predict',
  choose: 'Choose an answer; 0 is none',
  check: 'Check the answer',
  breakpoint: 'Play stops here, or no longer',
  raise: 'Taller panel in a small window, or lower',
  present: 'Present',
  blank: 'Nothing on the screen, or again',
  ask: 'Ask the room, then show',
  ladderAndBack: 'Ladder and back',
  spotlight: 'Light only around the pointer, or all',
  theme: 'Dark or light, as the room is',
  contrast: 'More contrast, or as it was',
  notes: 'Notes in a second window',
  search: 'Search',
  keys: 'These keys',
  leave: 'Close, or leave what is chosen',
};
