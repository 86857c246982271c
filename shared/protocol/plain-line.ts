/**
 * Text of other people as one line that shows all that is in it: nothing turns the direction of what follows, ends the line or
 * cannot be seen. Letters of every script stay, and what joins the parts of an emoji.
 *
 * Source: Unicode Standard Annex 9 (explicit directional formatting), Technical Report 36 (visual spoofing).
 */
export function toPlainLine(text: string): string {
  return text
    .toWellFormed()
    .replace(LINE_BREAKS_AND_CONTROLS, ' ')
    .replace(UNSEEN, '')
    .replace(STACKED_MARKS, '$1')
    .replace(/\s+/gu, ' ')
    .trim()
}

const LINE_BREAKS_AND_CONTROLS = /[\p{Cc}\u2028\u2029]/gu
/** Not the two joiners and the selectors of a variant, which scripts and emoji need. U+2800 is a Braille letter without dots. */
const UNSEEN = /(?!\u200c|\u200d|\p{Variation_Selector})[\p{Cf}\p{Co}\p{Default_Ignorable_Code_Point}\u2800]/gu
/** More marks on one letter than any script has: they reach into the lines above and below. */
const STACKED_MARKS = /(\p{M}{6})\p{M}+/gu

/** Length in characters as people count them when they type: an emoji of one code point is one. */
export function countCharacters(text: string): number {
  return [...text].length
}
