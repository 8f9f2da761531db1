// "Header": the step's packet bit by bit, as rows of 32, in real tables. What the demultiplexer reads is outlined; what the
// other fields are for stands below, for the one that is chosen. One tab stop; arrows move between fields. A flag's one bit is
// a small thing to hit, so its lamp below can be pressed as well.
// Cells: ../present/header-grid.ts. Words: ../words/header.ts.
import { html, nothing, type TemplateResult } from 'lit';
import type { PacketHeaders } from '../../trace/packet-headers.js';
import { messages } from '../messages.js';
import { chipOf } from '../present/chip.js';
import {
  chosenCell,
  type FieldCell,
  type HeaderGrid,
  headerGrids,
  hexLines,
  ROW_BITS,
} from '../present/header-grid.js';
import { askedWords, meaningOf } from '../words/header.js';
import { chipView } from './atoms.js';
import { markSign } from './icons.js';

export interface HeaderProps {
  readonly about: PacketHeaders | undefined;
  /** The field that was chosen, by its key. */
  readonly field: string | undefined;
  readonly hasNextDelivery: boolean;
  readonly onField: (key: string) => void;
  readonly onNextDelivery: () => void;
}

const { header: say } = messages;

function cell(row: FieldCell, isChosen: boolean, onField: HeaderProps['onField']): TemplateResult {
  const { field } = row;
  return html`<td
    colspan=${row.span}
    rowspan=${row.rows}
    data-hue=${row.hue ?? nothing}
    ?data-asked=${row.isAsked}
    ?data-flag=${row.isFlag}
    ?data-set=${row.isSet}
  >${
    row.name === ''
      ? nothing
      : html`<button
          data-field=${row.key}
          aria-pressed=${isChosen}
          aria-describedby=${isChosen ? 'field-says' : nothing}
          tabindex=${isChosen ? 0 : -1}
          @click=${() => onField(row.key)}
          @focus=${() => onField(row.key)}
        ><small aria-hidden="true">${row.name}</small><span class="visually-hidden">${field.name}</span>${
          row.isFlag
            ? html`<span class="visually-hidden">${field.value}</span>`
            : html`<b>${row.value}</b>${field.was === undefined ? nothing : html`<i>${say.was(field.was, field.wasOwner?.letter)}</i>`}`
        }${row.isAsked ? html`<span class="visually-hidden">${say.isAsked}</span>` : nothing}</button>`
  }</td>`;
}

function grid(
  row: HeaderGrid,
  chosen: FieldCell | undefined,
  onField: HeaderProps['onField'],
): TemplateResult {
  const { header } = row;
  return html`<table data-header=${row.key}>
      <caption>
        <b>${header.isQuoted ? say.quoted(header.name) : header.name}</b> ${say.size(header.size)}
      </caption>
      <colgroup>
        ${Array.from({ length: ROW_BITS }, () => html`<col />`)}
      </colgroup>
      <thead aria-hidden="true">
        <tr>
          ${[0, 8, 16, 24].map((bit) => html`<th colspan="8"><span>${bit}</span>${bit === 24 ? html`<span>31</span>` : nothing}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${row.rows.map(
          (cells) => html`<tr>
            ${cells.map((each) => cell(each, each.key === chosen?.key, onField))}
          </tr>`,
        )}
      </tbody>
    </table>
    ${
      row.lamps.length === 0
        ? nothing
        : html`<ul class="lamps" aria-hidden="true">
            ${row.lamps.map(({ key, name, isSet }) => html`<li ?data-set=${isSet} @click=${() => onField(key)}>${name}</li>`)}
          </ul>`
    }`;
}

function detail(grids: readonly HeaderGrid[], chosen: FieldCell): TemplateResult {
  const { field } = chosen;
  const header = grids.find(({ rows }) => rows.flat().includes(chosen))?.header;
  const last = field.offset + field.bits - 1;
  return html`<section class="field" aria-label=${say.about}>
    <h3>${field.name}</h3>
    <dl>
      <dt>${typeof field.value === 'number' ? say.decimal : say.value}</dt>
      <dd class="mono">${field.value}</dd>
      <dt>${say.hex}</dt>
      <dd class="mono">0x${field.hex}</dd>
      <dt>${say.bits}</dt>
      <dd class="mono">${field.bits === 1 ? field.offset : `${field.offset}–${last}`}</dd>
    </dl>
    <p id="field-says">${header === undefined ? nothing : meaningOf(header, field)} ${askedWords(field)}</p>
  </section>`;
}

/** Left and right go from field to field, up and down to the row above and below; the step keys wait meanwhile. */
function move(event: KeyboardEvent): void {
  const { currentTarget, target, key } = event;
  if (!(currentTarget instanceof Element) || !(target instanceof HTMLElement) || event.shiftKey) return;
  const fields = [...currentTarget.querySelectorAll<HTMLElement>('button[data-field]')];
  const at = fields.indexOf(target);
  if (at < 0 || !/^(Arrow|Home|End)/.test(key)) return;
  event.preventDefault();
  const box = target.getBoundingClientRect();
  const beyond = fields.filter((each) => {
    const { top, bottom } = each.getBoundingClientRect();
    return key === 'ArrowUp' ? bottom <= box.top + 1 : top >= box.bottom - 1;
  });
  const nearest = (all: readonly HTMLElement[]) => {
    const away = (each: HTMLElement) => {
      const { left, top } = each.getBoundingClientRect();
      return 4 * Math.abs(top - box.top) + Math.abs(left - box.left);
    };
    return [...all].sort((one, other) => away(one) - away(other))[0];
  };
  const next: Readonly<Record<string, HTMLElement | undefined>> = {
    ArrowLeft: fields[at - 1],
    ArrowRight: fields[at + 1],
    Home: fields[0],
    End: fields.at(-1),
    ArrowUp: nearest(beyond),
    ArrowDown: nearest(beyond),
  };
  next[key]?.focus();
}

export function headerPanel(props: HeaderProps): TemplateResult {
  const { about } = props;
  if (about === undefined)
    return html`<div class="header-panel none">
      <h2>${say.noneTitle}</h2>
      <p class="line">${say.noneBody}</p>
      ${
        props.hasNextDelivery
          ? html`<div class="walk"><button @click=${props.onNextDelivery}>${messages.why.toDelivery}</button><kbd>D</kbd></div>`
          : nothing
      }
    </div>`;
  const { packet, bytes } = about;
  const grids = headerGrids(about);
  const chosen = chosenCell(grids, props.field);
  return html`<div class="header-panel" @keydown=${move}>
    <h2>${say.title(packet.protocol, packet.id)} ${packet.flags} ${packet.mark === undefined ? nothing : markSign(packet.mark, 13)}</h2>
    <p class="line">
      ${chipView(chipOf(packet.source), 'small')} <span aria-hidden="true">→</span><span class="visually-hidden">${messages.why.to}</span>
      ${chipView(chipOf(packet.destination), 'small')}
    </p>
    ${grids.map((each) => grid(each, chosen, props.onField))}
    ${
      packet.length === 0
        ? nothing
        : html`<p class="line data"><b>${say.data}</b> ${say.bytesLong(packet.length)} <code>${packet.payload}</code></p>`
    }
    ${chosen === undefined ? nothing : detail(grids, chosen)}
    <details class="bytes">
      <summary>${say.asBytes(bytes.length)}</summary>
      <pre>${hexLines(bytes).join('\n')}</pre>
    </details>
  </div>`;
}
