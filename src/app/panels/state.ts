// "State": where both ends of a conversation are in the life of TCP, the way just taken, and what could come next.
// The picture is for the eye; the sentence above it and the table below say the same to a reader of text.
// Shapes: ../present/state-diagram.ts. Rows: ../present/state-table.ts.
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Lifecycle } from '../../trace/lifecycle.js';
import type { Mark } from '../../trace/scene.js';
import { messages } from '../messages.js';
import { chipOf } from '../present/chip.js';
import { DIAGRAM, type StateEdge, type StateNode, stateDiagram } from '../present/state-diagram.js';
import { stateRows } from '../present/state-table.js';
import { chipView } from './atoms.js';
import { markSign } from './icons.js';

export interface StateProps {
  readonly lifecycle: Lifecycle | undefined;
  readonly mark: Mark | undefined;
  readonly marks: readonly Mark[];
  /** Which end's events are listed: its place in `lifecycle.ends`. */
  readonly end: number;
  readonly onMark: (mark: Mark) => void;
  readonly onEnd: (end: number) => void;
}

const { states: say } = messages;

function edge(row: StateEdge): TemplateResult {
  const state = row.isTaken ? 'taken' : row.isVisited ? 'visited' : 'quiet';
  return svg`<g class="edge" data-edge=${row.key} data-state=${state} ?data-accident=${row.isAccident}>
    <path d=${row.d} marker-end="url(#${row.isTaken ? 'state-tip-now' : 'state-tip'})"></path>
    <text x=${row.x} y=${row.y + 3} text-anchor=${row.anchor}>${row.label}</text>
  </g>`;
}

function node(row: StateNode): TemplateResult {
  const { nodeHeight: h } = DIAGRAM;
  const owner = row.tokens[0];
  return svg`<g class="state" data-state-name=${row.state} data-hue=${owner?.hue ?? nothing}
    ?data-now=${row.isNow} ?data-visited=${row.isVisited} transform="translate(${row.x} ${row.y})">
    <rect x=${-row.w / 2} y=${-h / 2} width=${row.w} height=${h} rx=${h / 2}></rect>
    <text y="4" text-anchor="middle">${row.state}</text>
    ${row.tokens.map(
      (token, index) => svg`<g class="token" data-hue=${token.hue} data-token=${token.host}
        transform="translate(${(index === 0 ? -1 : 1) * (row.w / 2 - 4)} ${-h / 2})">
        <rect x="-9" y="-9" width="18" height="18" rx="5"></rect><text y="4" text-anchor="middle">${token.letter}</text>
      </g>`,
    )}
  </g>`;
}

export function nextTable(
  lifecycle: Lifecycle,
  chosen: number,
  onEnd: (end: number) => void,
): TemplateResult {
  const at = Math.min(chosen, lifecycle.ends.length - 1);
  const end = lifecycle.ends[at];
  if (end === undefined) return html``;
  const rows = stateRows(end.state, end.next);
  return html`<h2 id="state-next">${say.next}</h2>
    <div class="ends" role="group" aria-label=${say.pickEnd}>
      ${lifecycle.ends.map(
        ({ owner }, index) =>
          html`<button aria-pressed=${index === at} @click=${() => onEnd(index)}>${owner.host}</button>`,
      )}
    </div>
    ${
      rows.length === 0
        ? html`<p class="line">${say.nothing}</p>`
        : html`<table aria-labelledby="state-next">
            <thead><tr><th scope="col">${say.event}</th><th scope="col">${say.answer}</th><th scope="col">${say.after}</th></tr></thead>
            <tbody>
              ${rows.map(
                (row) => html`<tr ?data-move=${row.isMove}>
                  <td>${row.events.join(' · ')}</td>
                  <td>${row.answer === '' ? '—' : row.answer}</td>
                  <td class="mono">${row.isMove ? row.next : say.stays}</td>
                </tr>`,
              )}
            </tbody>
          </table>`
    }`;
}

export function conversationPicker({ marks, mark, onMark }: StateProps): TemplateResult | typeof nothing {
  if (marks.length < 2) return nothing;
  return html`<div class="ends" role="group" aria-label=${say.pickConversation}>
    ${marks.map(
      (each) =>
        html`<button aria-pressed=${each === mark} @click=${() => onMark(each)}>${markSign(each)}</button>`,
    )}
  </div>`;
}

export function noStates(props: StateProps): TemplateResult {
  return html`<div class="states none"><h2 class="lead">${say.noneTitle}</h2>${conversationPicker(props)}<p class="line">${say.noneBody}</p></div>`;
}

/** Both ends, each with its state and the one before. */
export function where({ ends }: Lifecycle): TemplateResult {
  return html`<ul class="where">
    ${ends.map(
      ({ local, state, taken }) => html`<li>
        ${chipView(chipOf(local))} <b class="mono">${state}</b>${
          taken.length === 0 ? nothing : html` <small>${say.before(taken[0]?.from ?? '')}</small>`
        }
      </li>`,
    )}
  </ul>`;
}

export function diagram(lifecycle: Lifecycle): TemplateResult {
  const { nodes, edges } = stateDiagram(lifecycle);
  const described = lifecycle.ends.map(({ owner, state }) => say.isIn(owner.host, state)).join(' ');
  return html`<svg class="state-diagram" viewBox="0 0 ${DIAGRAM.width} ${DIAGRAM.height}" role="img" aria-label="${say.picture} ${described}">
    <defs>
      <pattern id="state-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6"></rect><path d="M0 0V6"></path>
      </pattern>
      ${['state-tip', 'state-tip-now'].map(
        (id) => svg`<marker id=${id} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"
          markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z"></path></marker>`,
      )}
    </defs>
    ${edges.map(edge)} ${nodes.map(node)}
  </svg>`;
}

export function statePanel(props: StateProps): TemplateResult {
  const { lifecycle } = props;
  if (lifecycle === undefined) return noStates(props);
  return html`<div class="states">
    <h2 class="lead">${say.title} ${markSign(lifecycle.mark, 14)}</h2>
    ${conversationPicker(props)} ${where(lifecycle)} ${diagram(lifecycle)}
    ${nextTable(lifecycle, props.end, props.onEnd)}
  </div>`;
}
