// Verbs that stand for a whole dialogue: serve, stop, fetch, request, speak, resolve, lease, sync. Each is a program of the
// calls that its file names.
import { serviceByName } from '../../ports/services.js';
import type { SocketId } from '../../world/tables.js';
import { payloadText } from '../atoms/payloads.js';
import { parseService } from '../atoms/places.js';
import {
  type Actor,
  DEFAULT_BACKLOG,
  endpointOf,
  nameOpener,
  nameSocket,
  type Played,
  wishedSocket,
} from '../deeds/actor.js';
import { closeSocket } from '../deeds/deeds.js';
import type { Program } from '../deeds/program.js';
import type { Act } from '../schema/calls.js';
import { listOf } from '../schema/short-forms.js';
import type { Verb } from '../schema/verb-names.js';
import { accepted } from '../text/parsed.js';
import type { Desk } from './desk.js';
import { lease } from './dhcp.js';
import { resolve } from './dns.js';
import { fetching } from './fetch.js';
import { askByPost } from './post.js';
import { request } from './request.js';
import { type Doorway, doorwaysOf, serve } from './serve.js';
import { type Call, speak } from './speak.js';
import { SPOKEN } from './spoken.js';
import { optionsAt, talkAt } from './talk.js';

export function dialogueAct(actor: Actor, verb: Verb, act: Act): Played {
  const { world, simulation, scheduler, who } = actor;
  const desk: Desk = { world, simulation, scheduler, process: who.process };
  switch (verb) {
    case 'serve':
      return serve(desk, doorsOf(actor, act.serve), {
        backlog: act.backlog ?? DEFAULT_BACKLOG,
        optionsAt: (door) => optionsAt(actor, act, door),
        accepts: act.accepts ?? true,
        onSocket: (socket) => nameSocket(actor, act, socket),
        talkAt: (door) => talkAt(actor, act, door),
      });
    case 'stop': {
      const held = doorsOf(actor, act.stop).map((door) => holderOf(actor, door));
      const sockets = held.filter((socket) => socket !== undefined);
      return sockets.length < held.length
        ? `it does not serve \`${String(act.stop)}\` at this point`
        : stop(actor, sockets);
    }
    case 'fetch':
      return fetching(actor, desk, act);
    case 'request':
      return requesting(actor, act);
    case 'resolve': {
      const to = act.at === undefined ? undefined : endpointOf(actor, act.at);
      if (to === undefined) return '`resolve` needs `at`: which server is asked?';
      return resolve(desk, String(act.resolve), callTo(actor, act, to));
    }
    case 'sync': {
      const to = endpointOf(actor, act.sync);
      if (to === undefined) return `\`${String(act.sync)}\` means no socket at this point`;
      const call = callTo(actor, act, to);
      return askByPost(desk, call.from?.port === usualPort('ntp') ? 'mode 1' : 'mode 3', call);
    }
    case 'lease':
      return lease(desk, { host: who.host, onSocket: (socket) => nameSocket(actor, act, socket) });
    case 'speak':
      return speaking(actor, desk, act);
    default:
      return undefined;
  }
}

/** Whom it calls, from where, and what its conversation is called. */
function callTo(actor: Actor, act: Act, to: Call['to']): Call {
  const from = act.from === undefined ? undefined : endpointOf(actor, act.from);
  return { to, onSocket: (socket) => nameOpener(actor, act, socket), ...(from ? { from } : {}) };
}

function speaking(actor: Actor, desk: Desk, act: Act): Played {
  const name = act.speak ?? '';
  const spoken = SPOKEN[name];
  if (spoken === undefined)
    return `nobody speaks ${name} over one connection; say it with ${INSTEAD[name] ?? 'request'}`;
  const to = act.to === undefined ? undefined : endpointOf(actor, act.to);
  if (to === undefined) return `\`speak\` needs \`to\`: with whom? The port of ${name} is ${usualPort(name)}`;
  const isWhole = act.full === true;
  const turns = isWhole ? (spoken.whole ?? spoken.gist) : spoken.gist;
  const isEnded = isWhole && act.keep !== true && spoken.ends !== undefined;
  return speak(desk, {
    ...callTo(actor, act, to),
    hasGreeting: spoken.greets !== undefined,
    turns: isEnded && spoken.ends ? [...turns, spoken.ends] : turns,
    end: isEnded ? 'waits' : 'stays',
  });
}

const INSTEAD: Readonly<Record<string, string>> = {
  ftp: '`fetch: ftp://…`',
  dns: '`resolve`',
  dhcp: '`lease`',
  ntp: '`sync`',
};

function usualPort(name: string): number {
  return serviceByName(name)?.ports[0]?.port ?? 0;
}

function requesting(actor: Actor, act: Act): Played {
  const to = act.to === undefined ? undefined : endpointOf(actor, act.to);
  const { using } = wishedSocket(actor, act);
  if (to === undefined && using === undefined) return '`request` needs `to`: whom does it ask?';
  const from = act.from === undefined ? undefined : endpointOf(actor, act.from);
  return request(actor.world, actor.who.process, payloadText(String(act.request)), {
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
