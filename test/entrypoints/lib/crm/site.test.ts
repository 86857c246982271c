import { describe, expect, it } from 'vitest'
import { buildSearch, type CrmEdits, describeSite, recordOf } from '../../../../entrypoints/lib/crm/site.ts'
import type { SearchTerms } from '../../../../entrypoints/lib/crm/template.ts'

const ADA: SearchTerms = {
  e164: '+14085550123',
  national: '(408) 555-0123',
  digits: '4085550123',
  name: 'Ada Winter',
}
const UNNAMED: SearchTerms = { ...ADA, name: undefined }
const WITHHELD: SearchTerms = { e164: undefined, national: undefined, digits: undefined, name: undefined }

const search = (page: string, terms = ADA, edits: CrmEdits = {}) => buildSearch(describeSite(page, edits), page, terms)

/** What is behind the fragment of a Lightning address. */
function readTerm(address: string | undefined): string {
  const [start, encoded = ''] = address?.split('#') ?? []
  const { attributes } = JSON.parse(Buffer.from(decodeURIComponent(encoded), 'base64').toString('utf8'))
  return `${start} ${attributes.term}`
}

describe('buildSearch', () => {
  it.each([
    [
      'https://app-eu1.hubspot.com/contacts/42/record/0-1/7',
      'https://app-eu1.hubspot.com/contacts/42/objects/0-1/views/all/list?query=4085550123',
    ],
    [
      'https://app.hubspot.com/reports-dashboard/42/view/9',
      'https://app.hubspot.com/contacts/42/objects/0-1/views/all/list?query=4085550123',
    ],
    ['https://app.hubspot.com/login', undefined],
    ['https://acme.zendesk.com/agent/home', 'https://acme.zendesk.com/agent/search/1?type=user&q=%2B14085550123'],
    ['https://acme.pipedrive.com/deal/1', 'https://acme.pipedrive.com/search?term=4085550123'],
    ['https://crm.zoho.in/crm/org5/tab/Home', 'https://crm.zoho.in/crm/search?searchword=4085550123&isRelevance=false'],
    [
      'https://acme.crm4.dynamics.com/main.aspx?pagetype=dashboard&appid=7f1b-01',
      'https://acme.crm4.dynamics.com/main.aspx?appid=7f1b-01&pagetype=search&searchText=4085550123&searchType=0',
    ],
    ['https://acme.crm4.dynamics.com/apps', undefined],
    ['https://acme.freshdesk.com/a/dashboard', 'https://acme.freshdesk.com/a/search/customers?term=4085550123'],
    ['http://localhost:5173/contacts', undefined],
    ['not an address', undefined],
  ])('from %s', (page, address) => {
    expect(search(page)).toBe(address)
  })

  it('from Salesforce, where a search has no address of its own', () => {
    expect(readTerm(search('https://acme.lightning.force.com/lightning/page/home'))).toBe(
      'https://acme.lightning.force.com/one/one.app (408) 555-0123',
    )
  })

  it('takes the name of somebody without a number', () => {
    const page = 'https://acme.zendesk.com/agent/home'
    expect(search(page, { ...WITHHELD, name: 'Ada Winter' })).toBe(
      'https://acme.zendesk.com/agent/search/1?type=user&q=Ada%20Winter',
    )
    expect(search(page, UNNAMED)).toBe('https://acme.zendesk.com/agent/search/1?type=user&q=%2B14085550123')
    expect(search(page, WITHHELD)).toBeUndefined()
  })

  it("is the person's own where they have one, for a CRM by its name and for a site by its host", () => {
    const edits: CrmEdits = {
      zendesk: { search: '{origin}/agent/search/1?q={national}' },
      'http://localhost/*': { search: '{origin}/contacts?q={digits}' },
    }
    expect(search('https://acme.zendesk.com/agent/home', ADA, edits)).toBe(
      'https://acme.zendesk.com/agent/search/1?q=(408)%20555-0123',
    )
    expect(search('http://localhost:5173/contacts', ADA, edits)).toBe('http://localhost:5173/contacts?q=4085550123')
    expect(search('http://127.0.0.1:5173/contacts', ADA, edits)).toBeUndefined()
  })
})

describe('describeSite', () => {
  it('names a CRM, and any other site by its host', () => {
    expect(describeSite('https://acme.zendesk.com/agent/home', {})).toMatchObject({ key: 'zendesk', name: 'Zendesk' })
    expect(describeSite('http://localhost:5173/contacts', {})).toMatchObject({
      key: 'http://localhost/*',
      name: 'localhost',
    })
  })

  it('is the same for a page and for the grant it is under', () => {
    expect(describeSite('http://localhost/*', {})).toEqual(describeSite('http://localhost:5173/contacts', {}))
    expect(describeSite('https://*.zendesk.com/*', {})).toEqual(describeSite('https://acme.zendesk.com/agent/home', {}))
  })

  it("knows records by the person's own pattern", () => {
    const page = 'http://localhost:5173/contacts/ada-winter?tab=2'
    expect(recordOf(describeSite(page, {}), page)).toBeUndefined()
    const edits = { 'http://localhost/*': { record: '/contacts/*' } }
    expect(recordOf(describeSite(page, edits), page)).toBe('http://localhost:5173/contacts/ada-winter')
  })
})
