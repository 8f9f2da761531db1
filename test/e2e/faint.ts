// Words that are too faint on what lies under them, where axe leaves it open: text in an SVG, single letters and signs. It is
// computed from what is drawn (WCAG 2.2, 1.4.3: 4.5, large text 3). One line for each; none if all can be read.
// It is installed in the page as `window.faint`; who calls: axe.ts.

/** Runs in the page, knows nothing outside of itself. */
export function faintWords(part: Element): string[] {
  type Colour = readonly [red: number, green: number, blue: number, alpha: number];
  const read = (text: string): Colour | undefined => {
    const numbers = text.match(/[\d.]+/g)?.map(Number);
    if (numbers === undefined || !/^rgb/.test(text)) return undefined;
    const [red = 0, green = 0, blue = 0, alpha = 1] = numbers;
    return [red, green, blue, alpha];
  };
  const over = ([r, g, b, a]: Colour, [R, G, B]: Colour): Colour => [
    r * a + R * (1 - a),
    g * a + G * (1 - a),
    b * a + B * (1 - a),
    1,
  ];
  const luminance = ([red, green, blue]: Colour): number => {
    const [r = 0, g = 0, b = 0] = [red, green, blue].map((each) =>
      each / 255 <= 0.04045 ? each / 255 / 12.92 : ((each / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const opacityOf = (element: Element | null): number => {
    let opacity = 1;
    for (let each = element; each !== null; each = each.parentElement)
      opacity *= Number(getComputedStyle(each).opacity);
    return opacity;
  };
  /** The colour that an element lays down; undefined if none. */
  const laid = (element: Element, x: number, y: number): Colour | undefined => {
    const style = getComputedStyle(element);
    const isShape = element instanceof SVGGeometryElement;
    const inverse = isShape ? element.getScreenCTM()?.inverse() : undefined;
    // A line that is touched by its stroke has a fill that is nowhere.
    if (isShape && !element.isPointInFill(new DOMPoint(x, y).matrixTransform(inverse))) return undefined;
    const colour = read(isShape ? style.fill : style.backgroundColor);
    if (colour === undefined || (element instanceof SVGElement && !isShape)) return undefined;
    const [r, g, b, a] = colour;
    const alpha = a * (isShape ? Number(style.fillOpacity) : 1) * opacityOf(element);
    return alpha === 0 ? undefined : [r, g, b, alpha];
  };
  /** Everything under a point, from the ground up, mixed. */
  const groundAt = (x: number, y: number, text: Element): Colour => {
    const stack = document.elementsFromPoint(x, y);
    const under = stack.slice(stack.indexOf(text) + (text instanceof SVGElement ? 1 : 0));
    let ground: Colour = [255, 255, 255, 1];
    for (const element of under.reverse()) {
      const colour = laid(element, x, y);
      if (colour !== undefined) ground = over(colour, ground);
    }
    return ground;
  };
  const lines: string[] = [];
  // Shapes that take no pointer are under the words all the same.
  const all = document.createElement('style');
  all.textContent =
    'svg * { pointer-events: visiblePainted !important } svg text { pointer-events: all !important }';
  document.head.append(all);
  for (const text of part.querySelectorAll('svg text, .ep *, #app b, #app i, #app small')) {
    const words = text.textContent?.trim() ?? '';
    const box = text.getBoundingClientRect();
    const isDrawn = text instanceof SVGElement;
    if (words === '' || box.width === 0 || (!isDrawn && text.childElementCount > 0)) continue;
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    if (!document.elementsFromPoint(x, y).includes(text)) continue; // scrolled away
    const style = getComputedStyle(text);
    const ink = read(isDrawn ? style.fill : style.color);
    if (ink === undefined) continue;
    const [r, g, b, a] = ink;
    const ground = groundAt(x, y, text);
    const shown = over([r, g, b, a * opacityOf(text)], ground);
    const [dark = 0, light = 0] = [luminance(shown), luminance(ground)].sort((one, other) => one - other);
    const ratio = (light + 0.05) / (dark + 0.05);
    const scale = text instanceof SVGGraphicsElement ? (text.getScreenCTM()?.a ?? 1) : 1;
    const size = Number.parseFloat(style.fontSize) * scale;
    const least = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    if (ratio < least) lines.push(`faint ${ratio.toFixed(2)}: ${text.getAttribute('class')} ${words}`);
  }
  all.remove();
  return lines;
}
