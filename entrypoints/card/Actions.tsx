import { useMemo } from 'preact/hooks'
import type { CardCall } from '../lib/contract/card-call.ts'
import type { ActionParts } from '../ui/actions/action-parts.ts'
import { CallActions } from '../ui/actions/CallActions.tsx'
import { ActButton } from './ActButton.tsx'
import type { Send } from './Card.tsx'
import { isGuarded, listenToField } from './guarded-keys.ts'
import { askSuggestions } from './suggestions.ts'

/** What there is to do with a call, on somebody else's page. */
export function Actions({ call, send }: { readonly call: CardCall; readonly send: Send }) {
  const { telephonySessionId } = call
  const parts = useMemo<ActionParts>(
    () => ({
      Button: ActButton,
      listen: listenToField,
      canType: isGuarded,
      suggest: (typed) => askSuggestions(typed, send),
    }),
    [send],
  )
  return (
    <CallActions
      call={call}
      parts={parts}
      onAct={(action) => send({ type: 'act', telephonySessionId, action })}
      onCallBack={() => send({ type: 'callBack', telephonySessionId })}
    />
  )
}
