// Facts: what a run can be asked. Events (it happened, so many times) and states (it holds at a moment).
// Here is how they are written and read; whether one holds, the checker asks the trace.
// Quantifiers, stretches and grades around a fact: expectations.ts.
import { z } from 'zod';
import { DELIVERY_RULES, DROP_REASONS, EXPECTED_ERRNOS, SOCKET_STATES } from '../atoms/words.js';
import * as atoms from './atoms.js';
import { FACT_ARGUMENTS, FACT_KINDS, isFactKind } from './fact-kinds.js';
import { type MapFlaw, mapRule } from './shapes.js';
import { presentKeys } from './short-forms.js';

const values = z.array(atoms.comparable).min(2);
/** Keys of a fact. An expectation has the same keys, and a few more. */
export const factShape = {
  delivered: atoms.payload
    .optional()
    .describe('Event: this text (or `SYN`, or `any`) was handed to a socket'),
  packet: atoms.packet.optional().describe('Event: a packet like this was on the wire'),
  dropped: atoms.packet
    .optional()
    .describe('Event: a packet like this was lost, or refused without an answer'),
  error: z.enum(EXPECTED_ERRNOS).optional().describe('Event: a process was told this error'),
  state: z.enum(SOCKET_STATES).optional().describe('State: socket `of` is in this state (RFC 9293 words)'),
  row: atoms.row.optional().describe('State: the socket table of `in` has a row like this'),
  sockets: atoms.count.optional().describe('State: so many sockets of host `in` match `of` and `holding`'),
  port: atoms.portFact.optional().describe('State: the local port of socket `of`'),
  mapping: atoms.endpoint.optional().describe('State: router `in` translates this inside endpoint, to `to`'),
  same: values.optional().describe('State: these are equal'),
  different: values.optional().describe('State: no two of these are equal'),
  to: atoms.party
    .optional()
    .describe('Receiver: a process, a socket (`●@nginx`), or the outside endpoint of a mapping'),
  from: atoms.party.optional().describe('Sender: a process, host or endpoint'),
  by: z.enum(DELIVERY_RULES).optional().describe('The rule that found the socket'),
  times: atoms.count.optional().describe('How often: 3, 1-3, 2+ (default 1+)'),
  where: atoms.actor.optional().describe('As seen at this host or router; needed where NAT rewrites'),
  with: atoms.payload.optional().describe('… and carrying this text'),
  why: z.enum(DROP_REASONS).optional().describe('Why it was dropped'),
  of: atoms.socketOrEndpoint.optional().describe('Which socket, or sockets'),
  in: atoms.actor.optional().describe('In this host or router'),
  holding: z.enum(SOCKET_STATES).optional().describe('Only sockets in this state'),
};

export const factSchema = z
  .strictObject(factShape)
  .superRefine(...mapRule((fact) => judgeFact(fact)))
  .meta({ id: 'Fact' });
/** Exactly one key is a `FactKind`. The others go with it. `facts` are read by `readFact` (fact-values.ts). */
export type Fact = z.infer<typeof factSchema>;

/** One fact, with its own arguments. `others` are keys that the map around it has for itself. */
export function* judgeFact(
  map: Readonly<Record<string, unknown>>,
  others: readonly string[] = [],
): Generator<MapFlaw> {
  const keys = presentKeys(map);
  const [fact, second] = keys.filter(isFactKind);
  if (fact === undefined) {
    yield { code: 'no-fact', message: `say what is expected: one of ${FACT_KINDS.join(', ')}` };
    return;
  }
  if (second !== undefined) {
    const message = `one expectation states one fact; this has \`${fact}\` and \`${second}\``;
    yield { code: 'two-facts', key: second, message, hint: 'write the second as an expectation of its own' };
    return;
  }
  const allowed = FACT_ARGUMENTS[fact];
  for (const key of keys) {
    if (key === fact || allowed.includes(key) || others.includes(key) || !Object.hasOwn(factShape, key))
      continue;
    const message = `\`${key}\` does not go with \`${fact}\` (it takes ${allowed.join(', ') || 'nothing more'})`;
    yield { code: 'arg-misplaced', key, message };
  }
  if ((fact === 'state' || fact === 'port') && map['of'] === undefined)
    yield { code: 'missing-key', message: `\`${fact}\` needs \`of\`: of which socket?` };
}
