import type { ComponentChildren } from 'preact'
import { i18n } from '#i18n'
import type { CrmContactJson } from '../../shared/protocol/http/crm.ts'
import type { CardCall } from '../lib/contract/card-call.ts'
import { describeContact } from '../ui/crm/contact-line.ts'
import { ActButton } from './ActButton.tsx'
import type { Send } from './Card.tsx'
import { OutIcon } from './icons.tsx'
import type { MatchOffer } from './offers.ts'

export interface OfferProps {
  readonly call: Pick<CardCall, 'telephonySessionId'>
  readonly offer: MatchOffer
  readonly send: Send
}

/** A contact or a page on a line of its own, with the way there. */
export function Offer({ children, ...props }: OfferProps & { readonly children: ComponentChildren }) {
  const { offer } = props
  const isChosen = offer.kind === 'record' && offer.record.isChosen
  return (
    <li data-chosen={isChosen}>
      {offer.kind === 'record' ? (
        <span class="title" title={offer.record.title}>
          {offer.record.title}
        </span>
      ) : (
        <span class="title told" title={describeAll(offer.contact, offer.crmName)}>
          <span class="quiet">{i18n.t('crm.inCrm', [offer.crmName])}</span> <bdi>{describeContact(offer.contact)}</bdi>
        </span>
      )}
      {isChosen && <span class="quiet">{i18n.t('match.chosen')}</span>}
      {children}
      <OpenOffer {...props} />
    </li>
  )
}

/** The way there alone. */
export function OpenOffer({ call: { telephonySessionId }, offer, send }: OfferProps) {
  if (offer.kind === 'record') {
    const { title, url } = offer.record
    return (
      <ActButton
        class="link"
        label={i18n.t('match.openRecord', [title])}
        onAct={() => send({ type: 'openRecord', telephonySessionId, url })}
      >
        {i18n.t('match.open')}
      </ActButton>
    )
  }
  const { contact, crmName } = offer
  const { url, name } = contact
  if (url === undefined) return null
  const label = i18n.t('crm.openInCrm', [name, crmName])
  return (
    <ActButton
      class="link out"
      label={label}
      title={label}
      onAct={() => send({ type: 'openCrm', telephonySessionId, url })}
    >
      <OutIcon />
    </ActButton>
  )
}

function describeAll(contact: CrmContactJson, crmName: string): string {
  const { ownerName } = contact
  const owner = ownerName === undefined ? undefined : i18n.t('crm.owner', [crmName, ownerName])
  return [describeContact(contact), owner].filter(Boolean).join('\n')
}
