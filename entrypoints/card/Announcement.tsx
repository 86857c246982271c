import { useEffect, useRef, useState } from 'preact/hooks'
import { i18n } from '#i18n'
import type { AlertApart, CardCall } from '../lib/contract/card-call.ts'
import { nameState } from '../lib/wording/labels.ts'
import { type Announced, type Heard, hear, listAlerts, selectAnnounced, selectNewAlert } from './announce.ts'
import { nameWriter } from './Whispers.tsx'
import { nameOther } from './who.ts'

export interface AnnouncementProps {
  readonly calls: readonly CardCall[]
  /** Alerts about calls of others. */
  readonly alerts: readonly AlertApart[]
  /** Whether this is the page that speaks. */
  readonly isAnnouncing: boolean
}

/** The caller's name arrives a few events after the first; an announcement made only once should include it. */
const NAME_PATIENCE_MS = 500

/**
 * A polite live region: announces a call once when it rings and once when it ends, each whisper and each alert; never the
 * running time. The region exists before its text does, because screen readers announce changes only.
 */
export function Announcement({ calls, alerts, isAnnouncing }: AnnouncementProps) {
  const heard = useRef<Heard>(new Map())
  const heardAlerts = useRef<ReadonlySet<string>>(new Set())
  const latest = useRef(calls)
  const [text, setText] = useState('')
  latest.current = calls

  useEffect(() => {
    const announced = selectAnnounced(heard.current, calls)
    heard.current = hear(calls)
    if (announced === undefined || !isAnnouncing) return
    setTimeout(() => {
      const call = latest.current.find((one) => one.telephonySessionId === announced.call.telephonySessionId)
      if (call !== undefined) setText(sayAloud({ what: announced.what, call }))
    }, NAME_PATIENCE_MS)
  }, [calls, isAnnouncing])

  useEffect(() => {
    const alert = selectNewAlert(heardAlerts.current, { calls, alerts })
    heardAlerts.current = new Set(listAlerts({ calls, alerts }).map(({ key }) => key))
    if (alert !== undefined && isAnnouncing) setText(`${i18n.t('routing.flag')}: ${alert}`)
  }, [calls, alerts, isAnnouncing])

  return (
    <p class="unseen announcement" role="status">
      {text}
    </p>
  )
}

function sayAloud({ what, call }: Announced): string {
  const whisper = call.whispers.at(-1)
  if (what === 'whisper') return whisper === undefined ? '' : `${nameWriter(whisper)}: ${whisper.text}`
  if (what === 'ended') return i18n.t('card.announceEnded', [nameOther(call), nameState(call)])
  const isNameless = call.name === undefined && call.number === undefined
  const from = isNameless ? i18n.t('card.announceWithheld') : i18n.t('card.announceRinging', [nameOther(call)])
  return [from, call.queueName].filter((part) => part !== undefined).join(', ')
}
