// One port of one host: who holds it and since when, which sockets share it, and what its twin in the other set is.
// It refuses to know the map: it gets the port, the host's sockets and the story of the run.
// Since when: ../present/port-story.ts.
import { html, nothing, type TemplateResult } from 'lit';
import { serviceName } from '../../ports/services.js';
import type { HostView, SocketView } from '../../trace/scene.js';
import { messages } from '../messages.js';
import { chipOf } from '../present/chip.js';
import { chipView } from './atoms.js';
import { markSign } from './icons.js';
import { rangeWords } from './ports.js';

export interface PortProps {
  readonly host: HostView;
  readonly port: { readonly protocol: 'tcp' | 'udp'; readonly port: number } | undefined;
  /** Of this port: the step with which it was taken, 0 for before the first. */
  readonly since: number | undefined;
  /** What happened in that step. */
  readonly sinceWords: string | undefined;
  readonly selected: number | undefined;
  readonly onGo: (t: number) => void;
  readonly onSelect: (socket: number) => void;
}

const { port: say } = messages;

function holders(sockets: readonly SocketView[]): string {
  const programs = sockets.flatMap(({ process }) =>
    process === undefined ? [] : say.program(process.name, process.pid),
  );
  return programs.length === 0 ? say.kernel : [...new Set(programs)].join(', ');
}

function socketRow(socket: SocketView, props: PortProps): TemplateResult {
  const isAlone = socket.remote.port === 0;
  return html`<li><button aria-pressed=${props.selected === socket.id} data-socket-row=${socket.id} @click=${() => props.onSelect(socket.id)}>
    <span class="sign">${socket.mark === undefined ? '∗' : markSign(socket.mark)}</span>
    ${chipView(chipOf(isAlone ? socket.local : socket.remote), 'small')}
    <span>${isAlone ? say.alone(socket.state) : say.peer(socket.state, socket.descriptor)}</span>
  </button></li>`;
}

export function portPanel(props: PortProps): TemplateResult {
  const { host, port: at, since } = props;
  if (at === undefined) return html`<div class="port"><p class="line">${say.none(host.name)}</p></div>`;
  const { protocol, port } = at;
  const holds = (wanted: 'tcp' | 'udp') =>
    host.sockets.filter((socket) => socket.protocol === wanted && socket.local.port === port);
  const sockets = holds(protocol);
  const twin = protocol === 'tcp' ? 'udp' : 'tcp';
  const name = serviceName(protocol, port);
  const accepted = sockets.filter(({ state, remote }) => state !== 'LISTEN' && remote.port !== 0).length;
  const hasDoor = sockets.some(({ state }) => state === 'LISTEN');
  const row = (term: string, words: TemplateResult | string): TemplateResult =>
    html`<div><dt>${term}</dt><dd>${words}</dd></div>`;
  return html`<div class="port" data-port-panel=${`${protocol}:${port}`}>
    <h2><span class="mono">:${port}</span> <small>${say.kind(protocol, rangeWords(port))}${name === undefined ? nothing : html` · <b>${name}</b>`}</small></h2>
    <dl>
      ${row(say.heldBy, sockets.length === 0 ? say.nobody(host.name) : holders(sockets))}
      ${
        since === undefined
          ? nothing
          : row(
              say.since,
              since === 0
                ? say.sinceStart
                : html`<button class="link" @click=${() => props.onGo(since)}>${say.sinceStep(since)}</button> ${props.sinceWords}`,
            )
      }
      ${row(say.privilege, say.privilegeOf(port < host.privilegedBelow, host.privilegedBelow))}
      ${name === 'http' || name === 'https' ? row(say.url, html`<span class="mono">${name}://${host.addresses[0]}<s>:${port}</s>/</span>`) : nothing}
    </dl>
    ${
      sockets.length === 0
        ? nothing
        : html`<h3>${say.sockets(sockets.length)}</h3>
            <ul class="port-sockets">${sockets.map((socket) => socketRow(socket, props))}</ul>`
    }
    ${hasDoor && accepted > 0 ? html`<p class="line">${say.accepted(accepted, port)}</p>` : nothing}
    <h3>${twin.toUpperCase()} ${port}</h3>
    <p class="line">${holds(twin).length === 0 ? say.twinFree : say.twinHeld(holders(holds(twin)))}</p>
  </div>`;
}
