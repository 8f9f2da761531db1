// Calls that only look, as deeds: what they tell goes into the account, and as `data` to the line's `reads`.
import { type Bytes, encodeText } from '../../wire/bytes.js';
import type { ProcessId, SocketId } from '../../world/tables.js';
import type { Deed } from './program.js';

/** getsockname() and getpeername(). `write`: how the endpoint is put into text. */
export function askEnd(
  process: ProcessId,
  call: 'getsockname' | 'getpeername',
  socket: SocketId,
  write: (address: string, port: number) => Bytes,
): Deed {
  return {
    process,
    account: { call, socket },
    act: (ask) => {
      const { from, ...result } = ask({ call, socket });
      return from === undefined ? result : { ...result, data: write(from.address, from.port), account: from };
    },
  };
}

/** getsockopt(SO_ERROR): the errno, or nothing. */
export function askError(process: ProcessId, socket: SocketId): Deed {
  return {
    process,
    account: { call: 'getsockopt', socket },
    act: (ask) => {
      const result = ask({ call: 'geterror', socket });
      const text = result.error ?? '';
      return { ...result, data: encodeText(text), account: { text } };
    },
  };
}

/** poll(): the names of what the socket is ready for, `IN OUT`. */
export function askReadiness(process: ProcessId, socket: SocketId): Deed {
  return {
    process,
    account: { call: 'poll', socket },
    act: (ask) => {
      const result = ask({ call: 'poll', socket });
      const text = (result.events ?? []).join(' ');
      return { ...result, data: encodeText(text), account: { text } };
    },
  };
}
