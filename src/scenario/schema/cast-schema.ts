// The cast: networks, hosts with their processes, routers, parameters. How they are written, and their normal form.
// The world that is made of them: the driver's cast. Names across the file are judged by lint.ts.
import { z } from 'zod';
import { OPERATING_SYSTEMS } from '../atoms/words.js';
import * as atoms from './atoms.js';
import { firewall } from './filter-schema.js';
import { type MapFlaw, mapRule, oneOrMany, onOff } from './shapes.js';

export const osSchema = z.enum(OPERATING_SYSTEMS);

const ports = z.array(atoms.port).min(1);
export const ephemeralSchema = z
  .union([
    atoms.portRange,
    ports,
    z.strictObject({
      range: atoms.portRange.optional().describe('Ports the system may pick'),
      pick: z.enum(['sequential', 'random', 'hash']).optional().describe('How it picks'),
      pinned: ports.optional().describe('Handed out first, in this order'),
    }),
  ])
  .meta({
    description: 'Ports the system picks: a range, a list handed out in order, or { range, pick, pinned }',
  });
export type Ephemeral = z.infer<typeof ephemeralSchema>;

export const knobsSchema = z
  .strictObject({
    msl: atoms.time.optional().describe('Maximum segment lifetime; TIME-WAIT lasts twice this'),
    rto: atoms.time.optional().describe('First retransmission timeout'),
    synRetries: atoms.whole(0, 20, 'How often a SYN is sent again').optional(),
    backlogMax: atoms.whole(0, 65535, 'Upper bound of every backlog').optional(),
    privilegedBelow: atoms.port.optional().describe('Ports below this are for root'),
    synCookies: onOff.optional(),
  })
  .meta({ id: 'Knobs' });
export type Knobs = z.infer<typeof knobsSchema>;

const processSchema = z.union([
  atoms.name,
  z.null(),
  z.strictObject({
    user: atoms.name.optional().describe('root (default) may take ports below 1024'),
    pid: atoms.whole(1, 4194304, 'Process id').optional(),
  }),
]);
const runsSchema = z
  .union([z.array(atoms.name).min(1), z.record(atoms.nameKey, processSchema), atoms.name])
  .meta({ description: 'Its processes: nginx, [nginx, sshd], or { node: ana } with users' });

const hostSchema = z
  .strictObject({
    ip: z
      .union([z.literal('none'), atoms.address, z.array(atoms.address).min(1)])
      .describe('Its address, or addresses'),
    runs: runsSchema.optional(),
    net: oneOrMany(atoms.name).optional().describe('The network it is on (default: the only one)'),
    os: osSchema.optional(),
    ephemeral: ephemeralSchema.optional(),
    knobs: knobsSchema.optional(),
    ...firewall,
    badge: z.string().max(2).optional().describe('Its letter on screen'),
  })
  .meta({ id: 'Host' });
/** An address alone, or a host in full: `hostOf` gives the normal form. */
export const hostSpecSchema = z.union([atoms.address, hostSchema]);
export type HostSpec = z.infer<typeof hostSpecSchema>;

export const networkSchema = z
  .strictObject({
    delay: atoms.time.optional().describe('One way'),
    jitter: atoms.time.optional(),
    bandwidth: atoms.bandwidth.optional().describe('What each host can send in a second: 10Mbit'),
    queue: atoms.whole(1, 100_000, 'How many packets may wait at each host; more are dropped').optional(),
    loss: atoms.percent.optional(),
    duplicate: atoms.percent.optional(),
    reorder: atoms.percent.optional(),
    mtu: atoms.whole(68, 65535, 'Largest packet in bytes').optional(),
  })
  .superRefine(...mapRule(judgeNetwork))
  .meta({ id: 'Network' });
export type NetworkSpec = z.infer<typeof networkSchema>;

/** Where everything is sent at once, nothing waits. */
function* judgeNetwork({ queue, bandwidth }: Readonly<Record<string, unknown>>): Generator<MapFlaw> {
  if (queue === undefined || bandwidth !== undefined) return;
  const message = '`queue` needs `bandwidth`: without it nothing ever waits';
  yield { code: 'missing-key', key: 'queue', message, hint: 'add bandwidth: 1Mbit' };
}

const DEPENDENCE = ['endpoint-independent', 'address-dependent', 'address-and-port-dependent'] as const;
const natSchema = z
  .union([
    z.enum(['home', 'rfc', 'linux', 'full-cone', 'restricted-cone', 'port-restricted', 'symmetric', 'off']),
    z.strictObject({
      mapping: z.enum(DEPENDENCE).optional().describe('RFC 4787 §4.1'),
      filtering: z.enum(DEPENDENCE).optional().describe('RFC 4787 §5'),
      ports: z.union([z.enum(['preserve', 'sequential', 'random']), atoms.portRange, ports]).optional(),
      hairpin: onOff.optional().describe('RFC 4787 §6'),
      idle: z.strictObject({ udp: atoms.time.optional(), tcp: atoms.time.optional() }).optional(),
      unsolicited: z.enum(['silent', 'icmp', 'rst']).optional().describe('What an uninvited segment gets'),
    }),
  ])
  .meta({ description: 'A kind of router, or its behaviour in the words of RFC 4787' });
const sideSchema = z.strictObject({ net: atoms.name, ip: atoms.address });
export const routerSchema = z
  .strictObject({
    inside: sideSchema,
    outside: sideSchema,
    nat: natSchema.optional(),
    forward: z
      .record(atoms.forwardKey, atoms.endpoint)
      .optional()
      .describe('Port forwarding: `tcp 8080: nas:80`'),
    ...firewall,
  })
  .meta({ id: 'Router' });
export type RouterSpec = z.infer<typeof routerSchema>;

export const paramSchema = z
  .union([
    z.strictObject({ from: z.array(z.union([z.string(), z.number()])).min(1) }),
    z.strictObject({ between: atoms.portRange }),
  ])
  .meta({ description: 'A value drawn per student: { from: [8080, 9000] } or { between: 50000-59999 }' });
export type ParamSpec = z.infer<typeof paramSchema>;
