// The ladder view: at the left each step with its sentence, a list that one can walk with the keyboard; at the right the
// picture with one rail for each port. Past is solid, what is now is yellow, the future is dotted.
// Rows and places: ../present/ladder.ts.
import { html, nothing, svg, type TemplateResult } from 'lit';
import { formatNanos } from '../../base/time.js';
import type { Mark, StepView } from '../../trace/scene.js';
import { messages } from '../messages.js';
import {
  HEAD,
  type LadderArrow,
  type LadderColumn,
  type LadderPicture,
  type LadderPill,
  type LadderRail,
  ROW,
} from '../present/ladder.js';
import { monoWidth } from '../present/measure.js';
import { MARK_PATHS } from '../views/marks.js';

export interface LadderProps {
  readonly picture: LadderPicture;
  readonly steps: readonly StepView[];
  readonly t: number;
  /** The conversation that is chosen. */
  readonly chosen: Mark | undefined;
  readonly onGo: (t: number) => void;
}

const { ladder: say } = messages;

/** The upper end of a column: it stays in sight while the rest scrolls. */
function head(row: LadderColumn, height: number): TemplateResult {
  const middle = row.x + row.w / 2;
  const [badge, top] = row.isStacked ? [middle - 9, 7] : [row.x + 10, 12];
  return svg`<g class="column" data-hue=${row.owner.hue} data-host=${row.name}>
    <title>${row.name}</title>
    <rect class="card" x=${row.x} y="4" width=${row.w} height=${height} rx="12"></rect>
    <rect class="badge" x=${badge} y=${top} width="18" height="18" rx="5"></rect>
    <text class="letter" x=${badge + 9} y=${top + 13.5} text-anchor="middle">${row.owner.letter}</text>
    <text class="name" ?data-stacked=${row.isStacked} x=${row.isStacked ? middle : row.x + 34} y=${row.isStacked ? 37.5 : 25.5} text-anchor=${row.isStacked ? 'middle' : nothing}>${row.label}</text>
    <text class="address" x=${row.x + row.addressX} y="25.5">${row.address}</text>
  </g>`;
}

function body(row: LadderColumn, height: number): TemplateResult {
  return svg`<rect class="card" data-hue=${row.owner.hue} x=${row.x} y="4" width=${row.w} height=${height - 8} rx="12"></rect>`;
}

function rail(row: LadderRail, height: number): TemplateResult {
  const { x, pieces, label } = row;
  return svg`<g class="rail" data-hue=${row.owner.hue} data-rail=${row.key} data-port=${label}>
    <path class="hint" d="M${x} ${HEAD}V${height - 12}"></path>
    ${pieces.map(({ from, to, isWaiting }) => svg`<path class=${isWaiting ? 'waiting' : 'held'} d="M${x} ${Math.max(HEAD, from)}V${to}"></path>`)}
  </g>`;
}

function port({ x, label, name, owner }: LadderRail): TemplateResult {
  const w = monoWidth(label, 11.5) + 12;
  return svg`<g class="rail" data-hue=${owner.hue}>
    ${name === '' ? nothing : svg`<title>${name}</title>`}
    <rect class="port" x=${x - w / 2} y="42" width=${w} height="20" rx="6"></rect>
    <text class="number" x=${x} y="56" text-anchor="middle">${label}</text>
    <path class="hint" d="M${x} 62V${HEAD}"></path>
  </g>`;
}

/** What an arrow carries; a group of its own, because no other arrow goes over it. */
function label(row: LadderArrow, chosen: Mark | undefined): TemplateResult {
  const left = row.labelX - row.labelW / 2;
  return svg`<g class="flight" ?data-chosen=${chosen !== undefined && row.mark === chosen} data-moment=${row.moment} ?data-lost=${row.isLost}>
    <title>${row.name}</title>
    <rect class="label" x=${left} y=${row.labelY - 10} width=${row.labelW} height="20" rx="5"></rect>
    ${
      row.mark === undefined
        ? nothing
        : svg`<path class="sign" d=${MARK_PATHS[row.mark]} transform="translate(${left + 12} ${row.labelY}) scale(.75)"></path>`
    }
    <text x=${left + (row.mark === undefined ? 7 : 21)} y=${row.labelY + 4}>${row.label}</text>
  </g>`;
}

function arrow(row: LadderArrow, chosen: Mark | undefined): TemplateResult {
  const line = `M${row.x1} ${row.y1}L${row.x2} ${row.y2}`;
  const tip = row.isLost ? nothing : `url(#ladder-tip-${row.moment === 'now' ? 'now' : 'then'})`;
  return svg`<g class="flight" ?data-chosen=${chosen !== undefined && row.mark === chosen} data-moment=${row.moment} data-from=${row.from ?? nothing} data-to=${row.to ?? nothing} ?data-lost=${row.isLost}>
    ${row.moment === 'now' ? svg`<path class="glow" d=${line}></path>` : nothing}
    <path class="line" d=${line} marker-end=${tip}></path>
    ${row.isLost ? svg`<path class="cross" d="M${row.x2 - 6} ${row.y2 - 6}l12 12m0 -12l-12 12"></path>` : nothing}
  </g>`;
}

function pill(row: LadderPill): TemplateResult {
  return svg`<g class="pill" data-hue=${row.owner.hue} data-moment=${row.moment}>
    <rect x=${row.x - row.w / 2} y=${row.y - 8} width=${row.w} height="16" rx="8"></rect>
    <text x=${row.x} y=${row.y + 3.5} text-anchor="middle">${row.label}</text>
  </g>`;
}

/** Everything but the heads of the columns. */
export function ladderShapes(picture: LadderPicture, chosen?: Mark): TemplateResult {
  const { width, height, columns, rails, arrows, pills, nowY } = picture;
  const order = { future: 0, past: 1, flying: 2, now: 3 } as const;
  const inOrder = [...arrows].sort((one, other) => order[one.moment] - order[other.moment]);
  return svg`<defs>
      ${['ladder-tip-then', 'ladder-tip-now'].map(
        (id) => svg`<marker id=${id} viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9"
          markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L10 5L0 10z"></path></marker>`,
      )}
    </defs>
    ${columns.map((row) => body(row, height))} ${rails.map((row) => rail(row, height))}
    <path class="now-line" d="M0 ${nowY}H${width}"></path>
    ${inOrder.map((row) => arrow(row, chosen))}
    ${inOrder.filter(({ hasLabel }) => hasLabel).map((row) => label(row, chosen))} ${pills.map(pill)}`;
}

export function ladderHeads({ columns, rails, height }: LadderPicture): TemplateResult {
  return svg`${columns.map((row) => head(row, height))} ${rails.map(port)}`;
}

export function ladderView({ picture, steps, t, chosen, onGo }: LadderProps): TemplateResult {
  const { width, height, columns, arrows } = picture;
  return html`<div class="ladder-body" tabindex="0" role="group" aria-label=${say.name}>
    <p class="ladder-corner">${say.rails} <span>${say.down}</span></p>
    <svg class="ladder-svg ladder-head" width=${width} height=${HEAD} viewBox="0 0 ${width} ${HEAD}" aria-hidden="true">
      ${ladderHeads(picture)}
    </svg>
    <ol class="ladder-steps">
      ${steps.map(
        ({
          number,
          plain,
          at,
        }) => html`<li style="height:${ROW}px" data-past=${number <= t ? '' : nothing} aria-current=${number === t ? 'step' : nothing}>
          <button title=${plain} @click=${() => onGo(number)}><b>${number}<small>${formatNanos(at)}</small></b><span>${plain}</span></button>
        </li>`,
      )}
    </ol>
    <svg class="ladder-svg ladder-picture" width=${width} height=${height - HEAD} viewBox="0 ${HEAD} ${width} ${height - HEAD}" role="img" aria-label=${say.picture(columns.length, arrows.length)}>
      ${ladderShapes(picture, chosen)}
    </svg>
  </div>`;
}
