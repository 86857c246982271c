import { randomBytes } from 'node:crypto'

/**
 * JSON whose whole numbers survive. RingCentral's ids exceed 2^53; a sender that writes one without quotes would have it
 * rounded by `JSON.parse`, and two events would get the same uuid. Integers that a double can't hold are read as strings,
 * which is what ids are here anyway.
 */

/** Far deeper than any notification, far below what makes a recursive reader fail. */
const MAX_DEPTH = 64

/** A number with leading zeros is none: it comes apart here, and the parser refuses it. */
const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/g
const mayHoldLargeInteger = /[:,[\s]-?\d{16}/

/** Parses JSON text. Throws a `SyntaxError` for what is not JSON or nested deeper than {@link MAX_DEPTH}. */
export function parseJson(text: string): unknown {
  if (depthOf(text) > MAX_DEPTH) throw new SyntaxError(`The JSON is nested deeper than ${MAX_DEPTH} levels.`)
  return JSON.parse(mayHoldLargeInteger.test(text) ? quoteLargeIntegers(text, '') : text)
}

/** Parses JSON text, hands the value to `change`, and writes the result with large integers spelled as they were. */
export function rewriteJson(text: string, change: (value: unknown) => unknown): string {
  if (!mayHoldLargeInteger.test(text)) return JSON.stringify(change(JSON.parse(text)))
  const mark = randomBytes(12).toString('hex')
  const changed = JSON.stringify(change(JSON.parse(quoteLargeIntegers(text, mark))))
  return changed.replaceAll(new RegExp(`"${mark}(-?\\d+)"`, 'g'), '$1')
}

function quoteLargeIntegers(text: string, mark: string): string {
  return text.replace(stringOrNumber, (token) =>
    /^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${mark}${token}"` : token,
  )
}

function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (inString) {
      if (code === BACKSLASH) index++
      else if (code === QUOTE) inString = false
    } else if (code === QUOTE) inString = true
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) deepest = Math.max(deepest, ++depth)
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth--
  }
  return deepest
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
