import { i18n } from '#i18n'
import type { CardCall } from '../lib/contract/card-call.ts'
import type { CrmRecord } from '../lib/contract/record-match.ts'
import { ActButton } from './ActButton.tsx'
import type { Send } from './Card.tsx'

export interface MatchProps {
  readonly call: CardCall
  readonly send: Send
}

/** What the CRM knows of the other side: this page, other records, or where to search. */
export function Match({ call: { telephonySessionId, match }, send }: MatchProps) {
  if (match === undefined) return null
  const { isThisPage, records, canSearch, crmName } = match
  const isSearchOffered = canSearch && !isThisPage
  if (!isThisPage && !isSearchOffered && records.length === 0) return null
  return (
    <div class="match">
      {isThisPage && (
        <p class="here">
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M3 8.5l3.5 3.5L13 5" />
          </svg>
          {i18n.t('match.thisPage')}
        </p>
      )}
      {records.length > 0 && (
        <>
          <p class="quiet">{describeRecords(isThisPage, records.length)}</p>
          <ul>
            {records.map((record) => (
              <Offer
                key={record.url}
                record={record}
                onOpen={() => send({ type: 'openRecord', telephonySessionId, url: record.url })}
              />
            ))}
          </ul>
        </>
      )}
      {isSearchOffered && (
        <ActButton
          label={i18n.t('match.search', [crmName])}
          onAct={() => send({ type: 'search', telephonySessionId })}
        />
      )}
    </div>
  )
}

function Offer({ record, onOpen }: { readonly record: CrmRecord; readonly onOpen: () => void }) {
  const { title, isChosen } = record
  return (
    <li data-chosen={isChosen}>
      <span class="title" title={title}>
        {title}
      </span>
      {isChosen && <span class="quiet">{i18n.t('match.chosen')}</span>}
      <ActButton class="open" label={i18n.t('match.openRecord', [title])} onAct={onOpen}>
        {i18n.t('match.open')}
      </ActButton>
    </li>
  )
}

function describeRecords(isThisPage: boolean, count: number): string {
  if (isThisPage) return i18n.t('match.alsoOn')
  return count === 1 ? i18n.t('match.one') : i18n.t('match.several', [String(count)])
}
