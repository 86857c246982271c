import { useEffect, useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { selectOwnEnd, selectPartyName } from '../../../shared/call/party-name.ts'
import type { Call, Leg } from '../../../shared/call/state.ts'
import type { Tracker } from '../../../shared/call/track.ts'
import { dateFormat } from '../../lib/wording/formatters.ts'
import { language } from '../../lib/wording/labels.ts'
import { country } from '../../lib/wording/shown-country.ts'
import { Story } from '../../ui/call/CallDetail.tsx'
import { Estimates, Evidence, type EvidenceLine } from '../../ui/call/Evidence.tsx'
import type { Names } from '../model/words.ts'
import type { BoardPage } from '../page.ts'
import { RuleLines } from '../parts/RuleLines.tsx'
import type { OpenedCall } from './pane-model.ts'
import { type ReadCall, readCall } from './read-call.ts'

/** A call taken apart: its figures with the events behind each, as in popup and reports, and all of its events. */
export function CallApart({ page, call }: { readonly page: BoardPage; readonly call: OpenedCall }) {
  const read = useCall(page, call)
  if (read === 'loading') return <p class="quiet">{i18n.t('callList.loading')}</p>
  if (read === undefined) return <p class="problem">{i18n.t('board.noEvents')}</p>
  return (
    <div class="call-detail">
      <RuleLines notices={read.notices} names={page.model.names.value} />
      {read.described ? (
        <Story row={read.described.facts} story={read.described.story} extensionId={call.extensionId ?? ''} />
      ) : (
        read.callerWait && <CallerWait figure={read.callerWait} />
      )}
      <details class="events">
        <summary>{i18n.t('board.events')}</summary>
        {read.trackers.map((tracker) => (
          <Events key={tracker.telephonySessionId} page={page} tracker={tracker} />
        ))}
      </details>
    </div>
  )
}

/** All that is known of a call in which the person had no part. */
function CallerWait({ figure }: Pick<EvidenceLine, 'figure'>) {
  const lines = [{ label: i18n.t('figure.callerWait'), figure, meaning: i18n.t('meaning.callerWait') }]
  return (
    <>
      <Evidence lines={lines} />
      <Estimates lines={lines} />
    </>
  )
}

/** Read once: what is still going on changes with every event, and is asked for again when it is opened again. */
function useCall({ client }: BoardPage, call: OpenedCall): ReadCall | undefined | 'loading' {
  const [read, setRead] = useState<ReadCall | undefined | 'loading'>('loading')
  useEffect(() => {
    let isWanted = true
    void readCall(client, call, country.value).then((next) => isWanted && setRead(next))
    return () => {
      isWanted = false
    }
  }, [client, call])
  return read
}

function Events({ page, tracker: { entries, call } }: { readonly page: BoardPage; readonly tracker: Tracker }) {
  const names = page.model.names.value
  const time = dateFormat(language(), CLOCK)
  return (
    <ol>
      {entries.map(({ sequence, partyId, party, eventTimeMs }) => {
        const leg = call.legs.find(({ id }) => id === partyId)
        return (
          <li key={`${sequence} ${partyId}`}>
            <span class="exact">{`#${sequence}`}</span>
            <time>{time.format(eventTimeMs)}</time>
            <span>{[party?.status.rawCode, party?.status.rawReason].filter(Boolean).join(' · ')}</span>
            <bdi class="quiet">{leg && nameLeg(call, leg, names)}</bdi>
          </li>
        )
      })}
    </ol>
  )
}

const CLOCK: Intl.DateTimeFormatOptions = {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
}

function nameLeg(call: Call, leg: Leg, names: Names): string {
  if (leg.extensionId !== undefined) return names.extension(leg.extensionId)
  const { phoneNumber } = selectOwnEnd(leg)
  return names.counterpart({ name: selectPartyName(call, leg), phoneNumber, extensionId: undefined })
}
