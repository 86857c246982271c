import { browser } from 'wxt/browser'
import { parseWebAddress } from './web-address.ts'

/** The sites on whose pages the card may appear are the origins that were granted: the browser keeps that list. */

/** The grants as match patterns (`https://crm.example.com/*`). */
export async function readGrantedSites(): Promise<readonly string[]> {
  const { origins = [] } = await browser.permissions.getAll()
  return origins.toSorted()
}

/**
 * The match pattern for a site that a person typed or pasted: the whole origin. `undefined` when it is no web address. The
 * port is left out: a grant for a host covers them all.
 */
export function parseSite(text: string): string | undefined {
  const url = parseWebAddress(text)
  return url && `${url.protocol}//${url.hostname}/*`
}

/** Whether what a pattern of one host stands for is granted by one of `granted`, which may have `*.` before a domain. */
export function isCovered(pattern: string, granted: readonly string[]): boolean {
  const [scheme = '', host = ''] = splitPattern(pattern)
  return granted.some((one) => {
    const [grantedScheme, grantedHost = ''] = splitPattern(one)
    if (grantedScheme !== scheme && grantedScheme !== '*') return false
    return grantedHost === host || (grantedHost.startsWith('*.') && `.${host}`.endsWith(grantedHost.slice(1)))
  })
}

function splitPattern(pattern: string): readonly string[] {
  return pattern.replace(/\/\*$/, '').split('://')
}

/** A match pattern as people say it: the host, with the scheme only when it is not the usual one. */
export function nameSite(pattern: string): string {
  return pattern.replace(/^https:\/\//, '').replace(/\/\*$/, '')
}
