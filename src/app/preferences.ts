// How this reader wants the page: theme, contrast, and whether single letters are keys. Kept on the device, shown by the root.
// It refuses to know pages. Where they are kept: device.ts.
import {
  isKeeping,
  rememberedSwitch,
  rememberedTheme,
  rememberSwitch,
  rememberTheme,
  type Theme,
} from './device.js';

const SYSTEM = matchMedia('(prefers-contrast: more)');

export class Preferences {
  /** Whether anything of this will be kept. */
  readonly isKept = isKeeping();
  theme: Theme = rememberedTheme();
  /** More contrast than the tokens have, whatever the system says. */
  isStrong = rememberedSwitch('contrast', false);
  /** Single-letter keys (WCAG 2.1.4: they can be switched off). */
  hasLetters = rememberedSwitch('letters', true);

  constructor() {
    SYSTEM.addEventListener('change', () => this.#show());
    this.#show();
  }

  turnTheme(): void {
    this.theme = this.theme === 'dark' ? 'light' : 'dark';
    rememberTheme(this.theme);
    this.#show();
  }

  turnContrast(): void {
    this.isStrong = !this.isStrong;
    rememberSwitch('contrast', this.isStrong);
    this.#show();
  }

  turnLetters(): void {
    this.hasLetters = !this.hasLetters;
    rememberSwitch('letters', this.hasLetters);
  }

  #show(): void {
    const { dataset } = document.documentElement;
    dataset['theme'] = this.theme;
    dataset['contrast'] = this.isStrong || SYSTEM.matches ? 'more' : 'normal';
  }
}
