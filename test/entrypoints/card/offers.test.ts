import { expect, it } from 'vitest'
import { selectOffers } from '../../../entrypoints/card/offers.ts'
import type { CardCrm } from '../../../entrypoints/lib/contract/crm.ts'
import type { RecordMatch } from '../../../entrypoints/lib/contract/record-match.ts'
import { ADA, ALAN } from '../background/crm-record/crm-answers.ts'

const page = (url: string) => ({ url, title: `Page of ${url}`, isChosen: false })
const match = (...urls: readonly string[]): RecordMatch => ({
  isThisPage: false,
  records: urls.map(page),
  canSearch: true,
  crmName: 'Northwind CRM',
})
const crm = (...contacts: CardCrm['contacts']): CardCrm => ({
  crmName: 'HubSpot',
  contacts,
  newContactUrl: undefined,
  record: undefined,
})

it('offers whom the CRM has before what pages show, and each page once', () => {
  const offers = selectOffers({ match: match('https://northwind.example.com/1', String(ADA.url)), crm: crm(ADA, ALAN) })
  expect(offers).toEqual([
    { kind: 'contact', contact: ADA, crmName: 'HubSpot' },
    { kind: 'contact', contact: ALAN, crmName: 'HubSpot' },
    { kind: 'record', record: page('https://northwind.example.com/1') },
  ])
})

it('offers pages alone where there is no CRM, and nothing where there is neither', () => {
  expect(selectOffers({ match: match('https://northwind.example.com/1'), crm: undefined })).toEqual([
    { kind: 'record', record: page('https://northwind.example.com/1') },
  ])
  expect(selectOffers({ match: undefined, crm: undefined })).toEqual([])
})
