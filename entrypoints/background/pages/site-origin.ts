import type { Browser } from 'wxt/browser'

/**
 * The site that a port comes from, as its grant names it; `undefined` when that can't be told. A sandbox takes its site from a
 * document, and leaves it its address: mail and attachments are often shown so.
 */
export function siteOrigin({ origin, url }: Browser.runtime.MessageSender): string | undefined {
  if (origin !== 'null') return origin
  const parsed = url === undefined ? null : URL.parse(url)
  return parsed === null || parsed.origin === 'null' ? undefined : parsed.origin
}
