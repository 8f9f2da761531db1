// Verbs that only look: getsockname, getpeername, getsockopt, poll. What they read is a text or an endpoint; an endpoint
// comes back as the author wrote it in `reads`, if it is the same one, and else as address and port.

import { formatEndpoint } from '../../wire/address.js';
import { encodeText } from '../../wire/bytes.js';
import { parseEndpoint } from '../atoms/endpoints.js';
import { type Actor, endpointOf, missing, one, onSocket, type Played, usingOr } from '../deeds/actor.js';
import { askEnd, askError, askReadiness } from '../deeds/deeds-ask.js';
import type { Act } from '../schema/calls.js';
import type { Verb } from '../schema/verb-names.js';

export function askAct(actor: Actor, verb: Verb, act: Act): Played {
  const { process } = actor.who;
  switch (verb) {
    case 'getsockname':
    case 'getpeername':
      return onSocket(actor, act[verb], (socket) =>
        askEnd(process, verb, socket, (address, port) => encodeText(asWritten(actor, act, address, port))),
      );
    case 'poll':
      return onSocket(actor, act.poll, (socket) => askReadiness(process, socket));
    case 'getsockopt': {
      const socket = usingOr(actor, act);
      return socket === undefined ? missing(act.using) : one(askError(process, socket));
    }
    default:
      return undefined;
  }
}

function asWritten(actor: Actor, act: Act, address: string, port: number): string {
  if (act.reads !== undefined && parseEndpoint(act.reads).ok) {
    const wanted = endpointOf(actor, act.reads);
    if (wanted !== undefined && wanted.port === port && wanted.address === address) return String(act.reads);
  }
  return formatEndpoint(address, port);
}
