// What is wrong with a page as it stands, in words: text over text, text that is cut or leaves its box, text under
// something opaque, and a page that scrolls. One function that is sent into the page; it knows no class of ours.
// Regions may scroll, but no line in them is cut sideways, unless it ends in an ellipsis and its name has all of it.
// Who walks through the pictures: walk.ts and layout.spec.ts. That each flaw is found: layout.spec.ts.

/** One line for each flaw, none if all is well; the first 40 letters of the text name it. */
export function findFlaws(): string[] {
  interface Box {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  }
  /** A line of text: its ink, what of it is seen (undefined: scrolled away), and in which scroller and sticky bar it is. */
  interface Line {
    readonly words: string;
    readonly parent: Element;
    readonly ink: Box;
    readonly seen: Box | undefined;
    readonly scroller: Element | undefined;
    readonly sticky: Element | undefined;
  }
  /** A pixel of blur is no flaw. */
  const SLACK = 1.5;
  const flaws = new Set<string>();
  const short = (text: string): string => `"${text.trim().replace(/\s+/g, ' ').slice(0, 40)}"`;
  const nameOf = (element: Element): string =>
    `${element.tagName.toLowerCase()}${[...element.classList].map((name) => `.${name}`).join('')}`;
  const meet = (a: Box, b: Box): Box => ({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const isEmpty = ({ left, top, right, bottom }: Box): boolean =>
    right - left <= SLACK || bottom - top <= SLACK;
  const alphaOf = (colour: string): number => {
    if (colour === 'none' || colour === 'transparent') return 0;
    const [, alpha] = /[,/]\s*([\d.]+%?)\s*\)$/.exec(colour.replace(/^rgb\(/, '')) ?? [];
    return colour.startsWith('rgba') || colour.includes('/') ? Number.parseFloat(alpha ?? '1') : 1;
  };

  const styles = new Map<Element, CSSStyleDeclaration>();
  const styleOf = (element: Element): CSSStyleDeclaration => {
    const known = styles.get(element) ?? getComputedStyle(element);
    styles.set(element, known);
    return known;
  };
  const boxes = new Map<Element, DOMRect>();
  const boxOf = (element: Element): DOMRect => {
    const known = boxes.get(element) ?? element.getBoundingClientRect();
    boxes.set(element, known);
    return known;
  };
  const isInSvg = (element: Element): element is SVGElement =>
    element instanceof SVGElement && !(element instanceof SVGSVGElement);

  /** The whole of a shortened text stands in its title or in the name of what it belongs to. */
  const mustBeTold = (from: Element, words: string): void => {
    // A name may put words between those that are drawn: `and`, a comma.
    const begin = words.replace(/…\s*$/, '').trim().split(/\s+/);
    for (let at: Element | null = from; at !== null; at = at.parentElement) {
      const inner = [...at.children].find((child) => child.tagName === 'title')?.textContent ?? '';
      const names = [at.getAttribute('title'), at.getAttribute('aria-label'), inner];
      if (names.some((name) => begin.every((word) => name?.includes(word)))) return;
    }
    flaws.add(`shortened, and no name has all of it: ${short(words)}`);
  };
  const sticksOut = (ink: Box, box: Box): boolean =>
    ink.left < box.left - SLACK ||
    ink.right > box.right + SLACK ||
    ink.top < box.top - 2 * SLACK ||
    ink.bottom > box.bottom + 2 * SLACK;
  /** The filled shape that holds the middle of the text, drawn before it beside it or beside the nearest group that has one. */
  const shapeAround = (text: Element, ink: Box): Element | undefined => {
    const x = (ink.left + ink.right) / 2;
    const y = (ink.top + ink.bottom) / 2;
    for (let at = text; isInSvg(at) && at.parentElement !== null; at = at.parentElement) {
      const around: Element[] = [];
      for (let prior = at.previousElementSibling; prior !== null; prior = prior.previousElementSibling) {
        if (!/^(rect|path|circle|polygon)$/.test(prior.tagName)) continue;
        const box = boxOf(prior);
        if (box.left > x || box.right < x || box.top > y || box.bottom < y) continue;
        if (alphaOf(styleOf(prior).fill) > 0) around.push(prior);
      }
      // What fills a part of another shape is no box of its own.
      const isPart = (shape: Element): boolean =>
        around.some((other) => other !== shape && !sticksOut(boxOf(shape), boxOf(other)));
      const [box] = around.filter((shape) => around.length === 1 || !isPart(shape));
      if (box !== undefined) return box;
    }
    return undefined;
  };
  const lineOf = (words: string, parent: Element, rect: DOMRect): Line => {
    // Between the height of a capital and the line below: what letters really fill.
    const shrink = rect.height * 0.2;
    let ink: Box = {
      left: rect.left,
      right: rect.right,
      top: rect.top + shrink,
      bottom: rect.bottom - shrink,
    };
    let seen: Box = ink;
    let scroller: Element | undefined;
    let sticky: Element | undefined;
    let isLoose = false;
    if (/…\s*$/.test(words) && isInSvg(parent)) mustBeTold(parent, words);
    const shape = shapeAround(parent, ink);
    if (shape !== undefined && sticksOut(ink, boxOf(shape)))
      flaws.add(`leaves its box: ${short(words)} ${nameOf(shape)}`);
    for (let at: Element | null = parent; at !== null; at = at.parentElement) {
      if (isInSvg(at)) continue;
      const style = styleOf(at);
      const isInline = style.display === 'inline' && !(at instanceof SVGSVGElement);
      if (style.display === 'contents' || isInline) continue;
      const isRoot = at === document.documentElement || at === document.body;
      const x = isRoot ? 'hidden' : style.overflowX;
      const y = isRoot ? 'hidden' : style.overflowY;
      const box: Box = isRoot ? { left: 0, top: 0, right: innerWidth, bottom: innerHeight } : boxOf(at);
      // A row of tabs may scroll sideways: arrows walk it, and what is chosen is brought into view.
      const isTabs = at.getAttribute('role') === 'tablist';
      if (x !== 'visible') {
        if (isTabs) scroller ??= at;
        else if (seen.left < box.left - SLACK || seen.right > box.right + SLACK) {
          if (style.textOverflow !== 'ellipsis') flaws.add(`cut sideways: ${short(words)} by ${nameOf(at)}`);
          else mustBeTold(at, words);
        }
        ink = { ...ink, left: Math.max(ink.left, box.left), right: Math.min(ink.right, box.right) };
      }
      if (y === 'auto' || y === 'scroll') scroller ??= at;
      else if (y !== 'visible') {
        if (seen.top < box.top - SLACK || seen.bottom > box.bottom + SLACK) {
          if (style.webkitLineClamp === 'none') flaws.add(`cut: ${short(words)} by ${nameOf(at)}`);
          else mustBeTold(at, words);
        }
        ink = meet(ink, box);
      }
      if (x !== 'visible' || y !== 'visible') {
        seen = meet(seen, box);
        isLoose = false;
        if (isEmpty(seen)) break;
      } else if (!isLoose) {
        const hasEdge = alphaOf(style.borderLeftColor) > 0 && Number.parseFloat(style.borderLeftWidth) > 0;
        const isCell = style.display === 'table-cell' || alphaOf(style.backgroundColor) > 0;
        if ((hasEdge || isCell) && sticksOut(seen, box))
          flaws.add(`leaves its box: ${short(words)} ${nameOf(at)}`);
      }
      if (style.position === 'absolute' || style.position === 'fixed') isLoose = true;
      if (style.position === 'sticky' && scroller === undefined) sticky = at;
    }
    return { words, parent, ink, seen: isEmpty(seen) ? undefined : seen, scroller, sticky };
  };

  const readLines = (): Line[] => {
    const lines: Line[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement;
      const words = node.textContent ?? '';
      if (parent === null || words.trim() === '' || /^(title|script|style|option)$/.test(parent.tagName))
        continue;
      if (parent.closest('.visually-hidden') !== null || styleOf(parent).clipPath !== 'none') continue;
      range.selectNodeContents(node);
      // A range does not know that a text was squeezed.
      const isSqueezed = parent.hasAttribute('textLength');
      const all = isSqueezed ? [parent.getBoundingClientRect()] : [...range.getClientRects()];
      const rects = all.filter(({ width, height }) => width > 1 && height > 1);
      if (rects.length === 0 || !parent.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
        continue;
      for (const rect of rects) lines.push(lineOf(words, parent, rect));
    }
    return lines;
  };

  const findOverlaps = (lines: readonly Line[]): void => {
    const sorted = [...lines].sort((a, b) => a.ink.top - b.ink.top);
    sorted.forEach((a, index) => {
      for (let at = index + 1; at < sorted.length; at += 1) {
        const b = sorted[at];
        if (b === undefined || b.ink.top > a.ink.bottom) break;
        const isSame = a.scroller === b.scroller && a.sticky === b.sticky;
        const [inA, inB] = isSame ? [a.ink, b.ink] : [a.seen, b.seen];
        if (a.sticky !== b.sticky || inA === undefined || inB === undefined || a.parent === b.parent)
          continue;
        if (!isEmpty(meet(inA, inB))) flaws.add(`overlap: ${short(a.words)} and ${short(b.words)}`);
      }
    });
  };

  const isOpaque = (element: Element): boolean => {
    const style = styleOf(element);
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    if (!isInSvg(element)) return alphaOf(style.backgroundColor) > 0.3;
    if (/^(text|tspan|g)$/.test(element.tagName)) return false;
    const fill = alphaOf(style.fill) * Number.parseFloat(style.fillOpacity);
    const isStrike = fill === 0 && boxOf(element).height < 3;
    if (isStrike) return false;
    const stroke = alphaOf(style.stroke) * Number.parseFloat(style.strokeOpacity);
    return Math.max(fill, stroke) * Number.parseFloat(style.opacity) > 0.3;
  };
  /** What may lie over a text: filled shapes, and blocks out of the flow. Asking the page at each point would take ten times as long. */
  const readCovers = (): Element[] =>
    [...document.body.querySelectorAll('*')].filter((element) => {
      if (!isInSvg(element) && /^(static|relative)$/.test(styleOf(element).position)) return false;
      return isOpaque(element);
    });
  const findCovers = (lines: readonly Line[]): void => {
    // What lets the pointer through covers all the same.
    const all = document.createElement('style');
    all.textContent = '* { pointer-events: auto !important; }';
    const covers = readCovers().map((element) => ({ element, box: boxOf(element) }));
    for (const { words, parent, seen } of lines) {
      if (seen === undefined) continue;
      const near = covers.filter(({ box }) => !isEmpty(meet(box, seen)));
      const middle = (seen.top + seen.bottom) / 2;
      for (const [x, y] of [
        [seen.left + 2, middle],
        [(seen.left + seen.right) / 2, middle],
        [seen.right - 2, middle],
        [seen.left + 2, seen.bottom - 1],
        [seen.right - 2, seen.bottom - 1],
      ] as const) {
        const isOver = ({ element, box }: (typeof near)[number]): boolean =>
          box.left <= x &&
          box.right >= x &&
          box.top <= y &&
          box.bottom >= y &&
          !element.contains(parent) &&
          (!isInSvg(element) ||
            (parent.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) > 0);
        if (!near.some(isOver)) continue;
        if (!all.isConnected) document.head.append(all);
        const hits = document.elementsFromPoint(x, y);
        const at = hits.findIndex((hit) => hit.contains(parent) || parent.contains(hit));
        const cover = hits.slice(0, Math.max(0, at)).find(isOpaque);
        if (cover === undefined) continue;
        // A bar that stays while its region scrolls is the region's edge.
        let isBar = false;
        for (let up: Element | null = cover; up !== null && !up.contains(parent); up = up.parentElement)
          isBar ||= styleOf(up).position === 'sticky';
        if (!isBar) flaws.add(`covered: ${short(words)} by ${nameOf(cover)}`);
      }
    }
    all.remove();
  };

  const { scrollWidth, scrollHeight } = document.documentElement;
  if (scrollWidth > innerWidth || scrollHeight > innerHeight)
    flaws.add(`the page scrolls: ${scrollWidth}x${scrollHeight}`);
  const lines = readLines();
  findOverlaps(lines);
  findCovers(lines);
  return [...flaws];
}
