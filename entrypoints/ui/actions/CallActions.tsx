import { useEffect, useRef, useState } from 'preact/hooks'
import { i18n } from '#i18n'
import type { ActionKind } from '../../../shared/call/action-kinds.ts'
import type { CallAction, OfferedDevice } from '../../lib/contract/call-actions.ts'
import type { CardCall } from '../../lib/contract/card-call.ts'
import { nameNumber } from '../../lib/wording/labels.ts'
import type { ActionParts } from './action-parts.ts'
import { TargetForm } from './TargetForm.tsx'

export interface CallActionsProps {
  readonly call: Pick<CardCall, 'actions' | 'number'>
  readonly parts: ActionParts
  readonly onAct: (action: CallAction) => void
  /** Where a finished call is shown as well. */
  readonly onCallBack?: () => void
}

/** What there is to do with a call, and why the last thing was not done. */
export function CallActions({ call, parts, onAct, onCallBack }: CallActionsProps) {
  const { kinds, pending, refusal, devices, canCallBack } = call.actions
  const [opened, setOpened] = useState<ActionKind>()
  const openers = useRef(new Map<ActionKind, HTMLButtonElement>())
  const isOpen = (kind: ActionKind) => opened === kind && kinds.includes(kind)

  function close(kind: ActionKind): void {
    setOpened(undefined)
    openers.current.get(kind)?.focus()
  }

  function opener(kind: ActionKind) {
    return (
      <button
        key={kind}
        ref={(button) => {
          if (button === null) openers.current.delete(kind)
          else openers.current.set(kind, button)
        }}
        type="button"
        class={kind === 'answer' ? 'button primary' : 'button'}
        aria-expanded={isOpen(kind)}
        aria-busy={pending.includes(kind)}
        onClick={() => setOpened(isOpen(kind) ? undefined : kind)}
      >
        {i18n.t('action.opens', [i18n.t(`action.${kind}`)])}
      </button>
    )
  }

  function button(action: SimpleAction) {
    const { kind } = action
    return (
      <parts.Button
        key={kind}
        label={i18n.t(`action.${kind}`)}
        class={CLASSES[kind] ?? 'button'}
        isPending={pending.includes(kind)}
        onAct={() => onAct(action)}
      />
    )
  }

  function draw(kind: ActionKind) {
    switch (kind) {
      case 'forward':
      case 'transfer':
        return opener(kind)
      case 'answer':
      case 'pickUp': {
        const [first, ...others] = devices
        if (first === undefined) return null
        if (others.length > 0) return opener(kind)
        return (
          <parts.Button
            key={kind}
            label={i18n.t(`action.${kind}`)}
            title={i18n.t(`action.${kind}On`, [first.name])}
            class="button primary"
            isPending={pending.includes(kind)}
            onAct={() => onAct({ kind, deviceId: first.id })}
          />
        )
      }
      default:
        return button({ kind })
    }
  }

  if (kinds.length === 0 && !canCallBack && refusal === undefined) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form.
    <div class="actions" role="group" aria-label={i18n.t('action.label')}>
      <div class="row">
        {kinds.map(draw)}
        {canCallBack && onCallBack && (
          <parts.Button
            label={i18n.t('action.callBack', [nameNumber(call.number)])}
            isPending={pending.includes('callBack')}
            onAct={onCallBack}
          />
        )}
      </div>
      {(['answer', 'pickUp'] as const).map(
        (kind) =>
          isOpen(kind) && (
            <Phones
              key={kind}
              kind={kind}
              parts={parts}
              devices={devices}
              isPending={pending.includes(kind)}
              onPick={(deviceId) => onAct({ kind, deviceId })}
              onClose={() => close(kind)}
            />
          ),
      )}
      {(['forward', 'transfer'] as const).map(
        (kind) =>
          isOpen(kind) && (
            <TargetForm
              key={kind}
              kind={kind}
              parts={parts}
              isPending={pending.includes(kind)}
              onGo={(to) => onAct({ kind, to })}
              onClose={() => close(kind)}
            />
          ),
      )}
      {/* Always present, so that screen readers announce what appears in it. */}
      <p class="problem" role="status">
        {refusal}
      </p>
    </div>
  )
}

/** Actions that need no further input. */
type SimpleAction = Exclude<CallAction, { readonly deviceId: string } | { readonly to: string }>

const CLASSES: Partial<Record<ActionKind, string>> = {
  decline: 'button ends',
  hangUp: 'button ends',
  resume: 'button primary',
}

interface PhonesProps {
  readonly kind: 'answer' | 'pickUp'
  readonly parts: ActionParts
  readonly devices: readonly OfferedDevice[]
  readonly isPending: boolean
  readonly onPick: (deviceId: string) => void
  readonly onClose: () => void
}

/** Which phone to take the call on, when there are several. */
function Phones({ kind, parts, devices, isPending, onPick, onClose }: PhonesProps) {
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    list.current?.querySelector('button')?.focus()
  }, [])
  useEffect(() => {
    if (list.current === null) return
    return parts.listen(list.current, {
      onKeyDown: (event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        onClose()
      },
    })
  })
  return (
    <ul class="row" ref={list} aria-label={i18n.t('action.phones')}>
      {devices.map(({ id, name }) => (
        <li key={id}>
          <parts.Button label={i18n.t(`action.${kind}On`, [name])} isPending={isPending} onAct={() => onPick(id)} />
        </li>
      ))}
    </ul>
  )
}
