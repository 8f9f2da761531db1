// Verbs that stand for a whole dialogue: serve, stop, request. Each is a program of the calls that its file names.
import type { SocketId } from '../../world/tables.js';
import { DEFAULT_BACKLOG } from '../acts/act-open.js';
import { parseService } from '../atoms/places.js';
import {
  type Actor,
  endpointOf,
  nameOpener,
  nameSocket,
  optionsBeside,
  type Played,
  wishedSocket,
} from '../deeds/actor.js';
import { closeSocket } from '../deeds/deeds.js';
import type { Program } from '../deeds/program.js';
import type { Act } from '../schema/calls.js';
import { listOf } from '../schema/shapes.js';
import type { Verb } from '../schema/verbs.js';
import { accepted } from '../text/parsed.js';
import { request } from './request.js';
import { type Doorway, doorwaysOf, serve } from './serve.js';

export function dialogueAct(actor: Actor, verb: Verb, act: Act): Played {
  switch (verb) {
    case 'serve':
      return serve(actor.world, actor.scheduler, actor.who.process, doorsOf(actor, act.serve), {
        reply: act.reply ?? 'OK',
        backlog: act.backlog ?? DEFAULT_BACKLOG,
        options: optionsBeside(act),
        accepts: act.accepts ?? true,
        onSocket: (socket) => nameSocket(actor, act, socket),
      });
    case 'stop': {
      const held = doorsOf(actor, act.stop).map((door) => holderOf(actor, door));
      const sockets = held.filter((socket) => socket !== undefined);
      return sockets.length < held.length
        ? `it does not serve \`${String(act.stop)}\` at this point`
        : stop(actor, sockets);
    }
    case 'request':
      return requesting(actor, act);
    default:
      return undefined;
  }
}

function requesting(actor: Actor, act: Act): Played {
  const to = act.to === undefined ? undefined : endpointOf(actor, act.to);
  const { using } = wishedSocket(actor, act);
  if (to === undefined && using === undefined) return '`request` needs `to`: whom does it ask?';
  const from = act.from === undefined ? undefined : endpointOf(actor, act.from);
  return request(actor.world, actor.who.process, String(act.request), {
    keep: act.keep ?? false,
    onSocket: (socket) => nameOpener(actor, act, socket),
    ...(to ? { to } : {}),
    ...(from ? { from } : {}),
    ...(using ? { using } : {}),
  });
}

/** The listener, or UDP socket, behind a door; connections that were made there go on. */
function holderOf({ world, directory, who }: Actor, { protocol, port }: Doorway): SocketId | undefined {
  const { sockets } = world;
  return directory.socketsOf(who.process).find((socket) => {
    const state = sockets.state.get(socket);
    const isDoor = protocol === 'tcp' ? state === 'LISTEN' : state === 'UNCONNECTED';
    return isDoor && sockets.protocol.get(socket) === protocol && sockets.localPort.get(socket) === port;
  });
}

function* stop(actor: Actor, sockets: readonly SocketId[]): Program {
  for (const socket of sockets) yield closeSocket(actor.who.process, socket);
  return { outcome: 'ok' };
}

function doorsOf(actor: Actor, services: Act['serve']): readonly Doorway[] {
  return listOf(services).flatMap((service) => {
    const parsed = accepted(parseService(service));
    if (parsed.kind === 'named') return doorwaysOf(parsed.name);
    const at = endpointOf(actor, service);
    return at === undefined ? [] : [{ ...at, protocol: at.protocol ?? 'tcp' }];
  });
}
