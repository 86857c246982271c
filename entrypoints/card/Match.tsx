import { useState } from 'preact/hooks'
import { i18n } from '#i18n'
import type { CardCall } from '../lib/contract/card-call.ts'
import { ActButton } from './ActButton.tsx'
import type { Send } from './Card.tsx'
import { NewContact } from './NewContact.tsx'
import { Offer, OpenOffer } from './Offer.tsx'
import { type MatchOffer, selectOffers } from './offers.ts'

export interface MatchProps {
  readonly call: CardCall
  readonly send: Send
  /** Whether there is only room for the way there. */
  readonly isBrief?: boolean
}

/**
 * Whom the account's CRM has under the other side's number and which pages show it, or where to search for it. Of several the first, and
 * the rest when asked for.
 */
export function Match({ call, send, isBrief = false }: MatchProps) {
  const [isWhole, setWhole] = useState(false)
  const { telephonySessionId, match, crm } = call
  const offers = selectOffers(call)
  const [first, ...others] = offers
  const isFound = first !== undefined && (isBrief || first.kind === 'contact')
  const isSearchOffered = match?.canSearch === true && !match.isThisPage && !isFound
  const formUrl = isBrief || first !== undefined ? undefined : crm?.newContactUrl
  if (!isSearchOffered && formUrl === undefined && first === undefined) return null
  const said = describeOffers(call, offers)
  const shown = first === undefined || isBrief ? [] : isWhole ? offers : [first]
  return (
    <div class="match">
      {isBrief && first !== undefined && <OpenOffer call={call} offer={first} send={send} />}
      {shown.length > 0 && (
        <ul aria-label={said} title={said}>
          {shown.map((offer, index) => (
            <Offer key={keyOf(offer)} call={call} offer={offer} send={send}>
              {index === 0 && others.length > 0 && (
                <button
                  type="button"
                  class="link more"
                  aria-expanded={isWhole}
                  aria-label={`${i18n.t('match.more', [String(others.length)])} · ${said}`}
                  onClick={() => setWhole(!isWhole)}
                >
                  {i18n.t('match.more', [String(others.length)])}
                </button>
              )}
            </Offer>
          ))}
        </ul>
      )}
      {(isSearchOffered || formUrl !== undefined) && (
        <div class="ways">
          {isSearchOffered && (
            <ActButton
              label={i18n.t('match.search', [match.crmName])}
              class={isBrief ? 'link' : 'button'}
              onAct={() => send({ type: 'search', telephonySessionId })}
            />
          )}
          {crm !== undefined && formUrl !== undefined && (
            <NewContact call={call} crmName={crm.crmName} url={formUrl} send={send} />
          )}
        </div>
      )}
    </div>
  )
}

function keyOf(offer: MatchOffer): string {
  return offer.kind === 'contact' ? `${offer.contact.kind}/${offer.contact.id}` : offer.record.url
}

function describeOffers({ match, crm }: CardCall, offers: readonly MatchOffer[]): string {
  const contacts = crm?.contacts.length ?? 0
  if (crm !== undefined && contacts > 1) return i18n.t('crm.several', [String(contacts), crm.crmName])
  const records = offers.length - contacts
  if (crm !== undefined && records === 0) return i18n.t('crm.inCrm', [crm.crmName])
  if (match?.isThisPage === true) return i18n.t('match.alsoOn')
  return records === 1 ? i18n.t('match.one') : i18n.t('match.several', [String(records)])
}
