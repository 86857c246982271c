import { useMemo } from 'preact/hooks'
import type { LiveCall } from '../lib/contract/card-call.ts'
import type { ActionParts } from '../ui/actions/action-parts.ts'
import { CallActions } from '../ui/actions/CallActions.tsx'
import { listenPlainly, PlainButton } from '../ui/actions/plain-parts.tsx'
import type { PopupModel } from './model.ts'

export interface PopupActionsProps {
  readonly model: PopupModel
  readonly call: LiveCall
  /** Whether the relay can't be reached, so that nothing can be asked of it. */
  readonly isLost: boolean
}

/** What there is to do with a call: the same as on the card, for when the page keeps that out of reach. */
export function PopupActions({ model, call, isLost }: PopupActionsProps) {
  const { telephonySessionId } = call
  const parts = useMemo<ActionParts>(
    () => ({
      Button: PlainButton,
      listen: listenPlainly,
      canType: () => true,
      suggest: (typed) => model.suggest(telephonySessionId, typed),
    }),
    [model, telephonySessionId],
  )
  return (
    <fieldset class="bare" disabled={isLost}>
      <CallActions call={call} parts={parts} onAct={(action) => void model.act(telephonySessionId, action)} />
    </fieldset>
  )
}
