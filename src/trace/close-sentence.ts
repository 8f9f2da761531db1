// Which message tells of close(): a copy among others, a listener with those who waited, a conversation; and whether the
// port is free then. Other calls: call-sentence.ts. Wording: words/english/calls.ts.
import { has, RST } from '../wire/packet.js';
import type { Fact } from '../world/facts.js';
import type { SocketId } from '../world/tables.js';
import type { CallFact } from './call-reason.js';
import { socketThing } from './look-sentence.js';
import { readAt } from './recording.js';
import type { SocketView } from './scene.js';
import type { Told } from './told.js';
import { viewSocket } from './views.js';
import { code, type Hole } from './words/telling.js';
import type { Said } from './words/words.js';

/** `socket`: as it is after the call, undefined if it is gone. */
export function closingSentence(
  told: Told,
  fact: CallFact,
  who: string,
  socket: SocketView | undefined,
): Said {
  const { cast } = told;
  const { facts } = told.step;
  if (socket?.process !== undefined)
    return cast.say('call.close.copy', {
      who,
      thing: socketThing(cast, socket),
      holder: socket.process.name,
    });
  const before = viewBefore(told, fact.socket);
  const mark = before?.mark;
  const sent = facts.filter((each): each is Extract<Fact, { kind: 'sent' }> => each.kind === 'sent');
  const resets = sent.filter(({ sent: { packet } }) => packet.protocol === 'tcp' && has(packet, RST)).length;
  if (before?.state === 'LISTEN') {
    const thing = socketThing(cast, before);
    return cast.say('call.close.listener', { who, thing, resets, left: portLeft(told, before) });
  }
  if (resets > 0) return cast.say('call.close.reset', { who, mark });
  if (fact.outcome === 'pending')
    return cast.say('call.close.lingers', { who, mark, option: code('SO_LINGER') });
  if (sent.length > 0) return cast.say('call.close.fin', { who, mark });
  if (before === undefined || before.local.port === 0) return cast.say('call.close.gone', { who });
  return cast.say('call.close', { who, thing: socketThing(cast, before), left: portLeft(told, before) });
}

/** Is the port free now? Others may still be on it. */
function portLeft({ world, cast, step }: Told, { id, protocol, local: { port } }: SocketView): Hole {
  const { sockets } = world;
  const host = readAt(world, step.before, () => sockets.host.get(id as SocketId));
  const others = [...sockets.rows].filter(
    (each) =>
      sockets.host.get(each) === host &&
      sockets.protocol.get(each) === protocol &&
      sockets.localPort.get(each) === port,
  );
  const [first] = others;
  if (first === undefined) return cast.say('left.free', { port }).parts;
  if (others.length > 1) return cast.say('left.sockets', { count: others.length, port }).parts;
  const { process, state } = viewSocket(world, cast, first);
  return process === undefined
    ? cast.say('left.connection', { state, port }).parts
    : cast.say('left.socket', { holder: process.name, port }).parts;
}

/** The socket as it was when the call was made: it may be gone by now. */
function viewBefore({ world, cast, step }: Told, socket: SocketId | undefined): SocketView | undefined {
  if (socket === undefined) return undefined;
  return readAt(world, step.before, () =>
    world.sockets.rows.has(socket) ? viewSocket(world, cast, socket) : undefined,
  );
}
