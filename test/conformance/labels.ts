// Who is who in a scenario: labels of sockets, each a process's descriptor, with what the recorder keeps in mind of it.
import type { SocketId } from '../../src/world/tables.js';
import type { Process } from './build-hosts.js';

/** A descriptor of a process. Several labels may mean one socket (dup). */
export interface Label {
  readonly name: string;
  readonly process: Process;
  readonly socket: SocketId;
  readonly protocol: 'tcp' | 'udp';
  readonly isV6: boolean;
  isOpen: boolean;
  /** SO_REUSEPORT, by this label's own setsockopt(). */
  sharesPort: boolean;
  device: string;
  /** IP_LOCAL_PORT_RANGE. */
  range: { readonly low: number; readonly high: number } | undefined;
  /** connect() failed when it had no port: what getsockname() tells since then is a number of the past. */
  isStale: boolean;
  /** How many connections `acceptall` has taken from it. */
  children: number;
}

/** In order of creation; a label that is given again keeps the place it had. */
export class Labels {
  private readonly byName = new Map<string, Label>();

  add(label: Label): void {
    this.byName.set(label.name, label);
  }

  /** Undefined also for one that was closed. */
  find(name: string | undefined): Label | undefined {
    const found = name === undefined ? undefined : this.byName.get(name);
    return found?.isOpen ? found : undefined;
  }

  get open(): Label[] {
    return [...this.byName.values()].filter(({ isOpen }) => isOpen);
  }

  /** The first open label of each socket. */
  get owners(): Map<SocketId, string> {
    const owners = new Map<SocketId, string>();
    for (const { socket, name } of this.open) if (!owners.has(socket)) owners.set(socket, name);
    return owners;
  }
}
