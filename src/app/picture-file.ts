// The picture of the current view as a file that stands alone: styles written into each shape, fonts as a list with
// fallbacks, a title, and where it comes from. HTML beside the picture is left out. As PNG it is drawn at twice its size.
// It refuses to know views: it takes every <svg> of a section as it stands.
import { saveBlob, saveText } from './files.js';

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

/** One <svg> with all those of the section at their places; undefined if it has none. */
export function svgOf(section: Element, title: string, source: string): SVGSVGElement | undefined {
  const parts = [...section.querySelectorAll<SVGSVGElement>('svg:not(.icon)')].filter(
    (part) => part.closest('.mark-sign') === null && part.getBoundingClientRect().width > 40,
  );
  const boxes = parts.map((part) => part.getBoundingClientRect());
  if (parts.length === 0) return undefined;
  const left = Math.min(...boxes.map(({ x }) => x));
  const top = Math.min(...boxes.map(({ y }) => y));
  const width = Math.ceil(Math.max(...boxes.map(({ right }) => right)) - left);
  const height = Math.ceil(Math.max(...boxes.map(({ bottom }) => bottom)) - top);
  const whole = document.createElementNS(NS, 'svg');
  whole.setAttribute('xmlns', NS);
  whole.setAttribute('viewBox', `0 0 ${width} ${height}`);
  whole.setAttribute('width', String(width));
  whole.setAttribute('height', String(height));
  for (const [tag, text] of [
    ['title', title],
    ['desc', source],
  ] as const) {
    const element = document.createElementNS(NS, tag);
    element.textContent = text;
    whole.append(element);
  }
  const ground = document.createElementNS(NS, 'rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', getComputedStyle(document.body).backgroundColor);
  whole.append(ground);
  for (const [index, part] of parts.entries()) {
    const copy = part.cloneNode(true);
    const box = boxes[index];
    if (!(copy instanceof SVGSVGElement) || box === undefined) continue;
    writeStyles(part, copy);
    for (const [name, value] of [
      ['x', box.x - left],
      ['y', box.y - top],
      ['width', box.width],
      ['height', box.height],
    ] as const)
      copy.setAttribute(name, String(Math.round(value * 10) / 10));
    whole.append(copy);
  }
  return whole;
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
  const text = new XMLSerializer().serializeToString(whole);
  if (kind === 'svg') return saveText(`${name}.svg`, 'image/svg+xml', text);
  const blob = await pngOf(text, Number(whole.getAttribute('width')), Number(whole.getAttribute('height')));
  if (blob !== undefined) saveBlob(`${name}.png`, blob);
}
