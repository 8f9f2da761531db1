// What the language can say and this version does not play yet: told as a problem at its place, never passed over.
// Verbs and their arguments are told by the driver when it meets them; here is everything around the script.
import type { Scenario } from '../schema/schema.js';
import type { Obstacle } from './drive.js';

export function* unplayedParts(scenario: Scenario): Generator<Obstacle> {
  const at = (path: Obstacle['path'], what: string): Obstacle => ({
    path,
    atKey: true,
    code: 'not-played',
    message: `this version does not play ${what} yet`,
  });
  if (scenario.include !== undefined) yield at(['include'], '`include`');
}
