// A whole scenario as one zod schema: the source of the types, of validation and of the JSON Schema for editors.
// It knows shapes and atoms, not names: who exists and who may do what is lint.ts; who listens and what clashes, the run.
// Its parts: cast-schema.ts (who is there), steps.ts (what happens), expectations.ts (what must come of it).
import { z } from 'zod';
import { LANGUAGE_VERSION } from '../atoms/words.js';
import * as atoms from './atoms.js';
import {
  ephemeralSchema,
  hostSpecSchema,
  knobsSchema,
  networkSchema,
  osSchema,
  paramSchema,
  routerSchema,
} from './cast-schema.js';
import { expectationSchema } from './expectations.js';
import { oneOrMany } from './shapes.js';
import { stepSchema } from './steps.js';

export const scenarioSchema = z
  .strictObject({
    fourtuple: z.literal(LANGUAGE_VERSION).describe('The version of the language'),
    title: atoms.text,
    teaches: oneOrMany(atoms.text).optional().describe('What one knows afterwards'),
    breaks: oneOrMany(z.string()).optional().describe('Misconceptions it breaks, by code: M1, M2 …'),
    takeaway: atoms.text.optional().describe('The sentence to remember'),
    teacher: atoms.text
      .optional()
      .describe('For the teacher: how to use it in class; not part of the lesson'),
    author: z.string().optional(),
    tags: z.array(z.string()).optional(),
    seed: atoms.whole(0, 0xffffffff, 'Seed of the run (default 1)').optional(),
    order: z
      .array(atoms.whole(0, 999, 'An answer, counted from 0'))
      .optional()
      .describe('What happens first, where nothing decides: as `check --orders` tells it'),
    pinned: atoms.text
      .optional()
      .describe('Why its expectations hold in this order only: `check --orders` then tries no other'),
    params: z
      .record(atoms.paramKey, paramSchema)
      .optional()
      .describe('Values drawn per student, used as $door'),
    include: oneOrMany(z.string()).optional().describe('Files with networks, hosts, routers or fragments'),
    os: osSchema.optional().describe('Whose rules hold where several differ (default linux); also per host'),
    ephemeral: ephemeralSchema.optional().describe('For every host that has none of its own'),
    knobs: knobsSchema.optional().describe('For every host that has none of its own'),
    networks: z
      .record(atoms.nameKey, networkSchema)
      .optional()
      .describe('Left out: one LAN called `network`'),
    hosts: z.record(atoms.nameKey, hostSpecSchema),
    routers: z.record(atoms.nameKey, routerSchema).optional(),
    fragments: z
      .record(atoms.nameKey, z.array(stepSchema).min(1))
      .optional()
      .describe('Lines to insert with `use`'),
    script: z.array(stepSchema).min(1).describe('What happens, in order'),
    expect: z.array(expectationSchema).optional().describe('Checked over the whole run'),
  })
  .meta({ id: 'Scenario', title: 'Fourtuple scenario' });
/** A scenario as its author wrote it: short forms kept, keys in the author's order. Its atoms are text for the parsers. */
export type Scenario = z.infer<typeof scenarioSchema>;

/** For editors: one address per version of the language. Rules over several keys are ours alone, it does not hold them. */
export function scenarioJsonSchema(): object {
  return z.toJSONSchema(scenarioSchema, { target: 'draft-7', io: 'input', unrepresentable: 'any' });
}
