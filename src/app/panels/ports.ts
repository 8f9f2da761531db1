// The Ports view: both squares at an honest scale, what the dots are, and the lens on the numbers that have names.
// A dot can be pointed at; every port is also a button in the list or the lens, for keyboards and readers.
// Rows and places: ../present/ports.ts. What one port is: port.ts.
import { html, nothing, svg, type TemplateResult } from 'lit';
import { MAX_PORT, rangeOf } from '../../ports/ranges.js';
import { messages } from '../messages.js';
import { BANDS, type HeldPort, type LensCell, type PortMap, SIDE } from '../present/ports.js';

export interface PortsProps {
  readonly map: PortMap;
  readonly chosen: { readonly protocol: 'tcp' | 'udp'; readonly port: number } | undefined;
  readonly hosts: readonly { readonly id: number; readonly name: string; readonly letter: string }[];
  readonly onHost: (host: number) => void;
  readonly onPort: (port: { readonly protocol: 'tcp' | 'udp'; readonly port: number }) => void;
}

const { ports: say } = messages;
/** So many numbers are read aloud. */
const MOST_NAMED = 60;
const share = (row: number): string => `${(100 * row) / SIDE}%`;

function dot(row: HeldPort, props: PortsProps): TemplateResult {
  const { chosen } = props;
  return svg`<circle class="dot" data-dot=${row.key} cx=${row.x + 0.5} cy=${row.y + 0.5} r="3.6"
    ?data-now=${row.isNow} ?data-chosen=${chosen?.port === row.port && chosen.protocol === row.protocol}
    @click=${() => props.onPort(row)}><title>${say.dot(row.protocol, row.port, row.programs)}</title></circle>`;
}

function square(protocol: 'tcp' | 'udp', props: PortsProps): TemplateResult {
  const { map } = props;
  const own = map.held.filter((each) => each.protocol === protocol);
  const dots = map.dots.filter((each) => each.protocol === protocol);
  const { low, high, path } = map.own;
  const isLow = low > 0.9 * MAX_PORT;
  return html`<div class="port-square" data-protocol=${protocol}>
    <h2>${protocol.toUpperCase()} <span>${say.ownSet(MAX_PORT)}</span></h2>
    <div class="square-ground">
      <svg viewBox="0 0 ${SIDE} ${SIDE}" role="img" aria-label=${say.square(
        protocol,
        map.host.name,
        own.slice(0, MOST_NAMED).map(({ port }) => port),
        own.length,
      )}>
        <defs>
          <pattern id="port-hatch-${protocol}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <path d="M0 0V6"></path>
          </pattern>
        </defs>
        <rect class="ground" width=${SIDE} height=${SIDE}></rect>
        <rect class="dynamic" y=${BANDS.dynamic} width=${SIDE} height=${SIDE - BANDS.dynamic} fill="url(#port-hatch-${protocol})"></rect>
        <rect class="system" width=${SIDE} height=${BANDS.system}></rect>
        <path class="own" d=${path}></path>
        <rect class="frame" width=${SIDE} height=${SIDE}></rect>
        <path class="crowd" d=${map.crowds[protocol]}></path>
        ${dots.filter(({ isNow }) => !isNow).map((row) => dot(row, props))}
        ${dots.filter(({ isNow }) => isNow).map((row) => dot(row, props))}
      </svg>
      <span class="own-words" style="top:${share(Math.floor(low / SIDE))}" ?data-below=${low < 2048 || isLow}>${say.picks(map.host.system, low, high)}</span>
    </div>
  </div>`;
}

function bands(): TemplateResult {
  const band = (name: 'system' | 'user' | 'dynamic', at: number): TemplateResult => html`<div
    class="port-band" style="top:${share(at)}" data-band=${name}
  ><b>${say.ranges[name].name}</b><span class="mono">${say.ranges[name].numbers}</span><span>${say.ranges[name].hint}</span></div>`;
  return html`<div class="bands">${band('system', 0)}${band('user', 84)}${band('dynamic', BANDS.dynamic + 12)}</div>`;
}

function notes(props: PortsProps): TemplateResult {
  const { map, chosen } = props;
  const { shared, host } = map;
  return html`<div class="port-notes">
    <h2>${say.honest}</h2>
    <p>${say.honestBody}</p>
    <h2>${say.held(host.name, map.held.length)}</h2>
    <ul class="held" data-hue=${host.owner.hue}>
      ${map.listed.map(
        (row) => html`<li><button data-port=${row.key} ?data-now=${row.isNow}
          aria-pressed=${chosen?.port === row.port && chosen.protocol === row.protocol} @click=${() => props.onPort(row)}>
          <i></i><span class="mono">${row.protocol} <b>:${row.port}</b></span>${row.sockets.length > 1 ? html`<small>${say.times(row.sockets.length)}</small>` : nothing}
        </button></li>`,
      )}
    </ul>
    ${map.unlisted === 0 ? nothing : html`<p>${say.unlisted(map.unlisted)}</p>`}
    ${shared === undefined ? nothing : html`<p class="shared">${say.shared(shared.peers)} <b>${say.sharedDot(shared.port)}</b></p>`}
  </div>`;
}

function cell(row: LensCell, props: PortsProps): TemplateResult {
  const { map, chosen } = props;
  const { held, port, protocol } = row;
  const free = say.odd[port] ?? (protocol === 'udp' ? say.freeForUdp : say.free)(map.host.name);
  const programs = [...new Set(held.flatMap((each) => each.programs))];
  const sockets = held.reduce((sum, each) => sum + each.sockets.length, 0);
  const what =
    port === 0
      ? say.zeroBody
      : held.length === 0
        ? free
        : say.holders(
            programs,
            sockets,
            held.map(({ protocol }) => protocol),
          );
  return html`<li><button data-lens=${port} ?data-held=${held.length > 0} ?data-now=${row.isNow}
    aria-pressed=${chosen?.port === port} aria-disabled=${port === 0} @click=${() => props.onPort(row)}>
    <span class="number mono">${port}</span>
    <span class="lens-words"><b>${port === 0 ? say.zero : row.name === '' ? say.noName : row.name}</b><span>${what}</span></span>
  </button></li>`;
}

export function portsView(props: PortsProps): TemplateResult {
  const { map, hosts } = props;
  return html`<div class="ports-body" data-host=${map.host.id} data-hue=${map.host.owner.hue} tabindex="0" role="group" aria-label=${say.name(map.host.name)}>
    <div class="maps">
      <label class="pick">
        <span>${say.pickHost}</span>
        <select .value=${String(map.host.id)} @change=${(event: Event) => {
          if (event.target instanceof HTMLSelectElement) props.onHost(Number(event.target.value));
        }}>
          ${hosts.map(({ id, name, letter }) => html`<option value=${id} ?selected=${id === map.host.id}>${letter} · ${name}</option>`)}
        </select>
      </label>
      ${bands()} ${square('tcp', props)} ${square('udp', props)} ${notes(props)}
    </div>
    <h2 class="lens-head">${say.lens} <span>${say.lensHint(map.host.privilegedBelow)}</span></h2>
    <ul class="lens">${map.lens.map((row) => cell(row, props))}</ul>
  </div>`;
}

/** The range of a number in words. */
export function rangeWords(port: number): string {
  return say.ranges[rangeOf(port)].name;
}
