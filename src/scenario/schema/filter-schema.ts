// How a rule of a firewall is written: a packet alone, or a map with when it holds and what the sender is told. The words
// beside `packet` are those that stand beside the verbs `block` and `reject` (calls.ts). What a rule does: filters.ts.
import { z } from 'zod';
import { parsePacketPattern } from '../atoms/packets.js';
import * as atoms from './atoms.js';
import { type MapFlaw, mapRule } from './shapes.js';

/** What a rejected packet's sender is told. Netfilter `reject with`. */
const ANSWERS = ['port-unreachable', 'admin-prohibited', 'rst'] as const;

export const FILTER_WORDS = {
  state: z.enum(['new']).optional().describe('Only what begins a conversation; the rest of it passes'),
  direction: z
    .enum(['in', 'forward', 'out'])
    .optional()
    .describe('For the host itself, passed on by it, or its own (default: in and forward)'),
  with: z.enum(ANSWERS).optional().describe('What the sender is told (default port-unreachable)'),
};
const { state, direction } = FILTER_WORDS;
const times = atoms.times.optional().describe('For so many packets (default: for ever)');

const blockSchema = z
  .union([atoms.packet, z.strictObject({ packet: atoms.packet, state, direction, times })])
  .meta({ id: 'Block' });
const rejectSchema = z
  .union([
    atoms.packet,
    z
      .strictObject({ packet: atoms.packet, state, direction, times, with: FILTER_WORDS.with })
      .superRefine(...mapRule((map) => judgeAnswer(map['packet'], map['with']))),
  ])
  .meta({ id: 'Reject' });
export type WrittenFilter = z.infer<typeof rejectSchema>;
export interface FirewallSpec {
  readonly block?: WrittenFilter | readonly WrittenFilter[] | undefined;
  readonly reject?: WrittenFilter | readonly WrittenFilter[] | undefined;
}
/** A rule with its short form written out. */
export type FilterSpec = Exclude<WrittenFilter, string>;

export const firewall = {
  block: listOfRules(blockSchema).describe('Firewall: packets like these vanish without an answer'),
  reject: listOfRules(rejectSchema).describe('Firewall: packets like these are refused with an answer'),
};

/** Only a segment can be answered with RST: netfilter refuses such a rule. */
export function* judgeAnswer(packet: unknown, answer: unknown): Generator<MapFlaw> {
  const pattern = parsePacketPattern(packet);
  if (answer !== 'rst' || !pattern.ok || pattern.value.protocol === 'tcp') return;
  yield {
    code: 'arg-misplaced',
    key: 'with',
    message: `RST is an answer of TCP, and \`${String(packet)}\` is not`,
    hint: 'leave `with` out, or write admin-prohibited',
  };
}

function listOfRules<Rule extends z.ZodType>(rule: Rule) {
  return z.union([rule, z.array(rule).min(1)]).optional();
}
