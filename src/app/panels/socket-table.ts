// The socket table as a real table, with a picker for the host and a switch to the text that `ss -tuanp` prints.
// Rows come from ../present/table.ts, the text from ../present/ss.ts; nothing is judged here.
// Which host is shown is chosen by the reader, else it follows the step. One row is a stop for Tab; up and down go on from it.
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Scene } from '../../trace/scene.js';
import { messages } from '../messages.js';
import { ssText } from '../present/ss.js';
import type { SocketTable, TableRow } from '../present/table.js';
import { chipView } from './atoms.js';
import { markSign } from './icons.js';
import { translations } from './translations.js';

export interface TableProps {
  readonly table: SocketTable | undefined;
  readonly scene: Pick<Scene, 'at' | 'step' | 'hosts'>;
  readonly isText: boolean;
  readonly isCopied: boolean;
  readonly selected: number | undefined;
  readonly onHost: (host: number) => void;
  /** To the headers that stand here as well; undefined where they do not. */
  readonly onHeader: (() => void) | undefined;
  readonly onText: () => void;
  readonly onCopy: (text: string) => void;
  readonly onSelect: (socket: number) => void;
}

const { table: say } = messages;

function verdict(row: TableRow): TemplateResult | typeof nothing {
  if (row.verdict === undefined) return nothing;
  const { kind, words } = row.verdict;
  const sign = kind === 'match' ? `${say.match} ` : kind === 'reject' ? `${say.reject} ` : '';
  return html`<span data-verdict=${kind}>${sign}${words}</span>`;
}

type Choosing = Pick<TableProps, 'selected' | 'onSelect'>;

/** Up and down go from row to row, Enter selects; the step keys wait meanwhile. */
function onRowKey(event: KeyboardEvent, select: () => void): void {
  const { key, currentTarget: row } = event;
  if (!(row instanceof HTMLElement) || event.shiftKey) return;
  const next = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling }[key];
  if (key === 'Enter') select();
  else if (next === undefined) return;
  event.preventDefault();
  if (next instanceof HTMLElement) next.focus();
}

function tableRow(row: TableRow, isStop: boolean, props: Choosing): TemplateResult {
  const isSelected = props.selected === row.id;
  const select = (): void => props.onSelect(row.id);
  return html`<tr
    role="row"
    data-socket=${row.id}
    data-tone=${row.tone}
    tabindex=${isStop ? 0 : -1}
    aria-label=${row.verdict === undefined ? row.name : say.judged(row.name, row.verdict.words)}
    aria-current=${isSelected ? 'true' : nothing}
    ?data-selected=${isSelected}
    @click=${select}
    @keydown=${(event: KeyboardEvent) => onRowKey(event, select)}
  >
    <td role="cell">${row.netid}</td>
    <td role="cell" class="state">${row.state}</td>
    <td role="cell" class="end">${chipView(row.local, 'small')}</td>
    <td role="cell" class="end">${chipView(row.remote, 'small')}</td>
    <td role="cell" class="process">${row.mark === undefined ? nothing : html`${markSign(row.mark)} `}${row.program}${
      row.note === '' ? nothing : html` <span class="note">${row.note}</span>`
    }</td>
    <td role="cell" class="verdict-cell">${verdict(row)}</td>
  </tr>`;
}

function grid(table: SocketTable, props: Choosing): TemplateResult {
  const { rows } = table;
  if (rows.length === 0) return html`<p class="empty">${say.none(table.name)}</p>`;
  const stop =
    rows.find(({ id }) => id === props.selected) ?? rows.find(({ tone }) => tone === 'now') ?? rows[0];
  // The roles: where the table is too wide for its place its rows are laid out as two lines (sockets.css).
  return html`<table role="table">
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col" class="netid">${say.netid}</th>
        <th role="columnheader" scope="col" class="state-head">${say.state}</th>
        <th role="columnheader" scope="col" class="ends">${say.local} <span>(${say.ours})</span></th>
        <th role="columnheader" scope="col" class="ends">${say.peer} <span>(${say.theirs})</span></th>
        <th role="columnheader" scope="col">${say.process}</th>
        ${
          table.asked === undefined
            ? html`<td role="cell"></td>`
            : html`<th role="columnheader" scope="col" class="verdict-cell">${say.asked(table.asked)}</th>`
        }
      </tr>
    </thead>
    ${keyed(
      table.host, // of another host everything is other: one body goes, instead of a hundred rows one by one
      html`<tbody role="rowgroup">
        ${repeat(
          rows,
          (row) => row.key,
          (row) => tableRow(row, row === stop, props),
        )}
      </tbody>`,
    )}
  </table>`;
}

/** Rows alone, for paper: nothing is chosen and nothing can be. */
export function plainTable(table: SocketTable): TemplateResult {
  return grid(table, { selected: undefined, onSelect: () => {} });
}

export function socketTable(props: TableProps): TemplateResult {
  const { table, scene, isText } = props;
  const { hosts, at, step } = scene;
  if (table === undefined) return html``;
  const host = hosts.find(({ id }) => id === table.host);
  const { router } = host ?? {};
  const isRouting = router !== undefined && table.rows.length === 0;
  const title = isRouting ? messages.translations.title(table.name) : say.title(table.name);
  const hint = isRouting ? messages.translations.hint : table.hint;
  const text = isText && host !== undefined ? ssText(host) : '';
  return html`<section class="sockets" aria-label=${messages.regions.table} data-host=${table.host}>
    <div class="sockets-head">
      <h2>${title}</h2>
      <span class="hint" title=${hint}>${hint}</span>
      <label class="pick">
        <span class="visually-hidden">${say.pickHost}</span>
        <select
          .value=${String(table.host)}
          @change=${(event: Event) => {
            if (event.target instanceof HTMLSelectElement) props.onHost(Number(event.target.value));
          }}
        >
          ${hosts.map(
            ({ id, name, owner }) =>
              html`<option value=${id} ?selected=${id === table.host}>${owner.letter} · ${name}</option>`,
          )}
        </select>
      </label>
      ${props.onHeader === undefined ? nothing : html`<button class="pill" data-action="strip" @click=${props.onHeader}>${messages.header.tab}</button>`}
      ${
        isText
          ? html`<button class="pill" @click=${() => props.onCopy(text)}>
              ${props.isCopied ? say.copied : say.copy}
            </button>`
          : nothing
      }
      <button class="pill" aria-pressed=${isText} @click=${props.onText}>
        ${say.asText} <span class="mono">${say.asTextTool}</span>
      </button>
    </div>
    <div class="sockets-body" tabindex=${isText || isRouting || table.rows.length === 0 ? 0 : nothing} role="region" aria-label=${title}>
      ${router === undefined || isText ? nothing : translations(router, at, step?.mark)}
      ${isText ? html`<pre aria-label=${say.textName(table.name)}>${text}</pre>` : isRouting ? nothing : grid(table, props)}
    </div>
  </section>`;
}
