// The headers of this step's packet in a few wide rows, below the ladder. A field or a lamp that is pressed is explained in
// the header panel, where every bit stands: header.ts.
// Rows: ../present/header-strip.ts.
import { html, nothing, type TemplateResult } from 'lit';
import type { PacketHeaders } from '../../trace/packet-headers.js';
import { messages } from '../messages.js';
import { headerStrip, type StripCell, type StripRow } from '../present/header-strip.js';
import { markSign } from './icons.js';

const { header: say } = messages;

function cell(row: StripCell, onField: (key: string) => void): TemplateResult {
  return html`<button
    class="strip-cell"
    style="--span:${row.span}"
    data-strip=${row.key}
    data-hue=${row.hue ?? nothing}
    ?data-asked=${row.isAsked}
    @click=${() => onField(row.key)}
  ><small>${row.name}</small>${row.was === undefined ? nothing : html`<i>${row.was}</i>`}<b>${row.value}</b></button>`;
}

function stripRow(row: StripRow, onField: (key: string) => void): TemplateResult {
  const { header, kind, cells, lamps, options } = row;
  const name = kind === 'flags' ? say.flags : header.isQuoted ? say.quoted(header.name) : header.name;
  return html`<div class="strip-row" data-kind=${kind}>
    <p><b>${kind === 'rest' && header.name !== 'ICMP' ? nothing : name}</b> ${say.rows[kind]}</p>
    <div class="strip-fields">
      ${
        lamps.length === 0
          ? nothing
          : html`<span class="strip-lamps">${lamps.map(
              ({ key, name: flag, isSet }) =>
                html`<button ?data-set=${isSet} aria-label=${say.lamp(flag, isSet)} @click=${() => onField(key)}>${flag}</button>`,
            )}</span>`
      }
      ${cells.map((each) => cell(each, onField))}
      ${options.length === 0 ? nothing : html`<span class="strip-options mono">${options.join(' · ')}</span>`}
    </div>
  </div>`;
}

export interface StripProps {
  /** Of a step that is about a packet. */
  readonly about: PacketHeaders;
  readonly onField: (key: string) => void;
  readonly onSockets: () => void;
}

export function headerStripView({ about, onField, onSockets }: StripProps): TemplateResult {
  const { packet } = about;
  const rows = headerStrip(about);
  const bits = html`<div class="strip-ruler" aria-hidden="true">${[0, 8, 16, 24, 31].map((bit) => html`<span>${bit}</span>`)}</div>`;
  return html`<section class="header-strip" aria-label=${say.tab}>
    <div class="sockets-head">
      <h2>${say.title(packet.protocol, packet.id)} ${packet.flags} ${packet.mark === undefined ? nothing : markSign(packet.mark, 11)}</h2>
      <span class="hint">${say.strip}</span>
      <button class="pill" data-action="strip" @click=${onSockets}>${messages.sockets.tab}</button>
    </div>
    ${rows.map((row) => html`${row.kind === 'ports' ? bits : nothing}${stripRow(row, onField)}`)}
  </section>`;
}
