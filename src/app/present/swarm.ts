// More packets than tickets could show: each is one small mark on the wire between the cards, in its sender's hue and shape,
// drawn together on a canvas. What stands there already keeps its place. Marks are found again by where the pointer is.
// Who draws them: ../views/swarm.ts. Fewer packets are tickets: wire.ts.
import type { PacketView } from '../../trace/scene.js';
import { messages } from '../messages.js';
import type { Hue } from './chip.js';
import { isOver } from './labels.js';
import { packetName } from './names.js';
import type { Box } from './picture.js';
import { shapeOfPacket } from './ticket.js';

/** Above so many moving things a canvas draws them: as elements of the page they would cost a frame. */
export const CANVAS_ABOVE = 500;

export interface SwarmMark {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly hue: Hue | undefined;
  readonly shape: ReturnType<typeof shapeOfPacket>;
  readonly name: string;
}

/** Its box is where the marks may stand; `size` is the edge of each mark. All in stage pixels. */
export interface Swarm extends Box {
  readonly size: number;
  readonly marks: readonly SwarmMark[];
  /** What is read aloud for all of them. */
  readonly name: string;
}

export function isSwarm(inFlight: readonly PacketView[]): boolean {
  return inFlight.length > CANVAS_ABOVE;
}

const LARGEST = 14;
const SMALLEST = 2;

/** The middles of cells of this pitch that nothing else covers, row by row. */
function cells(
  area: Box,
  pitch: number,
  taken: readonly Box[],
): { readonly x: number; readonly y: number }[] {
  const columns = Math.floor(area.w / pitch);
  const rows = Math.floor(area.h / pitch);
  return [...Array(columns * rows).keys()]
    .map((index) => ({
      x: area.x + (index % columns) * pitch,
      y: area.y + Math.floor(index / columns) * pitch,
    }))
    .filter(({ x, y }) => taken.every((box) => !isOver({ x, y, w: pitch, h: pitch }, box)))
    .map(({ x, y }) => ({ x: x + pitch / 2, y: y + pitch / 2 }));
}

/** One mark for each packet, as large as there is room for; those that find none at two pixels are only counted in the name. */
export function swarmOf(packets: readonly PacketView[], area: Box, taken: readonly Box[]): Swarm {
  let pitch = LARGEST;
  let free = cells(area, pitch, taken);
  while (free.length < packets.length && pitch > SMALLEST) {
    pitch -= 1;
    free = cells(area, pitch, taken);
  }
  const marks = packets.slice(0, free.length).map((packet, index): SwarmMark => {
    const { x = 0, y = 0 } = free[index] ?? {};
    const { id, source } = packet;
    return { id, x, y, hue: source.owner?.hue, shape: shapeOfPacket(packet), name: packetName(packet) };
  });
  return { ...area, size: Math.max(1.5, pitch - 2), marks, name: messages.stage.swarm(packets.length) };
}

/** The mark under the pointer, in stage pixels. */
export function markAt(swarm: Swarm, x: number, y: number): SwarmMark | undefined {
  const reach = swarm.size / 2 + 1;
  return swarm.marks.find((mark) => Math.abs(mark.x - x) <= reach && Math.abs(mark.y - y) <= reach);
}
