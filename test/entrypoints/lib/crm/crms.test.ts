import { describe, expect, it, test } from 'vitest'
import { CRMS, findCrm, matchesPattern } from '../../../../entrypoints/lib/crm/crms.ts'
import { recordAddress } from '../../../../entrypoints/lib/crm/record-address.ts'
import { checkTemplate } from '../../../../entrypoints/lib/crm/template.ts'

/** Pages of each CRM: records with the address that names them, and what is none. */
const PAGES: readonly (readonly [crm: string, page: string, record: string | undefined])[] = [
  [
    'salesforce',
    'https://acme.lightning.force.com/lightning/r/Contact/0035g00000ABCDEAA1/view?ws=%2Flightning%2Fr%2FAccount%2F0015g%2Fview',
    'https://acme.lightning.force.com/lightning/r/Contact/0035g00000ABCDEAA1/view',
  ],
  [
    'salesforce',
    'https://acme--test.sandbox.lightning.force.com/lightning/o/Contact/list?filterName=Recent',
    undefined,
  ],
  ['salesforce', 'https://acme.my.salesforce.com/lightning/page/home', undefined],
  ['salesforce', 'https://acme.lightning.force.com/lightning/r/Contact/0035g00000ABCDEAA1/edit', undefined],
  [
    'hubspot',
    'https://app-eu1.hubspot.com/contacts/1234567/record/0-1/101/view/3?interaction=note#top',
    'https://app-eu1.hubspot.com/contacts/1234567/record/0-1/101',
  ],
  [
    'hubspot',
    'https://app.hubspot.com/contacts/1234567/company/55/',
    'https://app.hubspot.com/contacts/1234567/company/55',
  ],
  ['hubspot', 'https://app.hubspot.com/contacts/1234567/objects/0-1/views/all/list', undefined],
  ['zendesk', 'https://acme.zendesk.com/agent/tickets/4711', 'https://acme.zendesk.com/agent/tickets/4711'],
  ['zendesk', 'https://acme.zendesk.com/agent/users/360/tickets', 'https://acme.zendesk.com/agent/users/360'],
  ['zendesk', 'https://acme.zendesk.com/agent/tickets/new/1', undefined],
  ['zendesk', 'https://acme.zendesk.com/agent/filters/27', undefined],
  ['pipedrive', 'https://acme.pipedrive.com/person/12', 'https://acme.pipedrive.com/person/12'],
  ['pipedrive', 'https://acme.pipedrive.com/persons/list/everyone', undefined],
  ['zoho', 'https://crm.zoho.eu/crm/org20/tab/Contacts/101?x=1', 'https://crm.zoho.eu/crm/org20/tab/Contacts/101'],
  ['zoho', 'https://crm.zoho.com/crm/tab/Leads/101', 'https://crm.zoho.com/crm/tab/Leads/101'],
  ['zoho', 'https://crm.zoho.com/crm/org20/tab/Contacts/custom-view/101/list', undefined],
  [
    'dynamics',
    'https://acme.crm4.dynamics.com/main.aspx?forceUCI=1&etn=contact&id=7f1b-01&pagetype=entityrecord&appid=ab-12',
    'https://acme.crm4.dynamics.com/main.aspx?appid=ab-12&pagetype=entityrecord&etn=contact&id=7f1b-01',
  ],
  [
    'dynamics',
    'https://acme.crm.dynamics.com/main.aspx?pagetype=entityrecord&etn=account&id=01',
    'https://acme.crm.dynamics.com/main.aspx?pagetype=entityrecord&etn=account&id=01',
  ],
  ['dynamics', 'https://acme.crm.dynamics.com/main.aspx?appid=ab-12&pagetype=entitylist&etn=account', undefined],
  ['dynamics', 'https://acme.crm.dynamics.com/main.aspx?appid=ab-12&pagetype=entityrecord&etn=account', undefined],
  ['freshdesk', 'https://acme.freshdesk.com/a/contacts/7', 'https://acme.freshdesk.com/a/contacts/7'],
  ['freshdesk', 'https://acme.freshdesk.com/a/tickets/filters/all_tickets', undefined],
]

describe('the table of CRMs', () => {
  it.each(PAGES)('%s has the page %s', (id, page) => {
    const claimed = CRMS.filter(({ matches }) => matches.some((pattern) => matchesPattern(pattern, page)))
    expect(claimed.map((crm) => crm.id)).toEqual([id])
  })

  it.each(PAGES)('%s: the record at %s', (_, page, record) => {
    expect(recordAddress(page, findCrm(page)?.recordPatterns ?? [])).toBe(record)
  })

  it.each(CRMS.map((crm) => [crm.id, crm] as const))('%s: its own example is a record of it', (_, crm) => {
    expect(findCrm(crm.exampleRecord)).toBe(crm)
    expect(recordAddress(crm.exampleRecord, crm.recordPatterns)).toBe(crm.exampleRecord)
  })

  it.each(CRMS.flatMap((crm) => crm.searches.map((search) => [search, crm] as const)))(
    'the search %s is one that the settings would take',
    (search, { pageValues }) => {
      expect(checkTemplate(search, Object.keys(pageValues ?? {}))).toBeUndefined()
    },
  )

  test('ids are there once', () => {
    expect(new Set(CRMS.map(({ id }) => id)).size).toBe(CRMS.length)
  })
})

describe('a host that only looks like one', () => {
  it.each([
    'https://lightning.force.com.example.com/lightning/r/Contact/003/view',
    'https://evilzendesk.com/agent/tickets/1',
    'https://example.com/?u=https://acme.zendesk.com/agent/tickets/1',
    'https://example.com/acme.pipedrive.com/person/1',
    'http://acme.freshdesk.com/a/contacts/7',
    'https://crm.zoho.com.evil.example/crm/tab/Leads/1',
    'not an address',
  ])('%s belongs to none', (page) => {
    expect(findCrm(page)).toBeUndefined()
  })
})

describe('a grant', () => {
  it.each([
    ['https://acme.lightning.force.com/*', 'salesforce'],
    ['https://*.zendesk.com/*', 'zendesk'],
    ['http://localhost/*', undefined],
    ['https://*.example.com/*', undefined],
  ])('%s belongs to %s', (grant, id) => {
    expect(findCrm(grant)?.id).toBe(id)
  })
})
