// What must hold for every picture of the stage: nothing overlaps, everything stands inside its host and on the stage.
// It returns what is wrong as text, so that a failure names the boxes.
import { sansWidth } from '../../src/app/present/measure.js';
import type { Box, StagePicture } from '../../src/app/present/picture.js';

type Named = Box & { readonly key: string };

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.w - 0.5 && b.x < a.x + a.w - 0.5 && a.y < b.y + b.h - 0.5 && b.y < a.y + a.h - 0.5;

function pairs(boxes: readonly Named[]): string[] {
  return boxes.flatMap((box, index) =>
    boxes
      .slice(index + 1)
      .filter((other) => overlap(box, other))
      .map((other) => `${box.key} overlaps ${other.key}`),
  );
}

const inside = (box: Box, outer: Box): boolean =>
  box.x >= outer.x - 0.5 &&
  box.y >= outer.y - 0.5 &&
  box.x + box.w <= outer.x + outer.w + 0.5 &&
  box.y + box.h <= outer.y + outer.h + 0.5;

export function flaws(picture: StagePicture): string[] {
  const nodes = picture.nodes.map(({ key, x, y, w }) => ({ key, x: x - w / 2, y: y - 11, w, h: 22 }));
  const stage = { x: 0, y: 0, w: picture.width, h: picture.height };
  const kinds: readonly (readonly Named[])[] = [
    picture.hosts,
    picture.processes,
    picture.sockets,
    nodes,
    picture.tickets,
  ];
  const outside = [...picture.hosts, ...picture.tickets].filter((box) => !inside(box, stage));
  const torn = picture.outlines.flatMap((outline) => {
    const label = { x: outline.textX, y: outline.textY - 9, w: sansWidth(outline.text, 11), h: 12 };
    return [
      ...picture.hosts.filter((host) => overlap(host, outline) && !inside(host, outline)),
      ...[...picture.hosts, ...picture.tickets].filter((box) => overlap(box, label)),
      ...(inside(label, outline) && inside(outline, stage) ? [] : [outline]),
    ].map(({ key }) => `${key} and ${outline.key} are in each other's way`);
  });
  const strays = [...picture.sockets, ...picture.processes].filter(({ host, ...box }) => {
    const card = picture.hosts.find(({ id }) => id === host);
    return card === undefined || !inside(box, card);
  });
  return [
    ...kinds.flatMap(pairs),
    ...outside.map(({ key }) => `${key} leaves the stage`),
    ...torn,
    ...strays.map(({ key }) => `${key} leaves its host`),
  ];
}
