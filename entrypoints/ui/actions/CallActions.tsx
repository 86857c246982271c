import { i18n } from '#i18n'
import type { ActionKind } from '../../../shared/call/action-kinds.ts'
import type { CallAction } from '../../lib/contract/call-actions.ts'
import type { CardCall } from '../../lib/contract/card-call.ts'
import { ActionForm } from './ActionForm.tsx'
import type { ActionParts } from './action-parts.ts'
import { selectDirectAction } from './direct-action.ts'
import { nameAction } from './name-action.ts'
import { useOpenedAction } from './use-opened-action.ts'

export interface CallActionsProps {
  readonly call: Pick<CardCall, 'actions'>
  readonly parts: ActionParts
  readonly onAct: (action: CallAction) => void
}

/** What there is to do with a call, in words, and why the last thing was not done. */
export function CallActions({ call: { actions }, parts, onAct }: CallActionsProps) {
  const { kinds, pending, refusal, devices } = actions
  const opened = useOpenedAction(kinds)

  function draw(kind: ActionKind) {
    const action = selectDirectAction(kind, actions)
    const isPending = pending.includes(kind) || (kind === 'transfer' && pending.includes('askFirst'))
    if (action !== undefined) {
      const title =
        action.kind === 'answer' || action.kind === 'pickUp'
          ? i18n.t(`action.${action.kind}On`, [devices[0]?.name ?? ''])
          : undefined
      return (
        <parts.Button
          key={kind}
          label={nameAction(kind, actions)}
          {...(title !== undefined && { title })}
          class={CLASSES[kind] ?? 'button'}
          isPending={isPending}
          onAct={() => onAct(action)}
        />
      )
    }
    return (
      <button
        key={kind}
        ref={opened.keepOpener(kind)}
        type="button"
        class={CLASSES[kind] ?? 'button'}
        aria-expanded={opened.kind === kind}
        aria-busy={isPending}
        onClick={() => opened.toggle(kind)}
      >
        {i18n.t('action.opens', [nameAction(kind, actions)])}
      </button>
    )
  }

  if (kinds.length === 0 && refusal === undefined) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form.
    <div class="actions" role="group" aria-label={i18n.t('action.label')}>
      {/* Who is asked first is chosen in the form of a transfer. */}
      <div class="row">{kinds.filter((kind) => kind !== 'askFirst').map(draw)}</div>
      <ActionForm opened={opened} actions={actions} parts={parts} onAct={onAct} />
      {/* Always present, so that screen readers announce what appears in it. */}
      <p class="problem" role="status">
        {refusal}
      </p>
    </div>
  )
}

const CLASSES: Partial<Record<ActionKind, string>> = {
  answer: 'button primary',
  pickUp: 'button primary',
  connect: 'button primary',
  decline: 'button ends',
  hangUp: 'button ends',
  resume: 'button primary',
}
