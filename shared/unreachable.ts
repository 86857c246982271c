/** The end of a choice over a closed set: it does not compile while a member of the set is left out. */
export function unreachable(value: never): never {
  throw new Error(`This should be out of reach: ${typeof value}`)
}
