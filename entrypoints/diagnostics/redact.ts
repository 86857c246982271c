/** Stands for what was taken out. */
const GONE = '…'

/** Longer than what RingCentral ever says. */
const MAX_LENGTH = 500

const ADDRESS = /\b[a-z][a-z+.-]*:\/\/\S+|\S+@\S+/gi
/** Long enough for a token, and no word. */
const SECRET = /(?=[\w.~+/-]*\d)[\w.~+/-]{20,}=*/g
/** A number of any length, and RingCentral's error codes, which stay: `CMN-408`. */
const CODE_OR_NUMBER = /\b[A-Z]{2,5}-\d{3}\b|\+?(?:\(\d+\)[\s.-]*)?\d(?:[\d\s().-]*\d)?/g
const CODE = /^[A-Z]/
const INVISIBLE = /[\p{Cc}\p{Cf}\s]+/gu

/** A text of RingCentral's as one line without addresses, secrets and numbers, and without these names or parts of them. */
export function redact(text: string, names: readonly string[]): string {
  const line = text.slice(0, MAX_LENGTH).replaceAll(INVISIBLE, ' ').trim()
  const parts = names.flatMap((name) => [name, ...name.split(/\s+/)]).filter((part) => part.length > 1)
  const nameless = parts.reduce((left, part) => left.replaceAll(wholeWord(part), GONE), line)
  return nameless
    .replaceAll(ADDRESS, GONE)
    .replaceAll(SECRET, GONE)
    .replaceAll(CODE_OR_NUMBER, (found) => (CODE.test(found) ? found : GONE))
}

function wholeWord(text: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'giu')
}
