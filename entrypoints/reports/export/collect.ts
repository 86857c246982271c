import { createPauses } from '../../lib/files/pauses.ts'

/**
 * Everything that a writer gives, with pauses in between in which the page lives on. Once that takes long enough to be wondered
 * about, `onCount` is told how many pieces there are so far.
 */
export async function collect(writer: Iterable<string>, onCount: (pieces: number) => void): Promise<readonly string[]> {
  const pauses = createPauses()
  const pieces: string[] = []
  for (const piece of writer) {
    pieces.push(piece)
    if (!pauses.isDue()) continue
    if (pauses.isLong()) onCount(pieces.length)
    await pauses.pause()
  }
  return pieces
}
