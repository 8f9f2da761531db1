// What must hold for every picture of the stage: nothing overlaps, nothing is cut, everything stands inside its host and on
// the stage. It returns what is wrong as text, so that a failure names the boxes.
// Which things may touch is said once: MAY_TOUCH. How much room a text needs: texts.ts beside it.
import type { Box, StagePicture } from '../../src/app/present/picture.js';
import { cutTexts, namedBox } from './texts.js';

export type Named = Box & { readonly key: string };

const overlap = (a: Box, b: Box, slack = 0.5): boolean =>
  a.x < b.x + b.w - slack && b.x < a.x + a.w - slack && a.y < b.y + b.h - slack && b.y < a.y + a.h - slack;

function pairs(boxes: readonly Named[]): string[] {
  return boxes.flatMap((box, index) =>
    boxes
      .slice(index + 1)
      .filter((other) => overlap(box, other))
      .map((other) => `${box.key} overlaps ${other.key}`),
  );
}

const between = (ones: readonly Named[], others: readonly Named[], slack = 0.5): string[] =>
  ones.flatMap((one) =>
    others.filter((other) => overlap(one, other, slack)).map((other) => `${one.key} overlaps ${other.key}`),
  );

const inside = (box: Box, outer: Box): boolean =>
  box.x >= outer.x - 0.5 &&
  box.y >= outer.y - 0.5 &&
  box.x + box.w <= outer.x + outer.w + 0.5 &&
  box.y + box.h <= outer.y + outer.h + 0.5;

const around = ({ key, x, y }: { key: string; x: number; y: number }, r: number): Named => ({
  key,
  x: x - r,
  y: y - r,
  w: 2 * r,
  h: 2 * r,
});

/** A verdict sits on the corner of what it judges, so it may cover so much of a neighbour's edge, in pixels. */
const CORNER = 5;
const HUB = 26;

/** Packets on the wire; the one at a host's door stands in its card. */
function ticketsAt(picture: StagePicture): {
  readonly onWire: readonly Named[];
  readonly inCard: readonly Named[];
} {
  const isIn = (ticket: Named): boolean => picture.hosts.some((host) => inside(ticket, host));
  return {
    onWire: picture.tickets.filter((ticket) => !isIn(ticket)),
    inCard: picture.tickets.filter(isIn),
  };
}

export function flaws(picture: StagePicture): string[] {
  const nodes = picture.nodes.map(({ key, x, y, w }) => ({ key, x: x - w / 2, y: y - 11, w, h: 22 }));
  const stage = { x: 0, y: 0, w: picture.width, h: picture.height };
  const chips = picture.chips.map(({ key, x, y, chip }) => ({ key, x, y, w: chip.width, h: chip.height }));
  const labels = picture.texts.map(namedBox);
  const badges = picture.badges.map((badge) => around(badge, badge.verdict === 'match' ? 8 : 7));
  const { onWire, inCard } = ticketsAt(picture);
  const tabs = picture.tickets.flatMap(({ key, x, y, w, tab }) =>
    tab === undefined
      ? []
      : [{ key: `tab of ${key}`, x: x + w - 8 - tab.width, y: y - 9, w: tab.width, h: 17 }],
  );
  const kinds: readonly (readonly Named[])[] = [
    picture.hosts,
    picture.processes,
    picture.sockets,
    nodes,
    picture.tickets,
    chips,
    labels,
    badges,
  ];
  const hub =
    picture.network === undefined ? [] : [around({ key: 'the network', ...picture.network }, HUB - 4)];
  const apart: readonly string[] = [
    ...between(chips, [...nodes, ...picture.sockets, ...inCard]),
    ...between(nodes, [...picture.sockets, ...inCard]),
    ...between(labels, [...nodes, ...chips, ...picture.sockets, ...picture.tickets, ...tabs]),
    ...between(onWire, [...picture.hosts, ...hub]),
    ...between(badges, [...labels, ...inCard], 1),
    ...between(badges, [...nodes, ...chips, ...picture.sockets], 2 * CORNER + 1),
    ...between(tabs, [...nodes, ...chips, ...picture.sockets]),
  ];
  const outside = [...picture.hosts, ...picture.tickets, ...labels, ...tabs].filter(
    (box) => !inside(box, stage),
  );
  const torn = picture.outlines.flatMap((outline) => {
    const label = namedBox({
      key: outline.key,
      x: outline.textX,
      y: outline.textY,
      text: outline.text,
      role: 'outline',
      anchor: 'start',
    });
    return [
      ...picture.hosts.filter((host) => overlap(host, outline) && !inside(host, outline)),
      ...[...picture.hosts, ...picture.tickets].filter((box) => overlap(box, label)),
      ...(inside(label, outline) && inside(outline, stage) ? [] : [outline]),
    ].map(({ key }) => `${key} and ${outline.key} are in each other's way`);
  });
  const cardOf = (id: number): Box | undefined => picture.hosts.find((host) => host.id === id);
  const strays = [...picture.sockets, ...picture.processes].filter(({ host, ...box }) => {
    const card = cardOf(host);
    return card === undefined || !inside(box, card);
  });
  const opened = picture.focus === undefined ? undefined : cardOf(picture.focus);
  const lost = [...nodes, ...chips].filter((box) => opened !== undefined && !inside(box, opened));
  return [
    ...kinds.flatMap(pairs),
    ...apart,
    ...outside.map(({ key }) => `${key} leaves the stage`),
    ...torn,
    ...[...strays, ...lost].map(({ key }) => `${key} leaves its host`),
    ...cutTexts(picture),
  ];
}
