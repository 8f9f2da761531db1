// A card's small picture from its rows: a fork, a refusal, a refused call, a ladder, what is written anew. Decoration for the eye: hidden from readers.
// It refuses to know runs: ../present/thumbnail.ts picks the moment and the boxes.
// The shapes are those of the stage, smaller.
import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import type { ChipBox } from '../present/chip.js';
import { monoWidth } from '../present/measure.js';
import type { ThumbBox, ThumbFlight, Thumbnail } from '../present/thumbnail.js';
import { MARK_PATHS } from '../views/marks.js';

const W = 232;
const H = 92;

/** A mark with the space behind it. */
const SIGN = 13;

function label(box: ThumbBox, x: number): SVGTemplateResult {
  return svg`<text class="thumb-port" x=${x} y="16">${box.label}</text>`;
}

function boxShape(box: ThumbBox, w: number): SVGTemplateResult {
  const isTray = box.shape === 'tray';
  const isCapsule = box.shape === 'capsule' || box.shape === 'dashed capsule';
  const outline = isTray
    ? svg`<path class="thumb-box tray" d="M0 0V17A7 7 0 0 0 7 24H${w - 7}A7 7 0 0 0 ${w} 17V0"></path>
        <path class="thumb-lid" d="M0 0H${w}"></path>`
    : svg`<rect class="thumb-box ${box.shape === 'dashed capsule' ? 'dashed' : ''}" width=${w} height="24" rx=${isCapsule ? 12 : 7}></rect>`;
  const mark = box.mark;
  // Mark and number stand side by side in the middle; where both have no room, the number alone does.
  const text = monoWidth(box.label, 11);
  const left = (w - text - SIGN) / 2;
  if (mark === undefined || left < 3) return svg`${outline}${label(box, w / 2)}`;
  return svg`${outline}<path class="thumb-mark" transform="translate(${left + SIGN / 2 - 1} 12) scale(.8)" d=${MARK_PATHS[mark]}></path>
    ${label(box, left + SIGN + text / 2)}`;
}

function fork(boxes: readonly ThumbBox[]): SVGTemplateResult {
  const pitch = Math.min(62, (W - 16) / boxes.length);
  const w = pitch - 8;
  const left = (W - pitch * boxes.length) / 2 + 4;
  const rows = boxes.map((box, index) => ({ box, x: left + index * pitch }));
  const edge = (x: number): string => `M${W / 2} 80C${W / 2} 60 ${x + w / 2} 60 ${x + w / 2} 41`;
  const isTaken = ({ box }: { readonly box: ThumbBox }): boolean => box.isTaken;
  return svg`
    ${rows.filter((row) => !isTaken(row)).map(({ x }) => svg`<path class="thumb-dotted" d=${edge(x)}></path>`)}
    ${rows.filter(isTaken).map(({ x }) => svg`<path class="thumb-halo" d=${edge(x)}></path>`)}
    ${rows.filter(isTaken).map(({ x }) => svg`<path class="thumb-core" d=${edge(x)}></path>`)}
    ${rows.map(({ box, x }) => svg`<g data-hue=${box.hue} transform="translate(${x} 15)">${boxShape(box, w)}</g>`)}
    <circle class="thumb-dot" cx=${W / 2} cy="80" r="5"></circle>`;
}

function cross(x: number, y: number): SVGTemplateResult {
  return svg`<g transform="translate(${x} ${y})"><circle class="thumb-ring" r="11"></circle><path class="thumb-cross" d="M-3-3L3 3M3-3L-3 3"></path></g>`;
}

function refused(picture: Extract<Thumbnail, { kind: 'refused' }>): SVGTemplateResult {
  const isSilent = picture.answer === 'silence';
  return svg`<rect class="thumb-nobody" x="140" y="22" width="70" height="46" rx="9"></rect>
    <text class="thumb-port quiet" x="176" y="50">${picture.label}</text>
    <path class="thumb-arrow" d="M26 36H126M126 31L136 36L126 41Z"></path>
    ${isSilent ? nothing : svg`<path class="thumb-arrow bad" d="M134 56H36M36 51L26 56L36 61Z"></path>`}
    ${cross(140, 45)}`;
}

/** Who holds it, if anybody, and the box that was refused with the error's name. */
function call(picture: Extract<Thumbnail, { kind: 'call' }>): SVGTemplateResult {
  const [holder] = picture.boxes;
  const w = monoWidth(picture.errno, 11) + 26;
  const x = holder === undefined ? (W - w) / 2 : Math.min(112, W - w - 14);
  return svg`${
    holder === undefined
      ? nothing
      : svg`<g data-hue=${holder.hue} transform="translate(20 34)">${boxShape(holder, 58)}</g>`
  }<rect class="thumb-nobody bad" x=${x} y="34" width=${w} height="24" rx="7"></rect>
    <text class="thumb-port bad" x=${x + w / 2 - 2} y="50">${picture.errno}</text>${cross(x + w, 34)}`;
}

function row(boxes: readonly ThumbBox[]): SVGTemplateResult {
  const pitch = Math.min(66, (W - 16) / boxes.length);
  const left = (W - pitch * boxes.length) / 2 + 4;
  return svg`${boxes.map(
    (box, index) =>
      svg`<g data-hue=${box.hue} transform="translate(${left + index * pitch} 34)">${boxShape(box, pitch - 8)}</g>`,
  )}`;
}

function chip(box: ChipBox, x: number, y: number): SVGTemplateResult {
  return svg`<g data-hue=${box.hue ?? nothing} transform="translate(${x} ${y})">
    <rect class="thumb-chip" width=${box.width} height=${box.height} rx="5"></rect>
    <rect class="thumb-badge" width=${box.badge} height=${box.height} rx="5"></rect>
    <text class="thumb-letter" x=${box.badge / 2} y="15">${box.letter}</text>
    <text class="thumb-port" x=${(box.portX + box.width) / 2 - 2} y="15">${box.port}</text>
  </g>`;
}

function rewrite(rows: Extract<Thumbnail, { kind: 'rewrite' }>['rows']): SVGTemplateResult {
  const pitch = 34;
  const top = (H - pitch * rows.length) / 2 + 6;
  return svg`${rows.map(({ before, after }, index) => {
    const [y, gap] = [top + index * pitch, 34];
    const left = (W - before.width - gap - after.width) / 2;
    const at = left + before.width;
    return svg`${chip(before, left, y)}${chip(after, at + gap, y)}
      <path class="thumb-arrow" d="M${at + 5} ${y + 11}H${at + gap - 9}M${at + gap - 13} ${y + 7}L${at + gap - 5} ${y + 11}L${at + gap - 13} ${y + 15}Z"></path>`;
  })}`;
}

const LEFT = 52;
const RIGHT = 180;

function flight({ isToRight, isRefusal, isLost }: ThumbFlight, index: number): SVGTemplateResult {
  const y = 26 + index * 15;
  const [from, to] = isToRight ? [LEFT, RIGHT] : [RIGHT, LEFT];
  const end = isLost ? (from + to) / 2 : to;
  const slope = isLost ? 4 : 8;
  const back = isToRight ? -9 : 9;
  const tip = `M${end + back} ${y + slope - 5}L${end} ${y + slope}L${end + back} ${y + slope + 4}Z`;
  return svg`<path class="thumb-arrow ${isRefusal ? 'bad' : ''}" d="M${from} ${y}L${end} ${y + slope}${isLost ? '' : tip}"></path>
    ${isLost ? svg`<path class="thumb-cross" transform="translate(${end} ${y + slope})" d="M-4-4L4 4M4-4L-4 4"></path>` : nothing}`;
}

function ladder({ ends, flights }: Extract<Thumbnail, { kind: 'ladder' }>): SVGTemplateResult {
  return svg`${ends.map((owner, index) => {
    const x = index === 0 ? LEFT : RIGHT;
    return svg`<g data-hue=${owner.hue}><path class="thumb-rail" d="M${x} 20V${H - 2}"></path>
      <rect class="thumb-badge" x=${x - 9} y="2" width="18" height="18" rx="5"></rect>
      <text class="thumb-letter" x=${x} y="15">${owner.letter}</text></g>`;
  })}${flights.map(flight)}`;
}

function inside(picture: Thumbnail): SVGTemplateResult {
  switch (picture.kind) {
    case 'fork':
      return fork(picture.boxes);
    case 'row':
      return row(picture.boxes);
    case 'refused':
      return refused(picture);
    case 'rewrite':
      return rewrite(picture.rows);
    case 'ladder':
      return ladder(picture);
    case 'call':
      return call(picture);
  }
}

export function thumbnail(picture: Thumbnail | undefined): TemplateResult {
  return html`<svg class="thumb" viewBox="0 0 ${W} ${H}" aria-hidden="true">
    ${picture === undefined ? nothing : inside(picture)}
  </svg>`;
}
