/**
 * The address of the record that a page shows, if its address is like one of the patterns; `undefined` if it is not. Only
 * what the pattern speaks of is kept, so that a record has one address whatever view of it is open, and nothing secret in
 * a query is ever kept.
 *
 * A pattern is a path, and where it needs them a query and a fragment: `/main.aspx?pagetype=entityrecord&id={id}`. `*` stands
 * for anything without a slash, `{id}` for the same with a digit in it, which tells a record from the page for a new one.
 * The address may go on behind what is described; its query may be in any order.
 */
export function recordAddress(address: string, patterns: readonly string[]): string | undefined {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  for (const pattern of patterns) {
    const part = matchRecord(url, pattern)
    if (part !== undefined) return url.origin + part
  }
  return undefined
}

/** What is wrong with a record pattern that somebody wrote: it has to begin with a slash and to have a `*` or `{id}`. */
export function isRecordPattern(pattern: string): boolean {
  return /^\/[^\s]*$/.test(pattern) && /\*|\{id\}/.test(pattern)
}

function matchRecord({ pathname, search, hash }: URL, pattern: string): string | undefined {
  const [beforeHash = '', fragment] = pattern.split('#')
  const [path = '', query] = beforeHash.split('?')
  const pathPart = beginningOf(pathname, path)
  const queryPart = query === undefined ? '' : pickQuery(new URLSearchParams(search), query)
  const hashPart = fragment === undefined ? '' : beginningOf(hash, `#${fragment}`)
  return pathPart === undefined || queryPart === undefined || hashPart === undefined
    ? undefined
    : pathPart + queryPart + hashPart
}

/** The beginning of `text` that is as described, if it ends where a piece does. */
function beginningOf(text: string, described: string): string | undefined {
  return new RegExp(`^${toRegExp(described)}(?![^/?#])`).exec(text)?.[0]
}

function pickQuery(given: URLSearchParams, query: string): string | undefined {
  const kept = new URLSearchParams()
  for (const [name, described] of new URLSearchParams(query)) {
    const value = given.get(name)
    if (value === null || !new RegExp(`^${toRegExp(described)}$`).test(value)) return undefined
    kept.set(name, value)
  }
  return `?${kept}`
}

function toRegExp(described: string): string {
  return described
    .split(/(\*|\{id\})/)
    .map((piece) => {
      if (piece === '*') return '[^/?#]+'
      if (piece === '{id}') return '(?=[^/?#]*\\d)[^/?#]+'
      return piece.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    })
    .join('')
}
