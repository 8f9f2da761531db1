// What a scenario asks for and this simulator cannot express: a failure with its reason, never a skip.

export class Unplayable extends Error {}

export function unplayable(reason: string): never {
  throw new Unplayable(reason);
}
