// The menu of a phone: what stands on buttons of its own where there is room for them.
// It refuses to know what a command does: ../commands.ts. The other buttons: transport.ts, top-bar.ts.
import { html, type TemplateResult } from 'lit';
import type { Theme } from '../device.js';
import { type CommandName, KEYS } from '../keys.js';
import { messages } from '../messages.js';
import { dialogFrame } from './dialog.js';

export interface MenuProps {
  readonly theme: Theme;
  readonly speed: number;
  readonly breaks: number;
  readonly run: (command: CommandName) => void;
  readonly onSpeed: () => void;
  readonly onTheme: () => void;
  readonly onClose: () => void;
}

/** They happen in the page, or they put something else in the menu's place. */
const MOVES: readonly CommandName[] = [
  'first',
  'last',
  'previous delivery',
  'next state change',
  'previous state change',
  'next event',
  'previous event',
];

export function menuDialog(props: MenuProps): TemplateResult {
  const { theme, speed, breaks, run, onSpeed, onTheme, onClose } = props;
  const { top, keys, breakpoints } = messages;
  const move = (command: CommandName): TemplateResult => {
    const onClick = (event: Event): void => {
      const { currentTarget } = event;
      if (currentTarget instanceof Element) currentTarget.closest('dialog')?.close(); // and focus goes back
      run(command);
    };
    const label = KEYS.find((key) => key.command === command)?.says;
    return html`<li><button class="menu-row" data-menu=${command} @click=${onClick}>${label}</button></li>`;
  };
  const turn = (command: CommandName, label: string): TemplateResult =>
    html`<li><button class="menu-row" data-menu=${command} @click=${() => run(command)}>${label}</button></li>`;
  return dialogFrame(
    top.menu,
    onClose,
    html`<ul class="menu">
      <li><a class="menu-row" href="#/" @click=${onClose}>${top.home}</a></li>
      ${MOVES.map(move)}
      <li><button class="menu-row" data-menu="speed" @click=${onSpeed}>${top.speed(speed)}</button></li>
      ${turn('breakpoints', breaks === 0 ? breakpoints.title : `${breakpoints.title} (${breaks})`)}
      ${turn('present', top.present)}
      <li><button class="menu-row" data-prefer="theme" @click=${onTheme}>${theme === 'dark' ? top.toLight : top.toDark}</button></li>
      ${turn('keys', keys.title)}
    </ul>`,
  );
}
