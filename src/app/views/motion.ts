// Movement on the stage: the DOM is already final, the browser only shows how it came to be so. Nothing loops.
// Cards and sockets slide from where they were, the packet travels its way, the road fades in. A new key press ends it.
// With reduced motion nothing travels: what is new fades in within 120 ms. Durations: UX 4.4.
import type { StagePicture } from '../present/picture.js';

const EASE = 'cubic-bezier(.4, 0, .2, 1)';
const SLIDE = 'cubic-bezier(.2, 0, 0, 1)';

/**
 * So many things may move one by one; the browser keeps a surface for each. In a crowd the layers fade in as wholes
 * instead, and only the packet travels.
 */
const MOST_MOVERS = 48;
const CROWD_LAYERS = ['outlines', 'hosts', 'processes', 'sockets', 'nodes', 'chips', 'texts'];

export interface Motion {
  /** Ends everything at once; the picture is already final. */
  finish(): void;
  readonly done: Promise<unknown>;
}

interface Placed {
  readonly key: string;
  readonly x: number;
  readonly y: number;
}

function byKey(picture: StagePicture): Map<string, Placed> {
  const rows: readonly Placed[] = [
    ...picture.hosts,
    ...picture.processes,
    ...picture.sockets,
    ...picture.nodes,
    ...picture.chips,
    ...picture.tickets,
  ];
  return new Map(rows.map((row) => [row.key, row]));
}

/** Finds groups by their keys; the stage is searched once, and only if something moves. */
function finder(svg: SVGSVGElement): (key: string) => SVGGElement | null {
  let groups: Map<string | undefined, SVGGElement> | undefined;
  return (key) => {
    groups ??= new Map(
      [...svg.querySelectorAll<SVGGElement>('g[data-key]')]
        .reverse()
        .map((group) => [group.dataset['key'], group]),
    );
    return groups.get(key) ?? null;
  };
}

/** New, or elsewhere. */
function isOther(was: Placed | undefined, row: Placed): boolean {
  return was === undefined || was.x !== row.x || was.y !== row.y;
}

function place(x: number, y: number): string {
  return `translate(${x}px, ${y}px)`;
}

/** Positions along a path, relative to where the ticket stands at the end. */
function travelFrames(d: string, ticket: Placed, isBack: boolean): Keyframe[] {
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', d);
  const length = path.getTotalLength();
  const end = path.getPointAtLength(length);
  const frames = Array.from({ length: 25 }, (_, index) => {
    const at = path.getPointAtLength((length * index) / 24);
    return { transform: place(ticket.x + at.x - end.x, ticket.y + at.y - end.y) };
  });
  return isBack ? frames.reverse() : frames;
}

export interface Change {
  readonly before: StagePicture | undefined;
  readonly after: StagePicture;
  readonly isBack: boolean;
  readonly isReduced: boolean;
  readonly speed: number;
  /** Only a step makes packets travel; resizing or walking reasons does not. */
  readonly isStep: boolean;
}

export function animate(svg: SVGSVGElement, change: Change): Motion {
  const { before, after } = change;
  const running: Animation[] = [];
  const run = (
    target: Element | null,
    frames: Keyframe[],
    millis: number,
    easing: string,
    delay = 0,
  ): void => {
    if (target === null) return;
    const pace = (change.isBack ? 0.5 : 1) / change.speed;
    running.push(
      target.animate(frames, { duration: millis * pace, delay: delay * pace, easing, fill: 'backwards' }),
    );
  };
  const fadeIn = [{ opacity: 0 }, { opacity: 1 }];
  const sizeChanged =
    before !== undefined && (before.width !== after.width || before.height !== after.height);
  if (before === undefined || sizeChanged) return { finish: () => {}, done: Promise.resolve() };
  const old = byKey(before);
  const find = finder(svg);
  if (change.isReduced) {
    for (const { key } of byKey(after).values()) {
      if (!old.has(key)) run(find(key), fadeIn, 120, 'linear');
    }
  } else {
    const isMoved = before.focus !== after.focus;
    const rows = byKey(after);
    const isCrowd = [...rows].filter(([key, row]) => isOther(old.get(key), row)).length > MOST_MOVERS;
    if (isCrowd)
      for (const name of CROWD_LAYERS)
        run(svg.querySelector(`g[data-layer="${name}"]`), fadeIn, 180, 'ease-out');
    for (const [key, row] of isCrowd ? [] : rows) {
      const was = old.get(key);
      if (key === after.travel?.ticket && change.isStep) continue;
      if (was === undefined) run(find(key), fadeIn, 180, 'ease-out', isMoved ? 100 : 0);
      else if (isOther(was, row)) {
        const frames = [{ transform: place(was.x, was.y) }, { transform: place(row.x, row.y) }];
        run(find(key), frames, 260, SLIDE);
      }
    }
    for (const host of isCrowd ? [] : after.hosts) {
      const was = before.hosts.find(({ key }) => key === host.key);
      if (was === undefined || (was.w === host.w && was.h === host.h)) continue;
      const element = find(host.key);
      for (const name of ['card', 'edge']) {
        const frames = [
          { width: `${was.w}px`, height: `${was.h}px` },
          { width: `${host.w}px`, height: `${host.h}px` },
        ];
        run(element?.querySelector(`.${name}`) ?? null, frames, 260, SLIDE);
      }
      for (const name of ['band', 'boundary', 'strip', 'aside']) {
        run(element?.querySelector(`.${name}`) ?? null, fadeIn, 180, 'ease-out', 120);
      }
    }
    const layers = isMoved ? ['branches', 'texts', 'badges', 'wires', 'roads-under', 'roads-over'] : [];
    for (const name of layers) {
      run(svg.querySelector(`g[data-layer="${name}"]`), fadeIn, 180, 'ease-out', 160);
    }
    if (change.isStep) {
      if (!isMoved) {
        for (const road of svg.querySelectorAll('g.road')) run(road, fadeIn, 240, 'ease-out', 60);
        run(svg.querySelector('g[data-layer="badges"]'), fadeIn, 180, 'ease-out', 240);
      }
      const { travel } = after;
      const ticket = after.tickets.find(({ key }) => key === travel?.ticket);
      if (travel !== undefined && ticket !== undefined && !change.isBack) {
        run(find(ticket.key), travelFrames(travel.d, ticket, false), 420, EASE);
      }
    }
  }
  return {
    finish: () => {
      for (const animation of running) animation.cancel();
    },
    done: Promise.allSettled(running.map(({ finished }) => finished)),
  };
}
