// Sentences about close(): a copy among others, a listener with those who waited, a conversation; and whether the port is
// free then. Other calls: call-sentence.ts.
import { has, RST } from '../wire/packet.js';
import type { Fact } from '../world/facts.js';
import type { SocketId } from '../world/tables.js';
import type { CallFact } from './call-reason.js';
import { socketThing } from './look-sentence.js';
import { capital, code, counted, sign, strong, text } from './parts.js';
import { readAt } from './recording.js';
import type { Part, SocketView } from './scene.js';
import type { Told } from './told.js';
import { viewSocket } from './views.js';

/** `socket`: as it is after the call, undefined if it is gone. */
export function closingSentence(
  told: Told,
  fact: CallFact,
  who: string,
  socket: SocketView | undefined,
): readonly Part[] {
  const { facts } = told.step;
  if (socket?.process !== undefined)
    return text`${who} closes its copy of ${socketThing(socket)}. ${strong(`${socket.process.name} still holds the socket`)}, so nothing is sent and nothing ends.`;
  const before = viewBefore(told, fact.socket);
  const sent = facts.filter((each): each is Extract<Fact, { kind: 'sent' }> => each.kind === 'sent');
  const resets = sent.filter(({ sent: { packet } }) => packet.protocol === 'tcp' && has(packet, RST)).length;
  if (before?.state === 'LISTEN')
    return text`${who} closes ${socketThing(before)}${resets > 0 ? `: ${resets === 1 ? 'the one who was' : `${counted(resets, 'connection')} that were`} waiting to be accepted ${resets === 1 ? 'gets' : 'get'} a RST` : ''}. ${portLeft(told, before)}`;
  if (resets > 0)
    return text`${who} closes ${sign(before?.mark)} with a RST: the other side is told that something is lost.`;
  if (fact.outcome === 'pending')
    return text`${who} closes ${sign(before?.mark)}, and ${strong('close waits')}: with ${code('SO_LINGER')} not before the other side has acknowledged everything, or the time is over.`;
  if (sent.length > 0)
    return text`${who} closes ${sign(before?.mark)}: a FIN leaves, and its side of the conversation is over.`;
  if (before === undefined || before.local.port === 0) return text`${who} closes its socket.`;
  return text`${who} closes ${socketThing(before)}. ${portLeft(told, before)}`;
}

/** Is the port free now? Others may still be on it. */
function portLeft({ world, cast, step }: Told, { id, protocol, local }: SocketView): readonly Part[] {
  const { sockets } = world;
  const host = readAt(world, step.before, () => sockets.host.get(id as SocketId));
  const others = [...sockets.rows].filter(
    (each) =>
      sockets.host.get(each) === host &&
      sockets.protocol.get(each) === protocol &&
      sockets.localPort.get(each) === local.port,
  );
  const [first] = others;
  if (first === undefined) return text`Port ${local.port} is free again.`;
  if (others.length > 1)
    return text`${capital(counted(others.length, 'socket'))} are still on port ${local.port}.`;
  const { process, state } = viewSocket(world, cast, first);
  return process === undefined
    ? text`${strong(`One connection in ${state} is still on port ${local.port}`)}.`
    : text`One socket of ${process.name} is still on port ${local.port}.`;
}

/** The socket as it was when the call was made: it may be gone by now. */
function viewBefore({ world, cast, step }: Told, socket: SocketId | undefined): SocketView | undefined {
  if (socket === undefined) return undefined;
  return readAt(world, step.before, () =>
    world.sockets.rows.has(socket) ? viewSocket(world, cast, socket) : undefined,
  );
}
