// "Why this socket?": the packet's four numbers, the numbered questions with their candidates, and the two buttons
// that walk them. For a refused call it names who holds what. It draws rows; the words come from the reason.
// Rows: ../present/why.ts. Walking them with [ and ]: ../commands.ts.
import { html, nothing, type TemplateResult } from 'lit';
import type { CallReason, DeliveryReason, PassageReason, Reason } from '../../trace/scene.js';
import { messages } from '../messages.js';
import { chipOf } from '../present/chip.js';
import { type CandidateRow, type QuestionRow, whyRows } from '../present/why.js';
import { chipView, sentence } from './atoms.js';
import { markSign } from './icons.js';

export interface WhyProps {
  readonly reason: Reason | undefined;
  readonly told: number | undefined;
  readonly hasNextDelivery: boolean;
  readonly onTell: (upTo: number) => void;
  readonly onNextDelivery: () => void;
  readonly onSelect: (socket: number) => void;
}

const { why: say } = messages;

function large(row: CandidateRow, onSelect: (socket: number) => void): TemplateResult {
  const sign = row.verdict === 'match' ? '✓ ' : '';
  return html`<li class="candidate" data-verdict=${row.verdict} data-socket=${row.id} @click=${() => onSelect(row.id)}>
    <span class="sign">${row.mark === undefined ? '∗' : markSign(row.mark, 14)}</span>
    ${row.isAnyPeer ? html`<span class="ep" data-hue="any" data-ep="*:*"><b>${say.anyPeer}</b></span>` : chipView(row.chip)}
    <small>${sign}${row.words}</small>
  </li>`;
}

function small(row: CandidateRow, onSelect: (socket: number) => void): TemplateResult {
  const sign = row.verdict === 'match' ? '✓ ' : row.verdict === 'reject' ? '✕ ' : '';
  return html`<li class="aside" data-verdict=${row.verdict} data-socket=${row.id} @click=${() => onSelect(row.id)}>
    <span>${row.mark === undefined ? nothing : html`${markSign(row.mark, 10)} `}${row.program} ${chipView({ ...row.chip, address: '', letter: '' }, 'small')}</span>
    <small>${sign}${row.words}</small>
  </li>`;
}

function question(row: QuestionRow, props: WhyProps): TemplateResult {
  const isOpen = row.told !== 'waiting';
  const list = row.isLarge ? large : small;
  return html`<li class="question" data-told=${row.told} data-question=${row.key} aria-current=${row.told === 'now' ? 'step' : nothing}>
    <span class="disc" aria-hidden="true">${row.number}</span>
    <h3>${row.title}</h3>
    <p>${sentence(row.answer)}</p>
    ${
      isOpen && row.candidates.length > 0
        ? html`<ul class=${row.isLarge ? 'candidates' : 'asides'} aria-label=${messages.regions.candidates}>
            ${row.candidates.map((candidate) => list(candidate, props.onSelect))}
          </ul>`
        : nothing
    }
  </li>`;
}

function passagePanel(reason: PassageReason): TemplateResult {
  return html`<h2>${sentence(reason.headline)}</h2>
    ${reason.lines.map((line) => html`<p class="line">${sentence(line)}</p>`)}`;
}

function callPanel(reason: CallReason): TemplateResult {
  return html`<h2>${sentence(reason.headline)}</h2>
    ${reason.errno === undefined ? nothing : html`<p class="errno"><code>${reason.errno}</code></p>`}
    ${reason.lines.map((line) => html`<p class="line">${sentence(line)}</p>`)}
    ${
      reason.holders.length === 0
        ? nothing
        : html`<h3 class="holders-head">${say.callTitle}</h3>
            <ul class="candidates holders">
              ${reason.holders.map(
                (socket) => html`<li class="candidate" data-verdict="fallback" data-socket=${socket.id}>
                  <span class="sign">${socket.mark === undefined ? '∗' : markSign(socket.mark, 14)}</span>
                  ${chipView(chipOf(socket.local))}
                  <small>${socket.process?.name ?? '—'} · ${socket.state}</small>
                </li>`,
              )}
            </ul>`
    }`;
}

/** A step without questions: a refused call, a passage, or nothing to decide. */
function unasked(reason: Exclude<Reason, DeliveryReason> | undefined, props: WhyProps): TemplateResult {
  if (reason === undefined) {
    return html`<div class="why none">
      <h2>${say.noneTitle}</h2>
      <p class="line">${say.noneBody}</p>
      ${
        props.hasNextDelivery
          ? html`<div class="walk"><button @click=${props.onNextDelivery}>${say.toDelivery}</button><kbd>D</kbd></div>`
          : nothing
      }
    </div>`;
  }
  return html`<div class="why">${reason.kind === 'call' ? callPanel(reason) : passagePanel(reason)}</div>`;
}

/** One question at a time, its candidates at once: what a phone has room for. The two buttons walk the others. */
export function whyOnPhone(props: WhyProps): TemplateResult {
  const { reason, told, onTell } = props;
  if (reason?.kind !== 'delivery') return unasked(reason, props);
  const { questions, index } = whyRows(reason, told);
  const row = questions[index];
  if (row === undefined) return html``;
  const list = row.isLarge ? large : small;
  return html`<div class="why one" data-question=${row.key}>
    <div class="one-head">
      <h2>${say.oneOf(row.number, questions.length, row.title)}</h2>
      <button aria-label=${say.previous} aria-disabled=${index === 0} @click=${() => onTell(index - 1)}>‹</button>
      <button aria-label=${say.next} aria-disabled=${index === questions.length - 1} @click=${() => onTell(index + 1)}>›</button>
    </div>
    ${
      row.candidates.length === 0
        ? nothing
        : html`<ul class=${row.isLarge ? 'candidates' : 'asides'} aria-label=${messages.regions.candidates}>
            ${row.candidates.map((candidate) => list(candidate, props.onSelect))}
          </ul>`
    }
    <p class="line">${sentence(row.answer)}</p>
    <p class="line">${sentence(reason.headline)}</p>
  </div>`;
}

export function whyPanel(props: WhyProps): TemplateResult {
  const { reason, told, onTell } = props;
  if (reason?.kind !== 'delivery') return unasked(reason, props);
  const rows = whyRows(reason, told);
  const last = rows.questions.length - 1;
  return html`<div class="why">
    <h2>${sentence(rows.headline)}</h2>
    <dl class="header-box">
      <dt>${say.from}</dt>
      <dd>${chipView(rows.source)}</dd>
      <dt>${say.to}</dt>
      <dd>${chipView(rows.destination)} <span class="mono protocol">${rows.protocol} ${rows.flags}</span></dd>
    </dl>
    <ol class="questions">
      ${rows.questions.map((row) => question(row, props))}
    </ol>
    <div class="walk">
      <button aria-disabled=${rows.index === 0} @click=${() => onTell(rows.index - 1)}>${say.previous}</button>
      <button class="primary" aria-disabled=${rows.index === last} @click=${() => onTell(rows.index + 1)}>
        ${say.next}
      </button>
      <span class="space"></span>
      <kbd>[</kbd><kbd>]</kbd>
    </div>
  </div>`;
}
