import { describe, expect, it } from 'vitest'
import { isCovered } from '../../../../entrypoints/lib/settings/sites.ts'

describe('a site that the invitation names', () => {
  it.each<[what: string, pattern: string, granted: readonly string[], isGranted: boolean]>([
    ['the same host', 'https://crm.example.com/*', ['https://crm.example.com/*'], true],
    ['a host of a granted domain', 'https://northwind.zendesk.com/*', ['https://*.zendesk.com/*'], true],
    ['the domain itself', 'https://zendesk.com/*', ['https://*.zendesk.com/*'], true],
    ['a host that only ends alike', 'https://notzendesk.com/*', ['https://*.zendesk.com/*'], false],
    ['another scheme', 'http://crm.example.com/*', ['https://crm.example.com/*'], false],
    ['nothing granted', 'https://crm.example.com/*', [], false],
  ])('is granted already, or not: %s', (_, pattern, granted, isGranted) => {
    expect(isCovered(pattern, granted)).toBe(isGranted)
  })
})
