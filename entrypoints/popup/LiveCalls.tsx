import { useEffect, useState } from 'preact/hooks'
import { i18n } from '#i18n'
import type { LiveCall } from '../lib/contract/card-call.ts'
import { readCall } from '../lib/store/read.ts'
import { formatClock } from '../lib/wording/format.ts'
import { nameConference, nameCounterpart, nameNumber } from '../lib/wording/labels.ts'
import { NoteEditor } from '../ui/call/NoteEditor.tsx'
import { OpenRecord } from '../ui/call/OpenRecord.tsx'
import { State } from '../ui/State.tsx'
import { useNow } from '../ui/use-now.ts'
import type { OpenPerson, PopupModel } from './model.ts'
import { PopupActions } from './PopupActions.tsx'

/** Calls in progress, each with what there is to do with it. A time that is not known, because the stream is down, is not shown. */
export function LiveCalls({ model, person }: { readonly model: PopupModel; readonly person: OpenPerson }) {
  const calls = model.live.value
  const nowMs = useNow(calls.length > 0)
  if (calls.length === 0) return null
  const isKnown = model.status.value?.connection.state === 'live'
  const sinceMs = Math.max(0, nowMs - model.liveReceivedMs.value)
  return (
    <section>
      <h2>{i18n.t('popup.live')}</h2>
      <ul class="live">
        {calls.map((call) => (
          <li key={call.telephonySessionId} data-phase={call.phase}>
            <div class="line">
              <State call={call} />
              {isKnown && <span class="time">{formatClock(call.phaseMs + sinceMs)}</span>}
              <bdi class={classOfName(call)}>{nameCounterpart(call.name, call.number)}</bdi>
              {call.isDismissed && <ShowCard model={model} call={call} />}
            </div>
            <p class="quiet about">
              {describe(call).map((text) => (
                <bdi key={text}>{text}</bdi>
              ))}
            </p>
            {call.conferenceWith && <p class="quiet">{nameConference(call.conferenceWith)}</p>}
            <RuleLines call={call} />
            <PopupActions model={model} call={call} isLost={model.isLost.value} />
            <Beside call={call} person={person} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function classOfName({ name, nameSource }: LiveCall): string {
  if (name === undefined) return 'who whole'
  return nameSource === 'otherCall' ? 'who from-other-call' : 'who'
}

/** The number where the name stands above, and how the call came. */
function describe({ name, number, region, queueName, direction }: LiveCall): readonly string[] {
  const parts = [
    name === undefined ? undefined : nameNumber(number),
    region,
    queueName ?? i18n.t(`direction.${direction}`),
  ]
  return parts.filter((part) => part !== undefined)
}

/** The CRM's record of the other side, and the note. */
function Beside({
  call: { telephonySessionId },
  person: { store },
}: {
  readonly call: LiveCall
  readonly person: OpenPerson
}) {
  const [isOpen, setOpen] = useState(false)
  const [numberKey, setNumberKey] = useState<string>()
  useEffect(() => {
    let isWanted = true
    void readCall(store, telephonySessionId).then((row) => isWanted && setNumberKey(row?.numberKey))
    return () => {
      isWanted = false
    }
  }, [store, telephonySessionId])
  return (
    <div class="beside">
      <OpenRecord store={store} numberKey={numberKey} />
      <button type="button" class="open-record" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {i18n.t('popup.note')}
      </button>
      {isOpen && <NoteEditor store={store} telephonySessionId={telephonySessionId} />}
    </div>
  )
}

/** What rules of the account did about it. */
function RuleLines({ call: { sentByRule, ruleAlerts = [] } }: { readonly call: LiveCall }) {
  const lines = [
    ...(sentByRule === undefined ? [] : [i18n.t('card.sentByRule', [sentByRule])]),
    ...ruleAlerts.map(({ rule, text }) => i18n.t('routing.alertBy', [rule, text])),
  ]
  return (
    <>
      {lines.map((line) => (
        <p key={line} class="quiet">
          {line}
        </p>
      ))}
    </>
  )
}

function ShowCard({ model, call }: { readonly model: PopupModel; readonly call: LiveCall }) {
  return (
    <button type="button" class="link" onClick={() => void model.showCard(call.telephonySessionId)}>
      {i18n.t('popup.showCard')}
    </button>
  )
}
