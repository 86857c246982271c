/**
 * The text of a file that does not say how it is written: a byte order mark decides, then the zeros that UTF-16 has in every line,
 * then UTF-8 if it can be that, then what spreadsheets save in where the person is (`country`, ISO 3166), and else Windows-1252, in
 * which every byte means something, or what Excel on a Mac saves in. Line ends come out as `\n`, and the marks of files that were put
 * together are gone.
 */
export function decodeText(bytes: Uint8Array, country = ''): string {
  return decodeBytes(bytes, country).replace(/\r\n?/g, '\n').replaceAll('\ufeff', '')
}

function decodeBytes(bytes: Uint8Array, country: string): string {
  const [first, second, third] = bytes
  if (first === 0xff && second === 0xfe) return decode('utf-16le', bytes)
  if (first === 0xfe && second === 0xff) return decode('utf-16be', bytes)
  const utf8 = decode('utf-8', bytes)
  if (first === 0xef && second === 0xbb && third === 0xbf) return utf8
  return decodeZeros(bytes) ?? (isUtf8(utf8) ? utf8 : decodeAtHome(bytes, country))
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

/** What Windows writes plain text in, by country; elsewhere Windows-1252. */
const AT_HOME: Readonly<Record<string, readonly string[]>> = {
  shift_jis: ['JP'],
  gb18030: ['CN'],
  big5: ['HK', 'TW'],
  'euc-kr': ['KR'],
  'windows-874': ['TH'],
  'windows-1250': ['AL', 'BA', 'CZ', 'HR', 'HU', 'PL', 'RO', 'RS', 'SI', 'SK'],
  'windows-1251': ['BG', 'BY', 'KZ', 'MK', 'RU', 'UA'],
  'windows-1253': ['CY', 'GR'],
  'windows-1254': ['TR'],
  'windows-1255': ['IL'],
  'windows-1256': ['AE', 'BH', 'DZ', 'EG', 'IQ', 'IR', 'JO', 'KW', 'LB', 'MA', 'OM', 'PK', 'QA', 'SA', 'TN', 'YE'],
  'windows-1257': ['EE', 'LT', 'LV'],
}

/** A file that can't be of here is from elsewhere. */
function decodeAtHome(bytes: Uint8Array, country: string): string {
  const [encoding] = Object.entries(AT_HOME).find(([, countries]) => countries.includes(country)) ?? []
  const text = encoding === undefined ? '\ufffd' : decode(encoding, bytes)
  return text.includes('\ufffd') ? decodeWestern(bytes) : text
}

/** In one of the two the accents are no letters, or capitals within words. */
function decodeWestern(bytes: Uint8Array): string {
  const windows = decode('windows-1252', bytes)
  const mac = decode('macintosh', bytes)
  return countFits(mac) > countFits(windows) ? mac : windows
}

/** What fits beside plain letters, less what does not: punctuation of words fits, `Joe’s`. */
function countFits(text: string): number {
  const fits = text.match(/(?<=[A-Za-z])(?=[^\0-\x7f])[\p{Ll}‘’“”–—…™€]|(?=[^\0-\x7f])\p{L}(?=[a-z])/gu)?.length ?? 0
  const misfits = text.match(/(?<=[a-z])(?=[^\0-\x7f])[^\p{Ll}‘’“”–—…™€]/gu)?.length ?? 0
  return fits - misfits
}

/** How files begin that are no text: workbooks and archives, older workbooks, PDF, gzip. */
const BINARY = ['PK\x03\x04', '\xd0\xcf\x11\xe0', '%PDF-', '\x1f\x8b']

export function isBinary(bytes: Uint8Array): boolean {
  const start = String.fromCharCode(...bytes.subarray(0, 5))
  return BINARY.some((sign) => start.startsWith(sign))
}

function decode(encoding: string, bytes: Uint8Array): string {
  return new TextDecoder(encoding).decode(bytes)
}
