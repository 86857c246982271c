import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { i18n } from '#i18n'
import type { CardCall } from '../lib/contract/card-call.ts'
import type { CrmRecord } from '../lib/contract/record-match.ts'
import { ActButton } from './ActButton.tsx'
import type { Send } from './Card.tsx'

export interface MatchProps {
  readonly call: CardCall
  readonly send: Send
  /** Whether there is only room for the way there. */
  readonly isBrief?: boolean
}

/** Other pages of the CRM that show the other side's number, or where to search for it. Of several the first, and the rest when asked for. */
export function Match({ call: { telephonySessionId, match }, send, isBrief = false }: MatchProps) {
  const [isWhole, setWhole] = useState(false)
  if (match === undefined) return null
  const { isThisPage, records, canSearch, crmName } = match
  const [first, ...others] = records
  const isSearchOffered = canSearch && !isThisPage && !(isBrief && first !== undefined)
  if (!isSearchOffered && first === undefined) return null
  const open = (url: string) => send({ type: 'openRecord', telephonySessionId, url })
  const said = describeRecords(isThisPage, records.length)
  const shown = first === undefined || isBrief ? [] : isWhole ? records : [first]
  return (
    <div class="match">
      {isBrief && first !== undefined && <OpenButton record={first} onOpen={() => open(first.url)} />}
      {shown.length > 0 && (
        <ul aria-label={said} title={said}>
          {shown.map((record, index) => (
            <Offer key={record.url} record={record} onOpen={() => open(record.url)}>
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
      {isSearchOffered && (
        <ActButton
          label={i18n.t('match.search', [crmName])}
          class={isBrief ? 'link' : 'button'}
          onAct={() => send({ type: 'search', telephonySessionId })}
        />
      )}
    </div>
  )
}

interface OfferProps {
  readonly record: CrmRecord
  readonly onOpen: () => void
  readonly children: ComponentChildren
}

function Offer({ record, onOpen, children }: OfferProps) {
  const { title, isChosen } = record
  return (
    <li data-chosen={isChosen}>
      <span class="title" title={title}>
        {title}
      </span>
      {isChosen && <span class="quiet">{i18n.t('match.chosen')}</span>}
      {children}
      <OpenButton record={record} onOpen={onOpen} />
    </li>
  )
}

function OpenButton({ record: { title }, onOpen }: Pick<OfferProps, 'record' | 'onOpen'>) {
  return (
    <ActButton class="link" label={i18n.t('match.openRecord', [title])} onAct={onOpen}>
      {i18n.t('match.open')}
    </ActButton>
  )
}

function describeRecords(isThisPage: boolean, count: number): string {
  if (isThisPage) return i18n.t('match.alsoOn')
  return count === 1 ? i18n.t('match.one') : i18n.t('match.several', [String(count)])
}
