import { useState } from 'preact/hooks'
import type { CallAction, OfferedActions } from '../../lib/contract/call-actions.ts'
import type { ActionParts } from './action-parts.ts'
import { takeOn } from './direct-action.ts'
import { FirstPhone } from './FirstPhone.tsx'
import { Phones } from './Phones.tsx'
import { TargetForm } from './TargetForm.tsx'
import type { OpenedAction } from './use-opened-action.ts'

export interface ActionFormProps {
  readonly opened: OpenedAction
  readonly actions: Pick<OfferedActions, 'kinds' | 'devices' | 'pending' | 'isHoldingFirst' | 'undecidedPhones'>
  readonly parts: ActionParts
  readonly onAct: (action: CallAction) => void
}

/** What the person is asked before an action: whom the call goes to, or on which of their phones they take it. */
export function ActionForm({ opened, actions, parts, onAct }: ActionFormProps) {
  const { kind, close } = opened
  const { kinds, devices, pending, isHoldingFirst, undecidedPhones } = actions
  /** Who is to be asked, once it is known on which phone. */
  const [asked, setAsked] = useState<string>()
  if (kind === undefined && asked !== undefined) setAsked(undefined)
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
  if (kind === 'transfer' && asked !== undefined && undecidedPhones.length > 0) {
    return (
      <FirstPhone
        parts={parts}
        devices={undecidedPhones}
        isPending={pending.includes('askFirst')}
        onPick={(deviceId) => askFirst(asked, deviceId)}
        onClose={() => setAsked(undefined)}
      />
    )
  }
  return (
    <TargetForm
      key={kind}
      kind={kind}
      parts={parts}
      isPending={isPending}
      onGo={(to) => onAct({ kind, to })}
      onClose={close}
      {...(kind === 'transfer' && kinds.includes('askFirst') && { onAsk: chooseAsked })}
    />
  )

  function chooseAsked(to: string): void {
    if (undecidedPhones.length > 0) setAsked(to)
    else askFirst(to)
  }

  /** From then on it is the card of that call that shows how it goes. */
  function askFirst(to: string, deviceId?: string): void {
    setAsked(undefined)
    close()
    onAct({ kind: 'askFirst', to, deviceId })
  }
}
