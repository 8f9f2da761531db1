// Sentences about calls that only look, and about what processes do to themselves and to each other's descriptors.
// Calls that open, send and read: call-sentence.ts.
import { has, RST } from '../wire/packet.js';
import type { CallFact } from './call-reason.js';
import { chip, code, counted, sign, strong, text } from './parts.js';
import type { Part, SocketView } from './scene.js';
import type { Told } from './told.js';

export function askingSentence(
  told: Told,
  fact: CallFact,
  who: string,
  socket: SocketView | undefined,
): readonly Part[] {
  const at = told.world.processes.host.get(fact.process) || undefined;
  const end = chip(told.cast.endpoint(fact.address ?? '', fact.port ?? 0, at));
  switch (fact.call) {
    case 'getsockname':
      return fact.port === 0
        ? text`${who} asks for the name of ${socketName(socket)}: ${strong('it has no port yet')}.`
        : text`${who} asks for the name of ${socketName(socket)}: it is ${end}.`;
    case 'getpeername':
      return text`${who} asks who is at the other end of ${socketName(socket)}: it is ${end}.`;
    case 'getsockopt':
      return fact.text
        ? text`${who} asks ${socketName(socket)} for its pending error: ${code(fact.text)}, and now it is forgotten.`
        : text`${who} asks ${socketName(socket)} for its pending error: there is none.`;
    default:
      return fact.text
        ? text`${who} asks what ${socketName(socket)} is ready for: ${code(fact.text)}.`
        : text`${who} asks what ${socketName(socket)} is ready for: nothing, a call would wait.`;
  }
}

export function processSentence(
  told: Told,
  fact: CallFact,
  who: string,
  socket: SocketView | undefined,
): readonly Part[] {
  const child = fact.child === undefined ? undefined : told.world.processes.name.get(fact.child);
  switch (fact.call) {
    case 'fork': {
      const { descriptors } = told.world;
      const shared = [...descriptors.rows].filter(
        (row) => descriptors.process.get(row) === fact.child,
      ).length;
      return text`${who} forks: ${child ?? 'a child'} runs beside it and ${strong(`shares ${shared === 0 ? 'nothing, there is no socket yet' : counted(shared, 'socket')}`)}.`;
    }
    case 'dup':
      return child === undefined
        ? text`${who} has a second descriptor of ${socketName(socket)}. The socket is the same.`
        : text`${who} hands ${socketName(socket)} to ${child}: ${strong('two processes, one socket')}.`;
    case 'setuid':
      return text`${who} is user ${code(fact.text ?? '')} from here on.`;
    case 'kill':
      return text`${who} is ended from outside; the system closes all its descriptors${farewell(told)}.`;
    default:
      return text`${who} ends; the system closes all its descriptors${farewell(told)}.`;
  }
}

/** What the last descriptor of a connection brings about. */
function farewell({ step }: Told): string {
  const flags = step.facts.flatMap((fact) =>
    fact.kind === 'sent' && fact.sent.packet.protocol === 'tcp'
      ? [has(fact.sent.packet, RST) ? 'RST' : 'FIN']
      : [],
  );
  const [first] = flags;
  if (first === undefined) return '';
  return flags.length === 1 ? `, and a ${first} leaves` : `, and ${counted(flags.length, 'segment')} say so`;
}

/** The same in another's hand: its mark, or `the listener on TCP port 80`. */
export function socketThing(socket: SocketView): Part {
  return socket.mark === undefined ? `the ${kindOfSocket(socket)}` : sign(socket.mark);
}

function kindOfSocket({ state, protocol, local }: SocketView): string {
  return `${state === 'LISTEN' ? 'listener' : 'socket'} on ${protocol.toUpperCase()} port ${local.port}`;
}

/** A socket in a sentence: its mark, or its port, or that it has none. */
export function socketName(socket: SocketView | undefined): Part {
  if (socket === undefined) return 'its socket';
  if (socket.mark !== undefined) return sign(socket.mark);
  if (socket.local.port === 0) return 'its new socket';
  return `its ${kindOfSocket(socket)}`;
}
