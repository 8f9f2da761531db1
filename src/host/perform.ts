// Carries out one socket call of a process, at this instant. What it gives is a value; refusals are the model working.
// It never waits: a call that would gives `pending`, and waiting.ts asks again when something happened.
import { unreachable } from '../base/invariant.js';
import type { Kernel } from '../world/kernel.js';
import { hasOption, optionsOf } from '../world/options.js';
import { createSocket } from '../world/sockets.js';
import { sysctl } from '../world/sysctls.js';
import type { ProcessId, SocketId, World } from '../world/tables.js';
import { accept } from './accept.js';
import { geterror, getpeername, getsockname, poll } from './ask.js';
import { bind, listen } from './bind.js';
import { type Call, type Destination, OK, type Result } from './call.js';
import { close, closeResult, exit, shutdown } from './close.js';
import { connect, connectResult } from './connect.js';
import { openDescriptor, processHost } from './descriptors.js';
import { disconnect } from './disconnect.js';
import { fork } from './fork.js';
import { setOptions } from './set-options.js';
import { recv, send, sendto } from './transfer.js';

/** EBADF for a socket that is gone; else the call's own outcomes, which its file names; with O_NONBLOCK none that waits. */
export function perform(kernel: Kernel, process: ProcessId, call: Call): Result {
  if ('socket' in call && !kernel.world.sockets.rows.has(call.socket)) return { outcome: 'EBADF' };
  const result = carryOut(kernel, process, call);
  if (result.outcome !== 'pending' || !('socket' in call) || call.call === 'close') return result;
  return hasOption(kernel.world, call.socket, 'isNonBlocking') ? atOnce(kernel.world, call, result) : result;
}

/** What a call that would wait gives without waiting: part of it is done, or nothing is. */
function atOnce(world: World, call: Call & { readonly socket: SocketId }, { taken }: Result): Result {
  if (taken !== undefined) return { outcome: 'ok', taken };
  if (call.call !== 'connect') return { outcome: 'EAGAIN' };
  world.options.isConnecting.set(optionsOf(world, call.socket), true);
  return { outcome: 'EINPROGRESS' };
}

function carryOut(kernel: Kernel, process: ProcessId, call: Call): Result {
  switch (call.call) {
    case 'socket':
      return socket(kernel, process, call);
    case 'setsockopt':
      return setOptions(kernel, process, call.socket, call.options);
    case 'bind':
      return bind(kernel, process, call.socket, canonical(call));
    case 'listen':
      return listen(kernel, call.socket, call.backlog);
    case 'connect':
      return connect(kernel, call.socket, canonical(call));
    case 'disconnect':
      return disconnect(kernel, call.socket);
    case 'accept':
      return accept(kernel, process, call.socket);
    case 'send':
      return send(kernel, call.socket, call.data, call.taken);
    case 'sendto':
      return sendto(kernel, call.socket, call.data, canonical(call));
    case 'recv':
    case 'recvfrom':
      return recv(kernel, call.socket, call.max);
    case 'shutdown':
      return shutdown(kernel, call.socket, call.how);
    case 'close':
      return close(kernel, process, call.socket);
    case 'dup':
      openDescriptor(kernel.world, call.into ?? process, call.socket);
      return { outcome: 'ok', socket: call.socket };
    case 'fork':
      return fork(kernel, process, call.name);
    case 'setuid':
      kernel.world.processes.user.set(process, call.user);
      return OK;
    case 'getsockname':
      return getsockname(kernel, call.socket);
    case 'getpeername':
      return getpeername(kernel, call.socket);
    case 'geterror':
      return geterror(kernel, call.socket);
    case 'poll':
      return poll(kernel, call.socket);
    case 'exit':
      return exit(kernel, process);
    default:
      return unreachable(call);
  }
}

/** `0.0.0.0` is any address of IPv4, also as ::ffff:0.0.0.0; `::` any of IPv6; '' any of the socket's own family. */
function canonical({ address, port, family }: Destination): Destination {
  if (address === '0.0.0.0') return { address: '', port, family: 4 };
  if (address === '::') return { address: '', port, family: 6 };
  return { address, port, ...(family === undefined ? {} : { family }) };
}

/** Asks a waiting call again. */
export function performAgain(kernel: Kernel, process: ProcessId, call: Call): Result {
  if (call.call === 'close') return closeResult(kernel, call.socket);
  if (call.call === 'connect' && kernel.world.sockets.rows.has(call.socket))
    return connectResult(kernel, call.socket);
  return perform(kernel, process, call);
}

function socket(kernel: Kernel, process: ProcessId, call: Call & { call: 'socket' }): Result {
  const { world } = kernel;
  const host = processHost(world, process);
  const isV6 = call.family === 6;
  const made = createSocket(world, host, call.protocol, world.processes.user.get(process), isV6);
  if (isV6 && sysctl(world, host, 'net.ipv6.bindv6only') !== 0) world.sockets.v6Only.set(made, true);
  openDescriptor(world, process, made);
  return { outcome: 'ok', socket: made };
}
