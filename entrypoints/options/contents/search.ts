import { foldAccents } from '../../../shared/fold-accents.ts'

/**
 * Search through the settings by whatever is to be read in them: headings, sentences, labels, choices. So no list of words has to be
 * kept beside the sections.
 */

/** Whether a text has every word that is looked for, each anywhere in it. */
export function hasWords(text: string, query: string): boolean {
  const folded = foldAccents(text)
  return splitWords(query).every((word) => folded.includes(word))
}

/** Where in a text the words stand, as pairs of first and behind the last character. */
export function findWords(text: string, query: string): readonly (readonly [number, number])[] {
  const folded = foldAccents(text)
  // An accent that was written as a character of its own shifts what follows: then nothing is marked.
  if (folded.length !== text.length) return []
  return splitWords(query).flatMap((word) => {
    const found: [number, number][] = []
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
      found.push([at, at + word.length])
    }
    return found
  })
}

function splitWords(query: string): readonly string[] {
  return foldAccents(query).split(/\s+/).filter(Boolean)
}
