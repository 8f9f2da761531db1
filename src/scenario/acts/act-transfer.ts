// Verbs that carry bytes: send, recv, sendto, recvfrom, drain; and acceptall, which empties a listener as drain does a socket.
import { encodeText } from '../../wire/bytes.js';
import type { SocketId } from '../../world/tables.js';
import { payloadText } from '../atoms/payloads.js';
import {
  type Actor,
  endpointOf,
  missing,
  nameOpener,
  one,
  onSocket,
  type Played,
  socketOf,
  usingOr,
  wishedSocket,
} from '../deeds/actor.js';
import { acceptEverybody, readEverything, receiveOn, sendOn, sendTo } from '../deeds/deeds.js';
import type { Act } from '../schema/calls.js';
import type { Verb } from '../schema/verb-names.js';

export function transferAct(actor: Actor, verb: Verb, act: Act): Played {
  const { world, who } = actor;
  const { process } = who;
  switch (verb) {
    case 'send': {
      const socket = usingOr(actor, act, (each) => world.sockets.remoteAddress.get(each) !== 0);
      return socket === undefined
        ? missing(act.using)
        : one(sendOn(process, socket, encodeText(payloadText(String(act.send)))));
    }
    case 'sendto':
      return sendingTo(actor, act);
    case 'recv':
    case 'recvfrom':
      return onSocket(actor, act[verb], (socket) => receiveOn(process, socket, verb, act.max));
    case 'drain': {
      const sockets = several(actor, act.drain, (each) => world.sockets.state.get(each) !== 'LISTEN');
      return typeof sockets === 'string' ? sockets : one(readEverything(process, sockets));
    }
    case 'acceptall': {
      const listeners = several(actor, act.acceptall, (each) => world.sockets.state.get(each) === 'LISTEN');
      return typeof listeners === 'string' ? listeners : one(acceptEverybody(process, listeners));
    }
    default:
      return undefined;
  }
}

function sendingTo(actor: Actor, act: Act): Played {
  const { world, who } = actor;
  const to = act.to === undefined ? undefined : endpointOf(actor, act.to);
  if (to === undefined) return '`sendto` needs `to`: where does it go?';
  const from = act.from === undefined ? undefined : endpointOf(actor, act.from);
  const isFresh = act.from !== undefined || act.as !== undefined;
  const only = isFresh
    ? undefined
    : actor.directory.onlySocket(who.process, (each) => world.sockets.protocol.get(each) === 'udp');
  const wish = {
    onSocket: (socket: SocketId) => nameOpener(actor, act, socket),
    ...(only === undefined ? {} : { using: only }),
    ...wishedSocket(actor, act),
    ...(from ? { from } : {}),
  };
  return one(sendTo(world, who.process, encodeText(payloadText(String(act.sendto))), to, wish));
}

/** `all`: those of the actor that fit. */
function several(
  actor: Actor,
  value: string | number | undefined,
  fits: (socket: SocketId) => boolean,
): readonly SocketId[] | string {
  if (value === 'all') return actor.directory.socketsOf(actor.who.process).filter(fits);
  const socket = socketOf(actor, value);
  return socket === undefined ? missing(value) : [socket];
}
