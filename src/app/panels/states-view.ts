// The States view: where both ends of a conversation are, large, in eleven states or in five words, and what could come next.
// The diagram and the table are those of the panel state.ts; the five words come from ../present/plain-states.ts.
import { html, type TemplateResult } from 'lit';
import { messages } from '../messages.js';
import { type PlainNode, plainStates } from '../present/plain-states.js';
import { markSign } from './icons.js';
import { conversationPicker, diagram, nextTable, noStates, type StateProps, where } from './state.js';

export interface StatesViewProps extends StateProps {
  readonly isPlain: boolean;
  readonly onPlain: () => void;
}

const { states: say } = messages;

function plainNode(row: PlainNode): TemplateResult {
  return html`<li data-plain=${row.state} ?data-here=${row.ends.length > 0} ?data-now=${row.ends.some(({ isNow }) => isNow)}>
    <b>${say.plain[row.state].name}</b>
    <span>${say.plain[row.state].says}</span>
    <span class="plain-ends">${row.ends.map(
      ({ owner, state }) =>
        html`<span class="plain-end" data-hue=${owner.hue} data-token=${owner.host}><i aria-hidden="true">${owner.letter}</i> ${owner.host} <code>${state}</code></span>`,
    )}</span>
    <small class="mono">${row.names.join(' · ')}</small>
  </li>`;
}

export function statesView(props: StatesViewProps): TemplateResult {
  const { lifecycle, isPlain } = props;
  if (lifecycle === undefined) return noStates(props);
  return html`<div class="states-body" tabindex="0" role="group" aria-label=${say.view}>
    <div class="states-head">
      <h2 class="lead">${say.title} ${markSign(lifecycle.mark, 14)}</h2>
      ${conversationPicker(props)}
      <button class="pill" aria-pressed=${isPlain} data-action="plain-states" @click=${props.onPlain}>${say.inFive}</button>
    </div>
    ${isPlain ? html`<ol class="plain-states">${plainStates(lifecycle).map(plainNode)}</ol>` : diagram(lifecycle)}
    <div class="states states-side">${where(lifecycle)} ${nextTable(lifecycle, props.end, props.onEnd)}</div>
  </div>`;
}
