/** So many calls are written in a few milliseconds. */
export const PIECE_CALLS = 200

/** The same in lists of {@link PIECE_CALLS}, the last of what is left. */
export function* inPieces<T>(all: Iterable<T>): Generator<readonly T[], void> {
  let piece: T[] = []
  for (const one of all) {
    piece.push(one)
    if (piece.length < PIECE_CALLS) continue
    yield piece
    piece = []
  }
  if (piece.length > 0) yield piece
}
