/** Text as searches compare it: without capitals, accents and other spellings of a letter, so that `muller` finds `Müller`. */
export function foldAccents(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}
