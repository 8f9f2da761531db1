// What a view shows in HTML as shapes of SVG: boxes with their edges, letters of chips, and every word where it stands.
// It measures the page as it is drawn; it refuses to know which view that is. Who puts it beside the pictures: picture-file.ts.

const NS = 'http://www.w3.org/2000/svg';

export interface Drawn {
  readonly box: DOMRect;
  readonly shape: SVGElement;
  /** Boxes lie below the pictures of the view, words above. */
  readonly isWord: boolean;
}

const SIDES = ['top', 'right', 'bottom', 'left'] as const;
const pen = document.createElement('canvas').getContext('2d');

function shapeOf(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const shape = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, String(value));
  return shape;
}

const isClear = (colour: string): boolean => /^(transparent|rgba\(.*, 0\))$/.test(colour);

/** Its ground and its edges; an edge all around is one rectangle. */
function boxOf(style: CSSStyleDeclaration, box: DOMRect): SVGElement[] {
  const edges = SIDES.map((side) => ({
    side,
    width: Number.parseFloat(style.getPropertyValue(`border-${side}-width`)),
    colour: style.getPropertyValue(`border-${side}-color`),
    dash: style.getPropertyValue(`border-${side}-style`) === 'dashed' ? '4 3' : 'none',
  })).filter(({ width, colour }) => width > 0 && !isClear(colour));
  const [edge] = edges;
  const isAround = edges.length === SIDES.length && edge !== undefined;
  const ground = isClear(style.backgroundColor) ? 'none' : style.backgroundColor;
  const inset = isAround ? edge.width / 2 : 0;
  const shapes: SVGElement[] = [];
  if (ground !== 'none' || isAround)
    shapes.push(
      shapeOf('rect', {
        x: box.x + inset,
        y: box.y + inset,
        width: Math.max(0, box.width - 2 * inset),
        height: Math.max(0, box.height - 2 * inset),
        rx: Number.parseFloat(style.borderTopLeftRadius) || 0,
        fill: ground,
        ...(isAround
          ? { stroke: edge.colour, 'stroke-width': edge.width, 'stroke-dasharray': edge.dash }
          : {}),
      }),
    );
  if (isAround) return shapes;
  for (const { side, width, colour } of edges) {
    const [x1, y1] = [side === 'right' ? box.right : box.x, side === 'bottom' ? box.bottom : box.y];
    const [x2, y2] = [side === 'left' ? box.x : box.right, side === 'top' ? box.y : box.bottom];
    shapes.push(shapeOf('line', { x1, y1, x2, y2, stroke: colour, 'stroke-width': width }));
  }
  return shapes;
}

function wordOf(text: string, box: DOMRect, style: CSSStyleDeclaration): SVGElement {
  let above = 0.8;
  if (pen !== null) {
    pen.font = style.font;
    const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = pen.measureText(text);
    above = up / (up + down);
  }
  const word = shapeOf('text', {
    x: box.x,
    y: box.y + box.height * above,
    fill: style.color,
    'font-family': style.fontFamily.replaceAll('"', "'"),
    'font-size': style.fontSize,
    'font-weight': style.fontWeight,
    'text-decoration': style.textDecorationLine,
  });
  word.textContent = text;
  return word;
}

/** The letter before a chip: it is content of the style sheet, so no node of the page has it. */
function badgeOf(element: Element, box: DOMRect): Drawn[] {
  const letter = element.getAttribute('data-letter');
  if (letter === null || letter === '') return [];
  const style = getComputedStyle(element, '::before');
  const width = Number.parseFloat(style.width);
  const ground = new DOMRect(box.x, box.y, width, box.height);
  const middle = new DOMRect(box.x + width / 2 - 4, box.y + 2, 8, box.height - 4);
  return [
    ...boxOf(style, ground).map((shape) => ({ box: ground, shape, isWord: false })),
    { box: middle, shape: wordOf(letter, middle, style), isWord: true },
  ];
}

function wordsOf(node: Text, style: CSSStyleDeclaration, clip: DOMRect | undefined): Drawn[] {
  const range = document.createRange();
  return [...node.data.matchAll(/\S+/g)].flatMap(({ 0: text, index }) => {
    range.setStart(node, index);
    range.setEnd(node, index + text.length);
    const box = range.getBoundingClientRect();
    const isIn = clip === undefined || (box.bottom <= clip.bottom + 1 && box.y >= clip.y - 1);
    return box.width === 0 || !isIn ? [] : [{ box, shape: wordOf(text, box, style), isWord: true }];
  });
}

/** Everything below an element but pictures and controls; what is cut off on the page is left out. */
export function drawnIn(element: Element, clip?: DOMRect): readonly Drawn[] {
  const style = getComputedStyle(element);
  const isShown = style.display !== 'none' && style.visibility === 'visible' && style.clipPath === 'none';
  if (!isShown || element.matches('svg, select, input')) return [];
  const box = element.getBoundingClientRect();
  const within = style.overflowY === 'hidden' || style.overflowY === 'clip' ? box : clip;
  return [
    ...boxOf(style, box).map((shape) => ({ box, shape, isWord: false })),
    ...badgeOf(element, box),
    ...[...element.childNodes].flatMap((child) => {
      if (child instanceof Text) return wordsOf(child, style, within);
      return child instanceof Element ? drawnIn(child, within) : [];
    }),
  ];
}
