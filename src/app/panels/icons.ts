// The few signs of buttons, as SVG; each is hidden from readers because its button has a name.
// It refuses to know buttons. The marks of conversations have their paths in ../views/marks.ts, for the stage too.
// Colours are currentColor and tokens only.
import { html, svg, type TemplateResult } from 'lit';
import type { Mark } from '../../trace/scene.js';
import { MARK_PATHS } from '../views/marks.js';

const PATHS = {
  first: 'M20 6v12l-8-6zM12.5 6v12l-8-6zM3 5h2v14H3z',
  back: 'M17 5v14L7 12zM5 5h2v14H5z',
  step: 'M7 5v14l10-7zM17 5h2v14h-2z',
  play: 'M7 4.5v15l12-7.5z',
  pause: 'M7 5h4v14H7zM13 5h4v14h-4z',
  skip: 'M5 5v14l7-7zM12 5v14l7-7z',
  help: 'M12 2a10 10 0 100 20 10 10 0 000-20zm0 17a1.3 1.3 0 110-2.6 1.3 1.3 0 010 2.6zm1.2-4.6h-2.3c0-2.9 2.7-3 2.7-5 0-1-.7-1.6-1.7-1.6s-1.7.7-1.8 1.8H7.7C7.8 7.3 9.5 5.8 12 5.8s4 1.4 4 3.5c0 2.6-2.8 3-2.8 5.1z',
  sun: 'M12 7.6a4.4 4.4 0 100 8.8 4.4 4.4 0 000-8.8zM11 2h2v4h-2zM11 18h2v4h-2zM2 11h4v2H2zM18 11h4v2h-4zM4.2 5.6l1.4-1.4 2.8 2.8L7 8.4zM15.6 17l1.4-1.4 2.8 2.8-1.4 1.4zM4.2 18.4L7 15.6 8.4 17l-2.8 2.8zM15.6 7l2.8-2.8 1.4 1.4L17 8.4z',
  moon: 'M20.6 14.6A9 9 0 019.4 3.4 9 9 0 1020.6 14.6z',
  eye: 'M12 5c5 0 9 4 10 7-1 3-5 7-10 7S3 15 2 12c1-3 5-7 10-7zm0 2.5a4.5 4.5 0 100 9 4.5 4.5 0 000-9zm0 2.3a2.2 2.2 0 110 4.4 2.2 2.2 0 010-4.4z',
  bulb: 'M9 21h6v-2H9zM12 2a7 7 0 00-4 12.7V17h8v-2.3A7 7 0 0012 2z',
  screen: 'M3 5h18v11H3zM5 7v7h14V7zM9 18h6v2H9z',
  share: 'M12 3l5 5h-3.5v7h-3V8H7zM5 13v7h14v-7h-2v5H7v-5z',
  menu: 'M4 6h16v2H4zM4 11h16v2H4zM4 16h16v2H4z',
  raise: 'M12 6l8.4 8.4-1.8 1.8L12 9.6l-6.6 6.6-1.8-1.8z',
  lower: 'M12 18L3.6 9.6l1.8-1.8 6.6 6.6 6.6-6.6 1.8 1.8z',
  close: 'M5.6 4.2L12 10.6l6.4-6.4 1.4 1.4L13.4 12l6.4 6.4-1.4 1.4L12 13.4l-6.4 6.4-1.4-1.4L10.6 12 4.2 5.6z',
} as const;

export function icon(name: keyof typeof PATHS, size: number = 18): TemplateResult {
  return html`<svg class="icon" width=${size} height=${size} viewBox="0 0 24 24" aria-hidden="true">
    <path d=${PATHS[name]}></path>
  </svg>`;
}

/** A conversation's sign, with the sign itself as hidden text so that a sentence reads the same everywhere. */
export function markSign(mark: Mark, size: number = 12): TemplateResult {
  const picture = svg`<path d=${MARK_PATHS[mark]}></path>`;
  return html`<span class="mark-sign"><svg width=${size} height=${size} viewBox="-7 -7 14 14" aria-hidden="true">${picture}</svg><span class="visually-hidden">${mark}</span></span>`;
}

/** The fan-out that is our sign: one way up of three. */
export function logo(): TemplateResult {
  return html`<svg class="logo-sign" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">
    <g fill="none" stroke="var(--ink)" stroke-width="2" stroke-linecap="round">
      <path d="M12 21V15C12 10 4 11 4 5"></path>
      <path d="M12 15C12 10 20 11 20 5M12 15V5" opacity=".45"></path>
    </g>
    <g stroke="var(--ink)" stroke-width="1.6" fill="var(--surface)">
      <circle cx="4" cy="4" r="2.6" fill="var(--now)"></circle>
      <circle cx="12" cy="4" r="2.2"></circle>
      <circle cx="20" cy="4" r="2.2"></circle>
    </g>
  </svg>`;
}
