// Which message tells of calls that only look, and of what processes do to themselves and to each other's descriptors.
// Calls that open, send and read: call-sentence.ts, transfer-sentence.ts. Wording: words/english/talk.ts.
import { has, RST } from '../wire/packet.js';
import type { CallFact } from './call-reason.js';
import type { Cast } from './cast.js';
import type { SocketView } from './scene.js';
import type { Told } from './told.js';
import { chip, code, type Hole } from './words/telling.js';
import type { Said } from './words/words.js';

export function askingSentence(
  { world, cast }: Told,
  fact: CallFact,
  who: string,
  socket: SocketView | undefined,
): Said {
  const at = world.processes.host.get(fact.process) || undefined;
  const end = chip(cast.endpoint(fact.address ?? '', fact.port ?? 0, at));
  const of = socketName(cast, socket);
  const found = fact.text ? code(fact.text) : undefined;
  switch (fact.call) {
    case 'getsockname':
      return fact.port === 0
        ? cast.say('call.getsockname.none', { who, socket: of })
        : cast.say('call.getsockname', { who, socket: of, end });
    case 'getpeername':
      return cast.say('call.getpeername', { who, socket: of, end });
    case 'getsockopt':
      return cast.say('call.getsockopt', { who, socket: of, error: found });
    default:
      return cast.say('call.poll', { who, socket: of, events: found });
  }
}

export function processSentence(
  told: Told,
  fact: CallFact,
  who: string,
  socket: SocketView | undefined,
): Said {
  const { world, cast } = told;
  const child = fact.child === undefined ? undefined : world.processes.name.get(fact.child);
  switch (fact.call) {
    case 'fork': {
      const { descriptors } = world;
      const count = [...descriptors.rows].filter((row) => descriptors.process.get(row) === fact.child).length;
      return cast.say('call.fork', { who, child: child ?? cast.phrase('call.fork.child'), count });
    }
    case 'dup':
      return child === undefined
        ? cast.say('call.dup', { who, socket: socketName(cast, socket) })
        : cast.say('call.hand', { who, socket: socketName(cast, socket), child });
    case 'setuid':
      return cast.say('call.setuid', { who, user: code(fact.text ?? '') });
    case 'kill':
      return cast.say('call.kill', { who, farewell: farewell(told) });
    default:
      return cast.say('call.exit', { who, farewell: farewell(told) });
  }
}

/** What the last descriptor of a connection brings about. */
function farewell({ step, cast }: Told): Hole {
  const flags = step.facts.flatMap((fact) =>
    fact.kind === 'sent' && fact.sent.packet.protocol === 'tcp'
      ? [has(fact.sent.packet, RST) ? 'RST' : 'FIN']
      : [],
  );
  const [flag] = flags;
  if (flag === undefined) return undefined;
  return flags.length === 1
    ? cast.say('farewell.one', { flag }).parts
    : cast.say('farewell.many', { count: flags.length }).parts;
}

/** The same in another's hand: its mark, or `the listener on TCP port 80`. */
export function socketThing(cast: Cast, socket: SocketView): Hole {
  if (socket.mark !== undefined) return { mark: socket.mark };
  return cast.phrase('socket.the', { kind: kindOfSocket(cast, socket) });
}

function kindOfSocket(cast: Cast, { state, protocol, local: { port } }: SocketView): string {
  const args = { protocol: protocol.toUpperCase(), port };
  return state === 'LISTEN' ? cast.phrase('socket.listener', args) : cast.phrase('socket.socket', args);
}

/** A socket in a sentence: its mark, or its port, or that it has none. */
export function socketName(cast: Cast, socket: SocketView | undefined): Hole {
  if (socket === undefined) return cast.phrase('socket.its');
  if (socket.mark !== undefined) return { mark: socket.mark };
  if (socket.local.port === 0) return cast.phrase('socket.new');
  return cast.phrase('socket.own', { kind: kindOfSocket(cast, socket) });
}
