/** So many calls are written in a few milliseconds. */
export const CHUNK_CALLS = 200

/** The same in lists of {@link CHUNK_CALLS}, the last of what is left. */
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
