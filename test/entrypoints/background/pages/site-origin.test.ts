import { expect, it } from 'vitest'
import { siteOrigin } from '../../../../entrypoints/background/pages/site-origin.ts'

const RECORD = 'https://crm.example.com/mail/7?shown=1'

it.each([
  ['a page of a site', 'https://crm.example.com', RECORD, 'https://crm.example.com'],
  ['an empty frame of a page', 'https://crm.example.com', 'about:blank', 'https://crm.example.com'],
  ['a page in a sandbox', 'null', RECORD, 'https://crm.example.com'],
  ['an empty frame in a sandbox', 'null', 'about:srcdoc', undefined],
  ['a sandbox that tells nothing', 'null', undefined, undefined],
  ['nobody who says who they are', undefined, RECORD, undefined],
])('knows the site of %s', (_who, origin, url, site) => {
  expect(siteOrigin({ ...(origin && { origin }), ...(url && { url }) })).toBe(site)
})
