// What things on the stage are called when they are read aloud: the accessible names and tooltips.
// It refuses to know the picture. Marks are spoken as words, because a screen reader skips the sign.
// Who uses them: the rows of the stage, and ../panels/transport.ts.
import { MARKS } from '../../trace/cast.js';
import type { EndpointView, HostView, Mark, PacketView, SocketView } from '../../trace/scene.js';

const SPOKEN: Readonly<Record<Mark, string>> = {
  '●': 'circle',
  '▲': 'triangle',
  '■': 'square',
  '◆': 'diamond',
  '★': 'star',
  '⬢': 'hexagon',
};

export function markName(mark: Mark): string {
  return SPOKEN[mark];
}

/** The mark that is called so, or undefined. */
export function markNamed(name: string): Mark | undefined {
  return MARKS.find((mark) => SPOKEN[mark] === name);
}

function endpointName(endpoint: EndpointView): string {
  const place = endpoint.owner?.host ?? (endpoint.address === '*' ? 'any address' : endpoint.address);
  return endpoint.port === 0 ? place : `${place} port ${endpoint.port}`;
}

/** `TCP socket, web port 80, ESTABLISHED with laptop port 51004, circle, nginx`. */
export function socketName(socket: SocketView, host: HostView): string {
  const isAlone = socket.remote.port === 0;
  const peer = isAlone ? socket.state : `${socket.state} with ${endpointName(socket.remote)}`;
  const port = socket.local.port === 0 ? 'no port yet' : `port ${socket.local.port}`;
  const parts = [`${socket.protocol.toUpperCase()} socket`, `${host.name} ${port}`, peer];
  if (socket.mark !== undefined) parts.push(markName(socket.mark));
  parts.push(socket.process?.name ?? 'no program');
  if (socket.queued > 0) parts.push(`${socket.queued} waiting for accept`);
  if (socket.unread > 0)
    parts.push(`${socket.unread} ${socket.protocol === 'tcp' ? 'bytes' : 'datagrams'} unread`);
  return parts.join(', ');
}

/** `TCP segment SYN from laptop port 51004 to web port 80`. */
export function packetName(packet: PacketView): string {
  const kind = { tcp: 'TCP segment', udp: 'UDP datagram', icmp: 'ICMP message' }[packet.protocol];
  const flags = packet.flags === '' ? '' : ` ${packet.flags}`;
  const { quoted, source, destination } = packet;
  const about =
    quoted === undefined
      ? ''
      : `, about ${quoted.protocol.toUpperCase()} ${endpointName(quoted.source)} to ${endpointName(quoted.destination)}`;
  return `${kind}${flags} from ${endpointName(source)} to ${endpointName(destination)}${about}`;
}

export function hostName(host: HostView): string {
  const count = host.sockets.length;
  return `${host.name}, ${host.addresses.join(', ')}, ${count} ${count === 1 ? 'socket' : 'sockets'}`;
}
