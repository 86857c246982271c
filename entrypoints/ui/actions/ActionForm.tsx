import type { CallAction, OfferedActions } from '../../lib/contract/call-actions.ts'
import type { ActionParts } from './action-parts.ts'
import { takeOn } from './direct-action.ts'
import { Phones } from './Phones.tsx'
import { TargetForm } from './TargetForm.tsx'
import type { OpenedAction } from './use-opened-action.ts'

export interface ActionFormProps {
  readonly opened: OpenedAction
  readonly actions: Pick<OfferedActions, 'kinds' | 'devices' | 'pending' | 'isHoldingFirst'>
  readonly parts: ActionParts
  readonly onAct: (action: CallAction) => void
}

/** What the person is asked before an action: whom the call goes to, or on which of their phones they take it. */
export function ActionForm({ opened, actions, parts, onAct }: ActionFormProps) {
  const { kind, close } = opened
  const { kinds, devices, pending, isHoldingFirst } = actions
  if (kind === undefined) return null
  const isPending = pending.includes(kind)
  if (kind === 'answer' || kind === 'pickUp') {
    return (
      <Phones
        key={kind}
        parts={parts}
        devices={devices}
        isPending={isPending}
        verb={kind}
        onPick={(deviceId) => onAct(takeOn(kind, deviceId, isHoldingFirst))}
        onClose={close}
      />
    )
  }
  if (kind !== 'forward' && kind !== 'transfer') return null
  return (
    <TargetForm
      key={kind}
      kind={kind}
      parts={parts}
      isPending={isPending}
      onGo={(to) => onAct({ kind, to })}
      onClose={close}
      {...(kind === 'transfer' && kinds.includes('askFirst') && { onAsk: askFirst })}
    />
  )

  /** From then on it is the card of that call that shows how it goes. */
  function askFirst(to: string): void {
    close()
    onAct({ kind: 'askFirst', to })
  }
}
