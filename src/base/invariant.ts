// What must never be false, whatever a scenario says: a mistake of ours, not of an author and not of a network.
// Refusals that belong to the model (EADDRINUSE, a reset, a lost packet) are values and never come here.

/** Thrown when the simulation contradicts itself. Whoever shows it adds scenario, seed and step. */
export class InvariantViolation extends Error {
  override readonly name = 'InvariantViolation';
}

/** Throws an InvariantViolation unless `condition` holds. `message` says what was found, in plain words. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantViolation(message);
}

/** Ends a switch over a union: the compiler refuses the call while a member is not handled. */
export function unreachable(value: never): never {
  throw new InvariantViolation(`a case that was ruled out: ${JSON.stringify(value)}`);
}
