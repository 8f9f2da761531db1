// Keys, clicks and pointing, turned into commands and choices. Text fields keep their keys, buttons keep space and Enter,
// the range input keeps its arrows, and the stage keeps arrows while one is inside it (stage-focus.ts).
// It refuses to know what a command does: commands.ts.
import { type CommandName, commandOf, isLetterKey } from './keys.js';
import type { StageFocus } from './stage-focus.js';

export interface GestureTarget {
  readonly page: 'stage' | 'gallery' | 'present';
  readonly preferences: { readonly hasLetters: boolean };
  /** `key`: as it was pressed, for commands with many keys. */
  run(command: CommandName, key?: string): void;
  select(socket: number): void;
  pin(host: number): void;
}

function isTextField(target: EventTarget | null): target is HTMLElement {
  if (target instanceof HTMLInputElement)
    return !['range', 'checkbox', 'radio', 'button'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** V and then a digit is what Alt and the digit are: the keys of one hand. */
function chord(
  last: string,
  event: KeyboardEvent,
): Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'> {
  const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
  return { key, shiftKey, altKey: altKey || (last === 'v' && /^\d$/.test(key)), ctrlKey, metaKey };
}

function onKey(
  root: HTMLElement,
  stage: StageFocus,
  app: GestureTarget,
  event: KeyboardEvent,
  last: string,
): void {
  const { target } = event;
  if (event.defaultPrevented || root.querySelector('dialog[open]') !== null) return;
  if (isTextField(target)) {
    if (event.key === 'Escape') target.blur();
    return;
  }
  if (event.key === 'Escape' && stage.leave()) return event.preventDefault();
  if (stage.press(event)) return event.preventDefault();
  const isButton = target instanceof Element && target.closest('button, a, summary') !== null;
  if (isButton && (event.key === ' ' || event.key === 'Enter')) return;
  const isRange = target instanceof HTMLInputElement && target.type === 'range';
  if (isRange && /^(Arrow|Home|End)/.test(event.key) && !event.shiftKey) return;
  if (!app.preferences.hasLetters && isLetterKey(event)) return;
  const command = commandOf(chord(last, event), app.page);
  if (command === undefined) return;
  event.preventDefault();
  const host = command === 'pin host' ? hostAt(target) : undefined;
  if (host === undefined) app.run(command, event.key);
  else app.pin(host);
}

/** The host on the stage to which a focused thing belongs. */
function hostAt(target: EventTarget | null): number | undefined {
  const stop = target instanceof Element ? target.closest('.stage-svg [data-stop]') : null;
  const host = stop?.getAttribute('data-host') ?? stop?.getAttribute('data-of');
  return host === null || host === undefined ? undefined : Number(host);
}

function onClick(app: GestureTarget, event: MouseEvent): void {
  const { target } = event;
  if (!(target instanceof Element) || target.closest('.stage-svg') === null) return;
  const socket = target.closest('[data-socket]')?.getAttribute('data-socket');
  if (socket !== null && socket !== undefined) app.select(Number(socket));
  // A double-click, or Enter on the card: that is a click without a press of the mouse.
  const host = event.detail === 1 ? undefined : target.closest('.host')?.getAttribute('data-host');
  if (host !== null && host !== undefined) app.pin(Number(host));
}

/** A row, a socket or a packet has two ends, an error quotes two more; what has many chips is no thing of its own. */
const MOST_ENDS = 4;

/** What is meant by pointing: one chip. What is meant by the focus: the chips of the thing that has it. */
function endsAt(target: EventTarget | null): ReadonlySet<string> {
  if (!(target instanceof Element)) return new Set();
  const chip = target.closest('.ep, .chip, .socket');
  const inside = chip === null ? [...target.querySelectorAll('.ep, .chip')] : [chip];
  const ends = inside.length > MOST_ENDS ? [] : inside.map((each) => each.getAttribute('data-ep') ?? '*');
  return new Set(ends.filter((each) => !each.startsWith('*')));
}

/** Every chip with the same endpoint gets a ring while one of them is pointed at or in the thing that has the focus. */
function ringAlike(root: HTMLElement, event: Event): void {
  for (const chip of root.querySelectorAll('.same')) chip.classList.remove('same');
  const target = event.type === 'focusin' ? event.target : chipAt(event.target);
  for (const end of endsAt(target))
    for (const chip of root.querySelectorAll(`[data-ep="${CSS.escape(end)}"]`))
      if (chip.matches('.ep, .chip')) chip.classList.add('same');
}

function chipAt(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest('.ep, .chip, .socket') : null;
}

/** Presenting: the light goes where the pointer goes. */
function moveLight(root: HTMLElement, { clientX, clientY }: PointerEvent): void {
  const room = root.querySelector<HTMLElement>('[data-spotlight]');
  room?.style.setProperty('--light-x', `${clientX}px`);
  room?.style.setProperty('--light-y', `${clientY}px`);
}

/** What cannot be done now says so and keeps the focus: `disabled` would drop it, and the next Tab begin at the top. */
function ignoreDisabled(event: Event): void {
  const { target } = event;
  if (!(target instanceof Element) || target.closest('[aria-disabled="true"]') === null) return;
  event.preventDefault();
  event.stopPropagation();
}

const SWIPE_PIXELS = 48;

/** A finger drawn along the stage steps; the buttons do the same. */
function listenForSwipes(root: HTMLElement, app: GestureTarget): void {
  let start: Touch | undefined;
  root.addEventListener(
    'touchstart',
    (event) => {
      const isOnStage = event.target instanceof Element && event.target.closest('.stage') !== null;
      start = isOnStage && event.touches.length === 1 ? event.touches[0] : undefined;
    },
    { passive: true },
  );
  root.addEventListener('touchend', (event) => {
    const end = event.changedTouches[0];
    if (start === undefined || end === undefined) return;
    const [dx, dy] = [end.clientX - start.clientX, end.clientY - start.clientY];
    if (Math.abs(dx) > SWIPE_PIXELS && Math.abs(dx) > 2 * Math.abs(dy)) app.run(dx < 0 ? 'step' : 'back');
    start = undefined;
  });
}

export function listen(root: HTMLElement, stage: StageFocus, app: GestureTarget): void {
  let last = '';
  addEventListener('keydown', (event) => {
    onKey(root, stage, app, event, last);
    last = event.key.toLowerCase();
  });
  root.addEventListener('click', ignoreDisabled, { capture: true });
  root.addEventListener('click', (event) => onClick(app, event));
  listenForSwipes(root, app);
  root.addEventListener('pointermove', (event) => moveLight(root, event));
  for (const name of ['pointerover', 'focusin'] as const) {
    root.addEventListener(name, (event) => ringAlike(root, event));
  }
}
