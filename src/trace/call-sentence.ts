// Which message tells of a call: who asks the system for what, and what comes of it. Sending and reading:
// transfer-sentence.ts; closing: close-sentence.ts; looking and processes: look-sentence.ts. Wording: words/english/calls.ts.
import { kindOf } from '../wire/address.js';
import { ERRNOS } from '../world/errno.js';
import type { CallFact } from './call-reason.js';
import { changeSentence } from './change-sentence.js';
import { closingSentence } from './close-sentence.js';
import { errnoWords } from './errno-words.js';
import { askingSentence, processSentence, socketName } from './look-sentence.js';
import { optionEffects } from './option-words.js';
import type { SocketView } from './scene.js';
import type { Told } from './told.js';
import { payloadLine, reading, sending } from './transfer-sentence.js';
import { viewIfThere } from './views.js';
import { chip, code } from './words/telling.js';
import type { Said } from './words/words.js';

export function callSentence(told: Told): Said {
  const { cast } = told;
  const fact = told.step.facts.find((each): each is CallFact => each.kind === 'called');
  if (fact === undefined) return changeSentence(told) ?? cast.say('call.unknown');
  const who = told.world.processes.name.get(fact.process);
  const errno = ERRNOS.find((each) => each === fact.outcome);
  if (errno !== undefined && errno !== 'EINPROGRESS') return refusedCall(told, fact, who, errno);
  const socket = viewIfThere(told.world, cast, fact.socket);
  switch (fact.call) {
    case 'socket':
      return cast.say('call.socket', { who, protocol: protocolOf(fact) });
    case 'setsockopt':
      return cast.say('call.setsockopt', {
        who,
        option: code(fact.text ?? cast.phrase('call.option')),
        socket: socketName(cast, socket),
        effects: optionEffects(cast, fact.text),
      });
    case 'bind':
      return binding(told, fact, who, socket);
    case 'listen':
      return listening(told, fact, who, socket);
    case 'connect':
      return connecting(told, fact, who, socket);
    case 'accept':
      return accepting(told, fact, who, socket);
    case 'send':
    case 'sendto':
      return sending(told, fact, who, socket);
    case 'recv':
    case 'recvfrom':
      return reading(told, fact, who, socket);
    case 'shutdown': {
      const how = fact.text === 'read' || fact.text === 'write' ? fact.text : 'both';
      return cast.say('call.shutdown', { who, how, mark: socket?.mark });
    }
    case 'close':
      return closingSentence(told, fact, who, socket);
    case 'disconnect':
      return cast.say('call.disconnect', { who, socket: socketName(cast, socket) });
    case 'drain': {
      const payload = fact.text ? payloadLine(cast, fact.text) : undefined;
      return cast.say('call.drain', { who, count: fact.count ?? 0, payload });
    }
    case 'acceptall':
      return cast.say('call.acceptall', { who, count: fact.count ?? 0 });
    case 'getsockname':
    case 'getpeername':
    case 'getsockopt':
    case 'poll':
      return askingSentence(told, fact, who, socket);
    case 'dup':
    case 'fork':
    case 'exit':
    case 'kill':
    case 'setuid':
      return processSentence(told, fact, who, socket);
  }
}

function refusedCall(told: Told, fact: CallFact, who: string, refusal: (typeof ERRNOS)[number]): Said {
  const { cast } = told;
  const { call, port } = fact;
  const errno = code(refusal);
  const end = chip(endpointOf(told, fact));
  const holder = told.reason?.kind === 'call' ? told.reason.holders[0] : undefined;
  if (refusal === 'EADDRINUSE' && holder !== undefined)
    return cast.say('call.taken', {
      who,
      end,
      errno,
      holder: holder.process?.name ?? cast.phrase('holder.state', { state: holder.state }),
      protocol: protocolOf(fact),
      port: holder.local.port,
    });
  const why = errnoWords(cast, refusal, fact);
  if (port !== undefined && (call === 'bind' || call === 'listen'))
    return cast.say('call.refused', { who, end, errno, why });
  if (port === undefined || (call !== 'connect' && call !== 'sendto'))
    return cast.say('call.failed', { who, call, errno, why });
  const where = port === 0 ? cast.phrase('call.port0', { address: fact.address ?? '' }) : end;
  return cast.say('call.unreached', { who, isCall: call === 'connect', where, errno, why });
}

function binding(told: Told, fact: CallFact, who: string, socket: SocketView | undefined): Said {
  const { cast } = told;
  const { address = '' } = fact;
  if (socket?.local.port === 0) return cast.say('call.bind.address', { who, address });
  const args = { who, protocol: protocolOf(fact), port: fact.port ?? 0, options: sharing(fact) };
  if (fact.port === 0 && socket !== undefined)
    return cast.say('call.bind.picked', { ...args, port: socket.local.port });
  return kindOf(address) === 'any'
    ? cast.say('call.bind.everywhere', { ...args, hears: heardBy(told, fact) })
    : cast.say('call.bind', { ...args, address });
}

function listening(told: Told, fact: CallFact, who: string, socket: SocketView | undefined): Said {
  const { cast } = told;
  const { address = '' } = fact;
  const port = socket?.local.port ?? fact.port ?? 0;
  const args = { who, protocol: protocolOf(fact), port, options: sharing(fact) };
  return kindOf(address) === 'any'
    ? cast.say('call.listen.everywhere', { ...args, hears: heardBy(told, fact) })
    : cast.say('call.listen', { ...args, address });
}

function connecting(told: Told, fact: CallFact, who: string, socket: SocketView | undefined): Said {
  const { cast } = told;
  const peer = chip(endpointOf(told, fact));
  if (socket === undefined) return cast.say('call.connect.gone', { who, peer });
  const own = chip(socket.local);
  if (fact.protocol === 'udp') return cast.say('call.connect.udp', { who, peer, own });
  const late =
    fact.outcome === 'EINPROGRESS'
      ? cast.say('call.connect.late', { errno: code('EINPROGRESS') }).parts
      : undefined;
  const isChosen = fact.isPortChosen === true;
  return cast.say('call.connect', { who, peer, own, port: socket.local.port, isChosen, late });
}

function accepting(told: Told, fact: CallFact, who: string, listener: SocketView | undefined): Said {
  const child = viewIfThere(told.world, told.cast, fact.accepted);
  if (child === undefined) return told.cast.say('call.accept.wait', { who });
  const { mark, local } = child;
  return told.cast.say('call.accept', {
    who,
    mark,
    port: local.port,
    listener: listener?.local.port ?? local.port,
  });
}

function endpointOf({ world, cast }: Told, fact: CallFact) {
  const at = world.processes.host.get(fact.process) || undefined;
  return cast.endpoint(fact.address ?? '', fact.port ?? 0, at);
}

function protocolOf(fact: CallFact): string {
  return (fact.protocol ?? 'tcp').toUpperCase();
}

/** What a socket on every address hears. */
function heardBy({ world: { sockets } }: Told, { socket }: CallFact): 'IPv4' | 'IPv6' | 'both' {
  if (socket === undefined || !sockets.rows.has(socket) || !sockets.isV6.get(socket)) return 'IPv4';
  return sockets.v6Only.get(socket) ? 'IPv6' : 'both';
}

/** Options that decide who may be beside it. */
function sharing({ options }: CallFact): readonly string[] {
  return [...(options?.mayRebind ? ['SO_REUSEADDR'] : []), ...(options?.sharesPort ? ['SO_REUSEPORT'] : [])];
}
