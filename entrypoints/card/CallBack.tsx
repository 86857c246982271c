import { useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { isToReturn } from '../../shared/call/missed.ts'
import type { CardCall } from '../lib/contract/card-call.ts'
import { nameNumber } from '../lib/wording/labels.ts'
import { FirstPhone } from '../ui/actions/FirstPhone.tsx'
import { Refusal } from './Actions.tsx'
import type { Send } from './Card.tsx'
import { ActionIcon } from './icons.tsx'
import { RelayButton } from './RelayAway.tsx'
import { useActionParts } from './use-action-parts.ts'

/**
 * Calls the other side of a call that is over. For one that waits for that it is the likely thing, and has its word. Somebody with
 * several phones is asked once which of them rings first, and only on the page where they asked.
 */
export function CallBack({ call, send }: { readonly call: CardCall; readonly send: Send }) {
  const { telephonySessionId, number, actions } = call
  const parts = useActionParts(telephonySessionId, send)
  const [isAsked, setAsked] = useState(false)
  const label = i18n.t('action.callBack', [nameNumber(number)])
  const isPending = actions.pending.includes('callBack')
  const isLikely = isToReturn(call, true)
  if (!actions.canCallBack && actions.refusal === undefined) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form.
    <div class="actions" role="group" aria-label={i18n.t('action.label')}>
      {isAsked && actions.undecidedPhones.length > 0 && (
        <FirstPhone
          parts={parts}
          devices={actions.undecidedPhones}
          isPending={isPending}
          onPick={(deviceId) => send({ type: 'callBack', telephonySessionId, deviceId })}
          onClose={() => setAsked(false)}
        />
      )}
      <Refusal call={call} />
      <div class="row">
        {actions.canCallBack && (
          <RelayButton
            label={label}
            title={label}
            class={isLikely ? 'button primary' : 'slot'}
            isPending={isPending}
            onAct={() => {
              setAsked(true)
              send({ type: 'callBack', telephonySessionId })
            }}
          >
            <ActionIcon kind="callBack" />
            {isLikely ? (
              <span class="text">{i18n.t('action.callBackShort')}</span>
            ) : (
              <span class="word at-end">{label}</span>
            )}
          </RelayButton>
        )}
      </div>
    </div>
  )
}
