// The picture of the current view as a file that stands alone: styles written into each shape, fonts as a list with
// fallbacks, a title, and where it comes from. As PNG it is drawn at twice its size, with the page's own fonts.
// It refuses to know views: it takes every <svg> of a section as it stands, and its HTML as picture-words.ts draws it.
import { saveBlob, saveText } from './files.js';
import { drawnIn } from './picture-words.js';

const NS = 'http://www.w3.org/2000/svg';
const PROPERTIES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'paint-order',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'visibility',
  'display',
] as const;

/** Copies with what the style sheets say written into it: `from` and `to` have the same shape. */
function writeStyles(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  for (const property of PROPERTIES) {
    const value = style.getPropertyValue(property);
    if (value !== '') to.setAttribute(property, value.replaceAll('"', "'"));
  }
  for (const name of [
    'class',
    'style',
    'tabindex',
    'role',
    ...to.getAttributeNames().filter((each) => /^(data|aria)-/.test(each)),
  ])
    to.removeAttribute(name);
  for (const [index, child] of [...from.children].entries()) {
    const copy = to.children[index];
    if (copy !== undefined) writeStyles(child, copy);
  }
}

const MARGIN = 8;

/** One <svg> with all that the section shows, scrolled to its beginning; undefined if it has no picture. */
export function svgOf(section: Element, title: string, source: string): SVGSVGElement | undefined {
  const scroller = section.querySelector('.ladder-body');
  const place = scroller?.scrollTop ?? 0;
  scroller?.scrollTo({ top: 0, behavior: 'instant' });
  try {
    return pictureOf(section, title, source);
  } finally {
    scroller?.scrollTo({ top: place, behavior: 'instant' });
  }
}

function pictureOf(section: Element, title: string, source: string): SVGSVGElement | undefined {
  const parts = [...section.querySelectorAll<SVGSVGElement>('svg:not(.icon)')].filter(
    (part) => part.getBoundingClientRect().width > 0,
  );
  if (parts.length === 0) return undefined;
  const drawn = drawnIn(section);
  const boxes = parts.map((part) => part.getBoundingClientRect());
  const all = [...boxes, ...drawn.map(({ box }) => box)];
  const left = Math.min(...all.map(({ x }) => x)) - MARGIN;
  const top = Math.min(...all.map(({ y }) => y)) - MARGIN;
  const width = Math.ceil(Math.max(...all.map(({ right }) => right)) - left) + MARGIN;
  const height = Math.ceil(Math.max(...all.map(({ bottom }) => bottom)) - top) + MARGIN;
  const whole = document.createElementNS(NS, 'svg');
  whole.setAttribute('xmlns', NS);
  whole.setAttribute('viewBox', `${left} ${top} ${width} ${height}`);
  whole.setAttribute('width', String(width));
  whole.setAttribute('height', String(height));
  whole.setAttribute('style', 'font-variant-numeric: tabular-nums');
  for (const [tag, text] of [
    ['title', title],
    ['desc', source],
  ] as const) {
    const element = document.createElementNS(NS, tag);
    element.textContent = text;
    whole.append(element);
  }
  const ground = document.createElementNS(NS, 'rect');
  for (const [name, value] of Object.entries({ x: left, y: top, width, height }))
    ground.setAttribute(name, String(value));
  ground.setAttribute('fill', getComputedStyle(document.body).backgroundColor);
  whole.append(ground, ...drawn.filter(({ isWord }) => !isWord).map(({ shape }) => shape));
  for (const [index, part] of parts.entries()) {
    const copy = part.cloneNode(true);
    const box = boxes[index];
    if (!(copy instanceof SVGSVGElement) || box === undefined) continue;
    writeStyles(part, copy);
    copy.setAttribute('overflow', getComputedStyle(part).overflowY);
    for (const [name, value] of [
      ['x', box.x],
      ['y', box.y],
      ['width', box.width],
      ['height', box.height],
    ] as const)
      copy.setAttribute(name, String(Math.round(value * 10) / 10));
    whole.append(copy);
  }
  whole.append(...drawn.filter(({ isWord }) => isWord).map(({ shape }) => shape));
  return whole;
}

/** The faces of the page's letters as rules with their data inside: an image sees no style sheet but its own. */
async function faces(): Promise<string> {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const latin = rules.filter(
    (rule): rule is CSSFontFaceRule =>
      rule instanceof CSSFontFaceRule &&
      /U\+0+-|U\+0?0\?\?/i.test(rule.style.getPropertyValue('unicode-range')),
  );
  const written = latin.map(async ({ cssText, parentStyleSheet }) => {
    const [, address] = cssText.match(/url\("?([^")]+)"?\)/) ?? [];
    if (address === undefined) return '';
    const answer = await fetch(new URL(address, parentStyleSheet?.href ?? location.href));
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const data = btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ''));
    return cssText.replace(address, `data:font/woff2;base64,${data}`);
  });
  return (await Promise.all(written)).join('\n');
}

/** Twice its size, as an image; undefined where the browser cannot draw it. */
async function pngOf(text: string, width: number, height: number): Promise<Blob | undefined> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = 2 * width;
  canvas.height = 2 * height;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/png'));
}

/** Saves what the section shows, under a name without its ending. */
export async function savePicture(
  section: Element,
  kind: 'svg' | 'png',
  name: string,
  title: string,
  source: string,
): Promise<void> {
  const whole = svgOf(section, title, source);
  if (whole === undefined) return;
  const write = (): string => new XMLSerializer().serializeToString(whole);
  if (kind === 'svg') return saveText(`${name}.svg`, 'image/svg+xml', write());
  const style = document.createElementNS(NS, 'style');
  style.textContent = await faces().catch(() => ''); // without them the next font of the stack stands in
  whole.prepend(style);
  const text = write();
  const blob = await pngOf(text, Number(whole.getAttribute('width')), Number(whole.getAttribute('height')));
  if (blob !== undefined) saveBlob(`${name}.png`, blob);
}
