/** Calls per chunk: a few milliseconds of work. */
export const CHUNK_CALLS = 200

/** The items in chunks of {@link CHUNK_CALLS}; the last one may be shorter. */
export function* inChunks<T>(all: Iterable<T>): Generator<readonly T[], void> {
  let chunk: T[] = []
  for (const one of all) {
    chunk.push(one)
    if (chunk.length < CHUNK_CALLS) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}
