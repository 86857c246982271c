import { parseTrustedProxies, type TrustedProxies } from './trusted-proxies.ts'

/** Parsers for the texts of settings: each gives the value that a text means, or why it means none. */

/** A fault is a sentence's end that says what the text looks like instead; `undefined` when there is nothing to say. */
export type Parsed<T> = { readonly value: T } | { readonly fault: string | undefined }

/**
 * A word that can be sent in a header. Typographic quotation marks and spaces of no width come along when it is copied from where people
 * write.
 */
export function parseWord(text: string): Parsed<string> {
  if (!/^\S+$/.test(text)) return { fault: undefined }
  return /^[!-~]+$/.test(text)
    ? { value: text }
    : { fault: 'it has a character beyond ASCII, which may be one that is not seen' }
}

export function parseMatch(text: string, pattern: RegExp): Parsed<string> {
  return pattern.test(text) ? { value: text } : { fault: undefined }
}

export function parseInteger(text: string, min: number, max: number): Parsed<number> {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  return value >= min && value <= max ? { value } : { fault: undefined }
}

export function parseChoice<const Choice extends string>(text: string, choices: readonly Choice[]): Parsed<Choice> {
  const value = choices.find((choice) => choice === text)
  return value === undefined ? { fault: undefined } : { value }
}

/** An address without path, https or on this machine: plain http elsewhere would show tokens to everyone on the way. */
export function parseUrl(text: string): Parsed<string> {
  if (!URL.canParse(text)) return { fault: undefined }
  const { protocol, hostname, origin, pathname, search, hash, username } = new URL(text)
  const isLoopback = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback)) return { fault: 'it is not https' }
  if (pathname.replaceAll('/', '') !== '' || search !== '' || hash !== '' || username !== '') {
    return { fault: 'it has more than a host and a port' }
  }
  return { value: origin }
}

/** An https address with whatever path. */
export function parseHttps(text: string): Parsed<string> {
  return URL.canParse(text) && new URL(text).protocol === 'https:' ? { value: text } : { fault: undefined }
}

/** Addresses of sites, each an origin: cards are granted to whole ones. */
export function parseSites(text: string): Parsed<readonly string[]> {
  const read = splitList(text).map(parseUrl)
  const fault = read.find((one) => 'fault' in one)
  return fault ?? { value: read.flatMap((one) => ('value' in one ? one.value : [])) }
}

/** The address of a proxy, with a name and a password where it wants those. */
export function parseProxyUrl(text: string): Parsed<string> {
  if (!URL.canParse(text)) return { fault: undefined }
  const { protocol, hostname, pathname, search } = new URL(text)
  if (protocol !== 'http:' && protocol !== 'https:') return { fault: 'it is neither http nor https' }
  return hostname !== '' && pathname === '/' && search === '' ? { value: text } : { fault: undefined }
}

/** The address of a Redis, with a name and a password where it wants those, and the number of a database. */
export function parseRedisUrl(text: string): Parsed<string> {
  if (!URL.canParse(text)) return { fault: undefined }
  const { protocol, hostname, pathname, search, hash } = new URL(text)
  if (protocol !== 'redis:' && protocol !== 'rediss:') return { fault: 'it begins with neither redis:// nor rediss://' }
  if (hostname === '') return { fault: 'it names no host' }
  if (!/^\/?\d{0,5}$/.test(pathname) || search !== '' || hash !== '') {
    return { fault: 'it has more than a host, a port and the number of a database' }
  }
  return { value: text }
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

const chromeId = /^[a-p]{32}$/
const ringCentralId = /^\d{1,20}$/

export function parseChromeIds(text: string): Parsed<readonly string[]> {
  const ids = splitList(text)
  if (ids.length > 0 && ids.every((id) => chromeId.test(id))) return { value: ids }
  return { fault: ids.some((id) => ringCentralId.test(id)) ? 'it looks like a RingCentral extension id' : undefined }
}

export function parseRingCentralIds(text: string): Parsed<readonly string[]> {
  const ids = splitList(text)
  if (ids.every((id) => ringCentralId.test(id))) return { value: ids }
  return { fault: ids.some((id) => chromeId.test(id)) ? 'it looks like a Chrome extension id' : undefined }
}

export function parseProxies(text: string): Parsed<TrustedProxies> {
  const value = parseTrustedProxies(splitList(text))
  return value === undefined ? { fault: undefined } : { value }
}
