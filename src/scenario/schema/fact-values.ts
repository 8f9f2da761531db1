// Facts with their atoms read: one variant a kind, defaults filled in, what the trace is asked about.
// It reads facts that were validated; how they are written is facts.ts. Names are still names: the cast resolves them.
import { InvariantViolation, unreachable } from '../../base/invariant.js';
import {
  type Endpoint,
  type Party,
  parseComparable,
  parseEndpoint,
  parseParty,
  parseSocketOrEndpoint,
} from '../atoms/endpoints.js';
import { type ActorRef, parseActor } from '../atoms/names.js';
import { type PacketPattern, parsePacketPattern } from '../atoms/packets.js';
import { type Count, type PortRange, parseCount, parsePort, parsePortRange } from '../atoms/quantities.js';
import { parseRow, type RowPattern } from '../atoms/rows.js';
import type { DELIVERY_RULES, DROP_REASONS, ExpectedErrno, SocketStateWord } from '../atoms/words.js';
import { accepted } from '../text/parsed.js';
import type { Expectation } from './expectations.js';
import { factKindOf } from './fact-kinds.js';
import type { Fact } from './facts.js';

/** A socket, or an endpoint such as `peer(●)`. */
export type SocketOrEndpoint = Exclude<Party, { kind: 'name' }>;

/** Events count over the stretch; `times` is 1+ unless said. States hold or not at one moment. */
export type FactValue =
  | {
      readonly kind: 'delivered';
      /** A text, `SYN`, or `any`. */
      readonly text: string;
      readonly to: Party | undefined;
      readonly from: Party | undefined;
      readonly by: (typeof DELIVERY_RULES)[number] | undefined;
      readonly times: Count;
    }
  | {
      readonly kind: 'packet';
      readonly packet: PacketPattern;
      readonly where: ActorRef | undefined;
      readonly text: string | undefined;
      readonly times: Count;
    }
  | {
      readonly kind: 'dropped';
      readonly packet: PacketPattern;
      readonly where: ActorRef | undefined;
      readonly why: (typeof DROP_REASONS)[number] | undefined;
      readonly times: Count;
    }
  | {
      readonly kind: 'error';
      readonly errno: ExpectedErrno;
      readonly to: Party | undefined;
      readonly times: Count;
    }
  | { readonly kind: 'state'; readonly state: SocketStateWord; readonly of: SocketOrEndpoint }
  | {
      readonly kind: 'row';
      readonly row: RowPattern;
      readonly host: ActorRef | undefined;
      readonly times: Count;
    }
  | {
      readonly kind: 'sockets';
      readonly count: Count;
      readonly host: ActorRef | undefined;
      readonly of: SocketOrEndpoint | undefined;
      readonly holding: SocketStateWord | undefined;
    }
  | { readonly kind: 'port'; readonly port: PortRange | 'ephemeral'; readonly of: SocketOrEndpoint }
  | {
      readonly kind: 'mapping';
      readonly inside: Endpoint;
      readonly router: ActorRef | undefined;
      readonly outside: Endpoint | undefined;
    }
  | { readonly kind: 'same' | 'different'; readonly values: readonly SocketOrEndpoint[] };

const ONCE_OR_MORE: Count = { least: 1, most: undefined };

/** Exactly one kind of fact is there, since it was validated. Parameters must have been filled in (params.ts). */
export function readFact(fact: Fact | Expectation): FactValue {
  const kind = factKindOf(fact);
  const times = fact.times === undefined ? ONCE_OR_MORE : accepted(parseCount(fact.times));
  const where = actorOf(fact.where);
  switch (kind) {
    case 'delivered':
      return {
        kind,
        text: given(fact.delivered),
        to: partyOf(fact.to),
        from: partyOf(fact.from),
        by: fact.by,
        times,
      };
    case 'packet':
      return { kind, packet: accepted(parsePacketPattern(fact.packet)), where, text: fact.with, times };
    case 'dropped':
      return { kind, packet: accepted(parsePacketPattern(fact.dropped)), where, why: fact.why, times };
    case 'error':
      return { kind, errno: given(fact.error), to: partyOf(fact.to), times };
    case 'state':
      return { kind, state: given(fact.state), of: socketOf(fact.of) };
    case 'row':
      return { kind, row: accepted(parseRow(fact.row)), host: actorOf(fact.in), times };
    case 'sockets': {
      const of = fact.of === undefined ? undefined : socketOf(fact.of);
      return {
        kind,
        count: accepted(parseCount(fact.sockets)),
        host: actorOf(fact.in),
        of,
        holding: fact.holding,
      };
    }
    case 'port':
      return { kind, port: portsOf(fact.port), of: socketOf(fact.of) };
    case 'mapping': {
      const outside = fact.to === undefined ? undefined : accepted(parseEndpoint(fact.to));
      return { kind, inside: accepted(parseEndpoint(fact.mapping)), router: actorOf(fact.in), outside };
    }
    case 'same':
    case 'different':
      return { kind, values: given(fact[kind]).map((value) => accepted(parseComparable(value))) };
    case undefined:
      throw new InvariantViolation('a fact that was never validated: it states nothing');
    default:
      return unreachable(kind);
  }
}

function given<Value>(value: Value | undefined): Value {
  if (value === undefined)
    throw new InvariantViolation('a fact that was never validated: a value is missing');
  return value;
}

function partyOf(value: unknown): Party | undefined {
  return value === undefined ? undefined : accepted(parseParty(value));
}

function actorOf(value: unknown): ActorRef | undefined {
  return value === undefined ? undefined : accepted(parseActor(value));
}

function socketOf(value: unknown): SocketOrEndpoint {
  return accepted(parseSocketOrEndpoint(value));
}

function portsOf(value: unknown): PortRange | 'ephemeral' {
  if (value === 'ephemeral') return value;
  if (typeof value === 'string' && value.includes('-')) return accepted(parsePortRange(value));
  const port = accepted(parsePort(value));
  return { first: port, last: port };
}
