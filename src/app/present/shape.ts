// What a socket looks like: its state as a shape, so that colour is never needed to tell them apart.
// It refuses to know positions. The shapes themselves are drawn in ../views/sockets.ts.
// Colour is the owner's and comes from the chip's hue.
import type { SocketView } from '../../trace/scene.js';
import { sansWidth } from './measure.js';
import { SS_STATES } from './ss.js';

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

/** Letters are squeezed by up to a quarter before a shorter word is taken. */
const SQUEEZE = 0.75;
const STATE_SIZE = 9.9;

/** What stands under the port in `room` pixels: the state in the RFC's words, else in those of `ss`; UDP has none. */
export function stateLine(socket: SocketView, room: number): string {
  const { state, protocol, local } = socket;
  if (protocol === 'udp') return 'UDP';
  const word = state === 'CLOSED' ? (local.port === 0 ? 'no port yet' : 'bound') : state;
  if (sansWidth(word, STATE_SIZE) * SQUEEZE <= room) return word;
  return state === 'CLOSED' ? 'bound' : SS_STATES[state];
}

/** Print of the port in a box of this size, in pixels. */
export function portSize(w: number, h: number): number {
  return w < 66 || h < 30 ? 11.5 : 13;
}

/** `:80`, or nothing bound yet. */
export function portLine(socket: SocketView): string {
  return socket.local.port === 0 ? '—' : `:${socket.local.port}`;
}
