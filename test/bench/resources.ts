export interface Closeable {
  close(): unknown
}

/** Takes on what is to be closed in the end, and gives it back. */
export type Own = <Resource extends Closeable>(resource: Resource) => Resource

/**
 * Runs `use` and closes what it took on with `own`, the last first, however it ends. When `signal` aborts, it ends at once with
 * the signal's reason; what `use` takes on after that is closed as it comes.
 */
export async function withResources<Result>(signal: AbortSignal, use: (own: Own) => Promise<Result>): Promise<Result> {
  signal.throwIfAborted()
  const owned: Closeable[] = []
  let hasEnded = false
  const own: Own = (resource) => {
    if (hasEnded) void resource.close()
    else owned.push(resource)
    return resource
  }
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  try {
    return await Promise.race([use(own), aborted])
  } finally {
    hasEnded = true
    for (const resource of owned.reverse()) await closeAnyway(resource)
  }
}

/** What was measured counts, and so does why it could not be, even where something is left behind. */
async function closeAnyway(resource: Closeable): Promise<void> {
  try {
    await resource.close()
  } catch (error) {
    console.error('Something that was started could not be closed.', error)
  }
}
