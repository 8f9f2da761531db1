// Whoever works at a dialogue: a process with what it needs to make its calls, and how it is to serve. Server programs get
// one of these; what a line says beside `serve` is in the wish.
import type { Simulation } from '../../net/simulation.js';
import { decodeText, encodeText } from '../../wire/bytes.js';
import type { ProcessId, SocketId, World } from '../../world/tables.js';
import { closeSocket, sendOn } from '../deeds/deeds.js';
import type { Deed, Ended, Program, Scheduler } from '../deeds/program.js';

export interface Desk {
  readonly world: World;
  readonly simulation: Simulation;
  readonly scheduler: Scheduler;
  readonly process: ProcessId;
}

/** A server's side of one connection that was accepted, or of a UDP socket. It ends when there is nothing more to do. */
export type Talk = (desk: Desk, socket: SocketId) => Program;

export function say(desk: Desk, socket: SocketId, text: string): Deed {
  return sendOn(desk.process, socket, encodeText(text));
}

export function leave(desk: Desk, socket: SocketId): Deed {
  return closeSocket(desk.process, socket);
}

/** The text that a call read; undefined for an end or an error. */
export function textOf({ outcome, data }: Pick<Ended, 'outcome' | 'data'>): string | undefined {
  return outcome === 'ok' && data !== undefined ? decodeText(data) : undefined;
}
