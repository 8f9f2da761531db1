// The bar at the top: the name, where one is, what stands in the middle of the page (search), theme and keys.
// It refuses to know pages: what stands in its middle is handed in.
// Modes stand in its middle; presenting and sharing only where there is something to show.
import { html, nothing, type TemplateResult } from 'lit';
import type { Theme } from '../device.js';
import { messages } from '../messages.js';
import { icon, logo } from './icons.js';

export interface TopProps {
  readonly group: string;
  readonly title: string;
  readonly theme: Theme;
  readonly middle: TemplateResult | undefined;
  readonly onTheme: () => void;
  readonly onKeys: () => void;
  /** On a phone: what has no room in the bar, the way home too, stands in the menu. */
  readonly onMenu: (() => void) | undefined;
  readonly onPresent: (() => void) | undefined;
  readonly onShare: (() => void) | undefined;
}

function slimBar(props: TopProps, onMenu: () => void): TemplateResult {
  const { top: say } = messages;
  return html`<header class="top">
    <button class="icon-button" data-action="menu" aria-label=${say.menu} aria-haspopup="dialog" @click=${onMenu}>${icon('menu', 22)}</button>
    <nav class="crumb" aria-label=${say.where}><h1 aria-current="page">${props.title}</h1></nav>
    ${props.middle ?? nothing}
    ${props.onShare === undefined ? nothing : html`<button class="icon-button" data-action="share" aria-label=${say.share} @click=${props.onShare}>${icon('share', 20)}</button>`}
  </header>`;
}

export function topBar(props: TopProps): TemplateResult {
  if (props.onMenu !== undefined && props.title !== '') return slimBar(props, props.onMenu);
  const theme = props.theme === 'dark' ? messages.top.toLight : messages.top.toDark;
  return html`<header class="top">
    <a class="logo" href="#/" aria-label=${messages.top.home}>${logo()}<span>${messages.product}</span></a>
    ${
      props.title === ''
        ? nothing
        : html`<nav class="crumb" aria-label=${messages.top.where}>
            ${props.group === '' ? nothing : html`<span class="group" title=${props.group}>${props.group}</span><span aria-hidden="true">/</span>`}
            <h1 aria-current="page" title=${props.title}>${props.title}</h1>
          </nav>`
    }
    <div class="space"></div>
    ${props.middle ?? nothing}
    <div class="space"></div>
    ${props.onPresent === undefined ? nothing : html`<button class="top-button" data-action="present" aria-label=${messages.top.present} title=${messages.keys.withKey(messages.top.present, 'F')} @click=${props.onPresent}>${icon('screen', 16)}<span>${messages.top.present}</span></button>`}
    ${props.onShare === undefined ? nothing : html`<button class="top-button" data-action="share" aria-label=${messages.top.share} title=${messages.top.share} @click=${props.onShare}>${icon('share', 16)}<span>${messages.top.share}</span></button>`}
    <button class="icon-button" data-prefer="theme" aria-label=${theme} title=${theme} @click=${props.onTheme}>
      ${icon(props.theme === 'dark' ? 'sun' : 'moon')}
    </button>
    <button class="icon-button" aria-label=${messages.keys.button} title=${messages.keys.button} @click=${props.onKeys}>
      ${icon('help')}
    </button>
  </header>`;
}
