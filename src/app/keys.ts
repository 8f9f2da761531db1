// The keyboard map as data: what each key does, where, and how the keys dialog says it.
// One command may have several keys; the first that is written is the one on buttons. app.ts runs the commands.
// It refuses to know the DOM. Who presses: gestures.ts. Who lists them: panels/keys-dialog.ts.
import { messages } from './messages.js';

const { says: say } = messages.keys;

export type CommandName =
  | 'step'
  | 'back'
  | 'first'
  | 'last'
  | 'toggle'
  | 'play faster'
  | 'pause'
  | 'slower'
  | 'next delivery'
  | 'previous delivery'
  | 'next state change'
  | 'previous state change'
  | 'next event'
  | 'previous event'
  | 'next reason'
  | 'previous reason'
  | 'pin host'
  | 'view stage'
  | 'view ladder'
  | 'view ports'
  | 'view states'
  | 'watch'
  | 'predict'
  | 'choose'
  | 'check'
  | 'present'
  | 'blank'
  | 'ask the room'
  | 'ladder'
  | 'spotlight'
  | 'theme'
  | 'contrast'
  | 'notes'
  | 'raise'
  | 'breakpoint here'
  | 'breakpoints'
  | 'share'
  | 'menu'
  | 'search'
  | 'keys'
  | 'leave';

export interface KeyBinding {
  readonly command: CommandName;
  /** As `KeyboardEvent.key` spells them, with `Shift+` in front where it matters. */
  readonly keys: readonly string[];
  /** As a person reads them. */
  readonly shown: string;
  readonly says: string;
  readonly where: 'both' | 'stage' | 'gallery' | 'present';
}

export const KEYS: readonly KeyBinding[] = [
  { command: 'step', keys: ['ArrowRight', '.'], shown: '→  .', says: say.step, where: 'both' },
  { command: 'back', keys: ['ArrowLeft', ','], shown: '←  ,', says: say.back, where: 'both' },
  { command: 'first', keys: ['Home'], shown: 'Home', says: say.first, where: 'both' },
  { command: 'last', keys: ['End'], shown: 'End', says: say.last, where: 'both' },
  { command: 'toggle', keys: [' '], shown: 'Space', says: say.toggle, where: 'both' },
  { command: 'slower', keys: ['j'], shown: 'J', says: say.slower, where: 'stage' },
  { command: 'pause', keys: ['k'], shown: 'K', says: say.pause, where: 'stage' },
  { command: 'play faster', keys: ['l'], shown: 'L', says: say.faster, where: 'stage' },
  {
    command: 'next delivery',
    keys: ['d', 'Shift+ArrowRight'],
    shown: 'D  Shift →',
    says: say.nextDelivery,
    where: 'stage',
  },
  {
    command: 'previous delivery',
    keys: ['Shift+D', 'Shift+ArrowLeft'],
    shown: 'Shift D  Shift ←',
    says: say.previousDelivery,
    where: 'stage',
  },
  { command: 'next state change', keys: ['s'], shown: 'S', says: say.nextState, where: 'stage' },
  {
    command: 'previous state change',
    keys: ['Shift+S'],
    shown: 'Shift S',
    says: say.previousState,
    where: 'stage',
  },
  { command: 'next event', keys: ['n'], shown: 'N', says: say.nextEvent, where: 'stage' },
  {
    command: 'previous event',
    keys: ['Shift+N'],
    shown: 'Shift N',
    says: say.previousEvent,
    where: 'stage',
  },
  { command: 'next reason', keys: [']'], shown: ']', says: say.nextReason, where: 'stage' },
  { command: 'previous reason', keys: ['['], shown: '[', says: say.previousReason, where: 'stage' },
  { command: 'pin host', keys: ['h'], shown: 'H', says: say.pin, where: 'stage' },
  { command: 'view stage', keys: ['Alt+1'], shown: 'V 1  Alt 1', says: say.stage, where: 'stage' },
  { command: 'view ladder', keys: ['Alt+2'], shown: 'V 2  Alt 2', says: say.ladder, where: 'stage' },
  { command: 'view ports', keys: ['Alt+3'], shown: 'V 3  Alt 3', says: say.ports, where: 'stage' },
  { command: 'view states', keys: ['Alt+4'], shown: 'V 4  Alt 4', says: say.states, where: 'stage' },
  { command: 'watch', keys: ['w'], shown: 'W', says: say.watch, where: 'stage' },
  { command: 'predict', keys: ['p'], shown: 'P', says: say.predict, where: 'stage' },
  {
    command: 'choose',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'],
    shown: '1 – 9  0',
    says: say.choose,
    where: 'stage',
  },
  { command: 'check', keys: ['Enter'], shown: 'Enter', says: say.check, where: 'stage' },
  {
    command: 'breakpoint here',
    keys: ['b'],
    shown: 'B',
    says: say.breakpoint,
    where: 'stage',
  },
  { command: 'raise', keys: ['r'], shown: 'R', says: say.raise, where: 'stage' },
  { command: 'present', keys: ['f'], shown: 'F', says: say.present, where: 'stage' },
  { command: 'step', keys: ['PageDown'], shown: 'Page ↓', says: say.step, where: 'present' },
  { command: 'back', keys: ['PageUp'], shown: 'Page ↑', says: say.back, where: 'present' },
  { command: 'blank', keys: ['b'], shown: 'B', says: say.blank, where: 'present' },
  { command: 'ask the room', keys: ['p'], shown: 'P', says: say.ask, where: 'present' },
  { command: 'ladder', keys: ['g'], shown: 'G', says: say.ladderAndBack, where: 'present' },
  {
    command: 'spotlight',
    keys: ['s'],
    shown: 'S',
    says: say.spotlight,
    where: 'present',
  },
  { command: 'theme', keys: ['t'], shown: 'T', says: say.theme, where: 'present' },
  { command: 'contrast', keys: ['c'], shown: 'C', says: say.contrast, where: 'present' },
  { command: 'notes', keys: ['n'], shown: 'N', says: say.notes, where: 'present' },
  { command: 'search', keys: ['/'], shown: '/', says: say.search, where: 'gallery' },
  { command: 'keys', keys: ['?', 'Shift+?'], shown: '?', says: say.keys, where: 'both' },
  { command: 'leave', keys: ['Escape'], shown: 'Esc', says: say.leave, where: 'both' },
];

export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** A letter alone: such keys can be switched off. */
export function isLetterKey({ key, altKey, ctrlKey, metaKey }: KeyPress): boolean {
  return /^[a-z]$/i.test(key) && !altKey && !ctrlKey && !metaKey;
}

/** The command of a key press, if it has one on this page. */
export function commandOf(press: KeyPress, page: 'stage' | 'gallery' | 'present'): CommandName | undefined {
  if (press.ctrlKey || press.metaKey) return undefined;
  if (press.altKey)
    return KEYS.find(
      ({ keys, where }) =>
        where === (page === 'gallery' ? page : 'stage') && keys.includes(`Alt+${press.key}`),
    )?.command;
  const isLetter = /^[a-z]$/i.test(press.key);
  const isNamed = press.key.length > 1;
  const key = isLetter
    ? press.shiftKey
      ? `Shift+${press.key.toUpperCase()}`
      : press.key.toLowerCase()
    : isNamed && press.shiftKey
      ? `Shift+${press.key}`
      : press.key;
  const at = (places: readonly KeyBinding['where'][]): CommandName | undefined =>
    KEYS.find(({ keys, where }) => places.includes(where) && keys.includes(key))?.command;
  // A presenter has the keys of a scenario, but for those that mean something else on a projector.
  return page === 'present' ? (at(['present']) ?? at(['both', 'stage'])) : at(['both', page]);
}
