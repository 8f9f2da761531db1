// A card's small picture from its rows: a fork, a refusal or a refused call. Decoration for the eye: hidden from readers.
// It refuses to know runs: ../present/thumbnail.ts picks the moment and the boxes.
// The shapes are those of the stage, smaller.
import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import type { ThumbBox, Thumbnail } from '../present/thumbnail.js';
import { MARK_PATHS } from '../views/marks.js';

const W = 232;
const H = 92;

function boxShape(box: ThumbBox, w: number): SVGTemplateResult {
  const isTray = box.shape === 'tray';
  const isCapsule = box.shape === 'capsule' || box.shape === 'dashed capsule';
  const outline = isTray
    ? svg`<path class="thumb-box tray" d="M0 0V17A7 7 0 0 0 7 24H${w - 7}A7 7 0 0 0 ${w} 17V0"></path>
        <path class="thumb-lid" d="M0 0H${w}"></path>`
    : svg`<rect class="thumb-box ${box.shape === 'dashed capsule' ? 'dashed' : ''}" width=${w} height="24" rx=${isCapsule ? 12 : 7}></rect>`;
  const mark = box.mark;
  const sign =
    mark === undefined
      ? nothing
      : svg`<path class="thumb-mark" transform="translate(${w / 2 - 13} 12) scale(.8)" d=${MARK_PATHS[mark]}></path>`;
  return svg`${outline}${sign}<text class="thumb-port" x=${mark === undefined ? w / 2 : w / 2 + 6} y="16">${box.label}</text>`;
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
  const x = holder === undefined ? 66 : 112;
  return svg`${
    holder === undefined
      ? nothing
      : svg`<g data-hue=${holder.hue} transform="translate(28 34)">${boxShape(holder, 58)}</g>`
  }<rect class="thumb-nobody bad" x=${x} y="34" width="100" height="24" rx="7"></rect>
    <text class="thumb-port bad" x=${x + 50} y="50">${picture.errno}</text>${cross(x + 100, 34)}`;
}

function row(boxes: readonly ThumbBox[]): SVGTemplateResult {
  const pitch = Math.min(66, (W - 16) / boxes.length);
  const left = (W - pitch * boxes.length) / 2 + 4;
  return svg`${boxes.map(
    (box, index) =>
      svg`<g data-hue=${box.hue} transform="translate(${left + index * pitch} 34)">${boxShape(box, pitch - 8)}</g>`,
  )}`;
}

function inside(picture: Thumbnail): SVGTemplateResult {
  switch (picture.kind) {
    case 'fork':
      return fork(picture.boxes);
    case 'row':
      return row(picture.boxes);
    case 'refused':
      return refused(picture);
    case 'call':
      return call(picture);
  }
}

export function thumbnail(picture: Thumbnail | undefined): TemplateResult {
  return html`<svg class="thumb" viewBox="0 0 ${W} ${H}" aria-hidden="true">
    ${picture === undefined ? nothing : inside(picture)}
  </svg>`;
}
