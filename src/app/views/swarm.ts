// Hundreds of packets as one image in the stage: drawn on a canvas with the colours of the page at this moment, so that it
// follows theme, contrast and the density of the screen, scales with the stage and is saved with it.
// Marks come from ../present/swarm.ts; the one under the pointer is told by the image's title. Nothing here moves.
import { markAt, type Swarm, type SwarmMark } from '../present/swarm.js';
import { add, draw, part, set, text } from './layer.js';

type Brush = CanvasRenderingContext2D;

/** The shapes of the tickets, small: a full square, an open one, a cross, a sign on its corner. */
function drawMark(brush: Brush, { x, y, shape }: SwarmMark, size: number, colour: string, bad: string): void {
  const half = size / 2;
  brush.fillStyle = colour;
  brush.strokeStyle = shape === 'datagram' ? colour : bad;
  brush.lineWidth = Math.max(1, size / 5);
  brush.beginPath();
  if (shape === 'segment') brush.fillRect(x - half, y - half, size, size);
  else if (shape === 'datagram') brush.strokeRect(x - half + 0.5, y - half + 0.5, size - 1, size - 1);
  else if (shape === 'rst') {
    brush.moveTo(x - half, y - half);
    brush.lineTo(x + half, y + half);
    brush.moveTo(x + half, y - half);
    brush.lineTo(x - half, y + half);
  } else {
    brush.moveTo(x, y - half);
    brush.lineTo(x + half, y);
    brush.lineTo(x, y + half);
    brush.lineTo(x - half, y);
    brush.closePath();
  }
  brush.stroke();
}

/** A colour of the page, as a canvas wants it; one system colour for all where the reader's system chooses the colours. */
function colourOf(element: Element, name: string): string {
  if (matchMedia('(forced-colors: active)').matches) return 'CanvasText';
  return getComputedStyle(element).getPropertyValue(name).trim();
}

function imageOf(swarm: Swarm, element: Element): string {
  const scale = Math.max(1, devicePixelRatio);
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(swarm.w * scale);
  canvas.height = Math.ceil(swarm.h * scale);
  const brush = canvas.getContext('2d');
  if (brush === null) return '';
  brush.scale(scale, scale);
  brush.translate(-swarm.x, -swarm.y);
  const colours = new Map<string, string>();
  const take = (name: string): string => {
    const colour = colours.get(name) ?? colourOf(element, name);
    colours.set(name, colour);
    return colour;
  };
  for (const mark of swarm.marks)
    drawMark(brush, mark, swarm.size, take(`--${(mark.hue ?? 'ink2').toLowerCase()}`), take('--bad-line'));
  return canvas.toDataURL('image/png');
}

function point(image: SVGElement, event: PointerEvent): DOMPoint | undefined {
  const matrix = image instanceof SVGGraphicsElement ? image.getScreenCTM() : null;
  return matrix === null
    ? undefined
    : new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
}

export function drawSwarm(parent: SVGGElement, swarm: Swarm | undefined): void {
  draw(
    parent,
    swarm === undefined ? [] : [{ key: 'swarm', swarm }],
    (group) => {
      add(group, 'title', 'tip');
      add(group, 'image', 'marks');
    },
    (group, { swarm: row }) => {
      const { x, y, w, h, name } = row;
      set(group, { class: 'swarm', role: 'graphics-object', 'aria-label': name });
      const image = part(group, 'marks');
      set(image, { x, y, width: w, height: h, href: imageOf(row, group) });
      text(part(group, 'tip'), name);
      group.onpointermove = (event) => {
        const at = point(image, event);
        const mark = at && markAt(row, at.x, at.y);
        set(group, { 'data-packet': mark === undefined ? undefined : `packet-${mark.id}` });
        text(part(group, 'tip'), mark?.name ?? name);
      };
    },
  );
}
