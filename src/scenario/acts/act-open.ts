// Verbs by which a process comes by a socket and gives it its ends: socket, setsockopt, bind, listen, connect, accept,
// disconnect, shutdown, close. One line is one step, also where it makes the socket, binds and listens in one breath.
import type { ProcessId, SocketId } from '../../world/tables.js';
import {
  type Actor,
  DEFAULT_BACKLOG,
  endpointOf,
  labelled,
  missing,
  nameOpener,
  nameSocket,
  naming,
  one,
  onSocket,
  optionsBeside,
  type Played,
  socketOf,
  usingOr,
  wishedSocket,
} from '../deeds/actor.js';
import {
  acceptFrom,
  closeSocket,
  connectTo,
  disconnectSocket,
  listenOn,
  makeSocket,
  openSocket,
  setOptionsOf,
  shutDown,
} from '../deeds/deeds.js';
import { handOver } from '../deeds/deeds-process.js';
import type { Program } from '../deeds/program.js';
import { optionLine } from '../deeds/socket-options.js';
import type { Act } from '../schema/calls.js';
import type { Verb } from '../schema/verb-names.js';

export function openAct(actor: Actor, verb: Verb, act: Act): Played {
  const { process } = actor.who;
  switch (verb) {
    case 'socket': {
      const type = act.socket ?? 'tcp';
      const protocol = type.startsWith('tcp') ? 'tcp' : 'udp';
      return naming(actor, act, one(makeSocket(process, protocol, type.endsWith('6') ? 6 : 4)));
    }
    case 'setsockopt':
      return options(actor, act);
    case 'bind':
    case 'listen':
      return opening(actor, verb, act);
    case 'connect':
      return connecting(actor, act);
    case 'accept':
      return accepting(actor, act);
    case 'disconnect':
      return onSocket(actor, act.disconnect, (socket) => disconnectSocket(process, socket));
    case 'shutdown':
      return onSocket(actor, act.shutdown, (socket) => shutDown(process, socket, act.how ?? 'both'));
    case 'close':
      return onSocket(actor, act.close, (socket) => closeSocket(process, socket));
    default:
      return undefined;
  }
}

function accepting(actor: Actor, act: Act): Played {
  const { directory, who } = actor;
  const listener = socketOf(actor, act.accept);
  if (listener === undefined) return missing(act.accept);
  if (act.into === undefined) return naming(actor, act, one(acceptFrom(who.process, listener)));
  const into = directory.findProcess({ name: act.into });
  if (into === undefined || into.host !== who.host)
    return `\`${act.into}\` does not run on this host, and a descriptor cannot leave it`;
  return handingOver(actor, act, listener, into.process);
}

/** Accepts, and passes the connection on: a descriptor for the other process, none any more for this one. */
function* handingOver(actor: Actor, act: Act, listener: SocketId, into: ProcessId): Program {
  const { process } = actor.who;
  const accepted = yield acceptFrom(process, listener);
  const { socket } = accepted;
  if (accepted.outcome !== 'ok' || socket === undefined) return accepted;
  yield handOver(process, socket, into, () => nameSocket(actor, act, socket, into));
  return accepted;
}

function options(actor: Actor, act: Act): Played {
  const socket = usingOr(actor, act);
  if (socket === undefined) return missing(act.using);
  const line = optionLine(actor, act.setsockopt ?? {});
  return typeof line === 'string'
    ? line
    : one(setOptionsOf(actor.who.process, socket, line.options, line.text));
}

function opening(actor: Actor, verb: 'bind' | 'listen', act: Act): Played {
  const { process } = actor.who;
  const backlog = act.backlog ?? DEFAULT_BACKLOG;
  const known = verb === 'listen' ? labelled(actor, act.listen) : undefined;
  if (known !== undefined) return one(listenOn(process, known, backlog));
  const at = endpointOf(actor, act[verb]);
  if (at === undefined) return `no socket is called \`${String(act[verb])}\` at this point`;
  const wish = {
    listens: verb === 'listen',
    backlog,
    options: optionsBeside(act),
    ...wishedSocket(actor, act),
  };
  return naming(actor, act, one(openSocket(actor.world, process, at.protocol ?? 'tcp', at, wish)));
}

function connecting(actor: Actor, act: Act): Played {
  const to = endpointOf(actor, act.connect);
  if (to === undefined) return `\`${String(act.connect)}\` means no socket at this point`;
  const from = act.from === undefined ? undefined : endpointOf(actor, act.from);
  const wish = {
    options: optionsBeside(act),
    onSocket: (socket: SocketId) => nameOpener(actor, act, socket),
    ...(from ? { from } : {}),
    ...wishedSocket(actor, act),
  };
  return one(connectTo(actor.world, actor.who.process, to.protocol ?? 'tcp', to, wish));
}
