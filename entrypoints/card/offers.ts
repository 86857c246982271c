import type { CrmContactJson } from '../../shared/protocol/http/crm.ts'
import type { CardCall } from '../lib/contract/card-call.ts'
import type { CrmRecord } from '../lib/contract/record-match.ts'

/** A page about the other side of a call: that of a contact, as the account's CRM told, or one that shows their number. */
export type MatchOffer =
  | { readonly kind: 'contact'; readonly contact: CrmContactJson; readonly crmName: string }
  | { readonly kind: 'record'; readonly record: CrmRecord }

/** Those of a call, contacts first: the CRM knows whose number it is, a page only shows it. No page is there twice. */
export function selectOffers({ match, crm }: Pick<CardCall, 'match' | 'crm'>): readonly MatchOffer[] {
  const { contacts = [], crmName = '' } = crm ?? {}
  const told = new Set(contacts.map(({ url }) => url))
  const records = (match?.records ?? []).filter(({ url }) => !told.has(url))
  return [
    ...contacts.map((contact): MatchOffer => ({ kind: 'contact', contact, crmName })),
    ...records.map((record): MatchOffer => ({ kind: 'record', record })),
  ]
}
