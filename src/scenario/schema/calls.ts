// What one line lets one actor do: a verb with its object, the arguments beside it, and the outcome the author expects.
// `Act` is one flat map and not a variant per verb: editors then offer each key once, and mistakes are marked at the key.
// The verbs: verbs.ts. Who may do which: lint.ts. What happens: the driver.
import { z } from 'zod';
import { SERVICE_NAMES } from '../../ports/services.js';
import { OUTCOMES } from '../atoms/words.js';
import { didYouMean } from '../text/parsed.js';
import * as atoms from './atoms.js';
import { FILTER_WORDS, judgeAnswer } from './filter-schema.js';
import { type MapFlaw, mapRule, onOff } from './shapes.js';
import { presentKeys } from './short-forms.js';
import { isVerb, VERB_NAMES, type Verb } from './verb-names.js';
import { VERBS } from './verbs.js';

const ARGUMENTS = {
  as: atoms.label.optional().describe('Names the new socket: a word or a marker ● ▲ ■'),
  using: atoms.socketRef.optional().describe('Which socket; may be left out if only one fits'),
  from: atoms.endpoint.optional().describe('Local endpoint: `51004`, `laptop:51004`'),
  to: atoms.endpoint.optional().describe('Destination'),
  into: atoms.name.optional().describe('… in this process'),
  backlog: atoms.whole(-0x80000000, 0x7fffffff, 'How many completed connections may wait').optional(),
  how: z.enum(['read', 'write', 'both']).optional().describe('Which direction ends'),
  max: atoms.whole(1, 0xffffffff, 'At most so many bytes').optional(),
  reuseaddr: onOff.optional().describe('SO_REUSEADDR, set before binding'),
  reuseport: onOff.optional().describe('SO_REUSEPORT, set before binding'),
  times: atoms.times
    .optional()
    .describe('So many packets (of a network: default 1; of a firewall: for ever)'),
  by: atoms.time.optional().describe('How much later'),
  ...FILTER_WORDS,
  reply: atoms.payload.optional().describe('What the server answers'),
  accepts: onOff.optional().describe('false: listens and never calls accept'),
  closes: z.enum(['first', 'after']).optional().describe('Who closes: the server first, or after the client'),
  zone: z
    .record(z.string(), atoms.whole(0, 65535, 'Bytes'))
    .optional()
    .describe('DNS: a name and the size of its answer in bytes'),
  limit: atoms.whole(0, 65535, 'DNS: the largest answer over UDP, in bytes').optional(),
  pool: atoms.pool.optional().describe('DHCP: the addresses to lease, 10.0.0.100-10.0.0.109'),
  passive: atoms.endpoint.optional().describe('FTP: the port of the passive data listener'),
  speaks: z
    .enum(SERVICE_NAMES)
    .optional()
    .describe('The service spoken at this door, if its port does not say'),
  relay: atoms.endpoint.optional().describe('SMTP: where mail is passed on to'),
  full: onOff.optional().describe('The whole session to its end, not only its gist'),
  keep: onOff.optional().describe('Leaves the conversation open'),
  mode: z.enum(['active', 'passive']).optional().describe('FTP: who opens the data connection'),
  at: atoms.endpoint.optional().describe('The DNS server to ask'),
  gives: z
    .union([z.enum(OUTCOMES), z.array(z.enum(OUTCOMES)).min(2)])
    .optional()
    .describe(
      'The outcome you expect: ok (default), pending, eof, an errno, any (not checked), or a list of allowed ones',
    ),
  reads: atoms.payload.optional().describe('The text, or the endpoint, you expect to get back'),
};

/** Each verb's object as an optional key; typed by hand since the table is walked. */
const OBJECTS = Object.fromEntries(
  VERB_NAMES.map((verb) => [verb, VERBS[verb].object.optional().describe(VERBS[verb].about)]),
) as unknown as { [Each in Verb]: z.ZodOptional<(typeof VERBS)[Each]['object']> };

export const actSchema = z
  .strictObject({ ...OBJECTS, ...ARGUMENTS })
  .superRefine(...mapRule(judgeAct))
  .meta({ id: 'Act' });
/** Exactly one key is a verb. The others are arguments that go with it, or `gives`. */
export type Act = z.infer<typeof actSchema>;

/** Keys that may stand beside a verb. */
export function argumentsOf(verb: Verb): readonly string[] {
  return [...VERBS[verb].takes, 'gives'];
}

function* judgeAct(act: Readonly<Record<string, unknown>>): Generator<MapFlaw> {
  const keys = presentKeys(act);
  const [verb, second] = keys.filter(isVerb);
  if (verb === undefined) {
    const hint = keys.map((key) => didYouMean(key, VERB_NAMES)).find((each) => each !== undefined);
    const message = 'say what it does: connect, listen, serve, send, recv, close, fetch …';
    yield { code: 'no-verb', message, ...(hint ? { hint } : {}) };
    return;
  }
  if (second !== undefined) {
    const message = `one step, one call: \`${verb}\` and \`${second}\``;
    yield { code: 'two-verbs', key: second, message, hint: 'start a new step for the second' };
    return;
  }
  if (verb === 'reject') yield* judgeAnswer(act['reject'], act['with']);
  const allowed = argumentsOf(verb);
  for (const key of keys) {
    if (key === verb || allowed.includes(key) || !Object.hasOwn(ARGUMENTS, key)) continue;
    const message = `\`${key}\` does not go with \`${verb}\` (it takes ${allowed.join(', ')})`;
    yield { code: 'arg-misplaced', key, message };
  }
}
