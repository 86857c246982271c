import type { ComponentChildren } from 'preact'

/** Stands around the number of a place, and is in no text by itself: U+FFFC. */
const MARK = '\ufffc'

/** A sentence with something drawn in each of its places, wherever a language has them. `say`: takes the texts of the places. */
export function fillSentence(
  say: (...places: readonly string[]) => string,
  parts: readonly ComponentChildren[],
): readonly ComponentChildren[] {
  const pieces = say(...parts.map((_, place) => `${MARK}${place}${MARK}`)).split(MARK)
  // Every second piece is the number of a place.
  return pieces.map((piece, index) => (index % 2 === 0 ? piece : parts[Number(piece)]))
}
