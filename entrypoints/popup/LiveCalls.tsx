import { i18n } from '#i18n'
import type { LiveCall } from '../lib/contract/card-call.ts'
import { formatClock } from '../lib/wording/format.ts'
import { nameConference, nameCounterpart } from '../lib/wording/labels.ts'
import { State } from '../ui/State.tsx'
import { useNow } from '../ui/use-now.ts'
import type { PopupModel } from './model.ts'
import { PopupActions } from './PopupActions.tsx'

/** Calls in progress, one line each. A time that is not known, because the stream is down, is not shown. */
export function LiveCalls({ model }: { readonly model: PopupModel }) {
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
          <li key={call.telephonySessionId}>
            <div class="line">
              <State call={call} />
              {isKnown && <span class="time">{formatClock(call.phaseMs + sinceMs)}</span>}
              <span class={call.nameSource === 'otherCall' ? 'who from-other-call' : 'who'}>
                {nameCounterpart(call.name, call.number)}
              </span>
              {call.conferenceWith && <span class="quiet">{nameConference(call.conferenceWith)}</span>}
              {call.isDismissed && <ShowCard model={model} call={call} />}
            </div>
            <RuleLines call={call} />
            <PopupActions model={model} call={call} />
          </li>
        ))}
      </ul>
    </section>
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
