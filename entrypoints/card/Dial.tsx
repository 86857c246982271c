import { useLayoutEffect, useRef } from 'preact/hooks'
import { i18n } from '#i18n'
import type { DialOffer } from '../lib/contract/ports.ts'
import { nameNumber } from '../lib/wording/labels.ts'
import type { Send } from './Card.tsx'
import { listenToField } from './guarded-keys.ts'
import { RelayButton, useRelayAway } from './RelayAway.tsx'
import { trusted } from './trusted.ts'

/** A number that the person has clicked on the page, and whether to call it. */
export function Dial({ offer, send }: { readonly offer: DialOffer; readonly send: Send }) {
  const { to, number, deviceName, isPending, refusal } = offer
  const { why } = useRelayAway()
  const name = nameNumber(number)
  const box = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    if (box.current === null) return
    return listenToField(box.current, {
      onKeyDown: (event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        send({ type: 'leaveDial' })
      },
    })
  }, [send])
  return (
    <section ref={box} class="card dial" aria-label={i18n.t('dial.label')}>
      <p class="name">
        {deviceName === undefined ? i18n.t('dial.question', [name]) : i18n.t('dial.questionFrom', [name, deviceName])}
      </p>
      {deviceName === undefined && refusal === undefined && <p class="quiet">{i18n.t('dial.looking')}</p>}
      <div class="actions">
        <div class="row">
          <RelayButton
            label={i18n.t('dial.call')}
            class="button primary"
            isPending={isPending}
            isDisabled={deviceName === undefined}
            onAct={() => send({ type: 'dial', to })}
          />
          <button type="button" class="button" onClick={trusted(() => send({ type: 'leaveDial' }))}>
            {i18n.t('dial.cancel')}
          </button>
        </div>
        <p class="problem" role="status">
          {why ?? refusal}
        </p>
      </div>
    </section>
  )
}
