// The table of one host as the text that `ss -tuanp` prints, to be copied. Spellings are that tool's, not the RFC's:
// ESTAB, UNCONN, an IPv4 wildcard is 0.0.0.0. Source: iproute2 `misc/ss.c` (state names) and its output on Linux.
// It refuses to know the DOM. Our own table, in the RFC's words: table.ts.
import type { EndpointView, HostView, SocketStateName, SocketView } from '../../trace/scene.js';

/** How `ss` spells a state: the short words where room is short. */
export const SS_STATES: Readonly<Record<SocketStateName, string>> = {
  CLOSED: 'UNCONN',
  LISTEN: 'LISTEN',
  'SYN-SENT': 'SYN-SENT',
  'SYN-RECEIVED': 'SYN-RECV',
  ESTABLISHED: 'ESTAB',
  'FIN-WAIT-1': 'FIN-WAIT-1',
  'FIN-WAIT-2': 'FIN-WAIT-2',
  'CLOSE-WAIT': 'CLOSE-WAIT',
  CLOSING: 'CLOSING',
  'LAST-ACK': 'LAST-ACK',
  'TIME-WAIT': 'TIME-WAIT',
  UNCONNECTED: 'UNCONN',
  CONNECTED: 'ESTAB',
};

function place(endpoint: EndpointView): string {
  const address = endpoint.address === '*' ? '0.0.0.0' : endpoint.address;
  const shown = address.includes(':') ? `[${address}]` : address;
  return `${shown}:${endpoint.port === 0 ? '*' : endpoint.port}`;
}

function users(socket: SocketView): string {
  if (socket.process === undefined) return '';
  return `users:(("${socket.process.name}",pid=${socket.process.pid},fd=${socket.descriptor ?? 0}))`;
}

/** Lines with columns padded to the widest cell, as the tool prints them. UDP comes first there, as here. */
export function ssText(host: HostView): string {
  const head = ['Netid', 'State', 'Recv-Q', 'Send-Q', 'Local Address:Port', 'Peer Address:Port', 'Process'];
  const inOrder = [
    ...host.sockets.filter(({ protocol }) => protocol === 'udp'),
    ...host.sockets.filter(({ protocol }) => protocol === 'tcp'),
  ].filter(({ state, local }) => state !== 'CLOSED' || local.port !== 0);
  const rows = inOrder.map((socket) => {
    const isListener = socket.state === 'LISTEN';
    const received = isListener ? socket.queued : socket.unread;
    const sent = isListener ? socket.backlog : 0;
    const cells = [socket.protocol, SS_STATES[socket.state], `${received}`, `${sent}`];
    return [...cells, place(socket.local), place(socket.remote), users(socket)];
  });
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
