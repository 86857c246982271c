/** What went wrong as one sentence, for a log line; never the whole error, which may hold requests and their secrets. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
