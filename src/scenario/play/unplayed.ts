// What the language can say and this version does not play yet: told as a problem at its place, never passed over.
// Verbs and their arguments are told by the driver when it meets them; here is everything around the script.
import { hostOf } from '../schema/cast-schema.js';
import type { Scenario } from '../schema/schema.js';
import type { Step } from '../schema/steps.js';
import type { Obstacle } from './drive.js';

export function* unplayedParts(scenario: Scenario): Generator<Obstacle> {
  const at = (path: Obstacle['path'], what: string): Obstacle => ({
    path,
    atKey: true,
    code: 'not-played',
    message: `this version does not play ${what} yet`,
  });
  if (scenario.include !== undefined) yield at(['include'], '`include`');
  for (const [name, spec] of Object.entries(scenario.hosts)) {
    const entry = hostOf(spec);
    if (entry.spec.badge !== undefined) yield at(['hosts', name, 'badge'], '`badge`');
    if (entry.spec.knobs?.rto !== undefined)
      yield at(['hosts', name, 'knobs', 'rto'], '`rto` of a single host');
  }
  yield* unplayedLines(scenario.script, ['script'], at);
  for (const [name, lines] of Object.entries(scenario.fragments ?? {}))
    yield* unplayedLines(lines, ['fragments', name], at);
}

function* unplayedLines(
  steps: readonly Step[],
  path: Obstacle['path'],
  at: (path: Obstacle['path'], what: string) => Obstacle,
): Generator<Obstacle> {
  for (const [index, step] of steps.entries()) {
    for (const [place, inner] of (step.together ?? []).entries())
      for (const word of ['wait', 'repeat', 'use', 'together'] as const)
        if (inner[word] !== undefined)
          yield at([...path, index, 'together', place, word], `\`${word}\` inside \`together\``);
    yield* unplayedLines(step.steps ?? [], [...path, index, 'steps'], at);
    yield* unplayedLines(step.together ?? [], [...path, index, 'together'], at);
  }
}
