import { decodeText } from './decode-text.ts'

/**
 * The lines of vCard files, in the three versions that are about (RFC 2426, RFC 6350, and 2.1 of versit). 2.1 is what old phones
 * write: parameters without a name (`TEL;CELL:`), text as quoted-printable that goes on after a line that ends in `=`.
 */
export interface VcardProperty {
  /** In capitals, without its group: `item1.TEL` is `TEL`. */
  readonly name: string
  /** `item1`: what belongs together has the same. */
  readonly group: string | undefined
  /** What its parameters say it is, in small letters: `cell`, `work`, `fax`. */
  readonly types: readonly string[]
  /** Decoded, not yet split and unescaped. */
  readonly value: string
}

export interface LogicalLine {
  /** Where it begins in the file; the first line is 1. */
  readonly line: number
  readonly text: string
}

/** Joins what was broken over several lines. */
export function joinLines(text: string): readonly LogicalLine[] {
  const joined: { line: number; parts: string[]; isQuotedPrintable: boolean }[] = []
  for (const [index, raw] of text.split('\n').entries()) {
    const last = joined.at(-1)
    // Some programs break such text in both ways at once.
    if (last?.isQuotedPrintable && last.parts.at(-1)?.endsWith('=')) last.parts.push(raw.replace(/^[ \t](?==)/, ''))
    else if (last !== undefined && /^[ \t]/.test(raw)) last.parts.push(raw.slice(1))
    // Android also writes labels so, and breaks them before the colon.
    else joined.push({ line: index + 1, parts: [raw], isQuotedPrintable: /^[^:]*QUOTED-PRINTABLE/i.test(raw) })
  }
  return joined.map(({ line, parts, isQuotedPrintable }) => ({
    line,
    text: isQuotedPrintable ? parts.map((part) => part.replace(/=$/, '')).join('') : parts.join(''),
  }))
}

/** `undefined` for what is no property: empty lines, rubbish. */
export function parseProperty(text: string): VcardProperty | undefined {
  const [, group, name, written, value] = /^(?:([\w-]+)\.)?([\w-]+)((?:;(?:[^":;]|"[^"]*")*)*):(.*)$/s.exec(text) ?? []
  if (name === undefined || written === undefined || value === undefined) return undefined
  const parameters = readParameters(written)
  const has = (word: string) => parameters.some((parameter) => parameter.value === word)
  const charset = parameters.find((parameter) => parameter.name === 'charset')?.value
  return {
    name: name.toUpperCase(),
    group,
    types: parameters.flatMap((parameter) => (parameter.name === 'type' ? parameter.value.split(',') : [])),
    value: has('quoted-printable')
      ? decodeQuotedPrintable(value, charset)
      : isBase64(parameters) && !PICTURES.has(name.toUpperCase())
        ? decodeBase64(value, charset)
        : value,
  }
}

/** What is base64 because it is no text. */
const PICTURES: ReadonlySet<string> = new Set(['PHOTO', 'LOGO', 'SOUND', 'KEY'])

function isBase64(parameters: ReturnType<typeof readParameters>): boolean {
  return parameters.some(({ name, value }) => value === 'base64' || (name === 'encoding' && value === 'b'))
}

function readParameters(written: string): readonly { readonly name: string; readonly value: string }[] {
  return (written.match(/;(?:[^":;]|"[^"]*")*/g) ?? []).map((parameter) => {
    const [, name = 'type', value = ''] = /^;(?:([\w-]+)=)?(.*)$/s.exec(parameter.toLowerCase()) ?? []
    return { name, value: value.replaceAll('"', '') }
  })
}

function decodeQuotedPrintable(value: string, charset: string | undefined): string {
  const pieces = value.match(/=[0-9a-f]{2}|[^=]+|=/gi) ?? []
  const bytes = pieces.flatMap((piece) =>
    /^=./.test(piece) ? Number.parseInt(piece.slice(1), 16) : [...new TextEncoder().encode(piece)],
  )
  return decodeAs(charset, new Uint8Array(bytes))
}

/** As it is where it is no base64. */
function decodeBase64(value: string, charset: string | undefined): string {
  if (!/^[a-z\d+/\s]*={0,2}\s*$/i.test(value) || value.replace(/\s/g, '').length % 4 !== 0) return value
  return decodeAs(
    charset,
    Uint8Array.from(atob(value), (unit) => unit.charCodeAt(0)),
  )
}

/** Old programs say no name and write as their Windows does; a name that nobody knows says as little. */
function decodeAs(charset: string | undefined, bytes: Uint8Array): string {
  if (charset === undefined) return decodeText(bytes)
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return decodeText(bytes)
  }
}

/** Splits at a separator that is not escaped, and unescapes the pieces. */
export function splitValue(value: string, separator: ',' | ';'): readonly string[] {
  const pieces: string[] = []
  let piece = ''
  for (const token of value.match(/\\.|./gs) ?? []) {
    if (token === separator) {
      pieces.push(piece)
      piece = ''
    } else piece += unescapeValue(token)
  }
  return [...pieces, piece]
}

/** `\n` is a line break; any other character behind a backslash is itself. */
export function unescapeValue(value: string): string {
  return value.replace(/\\(.)/gs, (_, escaped: string) => (/n/i.test(escaped) ? '\n' : escaped))
}
