// What things on the stage are called when they are read aloud: the accessible names and tooltips.
// It refuses to know the picture. Marks are spoken as words, because a screen reader skips the sign.
// Who uses them: the rows of the stage, and ../panels/transport.ts.

import {
  type EndpointView,
  type HostView,
  MARKS,
  type Mark,
  type PacketView,
  type SocketView,
} from '../../trace/scene.js';
import { messages } from '../messages.js';

const { named: say } = messages;

/** As links spell them, in every language. */
const NAMES = {
  '●': 'circle',
  '▲': 'triangle',
  '■': 'square',
  '◆': 'diamond',
  '★': 'star',
  '⬢': 'hexagon',
} as const satisfies Readonly<Record<Mark, string>>;

export function markName(mark: Mark): string {
  return NAMES[mark];
}

/** As it is read aloud. */
export function markWord(mark: Mark): string {
  return say.marks[NAMES[mark]];
}

/** The mark that is called so, or undefined. */
export function markNamed(name: string): Mark | undefined {
  return MARKS.find((mark) => NAMES[mark] === name);
}

function endpointName({ address, port, owner }: EndpointView): string {
  const place = owner?.host ?? (address === '*' ? say.anyAddress : address);
  return port === 0 ? place : say.endpoint(place, port);
}

export function socketName(socket: SocketView, host: HostView): string {
  const { protocol, local, remote, state, mark, process, queued, unread } = socket;
  return say.socket({
    protocol: protocol.toUpperCase(),
    host: host.name,
    port: local.port,
    state,
    peer: remote.port === 0 ? undefined : endpointName(remote),
    mark: mark && markWord(mark),
    program: process?.name,
    waiting: queued,
    unread: { count: unread, of: protocol === 'tcp' ? 'bytes' : 'datagrams' },
  });
}

export function packetName({ protocol, flags, quoted, source, destination }: PacketView): string {
  const about =
    quoted &&
    say.quoted(quoted.protocol.toUpperCase(), endpointName(quoted.source), endpointName(quoted.destination));
  return say.packet(protocol, flags, endpointName(source), endpointName(destination), about);
}

export function hostName(host: HostView): string {
  return say.host(host.name, host.addresses.join(', '), host.sockets.length);
}
