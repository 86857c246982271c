/**
 * The text of a file that does not say how it is written: a byte order mark decides, then the zeros that UTF-16 has in every line,
 * then UTF-8 if it can be that, and else Windows-1252, in which spreadsheets save and in which every byte means something. Line ends
 * come out as `\n`.
 */
export function decodeText(bytes: Uint8Array): string {
  return decodeBytes(bytes).replace(/\r\n?/g, '\n')
}

function decodeBytes(bytes: Uint8Array): string {
  const [first, second, third] = bytes
  if (first === 0xff && second === 0xfe) return decode('utf-16le', bytes)
  if (first === 0xfe && second === 0xff) return decode('utf-16be', bytes)
  const utf8 = decode('utf-8', bytes)
  if (first === 0xef && second === 0xbb && third === 0xbf) return utf8
  return decodeZeros(bytes) ?? (isUtf8(utf8) ? utf8 : decode('windows-1252', bytes))
}

const SAMPLE_BYTES = 4000

/** Text in UTF-16 is full of zeros, and no other has any. On which side of a letter they are is the order of its bytes. */
function decodeZeros(bytes: Uint8Array): string | undefined {
  const sample = bytes.subarray(0, SAMPLE_BYTES)
  const even = sample.filter((byte, index) => byte === 0 && index % 2 === 0).length
  const odd = sample.filter((byte, index) => byte === 0 && index % 2 === 1).length
  if (even + odd <= sample.length * MIN_ZEROS || even === odd) return undefined
  return decode(even > odd ? 'utf-16be' : 'utf-16le', bytes)
}

/** Digits, separators and line ends have one each, whatever script the names are in. */
const MIN_ZEROS = 0.1

/** A file that was put together from others may have a few bytes that are none of it; text in Windows-1252 has hardly any that are. */
function isUtf8(text: string): boolean {
  const damaged = text.split('\ufffd').length - 1
  return damaged === 0 || (text.match(/[\u0080-\ufffc]/gu)?.length ?? 0) > damaged
}

function decode(encoding: string, bytes: Uint8Array): string {
  return new TextDecoder(encoding).decode(bytes)
}
