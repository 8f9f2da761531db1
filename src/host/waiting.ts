// Calls that wait. A process sleeps in accept, connect, recv, send or a lingering close until its socket is woken; then
// the call is asked again, within the step that woke it. Who waits is in the world (`waiting`); what it does next is its program, kept here.

import type { Id } from '../store/table.js';
import type { Kernel } from '../world/kernel.js';
import type { ProcessId, SocketId } from '../world/tables.js';
import type { Call, Result } from './call.js';
import { performAgain } from './perform.js';

const WAITING_CALLS = ['accept', 'connect', 'recv', 'recvfrom', 'send', 'sendto', 'close'] as const;
type WaitingCall = (typeof WAITING_CALLS)[number];
interface Sleeper {
  readonly call: Call & { readonly call: WaitingCall; readonly socket: SocketId };
  readonly onReturn: (result: Result) => void;
}

export class WaitingCalls {
  private readonly kernel: Kernel;
  private readonly sleepers = new Map<Id<'waiting'>, Sleeper>();
  private readonly watchers = new Map<SocketId, Set<() => void>>();

  constructor(kernel: Kernel) {
    this.kernel = kernel;
  }

  /**
   * The process sleeps in this call; `onReturn` runs within the step in which it comes back. What it gives ends the sleep
   * without a return (SO_RCVTIMEO); false if the call has returned by then.
   */
  sleep(process: ProcessId, call: Sleeper['call'], onReturn: (result: Result) => void): () => boolean {
    const { waiting } = this.kernel.world;
    const row = waiting.rows.create();
    waiting.process.set(row, process);
    waiting.socket.set(row, call.socket);
    waiting.call.set(row, call.call);
    this.sleepers.set(row, { call, onReturn });
    return () => {
      if (!this.sleepers.delete(row)) return false;
      waiting.rows.remove(row);
      return true;
    };
  }

  /** `onChange` runs within every step that wakes the socket, without a call: what poll() is to a program. */
  watch(socket: SocketId, onChange: () => void): () => void {
    const known = this.watchers.get(socket) ?? new Set();
    this.watchers.set(socket, known.add(onChange));
    return () => known.delete(onChange);
  }

  /** Asks every call that sleeps on the socket once more, first come first served; then tells its watchers. */
  wake(socket: SocketId): void {
    if (this.sleepers.size === 0 && this.watchers.size === 0) return;
    const { waiting } = this.kernel.world;
    for (const [row, { call, onReturn }] of [...this.sleepers]) {
      if (call.socket !== socket) continue;
      const process = waiting.process.get(row);
      if (!process) continue;
      const result = performAgain(this.kernel, process, call);
      if (result.outcome === 'pending') {
        const rest = result.rest;
        if (rest !== undefined && isWaitingCall(rest)) this.sleepers.set(row, { call: rest, onReturn });
        continue;
      }
      waiting.rows.remove(row);
      this.sleepers.delete(row);
      onReturn(result);
    }
    for (const onChange of [...(this.watchers.get(socket) ?? [])]) onChange();
  }

  /** Its calls never return: the process is gone, or its host. */
  forget(process: ProcessId): void {
    const { waiting } = this.kernel.world;
    for (const row of [...waiting.rows])
      if (waiting.process.get(row) === process) {
        waiting.rows.remove(row);
        this.sleepers.delete(row);
      }
  }

  /** Does anybody sleep in this call on the socket? */
  isAwaited(socket: SocketId, name: WaitingCall): boolean {
    for (const { call } of this.sleepers.values())
      if (call.socket === socket && call.call === name) return true;
    return false;
  }

  /** Is this process inside a call that waits? */
  isAsleep(process: ProcessId): boolean {
    const { waiting } = this.kernel.world;
    for (const row of waiting.rows) if (waiting.process.get(row) === process) return true;
    return false;
  }
}

export function isWaitingCall(call: Call): call is Sleeper['call'] {
  return (WAITING_CALLS as readonly string[]).includes(call.call);
}
