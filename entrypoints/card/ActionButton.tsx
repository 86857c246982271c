import { i18n } from '#i18n'
import type { ActionKind } from '../../shared/call/action-kinds.ts'
import type { CallAction } from '../lib/contract/call-actions.ts'
import type { CardCall } from '../lib/contract/card-call.ts'
import { selectDirectAction } from '../ui/actions/direct-action.ts'
import { nameAction } from '../ui/actions/name-action.ts'
import type { OpenedAction } from '../ui/actions/use-opened-action.ts'
import type { Send } from './Card.tsx'
import { ActionIcon } from './icons.tsx'
import { RelayButton, useRelayAway } from './RelayAway.tsx'

export interface ActionButtonProps {
  readonly kind: ActionKind
  readonly call: CardCall
  readonly send: Send
  readonly opened: OpenedAction
  /** Whether there is room for its word; else that is shown while it is pointed at or has the keys. */
  readonly isWide: boolean
}

/** The button of an action in the card's row: it does it, or opens what is asked before. */
export function ActionButton({ kind, call, send, opened, isWide }: ActionButtonProps) {
  const { telephonySessionId, actions } = call
  const { isAway, explain } = useRelayAway()
  const name = nameAction(kind, actions)
  const action = selectDirectAction(kind, actions)
  const isPending = actions.pending.includes(kind) || (kind === 'transfer' && actions.pending.includes('askFirst'))
  const label = action === undefined ? i18n.t('action.opens', [name]) : name
  const className = `slot ${CLASSES[kind] ?? ''} ${isWide ? 'wide' : ''}`
  const looks = (
    <>
      <ActionIcon kind={kind} />
      <span class={isWide ? 'text' : 'word'}>{label}</span>
    </>
  )
  if (action === undefined) {
    // A form that is open can be left.
    const isGreyed = isAway && opened.kind !== kind
    return (
      <button
        ref={opened.keepOpener(kind)}
        type="button"
        class={className}
        aria-label={label}
        aria-expanded={opened.kind === kind}
        aria-busy={isPending}
        aria-disabled={isGreyed}
        data-greyed={isGreyed}
        onClick={() => (isGreyed ? explain() : opened.toggle(kind))}
      >
        {looks}
      </button>
    )
  }
  return (
    <RelayButton
      label={label}
      {...nameDevice(action, call)}
      class={className}
      isPending={isPending}
      onAct={() => send({ type: 'act', telephonySessionId, action })}
    >
      {looks}
    </RelayButton>
  )
}

/** On which phone, for the tooltip. */
export function nameDevice(action: CallAction, { actions: { devices } }: CardCall): { readonly title?: string } {
  if (action.kind !== 'answer' && action.kind !== 'pickUp') return {}
  const device = devices.find(({ id }) => id === action.deviceId)
  return device === undefined ? {} : { title: i18n.t(`action.${action.kind}On`, [device.name]) }
}

const CLASSES: Partial<Record<ActionKind, string>> = {
  answer: 'primary',
  pickUp: 'primary',
  resume: 'primary',
  decline: 'ends',
  hangUp: 'ends',
  unmute: 'muted',
  pauseRecording: 'recording',
  lowerHand: 'raised',
}
