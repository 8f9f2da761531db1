// What a process does to itself, as deeds: fork, dup, exit, kill, setuid.
import type { ProcessId, SocketId } from '../../world/tables.js';
import type { Deed } from './program.js';

/** fork(): `onChild` hears of the child before anything else happens. */
export function forkProcess(process: ProcessId, name: string, onChild: (child: ProcessId) => void): Deed {
  return {
    process,
    account: { call: 'fork', text: name },
    act: (ask) => {
      const result = ask({ call: 'fork', name });
      if (result.child === undefined) return result;
      onChild(result.child);
      return { ...result, account: { child: result.child } };
    },
  };
}

/** dup(), or a descriptor handed over to another process of the host. */
export function duplicate(process: ProcessId, socket: SocketId, into: ProcessId, onSocket: () => void): Deed {
  return {
    process,
    account: { call: 'dup', socket, ...(into === process ? {} : { child: into }) },
    act: (ask) => {
      const result = ask({ call: 'dup', socket, into });
      if (result.outcome === 'ok') onSocket();
      return result;
    },
  };
}

/** A descriptor for another process of the host, and none any more for this one (SCM_RIGHTS, unix(7)). */
export function handOver(process: ProcessId, socket: SocketId, into: ProcessId, onSocket: () => void): Deed {
  const shared = duplicate(process, socket, into, onSocket);
  return {
    ...shared,
    act: (ask) => {
      const result = shared.act(ask);
      if (result.outcome === 'ok') ask({ call: 'close', socket });
      return result;
    },
  };
}

/** Its own end, or one from outside: the system closes what it held, in both. */
export function endProcess(process: ProcessId, call: 'exit' | 'kill'): Deed {
  return { process, account: { call }, act: (ask) => ask({ call: 'exit' }) };
}

/** setuid(): from here on it is this user; sockets that it has keep the user who made them. */
export function setUser(process: ProcessId, user: string): Deed {
  return { process, account: { call: 'setuid', text: user }, act: (ask) => ask({ call: 'setuid', user }) };
}
