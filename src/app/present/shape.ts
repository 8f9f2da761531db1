// What a socket looks like: its state as a shape, so that colour is never needed to tell them apart.
// It refuses to know positions. The shapes themselves are drawn in ../views/sockets.ts.
// Colour is the owner's and comes from the chip's hue.
import type { SocketView } from '../../trace/scene.js';

export type SocketShape = 'ghost' | 'tray' | 'box' | 'half' | 'hatched' | 'capsule' | 'dashed capsule';

export function shapeOf(socket: SocketView): SocketShape {
  switch (socket.state) {
    case 'CLOSED':
      return 'ghost';
    case 'LISTEN':
      return 'tray';
    case 'ESTABLISHED':
      return 'box';
    case 'TIME-WAIT':
      return 'hatched';
    case 'UNCONNECTED':
      return 'dashed capsule';
    case 'CONNECTED':
      return 'capsule';
    default:
      return 'half';
  }
}

/** What stands under the port: the state in the RFC's words; UDP has none. */
export function stateLine(socket: SocketView): string {
  if (socket.protocol === 'udp') return 'UDP';
  return socket.state === 'CLOSED' ? (socket.local.port === 0 ? 'no port yet' : 'bound') : socket.state;
}

/** `:80`, or nothing bound yet. */
export function portLine(socket: SocketView): string {
  return socket.local.port === 0 ? '—' : `:${socket.local.port}`;
}
