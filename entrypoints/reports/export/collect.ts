import { createPauses } from '../../lib/files/pauses.ts'

/**
 * Everything that a writer gives, with pauses in between in which the page lives on. Once that takes long enough to be wondered
 * about, `onCount` is told how many chunks there are so far.
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
