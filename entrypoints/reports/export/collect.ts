import { createPauses } from '../../lib/files/pauses.ts'

/**
 * Collects all chunks of a writer, with pauses in which the page stays responsive. Once it takes noticeably long,
 * `onCount` gets the number of chunks so far.
 */
export async function collect(writer: Iterable<string>, onCount: (chunks: number) => void): Promise<readonly string[]> {
  const pauses = createPauses()
  const chunks: string[] = []
  for (const chunk of writer) {
    chunks.push(chunk)
    if (!pauses.isDue()) continue
    if (pauses.isLong()) onCount(chunks.length)
    await pauses.pause()
  }
  return chunks
}
