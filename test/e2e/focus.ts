// Where the keyboard is, as somebody sees it: what has the focus, in which region, and whether a ring of three pixels shows it
// that nothing covers (WCAG 2.4.7, 2.4.11). It refuses to move the focus: that is done with keys.
import type { Page } from '@playwright/test';

export interface Focus {
  /** Its part of the page; empty where nothing has the focus. */
  readonly region: string;
  /** Tag, role and words of what has it. */
  readonly what: string;
  readonly key: string;
  /** What is wrong with how it is shown; empty if all is well. */
  readonly flaw: string;
}

const REGIONS = [
  'dialog',
  '.top',
  '.caption',
  '.stage',
  '.ladder',
  '.ports',
  '.states-view',
  '.sockets',
  '.panel',
  '.transport',
  '.hero',
  '.gallery',
  '.presenter',
];

export async function focusNow(page: Page): Promise<Focus> {
  return page.evaluate((regions) => {
    const focused = document.activeElement;
    if (focused === null || focused === document.body) return { region: '', what: '', key: '', flaw: '' };
    const region = regions.find((each) => focused.closest(each) !== null) ?? 'nowhere';
    const words = focused.getAttribute('aria-label') ?? focused.textContent ?? '';
    const what = `${focused.tagName.toLowerCase()} ${focused.getAttribute('role') ?? ''} ${words.replace(/\s+/g, ' ').trim()}`;
    const key = focused.getAttribute('data-key') ?? focused.id;
    const svg = focused instanceof SVGElement ? focused.ownerSVGElement : null;
    const ring = svg === null ? focused : focused.querySelector(':scope > .ring');
    const style = ring === null ? undefined : getComputedStyle(ring);
    const isDrawn =
      style !== undefined &&
      (svg === null
        ? style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 3
        : style.stroke !== 'none' &&
          Number.parseFloat(style.strokeWidth) >= 3 &&
          style.vectorEffect === 'non-scaling-stroke');
    const box = focused.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 12)];
    const isInside = box.left >= -1 && box.right <= innerWidth + 1 && y >= 0 && y <= innerHeight;
    // The box of a picture's part may be hollow in the middle: there only what is no part of the picture covers it.
    const above = document.elementFromPoint(Math.max(0, x), y);
    const isOwn = above !== null && (focused.contains(above) || above.contains(focused));
    const isClear = isOwn || (svg !== null && above?.closest('svg') === svg);
    const opacity = Number(getComputedStyle(focused).opacity);
    const flaw = !isDrawn
      ? 'no ring'
      : !isInside
        ? 'outside the window'
        : !isClear
          ? `covered by ${above?.tagName} ${above?.className}`
          : opacity < 1
            ? 'transparent'
            : '';
    return { region, what, key, flaw };
  }, REGIONS);
}
