// The stage from its rows: layers from the wire at the back to the tickets in front, each drawn by its own view.
// It computes nothing: rows come from ../present/stage.ts. Movement: motion.ts.
// Each layer has a view of its own in this folder.

import { messages } from '../messages.js';
import type { StagePicture } from '../present/picture.js';
import { drawChips } from './chips.js';
import { drawHosts } from './hosts.js';
import { add, draw, layer, set, text } from './layer.js';
import { drawBadges, drawBoxes, drawExits, drawLines, drawNodes, drawRoads, drawTexts } from './lines.js';
import { drawOutlines } from './outlines.js';
import { drawProcesses } from './processes.js';
import { drawSockets } from './sockets.js';
import { drawSwarm } from './swarm.js';
import { drawTickets } from './tickets.js';

const HATCH = 'hatch';

function hatch(svg: SVGSVGElement): void {
  if (svg.querySelector('defs') !== null) return;
  const defs = add(svg, 'defs', '');
  const pattern = add(defs, 'pattern', '', {
    id: HATCH,
    width: 6,
    height: 6,
    patternUnits: 'userSpaceOnUse',
    patternTransform: 'rotate(45)',
  });
  add(pattern, 'rect', 'hatch-ground', { width: 6, height: 6 });
  add(pattern, 'path', 'hatch-line', { d: 'M0 0V6' });
}

function drawNetwork(parent: SVGGElement, at: StagePicture['network']): void {
  draw(
    parent,
    at === undefined ? [] : [{ ...at, key: 'network' }],
    (group) => {
      add(group, 'circle', 'disc', { r: 26 });
      messages.stage.network.forEach((word, index) => {
        text(add(group, 'text', 'network-word', { y: -2 + index * 12 }), word);
      });
    },
    (group, row) => set(group, { class: 'network', transform: `translate(${row.x} ${row.y})` }),
  );
}

export function drawStage(svg: SVGSVGElement, picture: StagePicture, title: string): void {
  const { width, height } = picture;
  set(svg, {
    viewBox: `0 0 ${width} ${height}`,
    role: 'graphics-document',
    'aria-roledescription': messages.stage.role,
    'aria-label': messages.stage.name(title),
  });
  hatch(svg);
  const wires = picture.lines.filter(({ tone }) => tone === 'wire');
  const branches = picture.lines.filter(({ tone }) => tone === 'cold' || tone === 'dotted');
  const refusals = picture.lines.filter(({ tone }) => tone === 'refused');
  drawOutlines(layer(svg, 'outlines'), picture.outlines);
  drawLines(layer(svg, 'wires'), wires);
  drawRoads(
    layer(svg, 'roads-under'),
    picture.roads.filter(({ layer: depth }) => depth === 'under'),
  );
  drawNetwork(layer(svg, 'network'), picture.network);
  drawHosts(layer(svg, 'hosts'), picture.hosts, messages.stage.host);
  drawLines(layer(svg, 'branches'), branches);
  drawProcesses(layer(svg, 'processes'), picture.processes);
  drawRoads(
    layer(svg, 'roads-over'),
    picture.roads.filter(({ layer: depth }) => depth === 'over'),
  );
  drawExits(layer(svg, 'exits'), picture.exits);
  // Below the chips and words of the tree: an arrow that goes through them leaves them to be read.
  drawLines(layer(svg, 'refusals'), refusals);
  drawBoxes(layer(svg, 'boxes'), picture.boxes);
  drawNodes(layer(svg, 'nodes'), picture.nodes);
  drawChips(layer(svg, 'chips'), picture.chips);
  drawTexts(layer(svg, 'texts'), picture.texts);
  drawSockets(layer(svg, 'sockets'), picture.sockets);
  drawSwarm(layer(svg, 'swarm'), picture.swarm);
  drawBadges(layer(svg, 'badges'), picture.badges);
  drawTickets(layer(svg, 'tickets'), picture.tickets);
}
