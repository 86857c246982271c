/** A broken promise of our own code: never caught, always a fault to fix. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError'
}

/** Throws an {@link InvariantError} unless `condition` holds; `message` says what should have been true, with the values. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message)
}

/** The end of a choice over a closed set: it does not compile while a member of the set is left out. */
export function unreachable(value: never): never {
  throw new InvariantError(`This should be out of reach: ${typeof value}`)
}
