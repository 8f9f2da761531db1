// What a router translates, as a table: who is inside, what the outside takes it for, whom it speaks with, and how long
// the row still lasts; above it the rules that forward. The rows of this step's conversation are marked.
// It refuses to know how a row comes about: ../../net/. Beside it: socket-table.ts.
import { html, nothing, type TemplateResult } from 'lit';
import { formatNanos, type Nanos } from '../../base/time.js';
import type { MappingView, Mark, RouterView } from '../../trace/scene.js';
import { messages } from '../messages.js';
import { chipOf } from '../present/chip.js';
import { chipView } from './atoms.js';
import { markSign } from './icons.js';

const { translations: say } = messages;

function row(mapping: MappingView, at: Nanos, mark: Mark | undefined): TemplateResult {
  const { inside, outside, peer, protocol, state, expires } = mapping;
  const isNow = mark !== undefined && mapping.mark === mark;
  return html`<tr data-mapping=${mapping.id} data-tone=${isNow ? 'now' : 'plain'}>
    <td>${protocol}</td>
    <td>${mapping.mark === undefined ? nothing : html`${markSign(mapping.mark)} `}${chipView(chipOf(inside), 'small')}</td>
    <td>${chipView(chipOf(outside), 'small')}</td>
    <td>${chipView(chipOf(peer), 'small')}</td>
    <td class="state">${state}</td>
    <td class="mono">${expires > at ? formatNanos(expires - at) : '—'}</td>
  </tr>`;
}

/** `at`: the time of the step. `mark`: whose conversation the step is about. */
export function translations(
  { mappings, forwards }: RouterView,
  at: Nanos,
  mark: Mark | undefined,
): TemplateResult {
  const rules =
    forwards.length === 0
      ? nothing
      : html`<ul class="forwards" aria-label=${say.forwards}>
          ${forwards.map(
            ({ protocol, from, to }) => html`<li>
              ${say.rule} ${protocol} ${chipView(chipOf(from), 'small')} → ${chipView(chipOf(to), 'small')}
            </li>`,
          )}
        </ul>`;
  if (mappings.length === 0) return html`${rules}<p class="empty">${say.none}</p>`;
  return html`${rules}
    <table class="translations">
      <thead>
        <tr>
          <th scope="col" class="netid">${say.protocol}</th>
          <th scope="col" class="ends">${say.inside}</th>
          <th scope="col" class="ends">${say.outside}</th>
          <th scope="col" class="ends">${say.peer}</th>
          <th scope="col" class="state-head">${say.state}</th>
          <th scope="col">${say.left}</th>
        </tr>
      </thead>
      <tbody>
        ${mappings.map((mapping) => row(mapping, at, mark))}
      </tbody>
    </table>`;
}
